/** Both languages say everything: the same keys, a sentence for each record and moment, and no English left in the Chinese. */

import { describe, expect, it } from 'vitest';
import { type Moment, momentOf } from '../../src/format/moment';
import { clock, duration, ellipsis, entryId, shortCommand, termColour } from '../../src/format/text';
import { whyNode } from '../../src/format/why';
import { entrySentence, whyEntry } from '../../src/late/why-entry';
import { layoutFor } from '../../src/layout';
import { languageFrom, languages, wordsOf } from '../../src/locales';
import type { Happening } from '../../src/model';
import { entryBox } from '../../src/views/entry';
import { cluster, node, writeLog } from '../fixtures/build';
import { eventsOf, figure8, scenes } from '../fixtures/scenes';
import { wordsOnly } from './svg-text';

const position = { term: 2, index: 3 };

const happenings: Happening[] = [
  { kind: 'action', text: 'timeout n1' },
  { kind: 'crashed', node: 'n1', lostEntries: 2 },
  { kind: 'restarted', node: 'n1', term: 2, lastIndex: 4 },
  { kind: 'frozen', node: 'n1' },
  { kind: 'thawed', node: 'n1' },
  { kind: 'cut', a: 'n1', b: 'n2', oneWay: true },
  { kind: 'cut', a: 'n1', b: 'n2', oneWay: false },
  { kind: 'healed', a: null, b: null, oneWay: false },
  { kind: 'healed', a: 'n1', b: null, oneWay: false },
  { kind: 'healed', a: 'n1', b: 'n2', oneWay: true },
  { kind: 'isolated', node: 'n1' },
  { kind: 'actionRefused', text: 'crash n9', why: '' },
  { kind: 'synced', node: 'n1', term: 2, votedFor: 'n2', lastIndex: 4 },
  { kind: 'higherTerm', node: 'n1', from: 'n2', mine: 1, theirs: 2 },
  { kind: 'clientQueued', client: 'c1', command: 'put x 1' },
  { kind: 'healed', a: 'n1', b: 'n2', oneWay: false },
  { kind: 'partitioned', groups: [['n1', 'n2'], ['n3']] },
  { kind: 'timedOut', node: 'n1', term: 2 },
  { kind: 'becameCandidate', node: 'n1', term: 3, preVote: true },
  { kind: 'becameCandidate', node: 'n1', term: 3, preVote: false },
  { kind: 'becameLeader', node: 'n1', term: 3, votes: ['n1', 'n2'] },
  { kind: 'becameFollower', node: 'n1', term: 3, leader: 'n2', wasLeader: true, why: 'higherTerm' },
  { kind: 'voteGranted', node: 'n1', to: 'n2', term: 3 },
  { kind: 'voteRefused', node: 'n1', to: 'n2', term: 3, why: { kind: 'logBehind', mine: position, theirs: position } },
  { kind: 'voteRefused', node: 'n1', to: 'n2', term: 3, why: { kind: 'alreadyVoted', to: 'n3' } },
  { kind: 'voteRefused', node: 'n1', to: 'n2', term: 3, why: { kind: 'lowerTerm', mine: 4 } },
  { kind: 'voteRefused', node: 'n1', to: 'n2', term: 3, why: { kind: 'leaderKnown', leader: 'n3' } },
  { kind: 'voteRefused', node: 'n1', to: 'n2', term: 3, why: { kind: 'leaseHeld', leader: 'n3' } },
  { kind: 'appended', node: 'n1', from: 2, to: 2, term: 2, command: 'put x 1', own: true },
  { kind: 'appended', node: 'n1', from: 2, to: 4, term: 2, command: null, own: false },
  { kind: 'appendRefused', node: 'n1', from: 'n2', prev: position, hint: 1 },
  { kind: 'truncated', node: 'n1', from: 2, to: 4 },
  { kind: 'committed', node: 'n1', from: 2, index: 2, term: 2, own: true },
  { kind: 'committed', node: 'n1', from: 2, index: 2, term: 2, own: false },
  { kind: 'notCommitted', node: 'n1', index: 2, entryTerm: 2, term: 4 },
  { kind: 'applied', node: 'n1', index: 2, command: 'put x 1', result: 'ok', skipped: false },
  { kind: 'applied', node: 'n1', index: 2, command: 'put x 1', result: 'ok', skipped: true },
  { kind: 'ignored', node: 'n1', from: 'n2', message: 'heartbeat', term: 1, mine: 2 },
  { kind: 'lost', message: 'appendEntries', from: 'n1', to: 'n2', why: 'down' },
  { kind: 'clientSubmitted', client: 'c1', node: 'n1', command: 'put x 1', attempt: 2 },
  { kind: 'clientRedirected', client: 'c1', node: 'n1', leader: null },
  { kind: 'clientRedirected', client: 'c1', node: 'n1', leader: 'n2' },
  { kind: 'clientTimedOut', client: 'c1', node: 'n1', command: 'put x 1' },
  { kind: 'clientAnswered', client: 'c1', node: 'n1', command: 'put x 1', result: 'ok' },
  { kind: 'stalled', sinceUs: 1_200_000, led: false },
  { kind: 'stalled', sinceUs: 1_200_000, led: true },
  { kind: 'violated', check: 'logMatching', text: 'n1, n2', nodes: ['n1', 'n2'], index: 3 },
];

const moments: Moment[] = [
  { kind: 'fallen', check: 'electionSafety', text: 'n1, n2' },
  { kind: 'twoLeaders', old: 'n1', oldTerm: 1, leader: 'n2', term: 2 },
  { kind: 'notCommitted', entry: position, holders: 3, nodes: 5, leaderTerm: 4 },
  { kind: 'split', term: 2, candidates: ['n1', 'n2'] },
  { kind: 'candidate', node: 'n1', term: 2, granted: 2, refused: 1, quorum: 3, nodes: 5 },
  { kind: 'preCandidate', node: 'n1', term: 2 },
  { kind: 'cutOff', leader: 'n1', term: 2, reach: 2, quorum: 3, nodes: 5, since: 1_200_000 },
  { kind: 'noQuorum', reach: 2, quorum: 3, nodes: 5, since: 1_200_000 },
  { kind: 'leaderless', next: 'n2', quorum: 3, nodes: 5, first: true, since: 0 },
  { kind: 'leaderless', next: null, quorum: 3, nodes: 5, first: false, since: 1_200_000 },
  { kind: 'refusedLog', node: 'n1', to: 'n2', mine: position, theirs: position },
  { kind: 'truncated', node: 'n1', from: 2, to: 3 },
  { kind: 'unanswered', client: 'c1', command: 'put x 1' },
  { kind: 'elected', leader: 'n1', term: 2, votes: 3, nodes: 5, noop: position },
  { kind: 'replicating', entry: position, command: 'put x 1', holders: 2, quorum: 3, nodes: 5 },
  { kind: 'telling', entry: position, holders: 3, nodes: 5, behind: ['n4', 'n5'] },
  { kind: 'steady', leader: 'n1', term: 2, followers: 3, down: ['n5'], heartbeatUs: 50_000 },
];

/** Identifiers and protocol names stay English; any other Latin word in a Chinese sentence is one forgotten. */
const allowed =
  /\b(n\d|c\d|Raft|RequestVote|AppendEntries|ms|s|x|match|next|no|op|ok|timeout|crash|ReadIndex|TimeoutNow|P|R|S|[xyznk])\b/gu;

describe('words', () => {
  it('has the same keys in every language', () => {
    const keys = (value: unknown, at: string): string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${at}.${key}`))
        : [`${at}:${typeof value}`];
    for (const lang of languages) expect(keys(wordsOf(lang), '').sort()).toEqual(keys(wordsOf('en'), '').sort());
  });

  it('tells every record and every moment in both languages', () => {
    for (const lang of languages) {
      const t = wordsOf(lang);
      for (const what of happenings) {
        const sentence = t.event({ seq: 0, atUs: 0, what });
        expect(sentence, what.kind).toMatch(what.kind === 'violated' ? /n2$/u : /[.。] ?$/u);
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object/u);
      }
      for (const moment of moments) {
        const { lead, rest } = t.caption(moment);
        expect(lead.length + rest.length, moment.kind).toBeLessThan(lang === 'en' ? 190 : 90);
        expect(`${lead}${rest}`).not.toMatch(/undefined|null|NaN|\[object/u);
      }
    }
  });

  it('leaves no English word in a Chinese sentence', () => {
    const zh = wordsOf('zh');
    const sentences = [
      ...happenings.map((what) => zh.event({ seq: 0, atUs: 0, what })),
      ...moments.map((moment) => zh.caption(moment)).flatMap(({ lead, rest }) => [lead, rest]),
    ];
    for (const sentence of sentences) expect(sentence.replace(allowed, ''), sentence).not.toMatch(/[A-Za-z]{2,}/u);
  });

  it('follows the browser’s first language that is ours', () => {
    expect(languageFrom(['fr-CH', 'zh-TW', 'en'])).toBe('zh');
    expect(languageFrom(['en-GB', 'zh'])).toBe('en');
    expect(languageFrom(['fr'])).toBe('en');
  });
});

describe('numbers and commands', () => {
  it('are written shortly', () => {
    expect(entryId({ term: 4, index: 3 })).toBe('3@4');
    expect(duration(36_400)).toBe('36 ms');
    expect(duration(12_340_000)).toBe('12.3 s');
    expect(clock(1_412_000)).toBe('1412 ms');
    expect(clock(1_412_999), 'what has not passed is not told').toBe('1412 ms');
    expect(['put x 1', 'get x', 'incr n', 'cas x 1 2', 'odd'].map(shortCommand)).toEqual([
      'x=1',
      'x?',
      'n+1',
      'x:1→2',
      'odd',
    ]);
    expect(ellipsis('abcdef', 4)).toBe('abc…');
    expect([0, 1, 6, 7, 13].map(termColour)).toEqual([0, 1, 6, 1, 1]);
  });
});

describe('what is said of a situation', () => {
  it('names an action that could not be done and why, in the page’s own language', () => {
    const what = { kind: 'actionRefused', text: 'crash n1', why: 'n1 has crashed: restart it first' } as const;
    const said = languages.map((lang) => wordsOf(lang).event({ seq: 0, atUs: 0, what }));
    expect(said[0]).toBe('Not done: crash n1 (n1 has crashed: restart it first).');
    expect(said[1]).toBe('未执行：crash n1（n1 已宕机：请先重启）。');
  });

  it('names the reason why a majority is not a commit', () => {
    const scene = figure8();
    const moment = momentOf(scene.view, eventsOf(scene));
    expect(moment).toEqual({ kind: 'notCommitted', entry: { term: 2, index: 2 }, holders: 3, nodes: 5, leaderTerm: 4 });
    expect(wordsOf('en').caption(moment).lead).toBe('3 of 5 hold entry 2@2, yet it is not committed:');
    const why = whyEntry(scene.view, 'n3', 2);
    expect(why).toMatchObject({ held: 3, commit: 'no', leader: { kind: 'older', term: 4 }, rival: 'n5' });
    for (const lang of languages) {
      const said = why === null ? '' : entrySentence[lang](why);
      expect(said).toMatchObject({ section: '§5.4.2' });
    }
  });

  it('says since when nobody can win, rather than who tries in vain', () => {
    const view = scenes().find(({ view: { nodes } }) => nodes.some(({ role }) => role === 'candidate'))?.view;
    if (view === undefined) throw new Error('a situation with a candidate');
    expect(momentOf(view, []).kind).toBe('split');
    const lone = view.nodes.find(({ role }) => role === 'candidate');
    const nodes = view.nodes.map((node) => (node === lone ? node : { ...node, up: false }));
    const moment = momentOf({ ...view, nodes, stalledUs: 1_200_000 }, []);
    expect(moment).toMatchObject({ kind: 'noQuorum', reach: 1, since: 1_200_000 });
    expect(wordsOf('en').caption(moment).lead).toMatch(/^No leader since 1200 ms: no node can reach/u);
    expect(wordsOf('zh').caption(moment).lead).toMatch(/^自 1200 ms 起没有领导者：/u);
    // A leader that is alone as well is told of before those who campaign in vain.
    const [first] = nodes.filter((node) => node !== lone);
    const alone = nodes.map((node) => (node === first ? { ...node, up: true, role: 'leader' as const } : node));
    const links = view.links.map((link) => ({ ...link, cutAB: true, cutBA: true }));
    const cut = momentOf({ ...view, nodes: alone, links, stalledUs: 1_200_000 }, []);
    expect(cut).toMatchObject({ kind: 'cutOff', reach: 1, since: 1_200_000 });
    expect(wordsOf('en').caption(cut).rest).toContain('it can commit nothing (since 1200 ms)');
  });

  it('finds a moment and a reason in every situation, in both languages', () => {
    for (const scene of scenes()) {
      const moment = momentOf(scene.view, eventsOf(scene));
      for (const lang of languages) {
        expect(wordsOf(lang).caption(moment).lead, scene.name).not.toBe('');
        for (const node of scene.view.nodes)
          expect(wordsOf(lang).why(whyNode(scene.view, node)).lead).toContain(node.id);
      }
    }
  });
});

it('a change of members says in its cell of the log who goes', () => {
  const view = cluster(3);
  writeLog(node(view, 'n1'), [{ term: 1, command: 'remove n1' }], 0);
  const [entry] = node(view, 'n1').log;
  const cell =
    entry && wordsOnly(entryBox({ ...entry, kind: 'confChange' }, layoutFor(3, 'desktop').ledger, wordsOf('en'), 0, 0));
  expect(cell).toContain('-n1');
});
