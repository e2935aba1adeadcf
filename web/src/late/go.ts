/** Going to a moment of the present run, for whoever has found one. */

import type { Desk } from '../elements/desk';

/** Pauses, and goes to a moment: forward by letting time pass, so that what happens on the way is told. */
export function goTo({ lab, hands }: Desk, atUs: number): void {
  lab.player.pause();
  if (atUs > lab.nowUs) {
    lab.player.advance(atUs - lab.nowUs);
  } else {
    lab.seek(Math.max(0, atUs));
  }
  hands.settle();
}
