/**
 * A menu: opened at a place, walked by arrow keys, closed by Escape, by a press elsewhere or by a choice; the focus goes back where it
 * was. One at a time. What stands in it is its callers' business.
 */

import { html, nothing, render, svg, type TemplateResult } from 'lit';
import kbd from './kbd.css?inline';
import styles from './menu.css?inline';
import { adoptLate } from './sheet';

/** One line of a menu. */
export interface MenuItem {
  readonly label: string;
  /** The key that does the same without the menu. */
  readonly key?: string;
  /** A sentence below the label. */
  readonly detail?: string;
  /** Whether it is on; absent when it is not a thing that is on or off. */
  readonly on?: boolean;
  /** Of its neighbours one is on at a time. */
  readonly oneOf?: boolean;
  /** Why it cannot be done now: it is read out and shown, and choosing it does nothing. */
  readonly why?: string;
  /** A rule is drawn above it. */
  readonly apart?: boolean;
  /** A stable handle. */
  readonly name?: string;
  run(): unknown;
}

/** A menu to open. */
export interface Menu {
  /** What it is for: its name for a screen reader, and its first line when `titled`. */
  readonly label: string;
  readonly titled?: boolean;
  /** Asked again after each choice of a menu that stays open. */
  items(): readonly MenuItem[];
  /** Stays open after a choice. */
  readonly stays?: boolean;
}

/** The box, in CSS pixels of the window, that a menu opens below. */
export type Anchor = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

const markOn = svg`<path d="M2 7.5l3.5 3.5L12 3.5"/>`;

/** Width that two columns need, CSS pixels. */
const TWO_COLUMNS = 660;

/** Keys that are the menu's wherever the focus is. */
const OWN_KEYS = /^(ArrowDown|ArrowUp|Home|End|Escape)$/;

let close: (() => void) | null = null;

/** Closes the menu that is open, if one is. */
export function closeMenu(): void {
  close?.();
}

/** Opens a menu of the player at a place. */
export function openMenu(host: HTMLElement, menu: Menu, anchor: Anchor): void {
  closeMenu();
  adoptLate(host, kbd);
  adoptLate(host, styles);
  const box = document.createElement('div');
  box.className = 'menu';
  box.popover = 'manual';
  box.setAttribute('role', 'menu');
  box.setAttribute('aria-label', menu.label);
  const back = document.activeElement;
  const shut = () => {
    close = null;
    window.removeEventListener('pointerdown', outside, true);
    window.removeEventListener('keydown', lost, true);
    host.removeEventListener('raftarium-gone', shut);
    const hadFocus = box.contains(document.activeElement);
    box.remove();
    if (hadFocus) {
      (back instanceof HTMLElement || back instanceof SVGElement ? back : host).focus({ preventScroll: true });
    }
  };
  const outside = (event: Event) => {
    if (!box.contains(event.target as Node)) {
      shut();
    }
  };
  // A finger's press may take the focus away again, and then the keys are the menu's all the same.
  const lost = (event: KeyboardEvent) => {
    if (!box.contains(document.activeElement) && OWN_KEYS.test(event.key)) {
      onKey(event, box, shut);
    }
  };
  const draw = () => render(lines(menu, choose), box);
  const choose = async (item: MenuItem) => {
    if (item.why !== undefined) {
      return;
    }
    if (menu.stays) {
      await item.run();
      draw();
    } else {
      shut();
      item.run();
    }
  };
  box.addEventListener('keydown', (event) => onKey(event, box, shut));
  window.addEventListener('pointerdown', outside, true);
  window.addEventListener('keydown', lost, true);
  host.addEventListener('raftarium-gone', shut);
  close = shut;
  draw();
  host.append(box);
  box.showPopover();
  place(box, anchor, host);
  itemsOf(box)[0]?.focus({ preventScroll: true });
}

function lines(menu: Menu, choose: (item: MenuItem) => void): TemplateResult {
  return html`${menu.titled ? html`<p class="menu-title" role="presentation">${menu.label}</p>` : nothing}
    ${menu.items().map(
      (item, i) => html`${item.apart ? html`<div class="menu-rule" role="separator"></div>` : nothing}
      <button class="menu-item" type="button" tabindex=${i === 0 ? 0 : -1} data-item=${item.name ?? nothing} role=${roleOf(item)}
        aria-checked=${item.on === undefined ? nothing : item.on} aria-keyshortcuts=${item.key ?? nothing}
        aria-disabled=${item.why === undefined ? nothing : true} @click=${() => choose(item)}><svg class="mark" viewBox="0 0 14 14" aria-hidden="true">${
          item.on ? markOn : nothing
        }</svg><span>${item.label}</span>${item.key === undefined ? nothing : html`<kbd aria-hidden="true">${item.key}</kbd>`}${
          (item.why ?? item.detail) === undefined ? nothing : html`<small>${item.why ?? item.detail}</small>`
        }</button>`,
    )}`;
}

function roleOf(item: MenuItem): string {
  return item.on === undefined ? 'menuitem' : item.oneOf ? 'menuitemradio' : 'menuitemcheckbox';
}

function itemsOf(box: Element): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>('.menu-item')];
}

/** Every key is the menu's while it is open: none reaches the player. */
function onKey(event: KeyboardEvent, box: Element, shut: () => void): void {
  event.stopPropagation();
  const items = itemsOf(box);
  const here = items.indexOf(document.activeElement as HTMLElement);
  const go = (to: number) => items[(to + items.length) % items.length]?.focus();
  switch (event.key) {
    case 'ArrowDown':
      go(here + 1);
      break;
    case 'ArrowUp':
      go(here < 0 ? here : here - 1);
      break;
    case 'Home':
      go(0);
      break;
    case 'End':
      go(-1);
      break;
    case 'Escape':
    case 'Tab':
      shut();
      break;
    default:
      if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
        startingWith(items, here, event.key)?.focus();
        break;
      }
      return;
  }
  event.preventDefault();
}

/** The next line after `here` whose label begins with a letter. */
function startingWith(items: readonly HTMLElement[], here: number, letter: string): HTMLElement | undefined {
  const turned = [...items.slice(here + 1), ...items.slice(0, here + 1)];
  return turned.find((item) => item.textContent?.trim().toLowerCase().startsWith(letter.toLowerCase()));
}

/** Below the anchor, or above it where there is more room; inside the window in any case. */
export function place(box: HTMLElement, anchor: Anchor, host: HTMLElement): void {
  const zoom = Number(getComputedStyle(host).getPropertyValue('--zoom')) || 1;
  box.classList.remove('two');
  box.classList.toggle('two', box.scrollHeight > box.clientHeight && innerWidth / zoom > TWO_COLUMNS);
  const { width, height } = box.getBoundingClientRect();
  const room = { x: document.documentElement.clientWidth, y: window.innerHeight };
  const x = anchor.left + width <= room.x - 8 ? anchor.left : anchor.right - width;
  const y = anchor.bottom + height <= room.y - 8 ? anchor.bottom : anchor.top - height;
  box.style.left = `${Math.max(8, Math.min(x, room.x - width - 8)) / zoom}px`;
  box.style.top = `${Math.max(8, Math.min(y, room.y - height - 8)) / zoom}px`;
}
