/** Moving in time by more than the next event: ticks, heartbeats, Readys, messages, the ends of the run. Fetched when first asked for. */

import type { TimeWish } from '../controls/keyboard';
import type { Desk } from '../elements/desk';
import type { StepUnit } from '../model';
import { openBranches } from './branches';

const STEPS: Partial<Readonly<Record<TimeWish, StepUnit>>> = {
  ready: 'ready',
  message: 'message',
};

/** Goes where a key or a button wishes; `by` is back or forth. */
export function travel(desk: Desk, wish: TimeWish, by: 1 | -1): void {
  const { host, lab } = desk;
  const unit = STEPS[wish];
  if (unit !== undefined) {
    if (by > 0) {
      lab.player.step(unit);
    } else {
      lab.stepBack(unit);
    }
    desk.hands.settle();
    return;
  }
  const timing = lab.view?.timing;
  switch (wish) {
    case 'tick':
      goTo(desk, lab.nowUs + by * (timing?.tickUs ?? 0));
      break;
    case 'beat':
      goTo(desk, lab.nowUs + by * (timing?.heartbeatUs ?? 0));
      break;
    case 'end':
      goTo(desk, by > 0 ? lab.furthestUs : 0);
      break;
    case 'branches':
      openBranches(desk, host.querySelector('.forks-button button') ?? host.querySelector('.transport') ?? host);
      break;
    case 'screen':
      void (document.fullscreenElement === null
        ? document.documentElement.requestFullscreen()
        : document.exitFullscreen());
      break;
    default:
      break;
  }
}

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
