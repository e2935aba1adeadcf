/** Skips to the next moment of note, or back to the last: looks for it on a copy of the run, then goes there and says what it is. */

import type { Desk } from '../elements/desk';
import { messageOf } from '../elements/lab';
import type { FeedEvent } from '../model';
import { goTo } from './go';
import { lineOf } from './line';
import { AHEAD_US, findMoment, SKIPPED_TO } from './moments';
import { timeWords } from './time-words';

const asked = new WeakMap<Desk, object>();

/** Pauses, looks, and goes; a later wish takes an earlier one's place. */
export async function skip(desk: Desk, by: 1 | -1): Promise<void> {
  const { lab } = desk;
  const mine = {};
  asked.set(desk, mine);
  lab.player.pause();
  const { nowUs, runText } = lab;
  // Somebody who acts or moves meanwhile wants no more to be taken elsewhere.
  const still = () => asked.get(desk) === mine && lab.nowUs === nowUs && lab.runText === runText;
  let found: FeedEvent | null;
  try {
    found = await findMoment(
      { sessions: lab.sessions, runText, nowUs, seq: lab.view?.seq ?? 0 },
      by,
      SKIPPED_TO,
      still,
    );
  } catch (error) {
    lab.report({ what: 'act', detail: messageOf(error), after: 'goesOn' });
    return;
  }
  if (!still()) {
    return;
  }
  const { lang, t } = desk.state();
  const words = timeWords[lang];
  if (found === null) {
    lineOf(desk).note(by > 0 ? words.nothingAhead(AHEAD_US / 1_000_000) : words.nothingBehind);
    return;
  }
  goTo(desk, found.atUs);
  lineOf(desk).note(t.event(found), words.found);
}
