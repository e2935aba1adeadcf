/** What is painted behind the slider: the run's terms, and when nodes went down and came back. */

import { expect, it } from 'vitest';
import { falls, termBands } from '../../src/late/term-bands';
import type { Stand } from '../../src/lens-model';

const stand = (atUs: number, node: string, term: number, role: Stand['role'] = 'follower', up = true): Stand => ({
  atUs,
  node,
  up,
  frozen: false,
  role,
  term,
});

const stands = [
  stand(0, 'n1', 0),
  stand(0, 'n2', 0),
  stand(10, 'n1', 1, 'candidate'),
  stand(15, 'n2', 1),
  stand(20, 'n1', 1, 'leader'),
  stand(50, 'n1', 1, 'follower', false),
  stand(70, 'n2', 2, 'candidate'),
  stand(80, 'n1', 1, 'follower', true),
];

it('a term is half as high until somebody leads it, and again when its leader is gone', () => {
  expect(termBands(stands, 100)).toEqual([
    { fromUs: 10, toUs: 20, term: 1, led: false },
    { fromUs: 20, toUs: 50, term: 1, led: true },
    { fromUs: 50, toUs: 70, term: 1, led: false },
    { fromUs: 70, toUs: 100, term: 2, led: false },
  ]);
});

it('nothing is painted before the first term, nor after the end', () => {
  expect(termBands(stands, 5)).toEqual([]);
  expect(termBands(stands, 30).at(-1)).toEqual({ fromUs: 20, toUs: 30, term: 1, led: true });
});

it('a crash and a restart leave a stroke each', () => {
  expect(falls(stands)).toEqual([
    { atUs: 50, up: false },
    { atUs: 80, up: true },
  ]);
});
