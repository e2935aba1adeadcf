/** Pausing by itself: at the kinds of moments that the viewer has chosen, which is remembered. It says why. */

import { keep, recall } from '../controls/preferences';
import type { Desk } from '../elements/desk';
import { messageOf } from '../elements/lab';
import type { FeedEvent } from '../model';
import { lineOf } from './line';
import { findMoment, MOMENTS, type Moment, momentOf } from './moments';
import { timeWords } from './time-words';

/** The kinds that were chosen. */
export const stops: Set<Moment> = new Set(MOMENTS.filter((moment) => recall('stops')?.split(' ').includes(moment)));

/** Chooses a kind, or lets go of it. */
export function toggleStop(moment: Moment): void {
  if (!stops.delete(moment)) {
    stops.add(moment);
  }
  keep('stops', [...stops].join(' '));
}

const watched = new WeakSet<Desk>();

/** Begins to watch a player, once; what has happened since the run was opened counts when the choice is that of an earlier visit. */
export function watchStops(desk: Desk, ofEarlierVisit = false): void {
  if (watched.has(desk)) {
    return;
  }
  watched.add(desk);
  const { host, lab } = desk;
  let seq = ofEarlierVisit && lab.player.playing ? 0 : (lab.view?.seq ?? 0);
  let lastUs = lab.nowUs;
  // Pausing itself lets a little time pass.
  let stopping = false;
  host.addEventListener('raftarium-change', () => {
    const [fromSeq, fromUs] = [seq, lastUs];
    seq = lab.view?.seq ?? 0;
    lastUs = lab.nowUs;
    if (stops.size === 0 || !lab.player.running || seq <= fromSeq || stopping) {
      return;
    }
    const { runText } = lab;
    const stop = async (find: () => FeedEvent | null | Promise<FeedEvent | null>) => {
      stopping = true;
      try {
        // After this frame: the player is in the middle of it.
        await null;
        const found = await find();
        // Whoever has opened another run meanwhile, or has acted, is elsewhere.
        if (found !== null && lab.runText === runText) {
          stopAt(desk, found);
        }
      } catch (error) {
        lab.report({ what: 'act', detail: messageOf(error), after: 'goesOn' });
      } finally {
        stopping = false;
      }
    };
    if ((lab.feed[0]?.seq ?? 0) > fromSeq) {
      // So much has happened at once that the feed does not hold it all: a copy of the run is asked.
      void stop(() =>
        findMoment({ sessions: lab.sessions, runText: lab.runText, nowUs: fromUs, seq: fromSeq }, 1, stops, () => true),
      );
    } else {
      const found = lab.feed.find((event) => event.seq >= fromSeq && isStop(event));
      if (found !== undefined) {
        void stop(() => found);
      }
    }
  });
}

function isStop(event: FeedEvent): boolean {
  const moment = momentOf(event);
  return moment !== null && stops.has(moment);
}

function stopAt(desk: Desk, event: FeedEvent): void {
  const { lab } = desk;
  lab.player.pause();
  lab.seek(event.atUs);
  desk.hands.settle();
  const { lang, t } = desk.state();
  lineOf(desk).note(t.event(event), timeWords[lang].stopped);
}
