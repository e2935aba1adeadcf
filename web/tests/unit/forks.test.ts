/** Where futures that were left leave the present run. */

import { expect, test } from 'vitest';
import { forksOf, namesOf } from '../../src/late/forks';
import { timeWords } from '../../src/late/time-words';

const head = 'raftarium 1\nnodes 5\nseed 7\n';

test('a future in which nothing is done leaves where the present run acts', () => {
  const quiet = { id: 0, runText: head, untilUs: 9000 };
  expect(forksOf(`${head}@3000 crash n1\n`, [quiet])).toEqual([{ ...quiet, fromUs: 3000, does: [] }]);
});

test('two runs part at the earlier of the first actions that differ', () => {
  const other = { id: 4, runText: `${head}@1000 crash n1\n@2000 crash n2\n`, untilUs: 9000 };
  const at = (text: string) => forksOf(`${head}${text}`, [other])[0];
  expect(at('@1000 crash n1\n@5000 crash n3\n')).toMatchObject({ fromUs: 2000, does: ['crash n2'] });
  expect(at('@1000 crash n1\n@1500 crash n3\n')).toMatchObject({ fromUs: 1500, does: ['crash n2'] });
  expect(at('@1000 crash n1\n')).toMatchObject({ fromUs: 2000 });
  expect(at('@1000 crash n1\n@2000 crash n3\n'), 'the same moment').toMatchObject({ fromUs: 2000, does: ['crash n2'] });
});

test('the latest that was left comes first, and what ends where it would leave is none', () => {
  const branches = [
    { id: 1, runText: `${head}@1000 crash n1\n`, untilUs: 2000 },
    { id: 2, runText: `${head}@1000 crash n2\n`, untilUs: 2000 },
    { id: 3, runText: head, untilUs: 1000 },
  ];
  expect(forksOf(`${head}@1000 crash n3\n`, branches).map(({ id }) => id)).toEqual([2, 1]);
});

test('no two futures have one name: what tells them apart is told, and their number where nothing does', () => {
  const acts = [
    '@1000 crash n1\n',
    '@1000 crash n1\n@1500 cut n2 n3\n',
    '@1000 crash n1\n@1500 cut n2 n3\n@1600 heal\n',
    '@1200 crash n2\n',
    '@1300 crash n1\n',
    '',
  ];
  const branches = acts.map((text, id) => ({ id, runText: `${head}${text}`, untilUs: 9000 }));
  const forks = forksOf(`${head}@2000 crash n5\n`, branches);
  expect(namesOf(forks, timeWords.en)).toEqual([
    'nothing is done',
    'crash n1, then nothing more (2)',
    'crash n2',
    'crash n1, then heal',
    'crash n1, then cut n2 n3, then nothing more',
    'crash n1, then nothing more (1)',
  ]);
});
