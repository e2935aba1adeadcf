/** Space-time: its geometry, its causes, a client's calls, and how the lens follows a run. */

import { describe, expect, it } from 'vitest';
import { History } from '../../src/late/history';
import { chainOf } from '../../src/late/space-time-cause';
import { labelsOf } from '../../src/late/space-time-labels';
import {
  bandsOf,
  moved,
  nearest,
  pastOf,
  ticksOf,
  timeAt,
  type Way,
  xOf,
  zoomed,
} from '../../src/late/space-time-layout';
import { callsOf } from '../../src/late/space-time-paint';
import { lateWords } from '../../src/late/words';
import type { Card, ItemCard, Lens, Mark, Passage, Round, Told } from '../../src/lens-model';

const span = { fromUs: 100_000, toUs: 200_000 };

describe('time to the right', () => {
  it('has a place for each moment, and a moment for each place', () => {
    expect(xOf(150_000, span, 64, 264)).toBe(164);
    expect(timeAt(xOf(123_456, span, 64, 999), span, 64, 999)).toBeCloseTo(123_456);
  });

  it('is zoomed about a moment that keeps its place', () => {
    const near = zoomed(span, 0.5, 125_000);
    expect(near.toUs - near.fromUs).toBeCloseTo(50_000);
    expect(xOf(125_000, near, 0, 100)).toBeCloseTo(xOf(125_000, span, 0, 100));
  });

  it('is zoomed no further than can be read, and moved no further back than its beginning', () => {
    const least = zoomed(span, 1e-9, 150_000);
    expect(least.toUs - least.fromUs).toBeCloseTo(2_000);
    expect(moved(span, -1e9).fromUs).toBeCloseTo(-2_000);
  });

  it('is labelled at round moments that have room', () => {
    expect(ticksOf({ fromUs: 0, toUs: 240_000 }, 480, 72)).toEqual([0, 50_000, 100_000, 150_000, 200_000]);
    for (const wide of [3_000, 70_000, 9_000_000]) {
      const ticks = ticksOf({ fromUs: 0, toUs: wide }, 700, 72);
      const gap = (((ticks[1] ?? 0) - (ticks[0] ?? 0)) / wide) * 700;
      expect(gap).toBeGreaterThanOrEqual(72);
    }
  });
});

function way(id: string, from: string, to: string, sentUs: number, endUs: number, end: Way['end'] = 'arrived'): Way {
  return { id, sentUs, endUs, end, card: { from, to } };
}

describe('causes', () => {
  const ways = [
    way('a', 'n1', 'n2', 0, 10),
    way('b', 'n2', 'n3', 12, 20),
    way('late', 'n4', 'n2', 5, 15),
    way('gone', 'n5', 'n3', 1, 9, 'lost'),
  ];

  it('of a message are all that its sender can have heard of, at any remove', () => {
    const past = pastOf(ways, way('c', 'n3', 'n1', 25, 30));
    expect([...past]).toEqual([
      ['n3', 25],
      ['n2', 12],
      ['n1', 0],
    ]);
  });

  it('are not what was lost, nor what arrived after', () => {
    const past = pastOf(ways, way('c', 'n3', 'n1', 25, 30));
    expect(past.has('n5')).toBe(false);
    expect(past.has('n4')).toBe(false);
  });
});

it('the message nearest to a press is taken, within reach', () => {
  const place = (each: Way) => [each.sentUs, 0, each.endUs, 100] as const;
  const ways = [way('a', 'n1', 'n2', 0, 0), way('b', 'n1', 'n2', 50, 50)];
  expect(nearest(ways, { x: 46, y: 50 }, place, 7)?.id).toBe('b');
  expect(nearest(ways, { x: 25, y: 50 }, place, 7)).toBeNull();
});

it('a lane is made of stretches, up to now', () => {
  const stand = { node: 'n1', up: true, frozen: false, role: 'follower', term: 1 };
  const stands = [
    { ...stand, atUs: 0 },
    { ...stand, atUs: 10, up: false },
    { ...stand, atUs: 10, node: 'n2' },
    { ...stand, atUs: 99 },
  ];
  expect(bandsOf(stands, 'n1', 50).map(({ fromUs, toUs, up }) => [fromUs, toUs, up])).toEqual([
    [0, 10, true],
    [10, 50, false],
  ]);
});

it('calls run from asking to answer; what was given up says so, what is open runs to now', () => {
  const mark = (atUs: number, kind: Mark['kind'], text = ''): Mark => ({
    atUs,
    kind,
    who: 'c1',
    with: 'n1',
    term: 0,
    index: 0,
    text,
  });
  const marks = [
    mark(1, 'asked', 'put x 1'),
    mark(5, 'gaveUp'),
    mark(6, 'asked', 'put x 1'),
    mark(9, 'answered', 'ok'),
    mark(12, 'asked', 'get x'),
  ];
  expect(callsOf(marks, 'c1', 20)).toEqual([
    { fromUs: 1, toUs: 5, command: 'put x 1', end: 'gaveUp' },
    { fromUs: 6, toUs: 9, command: 'put x 1', end: 'answered' },
    { fromUs: 12, toUs: 20, command: 'get x', end: 'open' },
  ]);
  expect(callsOf(marks, 'c1', 8)).toHaveLength(2);
});

/** A lens that notes what it is asked, and tells one mark for each advance. */
class NotingLens implements Lens {
  now_us = 0;
  readonly notes: string[];

  constructor(notes: string[], text: string) {
    this.notes = notes;
    this.notes.push(`open ${text}`);
  }

  act(text: string): void {
    this.notes.push(`act ${text} at ${this.now_us}`);
  }

  advance(untilUs: number): boolean {
    this.now_us = Math.max(this.now_us, untilUs);
    return true;
  }

  take(): Told {
    return { untilUs: this.now_us, passages: [], flying: [], stands: [], marks: [], rounds: [], syncs: [] };
  }

  free(): void {
    this.notes.push('free');
  }
}

describe('a lens that fails', () => {
  it('is told of once, not tried again for the same run, and tried again when somebody asks or the run is another', async () => {
    const lab = { runText: 'nodes 5\n', nowUs: 1000, furthestUs: 1000 };
    let opened = 0;
    let works = false;
    const history = new History(lab, async (text) => {
      opened += 1;
      if (!works) throw new Error('unreachable');
      return new NotingLens([], text);
    });
    let told = 0;
    history.listen(() => {
      told += 1;
    });
    await history.catchUp();
    await history.catchUp();
    expect([opened, told, history.failed]).toEqual([1, 1, 'unreachable']);
    lab.runText += '@1000 crash n1\n';
    await history.catchUp();
    expect([opened, history.failed]).toEqual([2, 'unreachable']);
    works = true;
    history.retry();
    await history.catchUp();
    expect([opened, history.failed, history.untilUs]).toEqual([3, null, 1000]);
  });
});

describe('the history', () => {
  const begin = () => {
    const notes: string[] = [];
    const lab = { runText: 'run\n', nowUs: 1000, furthestUs: 1000 };
    const history = new History(lab, async (text) => new NotingLens(notes, text.trim().replaceAll('\n', '; ')));
    return { notes, lab, history };
  };

  it('follows a run that goes on, and does again what is done', async () => {
    const { notes, lab, history } = begin();
    await history.catchUp();
    expect(history.untilUs).toBe(1000);
    Object.assign(lab, { runText: 'run\n@1500 crash n1\n', nowUs: 2000, furthestUs: 2000 });
    await history.catchUp();
    expect(notes).toEqual(['open run', 'act crash n1 at 1500']);
    expect(history.untilUs).toBe(2000);
  });

  it('plays another branch, or another run, from its start', async () => {
    const { notes, lab, history } = begin();
    await history.catchUp();
    Object.assign(lab, { runText: 'run\n@500 crash n1\n', nowUs: 500, furthestUs: 500 });
    await history.catchUp();
    expect(notes).toEqual(['open run', 'free', 'open run; @500 crash n1']);
    expect(history.untilUs).toBe(500);
  });

  it('goes as far as anybody has been, not only to now', async () => {
    const { lab, history } = begin();
    lab.furthestUs = 5000;
    await history.catchUp();
    expect(history.untilUs).toBe(5000);
  });
});

const bare: Omit<Card, 'kind' | 'from' | 'to'> = {
  term: 2,
  entries: [],
  prev: null,
  last: null,
  commit: null,
  matchIndex: null,
  granted: null,
  rejected: null,
  command: null,
};
const sent = (
  id: string,
  kind: Card['kind'],
  from: string,
  to: string,
  sentUs: number,
  more: Partial<Card> = {},
): Passage => ({
  id,
  sentUs,
  endUs: sentUs + 10,
  end: 'arrived',
  card: { ...bare, kind, from, to, ...more },
});
const mark = (atUs: number, kind: Mark['kind'], who: string, index = 0): Mark => ({
  atUs,
  kind,
  who,
  with: '',
  term: 2,
  index,
  text: '',
});
const marks = [mark(100, 'timedOut', 'n1')];
const passages = [
  sent('ask', 'requestVote', 'n1', 'n2', 100),
  sent('refusal', 'requestVoteResponse', 'n3', 'n1', 112, { granted: false }),
  sent('yes', 'requestVoteResponse', 'n2', 'n1', 112, { granted: true }),
  sent('no-op', 'appendEntries', 'n1', 'n2', 130, { entries: [{ index: 1, term: 2, command: '' }] }),
  sent('wish', 'clientRequest', 'c1', 'n1', 140, { term: 0, command: 'put x 1' }),
  sent('refused', 'appendEntriesResponse', 'n2', 'n1', 148, { rejected: true, matchIndex: 0 }),
  sent('again', 'appendEntries', 'n1', 'n2', 160, { entries: [{ index: 2, term: 2, command: 'put x 1' }] }),
  sent('answer', 'appendEntriesResponse', 'n2', 'n1', 175, { matchIndex: 2 }),
  sent('beat', 'heartbeat', 'n1', 'n2', 180),
  sent('reply', 'clientReply', 'n1', 'c1', 190, { term: 0, rejected: false }),
];
const card = (id: string): Card => passages.find((each) => each.id === id)?.card as Card;
const heard = (id: string): ItemCard => ({ kind: 'message', card: card(id) });
const rounds = (
  [
    ['n1', 100, { kind: 'tick' }, ['ask']],
    ['n2', 110, heard('ask'), ['yes']],
    ['n1', 122, heard('refusal'), []],
    ['n1', 122, heard('yes'), []],
    // A Ready that follows on the one before.
    ['n1', 123, null, ['no-op']],
    ['n1', 150, { kind: 'request', client: 'c1', command: 'put x 1' }, []],
    ['n1', 158, heard('refused'), ['again']],
    ['n2', 170, heard('again'), ['answer']],
    ['n1', 180, { kind: 'tick' }, ['beat']],
    ['n1', 185, heard('answer'), []],
  ] as [string, number, ItemCard | null, string[]][]
).map(([node, atUs, took, sends], seq): Round => {
  const committed = atUs === 185 ? [{ index: 2, term: 2, command: 'put x 1' }] : [];
  // What promises something waits for the disk.
  const [messages, heldBack] = node === 'n1' ? [sends.map(card), []] : [[], sends.map(card)];
  return { seq, node, atUs, took, messages, heldBack, committed } as unknown as Round;
});
const chain = (id: string, kept = { passages, rounds }) => {
  const message = passages.find((each) => each.id === id);
  if (message === undefined) throw new Error(id);
  return chainOf(kept, message, 9).map((cause) => ('by' in cause ? `${cause.node} ${cause.by}` : cause.passage.id));
};

describe('why a message was sent', () => {
  it('is what its sender had taken when the core handed it out', () => {
    expect(chain('no-op')).toEqual(['yes', 'ask', 'n1 timedOut']);
    expect(chain('beat')).toEqual(['n1 ticked']);
    expect(chain('reply')).toEqual(['answer', 'again', 'refused']);
  });

  it('is not guessed: entries sent again were sent for the refusal, not for the command they carry', () => {
    expect(chain('again')).toEqual(['refused']);
    expect(chain('wish')).toEqual([]);
    expect(chain('answer', { passages, rounds: [] })).toEqual([]);
  });

  it('has words at the turns, up to now', () => {
    const stand = (atUs: number, up: boolean) => ({
      atUs,
      node: 'n1',
      up,
      frozen: false,
      role: 'follower' as const,
      term: 2,
    });
    const { spaceTime: words } = lateWords('en');
    const stands = [stand(0, true), stand(200, false), stand(300, true), stand(900, false)];
    const labels = labelsOf({ marks: [...marks, mark(250, 'truncated', 'n2', 6)], stands, words, nowUs: 500 });
    expect(labels.map(({ lane, text }) => `${lane} ${text}`)).toEqual([
      'n1 times out',
      'n1 crashes',
      'n2 cuts from 6',
      'n1 restarts',
    ]);
  });
});
