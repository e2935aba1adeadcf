/** Pausing by itself: at the kinds of moments that the viewer has chosen, which is remembered. It says why. */

import { keep, recall } from '../controls/preferences';
import type { Desk } from '../elements/desk';
import type { FeedEvent } from '../model';
import { lineOf } from './line';
import { MOMENTS, type Moment, momentOf } from './moments';
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
  // Pausing itself lets a little time pass.
  let stopping = false;
  host.addEventListener('raftarium-change', () => {
    const fromSeq = seq;
    seq = lab.view?.seq ?? 0;
    if (stops.size > 0 && lab.player.running && seq > fromSeq && !stopping) {
      const events = lab.feed.filter((event) => event.seq >= fromSeq);
      const found = events.find(isStop);
      if (found !== undefined) {
        // After this frame: the player is in the middle of it.
        stopping = true;
        queueMicrotask(() => {
          stopAt(desk, found);
          stopping = false;
        });
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
