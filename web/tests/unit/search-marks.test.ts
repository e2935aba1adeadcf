/** What a search has come through and what it has not: the marks, the curve of distinct states, and what is told before it begins. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/late/rules-words';
import { curvePicture, type Point, trendOf, withPoint } from '../../src/late/search-curve';
import { byHandOf, hintsOf } from '../../src/late/search-hints';
import { marksButton, marksList, reachedOf } from '../../src/late/search-marks';
import { MARKS } from '../../src/late/search-marks-words';
import { trendView } from '../../src/late/search-views';
import { searchWords } from '../../src/late/search-words';
import { flatten } from './flatten';

const [en, zh] = [searchWords('en'), searchWords('zh')];

/** A search whose runs bring ever less: after `runs` runs so many states. */
const search = (states: (runs: number) => number, runs: number, reports: number): readonly Point[] => {
  let points: readonly Point[] = [];
  for (let i = 1; i <= reports; i += 1) {
    const after = Math.round((runs * i) / reports);
    points = withPoint(points, { runs: after, states: Math.round(states(after)) });
  }
  return points;
};

describe('the marks', () => {
  it('are those of the core, in its order, with its sections, in both languages', () => {
    const core = readFileSync('crates/sim/src/fuzz/marks.rs', 'utf8');
    const table = [...core.matchAll(/^ {4}[A-Z]\w+ "([a-z-]+)" "([^"]+)": "([^"]+)";/gm)];
    expect(table.length).toBeGreaterThan(40);
    expect(MARKS.map(({ name, source }) => [name, source])).toEqual(table.map(([, name, source]) => [name, source]));
    table.forEach(([, , , says], i) => {
      const { en: english, zh: chinese } = MARKS[i]?.says ?? { en: '', zh: '' };
      expect(english.toLowerCase().replace('’', "'")).toBe(`${says}.`.toLowerCase());
      expect(chinese).toMatch(/[\u4e00-\u9fff].*。$/);
      expect(zh.section(MARKS[i]?.source ?? '')).not.toMatch(/[a-z]/i);
    });
  });

  it('are a strip in which each says itself, and a list of what no run came to, then of the rest', () => {
    const runs = MARKS.map((_, i) => (i === 2 ? 0 : i + 1));
    expect(reachedOf(runs)).toBe(MARKS.length - 1);
    const strip = flatten(marksButton(runs, false, () => {}, 'm', en, 'en'));
    expect(strip).toContain(`${MARKS.length - 1} of ${MARKS.length} marks`);
    expect(strip.match(/<title>/g)).toHaveLength(MARKS.length);
    // Told by the shape too: filled or open.
    expect(strip.match(/class=fink/g)).toHaveLength(MARKS.length - 1);
    const list = flatten(marksList(runs, 'm', en, 'en'));
    const missing = MARKS[2]?.says.en ?? '';
    expect(list.indexOf(missing)).toBeGreaterThan(list.indexOf('Not reached so far: 1'));
    expect(list.indexOf(missing)).toBeLessThan(list.indexOf(`Reached: ${MARKS.length - 1}`));
    expect(list).toContain('in 1 run<');
    expect(list).toContain('in 48 runs');
    expect(flatten(marksList([], 'm', zh, 'zh'))).toContain(`尚未到达：${MARKS.length}`);
  });
});

describe('the curve of distinct states', () => {
  it('keeps few points, the first and the last among them, however long the search is', () => {
    const points = search((runs) => runs * 16, 100_000, 5_000);
    expect(points.length).toBeLessThan(100);
    expect(points.length).toBeGreaterThan(40);
    expect(points[0]).toEqual({ runs: 20, states: 320 });
    expect(points.at(-1)).toEqual({ runs: 100_000, states: 1_600_000 });
    // A report of the shrinking brings no run.
    expect(withPoint(points, { runs: 100_000, states: 1_600_000 })).toHaveLength(points.length);
  });

  it('says whether new states still come, by what the last quarter of the runs brought', () => {
    expect(trendOf(search((runs) => runs * 16, 150, 20))).toBeNull();
    const rising = trendOf(search((runs) => runs * 16, 10_000, 70));
    expect(rising?.flat).toBe(false);
    expect(rising?.late).toBeCloseTo(16, 1);
    const flat = trendOf(search((runs) => 900 * (1 - Math.exp(-runs / 300)), 10_000, 70));
    expect(flat?.flat).toBe(true);
    expect(flat?.average).toBeCloseTo(0.09, 2);
    const points = search((runs) => runs * 16, 10_000, 70);
    expect(trendView(points, en)).toContain('of late 16 a run');
    expect(trendView([], en)).toBe('');
    expect(
      trendView(
        search((runs) => 900 * (1 - Math.exp(-runs / 300)), 10_000, 70),
        zh,
      ),
    ).toContain('几乎没有新状态');
  });

  it('rises within its box from left to right', () => {
    const drawn = flatten(
      curvePicture(
        search((runs) => Math.sqrt(runs), 1_000, 10),
        40,
        26,
      ),
    );
    const places = [...drawn.matchAll(/L([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(places).toHaveLength(10);
    expect(places.at(-1)).toEqual([39, 2]);
    for (let i = 1; i < places.length; i += 1) {
      expect(places[i]?.[0]).toBeGreaterThan(places[i - 1]?.[0] ?? 0);
      expect(places[i]?.[1]).toBeLessThan(places[i - 1]?.[1] ?? 0);
    }
  });
});

describe('what is told before a search', () => {
  const hints = (nodes: number, ...off: string[]) => hintsOf(new Set(off), nodes, en);

  it('is what the core’s table of the rules says', () => {
    const core = readFileSync('crates/sim/src/rules.rs', 'utf8');
    const table = [...core.matchAll(/^ {4}"([a-z-]+)", (?:core|host)\.[\s\S]*?"(?:, (\w+))?;$/gm)];
    const kebab = (name: string) => name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    expect(table).toHaveLength(RULES.length);
    for (const [, name, search] of table) {
      const rule = RULES.find((each) => each.name === name);
      expect([name, rule?.search], name).toEqual([name, search === undefined ? undefined : kebab(search)]);
    }
  });

  it('names what three nodes cannot show, what seeds decide, and what no search finds', () => {
    expect(hints(3, 'match-reset-on-election').join()).toContain('Choose 5 nodes');
    expect(hints(5, 'match-reset-on-election')).toEqual([]);
    expect(hints(3, 'read-rounds-are-unique').join()).toContain('Choose 5 nodes');
    expect(hints(5, 'read-rounds-are-unique').join()).toContain('some seeds only');
    expect(hints(3, 'stale-append-answers-ignored').join()).toContain('made by hand');
    expect(hints(5, 'late-acks-confirm-nothing').join()).toContain('Nothing can fall');
    expect(hints(3, 'late-acks-confirm-nothing', 'match-reset-on-election')).toHaveLength(2);
  });

  it('leads to a run made by hand where no search finds one', () => {
    const run = byHandOf(new Set(['stale-append-answers-ignored']), 3, en);
    expect(run).toMatch(/^raftarium \d+\nnodes 3\n[^@]*@0 break stale-append-answers-ignored\n/);
    expect(byHandOf(new Set(['late-acks-confirm-nothing']), 3, en)).toBeNull();
    expect(byHandOf(new Set(['stale-append-answers-ignored', 'one-vote-a-term']), 3, en)).toBeNull();
    for (const { name, search } of RULES) {
      expect(byHandOf(new Set([name]), 5, en) !== null, name).toBe(search === 'by-hand');
    }
  });

  it('is nothing where something falls soon anyway, or no rule is off', () => {
    expect(hints(3)).toEqual([]);
    expect(hints(3, 'one-vote-a-term', 'late-acks-confirm-nothing', 'match-reset-on-election')).toEqual([]);
  });
});
