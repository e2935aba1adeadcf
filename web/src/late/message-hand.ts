/**
 * A click on a message in flight: hold it, drop it, duplicate it, deliver it. Where the inspector is shown it has these as buttons (`detail.ts`); where it is
 * not, on slides and phones, the message's menu opens beside it.
 */

import type { Desk } from '../elements/desk';
import { open } from './thing-menu';

/** The menu opens so far from the point that was pressed, CSS pixels: the message stays in sight. */
const BESIDE_PX = 16;

/** Lets the messages of a player be clicked from now on. */
export function meetsMessages(desk: Desk): void {
  desk.host.addEventListener('click', (event) => {
    const id = (event.target as Element).closest<SVGElement>('.cluster [data-message]')?.dataset.message;
    if (id !== undefined && !desk.state().panels.has('inspector')) {
      open(desk, { kind: 'message', id }, event, BESIDE_PX);
    }
  });
}
