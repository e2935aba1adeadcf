/** Inside a node: how far a round is, which cursors stand where, and that every step is told in both languages. */

import { describe, expect, it } from 'vitest';
import type { RoundKept } from '../../src/late/history';
import {
  applyCard,
  type Inside,
  inboxCard,
  machineCard,
  reachedAt,
  readyCard,
  STEPS,
  sendCard,
  writeCard,
} from '../../src/late/inside-cards';
import { cursorsAt, insideLog } from '../../src/late/inside-log';
import { narrated } from '../../src/late/inside-words';
import { lateWords } from '../../src/late/words';
import { wordsOf } from '../../src/locales';
import { node } from '../fixtures/build';
import { figure8 } from '../fixtures/scenes';
import { flatten } from './flatten';

const VOTERS = ['n1', 'n2', 'n3', 'n4', 'n5'];

const core = { role: 'leader', term: 4, votedFor: 'n1', commit: 1, lastIndex: 2 } as const;

const round: RoundKept = {
  seq: 7,
  node: 'n1',
  atUs: 1000,
  took: { kind: 'request', client: 'c1', command: 'put x 7' },
  waiting: [{ kind: 'tick' }],
  before: core,
  after: { ...core, lastIndex: 3 },
  soft: null,
  hard: { term: 4, votedFor: 'n1', commit: 1 },
  entries: [{ index: 3, term: 4, command: 'put x 7' }],
  snapshot: null,
  mustSync: true,
  messages: [],
  heldBack: [],
  ownVote: false,
  ownAppend: 3,
  committed: [],
  reads: 0,
  syncedUs: 6000,
};

function inside(at: number, lang: 'en' | 'zh' = 'en'): Inside {
  const words = lateWords(lang).inside;
  const sync = { part: 0.62, says: words.syncPart(3.1, 5) };
  const n1 = node(figure8().view, 'n1');
  return { node: n1, round, arrived: [], at, reached: 6, quorum: 3, voters: VOTERS, sync, t: wordsOf(lang), words };
}

describe('a round', () => {
  it('waits at the writing until it is synced', () => {
    expect(STEPS[reachedAt(round, 2000)]).toBe('write');
    expect(STEPS[reachedAt({ ...round, syncedUs: null }, 9000)]).toBe('write');
    expect(STEPS[reachedAt(round, 6000)]).toBe('advance');
    expect(STEPS[reachedAt({ ...round, mustSync: false }, 1000)]).toBe('advance');
  });

  it('fills its Ready only when the core hands it out', () => {
    const go = () => {};
    expect(flatten(readyCard(inside(1), go))).not.toContain('class=set');
    const handedOut = flatten(readyCard(inside(2), go)).replace(/"/g, '');
    expect(handedOut).toContain('class=set');
    expect(handedOut).toContain('3@4');
  });

  it('is not said of a crashed node that it has done nothing yet: it has crashed', () => {
    for (const [lang, word] of [
      ['en', 'n1 has crashed.'],
      ['zh', 'n1 已宕机。'],
    ] as const) {
      const here = inside(0, lang);
      expect(narrated(lang, { ...here, node: { ...here.node, up: false } }).lead).toBe(word);
      expect(narrated(lang, { ...here, round: null }).lead).not.toBe(word);
    }
  });

  it('is told at each step, in both languages, and drawn without a gap', () => {
    const go = () => {};
    for (const lang of ['en', 'zh'] as const) {
      const said = STEPS.map((_, at) => Object.values(narrated(lang, inside(at, lang))).join(' '));
      expect(new Set(said).size).toBe(STEPS.length);
      for (let at = 0; at < STEPS.length; at += 1) {
        const here = inside(at, lang);
        const cards = [inboxCard, machineCard, readyCard, writeCard, sendCard, applyCard].map((card) =>
          flatten(card(here, go)),
        );
        expect(cards.join('') + said[at]).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });
});

it('counts the disks of those who have a vote', () => {
  const all = inside(1);
  const progress = all.node.progress.map((each) => ({ ...each, matchIndex: each.node === 'n5' ? 0 : 1 }));
  const node = { ...all.node, commit: 1, progress };
  const told = (voters: readonly string[]) =>
    /commit 1: on (\d of \d)/.exec(flatten(machineCard({ ...all, node, voters }, () => {})))?.[1];
  expect(told(VOTERS)).toBe('4 of 5');
  expect(told(VOTERS.slice(0, 4))).toBe('4 of 4');
});

it('every cursor stands under its entry, stacked where two meet', () => {
  const n1 = node(figure8().view, 'n1');
  expect(cursorsAt(n1, 1)).toEqual(['applied', 'committed']);
  expect(cursorsAt(n1, n1.lastIndex)).toContain('last');
  const log = flatten(insideLog(n1, null, wordsOf('en'), lateWords('en').inside));
  expect(log.match(/data-zone=unstable/g)).toHaveLength(1);
});

it('marks the way that the round in hand will move a cursor, and shows one that stands before the log', () => {
  const n1 = node(figure8().view, 'n1');
  const { inside: words } = lateWords('en');
  expect(flatten(insideLog(n1, round, wordsOf('en'), words)).match(/in-track moves/g)).toHaveLength(1);
  expect(flatten(insideLog(n1, null, wordsOf('en'), words))).not.toContain('in-track moves');
  const fresh = flatten(insideLog({ ...n1, commit: 0, applied: 0 }, null, wordsOf('en'), words));
  expect(fresh).toContain('in-zero');
  expect(fresh).toMatch(/applied <b>0<\/b>/);
});
