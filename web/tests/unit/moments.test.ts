/** Looking for a moment of note on a copy of the run: ahead within reach, back to the beginning, whatever the trace has let go. */

import { expect, test } from 'vitest';
import type { Session, Sessions } from '../../src/elements/lab';
import { AHEAD_US, findMoment, momentOf, SKIPPED_TO } from '../../src/late/moments';
import type { FeedEvent, Happening } from '../../src/model';
import { emptyView } from '../fixtures/hand-driven';

const synced: Happening = { kind: 'synced', node: 'n1', term: 1, votedFor: null, lastIndex: 1 };
const crashed: Happening = { kind: 'crashed', node: 'n1', lostEntries: 0 };

/** A run with one record each millisecond, of which the trace keeps the latest `kept`. */
function runOf(records: number, of: (seq: number) => Happening, kept = Number.POSITIVE_INFINITY) {
  const copies: { disposed: boolean }[] = [];
  const make = () => {
    const copy = {
      nowUs: 0,
      disposed: false,
      get seq() {
        return Math.min(records, Math.floor(copy.nowUs / 1000));
      },
      advance: (untilUs: number) => {
        copy.nowUs = Math.max(copy.nowUs, untilUs);
        return true;
      },
      step: () => {
        copy.nowUs = copy.seq < records ? (copy.seq + 1) * 1000 : copy.nowUs + 1_000_000;
        return true;
      },
      seek: (atUs: number) => {
        copy.nowUs = atUs;
      },
      view: () => emptyView(copy.nowUs, copy.seq),
      events: (fromSeq: number, max: number): FeedEvent[] => {
        const from = Math.max(fromSeq, copy.seq - kept);
        const length = Math.max(0, Math.min(max, copy.seq - from));
        return Array.from({ length }, (_, i) => ({ seq: from + i, atUs: (from + i + 1) * 1000, what: of(from + i) }));
      },
      dispose: () => {
        copy.disposed = true;
      },
    };
    copies.push(copy);
    return copy as unknown as Session;
  };
  const sessions = { fromText: make } as unknown as Sessions;
  const at = (nowUs: number) => ({ sessions, runText: 'run', nowUs, seq: Math.floor(nowUs / 1000) });
  return { at, copies };
}

const always = () => true;

test('the next one ahead, and the last one before; the copies are given back', async () => {
  const { at, copies } = runOf(5000, (seq) => (seq % 100 === 99 ? crashed : synced));
  expect((await findMoment(at(250_000), 1, SKIPPED_TO, always))?.seq).toBe(299);
  expect((await findMoment(at(250_000), -1, SKIPPED_TO, always))?.seq).toBe(199);
  expect((await findMoment(at(200_000), -1, SKIPPED_TO, always))?.seq, 'not the one of this very moment').toBe(99);
  expect(copies.map(({ disposed }) => disposed)).toEqual([true, true, true]);
});

test('nothing within reach is nothing', async () => {
  const far = AHEAD_US / 1000 + 500;
  const { at } = runOf(far, (seq) => (seq === far - 1 ? crashed : synced));
  expect(await findMoment(at(0), 1, SKIPPED_TO, always)).toBeNull();
  expect((await findMoment(at(2_000_000), 1, SKIPPED_TO, always))?.seq).toBe(far - 1);
  expect(await findMoment(at(9000), -1, SKIPPED_TO, always)).toBeNull();
});

test('what the trace has let go is found by going back further', async () => {
  const { at } = runOf(5000, (seq) => (seq === 40 ? crashed : synced), 1000);
  expect((await findMoment(at(4_500_000), -1, SKIPPED_TO, always))?.seq).toBe(40);
});

test('whoever does not wait any more gets no answer', async () => {
  const { at } = runOf(5000, () => synced);
  expect(await findMoment(at(0), 1, SKIPPED_TO, () => false)).toBeNull();
});

test("a follower that follows another leader is no leader that was lost, and its commit repeats the leader's", () => {
  const follower = { kind: 'becameFollower', node: 'n1', term: 2, leader: null, why: 'higherTerm' } as const;
  const event = (what: Happening) => ({ seq: 0, atUs: 0, what });
  expect(momentOf(event({ ...follower, wasLeader: false }))).toBeNull();
  expect(momentOf(event({ ...follower, wasLeader: true }))).toBe('lost');
  const committed = { kind: 'committed', node: 'n1', from: 1, index: 1, term: 1 } as const;
  expect(momentOf(event({ ...committed, own: false }))).toBeNull();
  expect(momentOf(event({ ...committed, own: true }))).toBe('commit');
});
