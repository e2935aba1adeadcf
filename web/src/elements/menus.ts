/**
 * When the menu of a thing is wanted: by the second mouse button, by the Menu key or Shift+F10 on what has the focus or is selected, by a
 * finger that stays. The menu itself is fetched then: `late/thing-menu.ts`. And when the other hands are: `late/hands.ts`.
 */

import { recall } from '../controls/preferences';
import type { Desk } from './desk';

/** What an event of a pointer or of the Menu key may want; the handles are those of things that have a menu. */
export function wantMenu(event: MouseEvent, desk: Desk): void {
  const target = event.target as Element;
  const opens = event.type === 'contextmenu';
  const thing =
    target.closest('[data-node],[data-link],[data-message],[data-client],[data-log],.cluster') ??
    (opens && target === desk.host ? target : null);
  if (thing && (opens || (event as PointerEvent).pointerType !== 'mouse')) {
    if (opens) {
      event.preventDefault();
    }
    // A finger may be gone before the menu has come, and then it wanted none.
    const lifted = new AbortController();
    const { signal } = lifted;
    for (const type of opens ? [] : ['pointerup', 'pointercancel']) {
      window.addEventListener(type, () => lifted.abort(), { signal });
    }
    desk.fetch(import('../late/thing-menu'), ({ menuFor }) => {
      if (!signal.aborted) {
        menuFor(desk, thing, event);
      }
      lifted.abort();
    });
  }
}

const PRESSES = ['pointerdown', 'keydown'];

/** The hands beyond clicks come when the first hand does: lines drawn across links, edges that are dragged. Sizes chosen before come at once. */
export function awaitHands(desk: Desk): void {
  const listen = (types: readonly string[]) => {
    for (const type of types) desk.host.addEventListener(type, wake, { once: true });
  };
  const wake = (event?: Event) => {
    const part = import('../late/hands');
    // Where they could not be fetched the next press asks again.
    part.catch(() => listen(PRESSES));
    desk.fetch(part, ({ hands }) => hands(desk, event), false);
  };
  listen(['pointerover', ...PRESSES]);
  if (recall('sizes') !== null) {
    wake();
  }
}
