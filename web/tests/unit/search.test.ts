/** The search's pool of workers, played by hand, and what is drawn of what they tell. */

import { describe, expect, it } from 'vitest';
import { indexesOf, ledgerPicture } from '../../src/late/search-ledger';
import { oddsView, pointOfNoReturn, turnOf } from '../../src/late/search-odds';
import { storyOf, withRulesKept } from '../../src/late/search-play';
import { Pool, type Wish } from '../../src/late/search-pool';
import { barsOf, figuresView, lengthsView, storyView, verdictView } from '../../src/late/search-views';
import { searchWords } from '../../src/late/search-words';
import { wordsOf } from '../../src/locales';
import type { FeedEvent, Happening, View } from '../../src/model';
import type { Answer, Found, Hire, Job, Report } from '../../src/search-model';
import { cluster } from '../fixtures/build';
import { figure8 } from '../fixtures/scenes';
import { flatten } from './flatten';

interface Hired {
  job: Job;
  gapMs: number;
  orders: string[];
  say(answer: Answer): void;
}

/** Workers that note their orders and say what the test has them say, and a clock that the test sets. */
function handDriven() {
  const hired: Hired[] = [];
  const hire: Hire = (job, gapMs, say) => {
    const orders: string[] = [];
    hired.push({ job, gapMs, orders, say });
    return { goOn: () => orders.push('goOn'), pause: () => orders.push('pause'), fire: () => orders.push('fire') };
  };
  const time = { ms: 0 };
  const pool = new Pool(
    hire,
    () => {},
    () => time.ms,
  );
  const at = (i: number) => hired[i] as Hired;
  return { pool, hired, at, time };
}

const wish: Wish = { off: ['commit-own-term-only', 'one-vote-a-term'], nodes: 5, seed: 41n };

const found = (more: Partial<Found> = {}): Found => ({
  run_text: 'raftarium 1\nnodes 5\n@0 break one-vote-a-term\n@150 timeout n1\n',
  link: 'r1',
  property: 'electionSafety',
  violation: 'n1 and n2 were both elected leader of term 1',
  at_us: 199_000,
  nodes: ['n1', 'n2'],
  index: null,
  run_no: 3,
  lengths: [214, 97, 41],
  shrinking: true,
  actions: [
    { at_us: 0, text: 'break one-vote-a-term' },
    { at_us: 150, text: 'timeout n1' },
  ],
  ...more,
});

const told = (more: Partial<Report> = {}): Answer => ({
  kind: 'report',
  report: {
    runs: 10,
    events: 5_000,
    states: 400,
    states_exact: true,
    marks: [2, 0, 9],
    seed: '41',
    progress: 0.5,
    found: null,
    ...more,
  },
});

describe('the pool', () => {
  it('gives each worker a seed of its own, and all together may report four times a second', () => {
    const { pool, hired } = handDriven();
    pool.begin(wish, 3);
    expect(hired.map(({ job }) => job.seed)).toEqual(['41', '42', '43']);
    expect(hired.map(({ job }) => [job.broken, job.nodes])).toEqual(
      Array(3).fill(['commit-own-term-only,one-vote-a-term', 5]),
    );
    expect(hired.reduce((sum, { gapMs }) => sum + 1000 / gapMs, 0)).toBeCloseTo(4);
  });

  it('sums what they tell, and counts no time of a pause', () => {
    const { pool, at, time } = handDriven();
    pool.begin(wish, 2);
    at(0).say(told());
    at(1).say(told({ runs: 7 }));
    time.ms = 1000;
    pool.pause();
    time.ms = 9000;
    const all = { runs: 17, events: 10_000, states: 800, exact: true, marks: [4, 0, 18], ms: 1000 };
    expect(pool.figures).toEqual(all);
    expect(pool.points).toEqual([
      { runs: 10, states: 400 },
      { runs: 17, states: 800 },
    ]);
    pool.goOn();
    time.ms = 9500;
    expect(pool.figures.ms).toBe(1500);
    expect(at(0).orders).toEqual(['pause', 'goOn']);
  });
});

describe('a find', () => {
  it('has the others rest while one shrinks, and all go on from there to the next find', () => {
    const { pool, at, time } = handDriven();
    pool.begin(wish, 3);
    time.ms = 700;
    at(1).say(told({ found: found() }));
    expect([pool.phase, pool.finder, pool.foundMs]).toEqual(['shrinking', 1, 700]);
    expect([at(0).orders, at(1).orders, at(2).orders]).toEqual([['pause'], [], ['pause']]);
    // The letter of another one that was on its way changes nothing.
    at(2).say(told({ found: found({ run_no: 9, shrinking: false }) }));
    expect([pool.phase, pool.found?.run_no]).toEqual(['shrinking', 3]);
    at(1).say(told({ found: found({ lengths: [214, 97, 41, 12], shrinking: false }) }));
    expect([pool.phase, pool.found?.lengths.at(-1)]).toEqual(['found', 12]);
    pool.goOn();
    expect([pool.phase, pool.finder]).toEqual(['searching', -1]);
    expect([at(0).orders, at(1).orders]).toEqual([['pause', 'goOn'], ['goOn']]);
    // The last find stays told until there is another.
    expect(pool.found?.run_no).toBe(3);
    at(2).say(told({ found: found({ run_no: 9 }) }));
    expect([pool.phase, pool.finder, pool.found?.run_no]).toEqual(['shrinking', 2, 9]);
  });

  it('goes on with what it was at when it was paused: only the finder shrinks', () => {
    const { pool, at } = handDriven();
    pool.begin(wish, 2);
    at(0).say(told({ found: found() }));
    pool.pause();
    expect(pool.running).toBe(false);
    pool.goOn();
    expect(pool.phase).toBe('shrinking');
    expect([at(0).orders, at(1).orders]).toEqual([
      ['pause', 'goOn'],
      ['pause', 'pause'],
    ]);
  });

  it('takes a find that comes with the last letter before a pause, and shrinks it when it goes on', () => {
    const { pool, at } = handDriven();
    pool.begin(wish, 2);
    pool.pause();
    at(1).say(told({ found: found() }));
    expect([pool.phase, pool.found?.run_no]).toEqual(['paused', 3]);
    pool.goOn();
    expect(pool.phase).toBe('shrinking');
    expect(at(0).orders).not.toContain('goOn');
  });
});

describe('a failure', () => {
  it('says which worker failed, by its seed, and ends when none is left', () => {
    const { pool, at } = handDriven();
    pool.begin(wish, 2);
    at(1).say({ kind: 'failed', detail: 'unreachable', trapped: true });
    expect(pool.failure).toEqual({ seed: '42', detail: 'unreachable', trapped: true });
    expect([pool.phase, at(1).orders]).toEqual(['searching', ['fire']]);
    at(0).say({ kind: 'failed', detail: 'unreachable', trapped: true });
    expect([pool.phase, pool.running]).toEqual(['failed', false]);
  });

  it('keeps what a worker had found when it fails over shrinking it', () => {
    const { pool, at } = handDriven();
    pool.begin(wish, 2);
    at(0).say(told({ found: found() }));
    at(0).say({ kind: 'failed', detail: 'unreachable', trapped: true });
    expect([pool.phase, pool.found?.lengths]).toEqual(['found', [214, 97, 41]]);
  });

  it('does not read letters of a search that was ended', () => {
    const { pool, at } = handDriven();
    pool.begin(wish, 1);
    pool.begin({ ...wish, seed: 7n }, 1);
    expect(at(0).orders).toEqual(['fire']);
    at(0).say(told({ found: found() }));
    expect([pool.phase, pool.found, pool.figures.runs]).toEqual(['searching', null, 0]);
  });
});

describe('what is drawn', () => {
  const [en, zh] = [searchWords('en'), searchWords('zh')];

  it('lengths: every one is said, the first, the last and some between are drawn', () => {
    const lengths = [214, 150, 120, 97, 70, 41, 30, 19, 12];
    expect(barsOf(lengths)).toEqual([214, 120, 97, 41, 30, 12]);
    expect(barsOf([5])).toEqual([5]);
    expect(flatten(lengthsView({ lengths }, en))).toContain('214, 150, 120, 97, 70, 41, 30, 19, 12');
  });

  it('figures: all of them measured, the rate over the time that was searched', () => {
    const figures = { runs: 1_284_551, events: 4_200_000, states: 318_402, exact: true, marks: [], ms: 2000 };
    const rest = { figures, points: [], finder: -1 };
    const drawn = flatten(figuresView({ ...rest, progress: [0.5, null], phase: 'searching' }, en, 'en'));
    for (const text of ['1,284,551', '2.1M', '318,402', '1 worker searches']) expect(drawn).toContain(text);
    const about = { ...rest, figures: { ...figures, exact: false } };
    expect(flatten(figuresView({ ...about, progress: [0.5], phase: 'searching' }, en, 'en'))).toContain('≈ 318,402');
    expect(drawn).not.toContain('≈');
    expect(flatten(figuresView({ ...rest, progress: [0.5], phase: 'found', finder: 0 }, zh, 'zh'))).toContain(
      '1 个线程找到',
    );
  });

  it('the verdict names theorem and witnesses, in both languages', () => {
    const view = {
      ...cluster(3),
      checks: [{ name: 'electionSafety', violation: { atUs: 1, text: '', nodes: ['n1', 'n2'], index: null } }],
    } as View;
    const drawn = flatten(verdictView(found(), view, wordsOf('en'), en));
    expect(drawn).toContain('Election safety has fallen');
    expect(drawn.match(/se-witness"/g)).toHaveLength(2);
    expect(flatten(verdictView(found(), null, wordsOf('en'), en))).not.toContain('se-witness"');
  });

  it('the small ledger outlines the entry of each witness that fell, and nothing where nothing did', () => {
    const { view } = figure8();
    const fallen = { atUs: 1, text: '', nodes: ['n1', 'n5'], index: 2 };
    const outlines = (violation: typeof fallen | null) =>
      flatten(ledgerPicture(view, violation, 2, wordsOf('en'), 'x')).match(/alarm-s/g)?.length ?? 0;
    expect([outlines(fallen), outlines({ ...fallen, index: 99 }), outlines(null)]).toEqual([2, 2, 0]);
  });

  it('the small ledger shows the last indexes, the one in question among them', () => {
    const view = cluster(3);
    const long = { ...view, nodes: view.nodes.map((node) => ({ ...node, lastIndex: 20 })) };
    expect(indexesOf(long, null)).toEqual([17, 18, 19, 20]);
    expect(indexesOf(long, 5)).toEqual([5, 6, 7, 8]);
    expect(indexesOf(long, 20)).toEqual([17, 18, 19, 20]);
    expect(indexesOf(view, null)).toEqual([1]);
  });
});

describe('the story', () => {
  const event = (seq: number, atUs: number, what: Happening): FeedEvent => ({ seq, atUs, what });
  const actions = [
    { at_us: 0, text: 'break one-vote-a-term' },
    { at_us: 100, text: 'crash n1' },
    { at_us: 100, text: 'timeout n2' },
    { at_us: 300, text: 'client c1 put x 1' },
  ];
  const events = [
    event(0, 0, { kind: 'action', text: 'break one-vote-a-term' }),
    event(1, 100, { kind: 'crashed', node: 'n1', lostEntries: 2 }),
    event(2, 100, { kind: 'action', text: 'timeout n2' }),
    event(7, 100, { kind: 'timedOut', node: 'n2', term: 2 }),
    event(3, 180, { kind: 'becameLeader', node: 'n2', term: 3, votes: ['n2', 'n3'] }),
    event(4, 200, { kind: 'becameFollower', node: 'n3', term: 3, leader: 'n2', wasLeader: false, why: 'heardLeader' }),
    event(5, 250, { kind: 'violated', check: 'electionSafety', text: 'both', nodes: ['n2', 'n3'], index: null }),
    event(6, 260, { kind: 'becameLeader', node: 'n3', term: 4, votes: ['n3'] }),
  ];
  const rows = storyOf(actions, events, 'electionSafety');

  it('tells each action once and what came of them, in order, up to the fall', () => {
    expect(rows.map(({ number, action, event: it }) => [number, action, it?.what.kind ?? null])).toEqual([
      [1, 'break one-vote-a-term', null],
      [2, 'crash n1', 'crashed'],
      [3, 'timeout n2', 'timedOut'],
      [null, '', 'becameLeader'],
      [null, '', 'violated'],
      [4, 'client c1 put x 1', null],
    ]);
    expect(rows.map(({ term }) => term)).toEqual([0, 0, 2, 3, 3, 3]);
  });

  it('uses the words of the feed and of the rules, and leads to moments only on the stage', () => {
    const teller = { t: wordsOf('en'), words: searchWords('en'), go: () => {}, turn: null };
    const apart = flatten(storyView(rows, { ...teller, nowUs: null }));
    expect(apart).toContain('Rule off: Give one vote in a term.');
    expect(apart).toContain('n1 crashes and loses 2 unsynced entries.');
    expect(apart).toContain('c1 asks for put x 1.');
    expect(apart).not.toContain('<button');
    const there = flatten(storyView(rows, { ...teller, nowUs: 190 }));
    expect(there.match(/<button/g)).toHaveLength(rows.length);
    expect(there.match(/aria-current=step/g)).toHaveLength(1);
  });

  it('every rule is kept in the other run, and nothing else is left out', () => {
    const run =
      'raftarium 1\nnodes 3\n@0 break one-vote-a-term\n@100 crash n1\n@200 mend one-vote-a-term\n@300 break-in\n';
    expect(withRulesKept(run)).toBe('raftarium 1\nnodes 3\n@100 crash n1\n@300 break-in\n');
  });
});

describe('the futures', () => {
  const words = searchWords('en');
  const report = { actions: 4, fallen: [2, 3, 34, 61, 100], real: [0, 0, 0, 0, 0], done_prefixes: 5 };

  const rows = [0, 1, 1, 2].map((term, i) => ({ atUs: i, number: i + 1, action: 'crash n1', event: null, term }));

  it('stand above the actions of the story, in the colours of their terms, and name the line of no return', () => {
    const drawn = flatten(oddsView(report, 100, rows, 520, words));
    for (const kind of ['fbg ink', 'f1 ink', 'f2 ink']) expect(drawn).toContain(`<rect class=${kind}`);
    expect(drawn.match(/<rect class=f1 ink/g)).toHaveLength(2);
    expect(drawn).toContain('>point of no return<');
    expect(drawn).toContain('>start<');
    expect([turnOf(report, 100), turnOf({ ...report, done_prefixes: 4 }, 100)]).toEqual([3, null]);
    const teller = { t: wordsOf('en'), words, nowUs: null, go: () => {} };
    const story = flatten(storyView(rows, { ...teller, turn: 3 }));
    expect(story.match(/<em>point of no return/g)).toHaveLength(1);
    expect(flatten(storyView(rows, { ...teller, turn: null }))).not.toContain('<em>');
  });

  it('have a point of no return: after it most fall, whatever comes', () => {
    expect(pointOfNoReturn(report.fallen, 100)).toBe(3);
    expect(pointOfNoReturn([80, 10, 90], 100)).toBe(2);
    expect(pointOfNoReturn([80, 90], 100)).toBeNull();
    expect(pointOfNoReturn([1, 50], 100)).toBeNull();
    const drawn = flatten(oddsView(report, 100, rows, 520, words));
    expect(drawn).toContain('action 3, 34 before it and 61 after');
    expect(drawn).toContain('Real Raft: 0 throughout');
  });

  it('are told as far as they are counted: what is being counted is no count', () => {
    const drawn = flatten(oddsView({ ...report, done_prefixes: 3 }, 100, rows, 520, words));
    expect(drawn).toContain('3 of 5 moments');
    expect(drawn).not.toContain('61');
    expect(drawn).not.toMatch(/point of no return/i);
    expect(drawn).not.toContain('throughout');
  });

  it('of real Raft that fall are told as ours', () => {
    expect(flatten(oddsView({ ...report, real: [0, 0, 1, 0, 0] }, 100, rows, 520, words))).toContain(
      'up to 1; that is a bug of ours',
    );
  });
});
