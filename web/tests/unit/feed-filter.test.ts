/** What the feed's filter lets pass. */

import { expect, test } from 'vitest';
import { passes } from '../../src/late/feed-filter';
import type { FeedEvent } from '../../src/model';

const event = (what: FeedEvent['what']): FeedEvent => ({ seq: 1, atUs: 0, what });
const crash = event({ kind: 'crashed', node: 'n2', lostEntries: 0 });
const act = event({ kind: 'action', text: 'cut n2 n3' });
const fallen = event({ kind: 'violated', check: 'electionSafety', text: '', nodes: ['n1'], index: null });

test('a record passes by the node it names, by its kind, or by both', () => {
  expect(passes({ lane: null, kind: null }, crash)).toBe(true);
  expect(passes({ lane: 'n2', kind: null }, crash)).toBe(true);
  expect(passes({ lane: 'n1', kind: null }, crash)).toBe(false);
  expect(passes({ lane: 'n2', kind: 'elections' }, crash)).toBe(false);
  expect(passes({ lane: 'n2', kind: 'faults' }, crash)).toBe(true);
});

test('an act concerns whom its words name', () => {
  expect(passes({ lane: 'n3', kind: null }, act)).toBe(true);
  expect(passes({ lane: 'n1', kind: null }, act)).toBe(false);
});

test('an alarm passes every filter', () => {
  expect(passes({ lane: 'n5', kind: 'clients' }, fallen)).toBe(true);
});
