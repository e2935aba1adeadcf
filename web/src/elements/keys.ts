/**
 * The keyboard of one player: listens on its element, so that single keys work only while the player has the focus, and forwards
 * the keys that turn pages to a slide deck around it.
 */

import { type FocusPlace, type KeyCommand, type KeyOwner, keyCommand } from '../controls/keyboard';

/** What keys can do. */
export interface KeyHands {
  keyOwner(): KeyOwner;
  run(command: KeyCommand): void;
}

/** Keys wait no longer than this, wall ms. */
const HOLD_MS = 10_000;

/** What a hand has asked for, a menu for example, while it is being fetched: the next keys may be meant for it. */
let coming: Promise<unknown> | null = null;

/** Keys wait until it has been used. */
export function holdKeys(used: Promise<void>): void {
  const mine = Promise.race([used, new Promise((go) => setTimeout(go, HOLD_MS))]).then(() => {
    if (coming === mine) {
      coming = null;
    }
  });
  coming = mine;
}

/** The keys that wait; not those of the browser, nor Tab, which only the browser can press. */
const WAITING = /^(.|Arrow.*|Enter|Escape|Home|End|Page.*)$/;

/** Listens until `stop()`. */
export function listenToKeys(element: HTMLElement, hands: KeyHands): { stop(): void } {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isInDialog(event.target)) {
      return;
    }
    const command = keyCommand(event, focusPlace(event.target), hands.keyOwner());
    if (command !== null) {
      if (command.do !== 'escape') {
        event.preventDefault();
      }
      hands.run(command);
    }
  };
  const hold = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (coming && !ctrlKey && !metaKey && !altKey && WAITING.test(key) && focusPlace(event.target) !== 'text') {
      event.preventDefault();
      event.stopPropagation();
      coming.then(() => again(element, event));
    }
  };
  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener('keydown', hold, { capture: true, signal });
  element.addEventListener('keydown', onKey, { signal });
  element.addEventListener('change', giveBack, { signal });
  return { stop: () => stop.abort() };
}

/** A list of which something was chosen by pointer has no more use for keys. */
function giveBack({ target, currentTarget }: Event): void {
  if ((target as Element).matches('select:focus:not(:focus-visible, dialog *, .menu *)')) {
    (currentTarget as HTMLElement).focus({ preventScroll: true });
  }
}

/** Presses a key that has waited, wherever the focus is by now. */
function again(element: HTMLElement, event: KeyboardEvent): void {
  const at = element.contains(document.activeElement) ? document.activeElement : element;
  const asked = at?.dispatchEvent(new KeyboardEvent('keydown', event));
  if (asked && /^( |Enter)$/.test(event.key) && at instanceof HTMLButtonElement) {
    at.click();
  }
}

/** Turns a page of the deck that this page is a slide of: reveal.js listens to these messages. They carry nothing private. */
export function turnPage(method: 'next' | 'prev'): void {
  window.parent.postMessage(JSON.stringify({ method }), '*');
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog') !== null;
}

/** A picture's node or link answers to Space and Enter itself only when it was reached by keyboard; after a click Space plays. */
function focusPlace(target: EventTarget | null): FocusPlace {
  if (!(target instanceof Element)) {
    return 'player';
  }
  if (target.matches('input[type="range"]')) {
    return 'slider';
  }
  if (target.matches('input, textarea, select, [contenteditable]')) {
    return 'text';
  }
  return target.closest('button, a[href], summary, [role="button"], [role="tab"], [tabindex="0"]') === null
    ? 'player'
    : 'control';
}
