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
  element.addEventListener('keydown', onKey);
  return { stop: () => element.removeEventListener('keydown', onKey) };
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
  if (target.matches('input, textarea, [contenteditable]')) {
    return 'text';
  }
  return target.closest('button, select, a[href], summary, [role="button"], [role="tab"], [tabindex="0"]') === null
    ? 'player'
    : 'control';
}
