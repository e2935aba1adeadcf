/**
 * Which records of a run are worth stopping at, and where the next or the last of them is. A copy of the run is searched, in slices, so that the page
 * answers meanwhile and the viewer's own run does not move before anything was found.
 */

import type { Lab } from '../elements/lab';
import type { FeedEvent, Happening } from '../model';

/** Kinds of moments, in the order in which they are offered. */
export const MOMENTS = [
  'candidate',
  'elected',
  'lost',
  'commit',
  'conflict',
  'node',
  'network',
  'snapshot',
  'answer',
  'stall',
  'violation',
] as const;

export type Moment = (typeof MOMENTS)[number];

/** What a skip stops at: an election is worth stopping at when it is won, a client when it is not answered. */
export const SKIPPED_TO: ReadonlySet<Moment> = new Set([
  'elected',
  'lost',
  'commit',
  'conflict',
  'node',
  'network',
  'snapshot',
  'stall',
  'violation',
]);

const KINDS: Partial<Readonly<Record<Happening['kind'], Moment>>> = {
  becameCandidate: 'candidate',
  becameLeader: 'elected',
  truncated: 'conflict',
  notCommitted: 'conflict',
  crashed: 'node',
  restarted: 'node',
  frozen: 'node',
  thawed: 'node',
  cut: 'network',
  healed: 'network',
  partitioned: 'network',
  isolated: 'network',
  configured: 'snapshot',
  clientAnswered: 'answer',
  clientTimedOut: 'answer',
  stalled: 'stall',
  violated: 'violation',
};

/** What kind of moment a record is; null when it is none to stop at. */
export function momentOf({ what }: FeedEvent): Moment | null {
  switch (what.kind) {
    case 'becameFollower':
      return what.wasLeader ? 'lost' : null;
    case 'committed':
      return what.own ? 'commit' : null;
    case 'noted':
      return what.note === 'snapshotInstalled' || what.note === 'compacted' ? 'snapshot' : null;
    default:
      return KINDS[what.kind] ?? null;
  }
}

/** How far ahead a search looks, simulated µs. */
export const AHEAD_US = 60_000_000;

/** Wall milliseconds of one slice of a search. */
const SLICE_MS = 16;

/** Records that are read at once. */
const RECORDS = 500;

const breath = () => new Promise((resume) => setTimeout(resume, 0));

/**
 * The first wanted record from a moment on, of which `seq` records were seen, or the last before it; null when there is none within reach. `still` says whether
 * anybody waits for the answer.
 */
export async function findMoment(
  lab: Pick<Lab, 'sessions' | 'runText' | 'nowUs'> & { readonly seq: number },
  by: 1 | -1,
  wanted: ReadonlySet<Moment>,
  still: () => boolean,
): Promise<FeedEvent | null> {
  const { nowUs, seq } = lab;
  const copy = lab.sessions.fromText(lab.runText);
  const isWanted = (event: FeedEvent) => {
    const moment = momentOf(event);
    return moment !== null && wanted.has(moment);
  };
  try {
    do {
      copy.advance(nowUs, SLICE_MS);
      await breath();
    } while (copy.nowUs < nowUs && still());
    return by > 0 ? await ahead(copy, seq, isWanted, still) : behind(copy, nowUs, isWanted);
  } finally {
    copy.dispose();
  }
}

type Copy = ReturnType<Lab['sessions']['fromText']>;

async function ahead(
  copy: Copy,
  fromSeq: number,
  isWanted: (event: FeedEvent) => boolean,
  still: () => boolean,
): Promise<FeedEvent | null> {
  const untilUs = copy.nowUs + AHEAD_US;
  let seq = fromSeq;
  while (still()) {
    const sliceMs = performance.now() + SLICE_MS;
    while (performance.now() < sliceMs) {
      const events = copy.events(seq, RECORDS);
      const found = events.find(isWanted);
      if (found !== undefined) {
        return found;
      }
      seq = (events.at(-1)?.seq ?? seq - 1) + 1;
      if (events.length < RECORDS) {
        if (copy.nowUs >= untilUs) {
          return null;
        }
        copy.step('record');
      }
    }
    await breath();
  }
  return null;
}

function behind(copy: Copy, nowUs: number, isWanted: (event: FeedEvent) => boolean): FeedEvent | null {
  // The trace keeps the latest records: for older ones the copy goes back to the oldest it has.
  for (let beforeUs = nowUs; beforeUs > 0; ) {
    const top = copy.view(null).seq;
    let oldestUs = beforeUs;
    for (let from = Math.max(0, top - RECORDS), to = top; to > 0; to = from, from = Math.max(0, from - RECORDS)) {
      const events = copy.events(from, to - from);
      const found = events.findLast((event) => event.atUs < nowUs && isWanted(event));
      if (found !== undefined) {
        return found;
      }
      oldestUs = Math.min(oldestUs, events[0]?.atUs ?? oldestUs);
      if (events.length === 0 || from === 0) {
        break;
      }
    }
    if ((copy.events(0, 1)[0]?.seq ?? 0) === 0 || oldestUs >= beforeUs) {
      return null;
    }
    copy.seek(oldestUs - 1);
    beforeUs = oldestUs;
  }
  return null;
}
