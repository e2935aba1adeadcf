/** Why an entry is not committed, told so that nobody who reads it learns that a majority is enough: Raft, Figure 8, from (b) to (e). */

import { expect, test } from 'vitest';
import { entrySentence, whyEntry } from '../../src/late/why-entry';
import { languages } from '../../src/locales';
import type { View } from '../../src/model';
import { node, writeLog } from '../fixtures/build';
import { figure8 } from '../fixtures/scenes';

/** What is said of the entry 2@2 on n2, in English; in Chinese it must say something too. */
function said(view: View): string {
  const why = whyEntry(view, 'n2', 2);
  if (why === null) throw new Error('n2 holds index 2');
  for (const lang of languages) {
    const { lead, rest } = entrySentence[lang](why);
    expect(`${lead} ${rest}`).toContain('2@2');
    expect(rest).not.toBe('');
  }
  const { lead, rest, section } = entrySentence.en(why);
  return `${lead} ${rest} ${section}`;
}

const ofTerm = (...terms: number[]) => terms.map((term) => ({ term }));

test('held by a majority under a leader of a later term: not committed, and who could still undo it', () => {
  expect(said(figure8().view)).toBe(
    'n2 holds entry 2@2; 3 of 5 have it – yet it is not committed: its term (2) is not the leader’s term (4). n5 could still be elected without it. §5.4.2',
  );
});

test('before a majority holds it, copies are not promised to be enough', () => {
  const { view } = figure8();
  writeLog(node(view, 'n3'), ofTerm(1), 1);
  expect(said(view)).toBe(
    'n2 holds entry 2@2; 2 of 5 have it. Copies alone will not commit it, as its term (2) is older than the leader’s: an entry of term 4 after it must reach a majority. §5.4.2',
  );
});

test('when its leader has crashed, no leader is said to commit it', () => {
  const { view } = figure8();
  node(view, 'n1').up = false;
  expect(said(view)).toBe(
    'n2 holds entry 2@2; 3 of 5 have it. It is not committed: n5 could be elected without it and overwrite it. §5.4.1',
  );
});

test('behind an entry of term 4 on a majority, nobody without it can be elected', () => {
  const { view } = figure8();
  for (const id of ['n1', 'n2', 'n3']) writeLog(node(view, id), ofTerm(1, 2, 4), 1);
  node(view, 'n1').up = false;
  expect(said(view)).toBe(
    'n2 holds entry 2@2; 3 of 5 have it. Nobody without it can be elected now: the next leader will have it. §5.4.1',
  );
});

test('a leader that does not have it replaces it', () => {
  const { view } = figure8();
  Object.assign(node(view, 'n1'), { up: false });
  Object.assign(node(view, 'n5'), { up: true, role: 'leader', term: 5 });
  expect(said(view)).toBe('n2 holds entry 2@2; 3 of 5 have it. n5 leads term 5 without it, and will replace it. §5.3');
});

test('of the leader’s own term, the old sentences stand', () => {
  const { view } = figure8();
  Object.assign(node(view, 'n1'), { term: 2 });
  expect(said(view)).toContain('The leader commits it when a majority has answered. §5.3');
  writeLog(node(view, 'n3'), ofTerm(1), 1);
  expect(said(view)).toContain('1 more would make a majority; until then another leader may overwrite it. §5.3');
});

test('a log whose end is out of sight makes no rival', () => {
  const { view } = figure8();
  node(view, 'n5').lastIndex = 900;
  expect(whyEntry(view, 'n2', 2)).toMatchObject({ rival: null });
});
