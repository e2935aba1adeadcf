/** How test runners' words become numbers. */

import { expect, test } from 'vitest';
import { table, unknownFigure } from './figures.mjs';
import { countCargo, runSuite, sum } from './suites.mjs';

test('the closing lines of all of cargo’s binaries are summed', () => {
  const output = [
    'test a ... ok',
    'test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s',
    'test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out',
  ].join('\n');
  expect(countCargo(output)).toEqual({ passed: 7, failed: 2, skipped: 1 });
});

test('a suite that throws has failed', async () => {
  const result = await runSuite({ name: 'x', run: () => Promise.reject(new Error('no browser')) });
  expect(sum([result])).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(result.output).toContain('no browser');
});

test('a suite that runs no test has failed', async () => {
  const nothing = { passed: 0, failed: 0, skipped: 0, output: '' };
  expect((await runSuite({ name: 'x', run: () => Promise.resolve(nothing) })).failed).toBe(1);
});

test('a table has a line for each figure, and a peer where there is one', () => {
  const figures = [
    { name: 'page.load.gz', value: 90_123, unit: 'bytes' },
    {
      name: 'core.commit.3n.b1.native',
      value: 1.5,
      unit: 'props/cpu-s',
      peer: 'raft-rs 0.7.0',
      peer_value: 1,
      ratio: 1.5,
    },
  ];
  expect(table(figures).split('\n')).toEqual([
    'page.load.gz              90123  bytes',
    'core.commit.3n.b1.native   1.50  props/cpu-s  raft-rs 0.7.0: 1.00  x1.50',
  ]);
});

test('a figure that does not exist is told, also beside one that does', () => {
  const names = ['page.load.gz', 'page.cpu.tenth', 'core.size'];
  expect(unknownFigure([], names)).toBeUndefined();
  expect(unknownFigure(['page', 'core.size'], names)).toBeUndefined();
  expect(unknownFigure(['page', '--jsn'], names)).toContain('starts with `--jsn`. There are:\n  page.load.gz\n');
});
