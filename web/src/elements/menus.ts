/**
 * When the menu of a thing is wanted: by the second mouse button, by the Menu key or Shift+F10 on what has the focus or is selected, by a
 * finger that stays. The menu itself is fetched then: `late/thing-menu.ts`.
 */

import type { Desk } from './desk';

/** What an event of a pointer or of the Menu key may want; the handles are those of things that have a menu. */
export function wantMenu(event: MouseEvent, desk: Desk): void {
  const target = event.target as Element;
  const opens = event.type === 'contextmenu';
  const thing =
    target.closest('[data-node],[data-link],[data-message],[data-client],[data-log]') ??
    (target === desk.host && desk.selected ? target : null);
  if (thing && (opens || (event as PointerEvent).pointerType !== 'mouse')) {
    if (opens) {
      event.preventDefault();
    }
    desk.menuFor(thing, event);
  }
}
