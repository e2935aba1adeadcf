/** Skips to the next moment of note, or back to the last: looks for it on a copy of the run, then goes there and says what it is. */

import type { Desk } from '../elements/desk';
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
  const found = await findMoment(lab, by, SKIPPED_TO, still);
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
