/** Moving in time by more than the next event: ticks, heartbeats, Readys, messages, the ends of the run. Fetched when first asked for. */

import type { TimeWish } from '../controls/keyboard';
import type { Desk } from '../elements/desk';
import type { StepUnit } from '../model';
import { openBranches } from './branches';
import { goTo } from './go';
import { lineOf } from './line';
import { skip } from './skip';
import { watchStops } from './stops';
import { openTimeMenu } from './time-menu';

const STEPS: Partial<Readonly<Record<TimeWish, StepUnit>>> = {
  ready: 'ready',
  message: 'message',
};

/** Goes where a key or a button wishes; `by` is back or forth. */
export function travel(desk: Desk, wish: TimeWish, by: 1 | -1): void {
  const { hands, host, lab } = desk;
  const unit = STEPS[wish];
  if (unit !== undefined) {
    if (by > 0) {
      lab.player.step(unit);
    } else {
      lab.stepBack(unit);
    }
    hands.settle();
    return;
  }
  const timing = lab.view?.timing;
  const lesson = lineOf(desk).speaker;
  switch (wish) {
    case 'page':
      if (!lesson?.go(by)) {
        by > 0 ? hands.step() : hands.stepBack();
      }
      break;
    case 'moment':
      void skip(desk, by);
      break;
    case 'menu':
      openTimeMenu(desk, host.querySelector('[data-time]') ?? host);
      break;
    case 'stops':
      watchStops(desk, true);
      break;
    case 'tick':
      // The full stop of a presenter's remote.
      if (by > 0 && lesson?.go(by)) {
        break;
      }
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
      // A frame may not be allowed to: then it stays as it is.
      (document.fullscreenElement === null ? host.requestFullscreen() : document.exitFullscreen()).catch(
        () => undefined,
      );
      break;
    default:
      break;
  }
}
