/** Clients' operations out of the lens's marks: calls, retries, answers, and how they stood at an earlier moment. */

import { expect, it } from 'vitest';
import { axisOf, callsOf, overlap, retries } from '../../src/late/calls';
import type { Mark, MarkKind } from '../../src/lens-model';

const mark = (atUs: number, kind: MarkKind, who: string, node: string, index = 0, text = ''): Mark => ({
  atUs,
  kind,
  who,
  with: node,
  term: 0,
  index,
  text,
});

const marks = [
  mark(10, 'asked', 'c1', 'n2', 1, 'put x 1'),
  mark(20, 'redirected', 'c1', 'n2'),
  mark(20, 'asked', 'c1', 'n1', 2, 'put x 1'),
  mark(25, 'asked', 'c2', 'n1', 1, 'get x'),
  mark(30, 'answered', 'c1', 'n1', 0, 'ok'),
  mark(31, 'asked', 'c1', 'n1', 1, 'put x 1'),
  mark(40, 'gaveUp', 'c2', 'n1', 0, 'get x'),
  mark(41, 'asked', 'c2', 'n3', 2, 'get x'),
];

it('an operation goes from its first call to its answer; a retry is part of it, the same command again is not', () => {
  const [first, read, again] = callsOf(marks, 100);
  expect(first).toMatchObject({ client: 'c1', command: 'put x 1', fromUs: 10, toUs: 30, answer: 'ok' });
  expect(first?.turns.map(({ kind, node }) => `${kind} ${node}`)).toEqual(['asked n2', 'redirected n2', 'asked n1']);
  expect(first && retries(first)).toBe(1);
  expect(read).toMatchObject({ client: 'c2', toUs: null });
  expect(read?.turns.map(({ kind }) => kind)).toEqual(['asked', 'gaveUp', 'asked']);
  expect(again).toMatchObject({ client: 'c1', fromUs: 31, toUs: null });
});

it('at an earlier moment it stands as it stood then', () => {
  const then = callsOf(marks, 26);
  expect(then.map(({ id, toUs }) => [id, toUs])).toEqual([
    ['c1.10', null],
    ['c2.25', null],
  ]);
});

it('operations are concurrent when neither ended before the other began; an open one is with all that come', () => {
  const [first, read, again] = callsOf(marks, 100);
  if (!first || !read || !again) throw new Error('there are three');
  expect([overlap(first, read), overlap(first, again), overlap(read, again)]).toEqual([true, false, true]);
});

it('the axis has round steps, within its span', () => {
  expect(axisOf(0, 1_000_000, 6)).toEqual([0, 200_000, 400_000, 600_000, 800_000, 1_000_000]);
  expect(axisOf(312_000, 360_000, 6).every((at) => at >= 312_000 && at <= 360_000 && at % 10_000 === 0)).toBe(true);
});
