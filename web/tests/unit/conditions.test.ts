/** Conditions: what holds at a moment, read off a run's text; another header for the same actions; undo across the two runs. */

import { expect, it } from 'vitest';
import { conditionsAt, qualityText, spanOf, withSetting } from '../../src/late/conditions-now';

const run = `raftarium 1
nodes 5
seed 7
tick 10ms
heartbeat 50ms
election 150ms..300ms
latency 10ms..15ms
sync 5ms
retry 300ms
@1000 link n1 n2 loss 30%
@2000 disk n2 sync 80ms
@3000 link all latency 40ms loss 5% reorder
@4000 link n3>n4 latency 100ms
@5000 clock n3 rate 50%
@6000 client c1 put sync 5ms
`;

it('is what the latest actions before a moment say', () => {
  const early = conditionsAt(run, 2_500);
  expect(qualityText(early.links)).toBe('normal');
  expect(early.own).toEqual(['n1 n2']);
  expect(early.syncUs.get('n2')).toBe(80_000);
  const late = conditionsAt(run, 6_000);
  expect(late.links).toEqual({ latency: '40ms', loss: 5, duplicate: 0, reorder: true });
  expect(qualityText(late.links)).toBe('latency 40ms loss 5% reorder');
  expect(late.own).toEqual(['n3>n4']);
  expect(late.rate.get('n3')).toBe(50);
  expect(spanOf(late.header.get('election') ?? '')).toEqual([150_000, 300_000]);
});

it('another setting changes the header alone; one that is not there yet is added', () => {
  const again = withSetting(run, 'sync', '20ms');
  expect(again).toContain('\nsync 20ms\n');
  expect(again.split('\n').slice(9)).toEqual(run.split('\n').slice(9));
  expect(withSetting(run, 'batch', 'one').split('\n')[1]).toBe('batch one');
});
