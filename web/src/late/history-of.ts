/** The history of each lab's run, one for all who ask, told by the lens. */

import type { Lab } from '../elements/lab';
import { History } from './history';

const histories = new WeakMap<Lab, History>();

/** The history of a lab's run. */
export function historyOf(lab: Lab): History {
  let history = histories.get(lab);
  if (history === undefined) {
    history = new History(lab, (runText) => lab.sessions.lens(runText));
    histories.set(lab, history);
  }
  return history;
}
