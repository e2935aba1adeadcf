/**
 * When the menu of a thing is wanted: by the second mouse button, by the Menu key or Shift+F10 on what has the focus or is selected, by a
 * finger that stays. The menu itself is fetched then: `late/thing-menu.ts`.
 */

import type { Desk } from './desk';

/** The handles of things that have a menu. */
const THINGS = '[data-node], [data-link], [data-message], [data-client], [data-log]';

/** Listens until `stop()`. */
export function listenForMenus(host: HTMLElement, desk: Desk): { stop(): void } {
  const wanted = (event: MouseEvent) => {
    const target = event.target as Element;
    const thing = target.closest(THINGS) ?? (target === host && desk.selected !== null ? host : null);
    if (thing === null || (event.type === 'pointerdown' && (event as PointerEvent).pointerType === 'mouse')) {
      return;
    }
    if (event.type === 'contextmenu') {
      event.preventDefault();
    }
    desk.menuFor(thing, event);
  };
  host.addEventListener('contextmenu', wanted);
  host.addEventListener('pointerdown', wanted);
  return {
    stop: () => {
      host.removeEventListener('contextmenu', wanted);
      host.removeEventListener('pointerdown', wanted);
    },
  };
}
