/** Logs that are far apart, side by side: Figure 7 of the paper would not fit into cells with commands. */

import { expect, test } from 'vitest';
import { apart } from '../../src/format/cluster';
import { firstColumn, layoutFor, type Size } from '../../src/layout';
import { wordsOf } from '../../src/locales';
import { type Layout, layoutOf, ledgerView } from '../../src/views';
import { cluster, node, writeLog } from '../fixtures/build';
import { flatten } from './flatten';

const terms = (...each: number[]) => each.map((term) => ({ term }));

/** Figure 7 before its leader of term 8 has sent anything: (a), (b), (e) and (f) beside it. */
function figure7() {
  const view = cluster(5);
  writeLog(node(view, 'n1'), terms(1, 1, 1, 4, 4, 5, 5, 6, 6, 6), 3);
  writeLog(node(view, 'n2'), terms(1, 1, 1, 4, 4, 5, 5, 6, 6), 3);
  writeLog(node(view, 'n3'), terms(1, 1, 1, 4), 3);
  writeLog(node(view, 'n4'), terms(1, 1, 1, 4, 4, 4, 4), 3);
  writeLog(node(view, 'n5'), terms(1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3), 3);
  for (const each of view.nodes) each.term = 8;
  return view;
}

test('each size shows twice the columns where logs of dead leaders are far apart, in the same room', () => {
  for (const size of ['desktop', 'embed', 'mobile'] satisfies Size[]) {
    const [usual, dense] = [layoutFor(5, size), layoutOf(figure7(), size)];
    expect(dense.ledger.columns).toBe(2 * usual.ledger.columns);
    expect(dense.ledger.columns * dense.ledger.pitch).toBe(usual.ledger.columns * usual.ledger.pitch);
    expect(dense.ledger.box.width).toBeLessThan(dense.ledger.pitch);
    expect(dense.cluster, 'the ring stays as it is').toEqual(usual.cluster);
  }
});

test('the shortest log of Figure 7 and the end of the longest are in view together, terms without commands', () => {
  const view = figure7();
  const layout: Layout = layoutOf(view, 'desktop');
  const first = firstColumn(layout.ledger, 11, null);
  expect(first).toBeLessThanOrEqual(4);
  expect(first + layout.ledger.columns - 1).toBeGreaterThanOrEqual(11);
  const ui = { selected: null, reducedMotion: false, theme: 'light', lang: 'en', firstColumn: null } as const;
  const drawn = flatten(ledgerView({ view, nowUs: 0, layout, ui, t: wordsOf('en'), emit: () => undefined }));
  expect(drawn).toContain('data-index=11');
  expect(drawn).toContain('data-log=n3');
  expect(drawn).not.toMatch(/NaN|undefined|font-size=-/u);
});

test('what is committed, or of the present term, may be far apart: commands stay', () => {
  const committed = figure7();
  node(committed, 'n5').commit = 11;
  expect(apart(committed)).toBe(0);
  const current = cluster(3);
  writeLog(node(current, 'n1'), terms(1, 2, 2, 2, 2, 2, 2, 2), 1);
  for (const each of current.nodes) each.term = 2;
  expect(apart(current)).toBe(0);
  expect(layoutOf(current, 'desktop')).toBe(layoutFor(3, 'desktop'));
});
