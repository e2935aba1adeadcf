/** Marks that are fetched late: islands and their tears, both halves of a joint configuration, held messages, entries about to be cut. */

import { nothing } from 'lit';
import { describe, expect, it } from 'vitest';
import { momentOf } from '../../src/format/moment';
import { seldom } from '../../src/late/seldom';
import { islandPlaces, tearsOf, tornEdges } from '../../src/late/torn';
import { layoutFor } from '../../src/layout';
import { lerp } from '../../src/layout/geometry';
import { cutPart, partOf } from '../../src/layout/motion';
import { touches } from '../../src/layout/room';
import { wordsOf } from '../../src/locales';
import { placeAt } from '../../src/views/motion';
import { cluster, cut, leads, message, node, writeLog } from '../fixtures/build';
import { svgText } from './svg-text';

const layout = layoutFor(5, 'desktop').cluster;

function parted(...groups: string[][]) {
  const view = cluster(5);
  for (const link of view.links) {
    const apart = !groups.some((group) => group.includes(link.a) && group.includes(link.b));
    if (apart) cut(view, link.a, link.b);
  }
  return view;
}

describe('islands', () => {
  it('are one while any way is open, even one way only', () => {
    const view = parted(['n1'], ['n2', 'n3', 'n4', 'n5']);
    expect(islandPlaces(view)).toEqual([[0], [1, 2, 3, 4]]);
    cut(view, 'n1', 'n3', 'ab');
    expect(islandPlaces(view)).toHaveLength(1);
    expect(islandPlaces(cluster(5))).toEqual([[0, 1, 2, 3, 4]]);
  });

  it('that stand together are parted by one tear that no node touches', () => {
    for (const groups of [
      [
        ['n1', 'n2'],
        ['n3', 'n4', 'n5'],
      ],
      [['n1'], ['n2', 'n3', 'n4', 'n5']],
    ]) {
      const tears = tearsOf(layout, islandPlaces(parted(...groups)));
      expect(tears).toHaveLength(1);
      for (const at of tears.flat()) {
        for (const { centre } of layout.nodes) {
          expect(Math.hypot(at.x - centre.x, at.y - centre.y)).toBeGreaterThan(layout.timerRadius + 8);
        }
      }
    }
  });

  it('that are mixed on the ring are parted by a tear for each gap', () => {
    expect(tearsOf(layout, islandPlaces(parted(['n1', 'n3'], ['n2', 'n4', 'n5'])))).toHaveLength(4);
    expect(tearsOf(layout, islandPlaces(parted(['n1'], ['n2'], ['n3', 'n4', 'n5'])))).toHaveLength(3);
    expect(tearsOf(layout, islandPlaces(cluster(5)))).toEqual([]);
  });

  it('are torn the same way each time', () => {
    const [line] = tearsOf(layout, islandPlaces(parted(['n1', 'n2'], ['n3', 'n4', 'n5'])));
    expect(tornEdges(line ?? [], 11)).toEqual(tornEdges(line ?? [], 11));
    expect(tornEdges(line ?? [], 11)[0]).not.toContain('NaN');
  });
});

it('the votes of an island are written where they hide no mark of a cut link, and no vote of a candidate', () => {
  for (const size of ['desktop', 'embed'] as const) {
    const view = parted(['n1', 'n2'], ['n3', 'n4', 'n5']);
    leads(view, 'n1', 1, ['n2']);
    Object.assign(node(view, 'n4'), { role: 'candidate' });
    const layout = layoutFor(5, size);
    const { nodes, timerRadius } = layout.cluster;
    const centre = (id: string) => nodes[view.nodes.findIndex((each) => each.id === id)]?.centre ?? { x: 0, y: 0 };
    const ui = { selected: null, reducedMotion: false, theme: 'light', lang: 'en', firstColumn: null } as const;
    const args = { view, nowUs: 0, layout, ui, t: wordsOf('en'), detail: null, seldom, events: [], emit: () => {} };
    const drawn = svgText(seldom.meters(args, nothing));
    const places = [...drawn.matchAll(/data-island="([^"]*)"[^>]*translate\(([-\d.]+) ([-\d.]+)\)/g)];
    expect(places.map(([, island]) => island)).toEqual(['n1 n2', 'n3 n4 n5']);
    for (const [, , x, y] of places) {
      const box = { x: Number(x) - 3, y: Number(y) - 12, width: 74, height: 20 };
      for (const { a, b, cutAB } of view.links) {
        const indexOf = (id: string) => view.nodes.findIndex((each) => each.id === id);
        const at = lerp(centre(a), centre(b), cutPart(layout.cluster, indexOf(a), indexOf(b)));
        if (cutAB) expect(touches(box, { ...at, radius: 14 }), `${size} ${a} ${b}`).toBe(false);
      }
      expect(touches(box, { ...centre('n4'), radius: timerRadius + 14 }), size).toBe(false);
    }
  }
});

describe('an append that will cut a log', () => {
  const conflicting = () => {
    const view = cluster(3, 100_000);
    leads(view, 'n1', 3, ['n2']);
    writeLog(node(view, 'n2'), [{ term: 1 }, { term: 2 }, { term: 2 }], 1);
    view.messages.push(
      message(view, 'appendEntries', 'n1', 'n2', 0.5, {
        prev: { index: 1, term: 1 },
        entries: [
          { index: 2, term: 3, command: '' },
          { index: 3, term: 3, command: 'put x 1' },
        ],
        commit: 1,
      }),
    );
    return view;
  };
  const from = (view: ReturnType<typeof cluster>) => seldom.cutFrom(view, node(view, 'n2'));

  it('is known from its first other entry on', () => {
    expect(from(conflicting())).toBe(2);
  });

  it('cuts nothing when it is lost, behind, unknown there, or when the node is down', () => {
    const change = (how: (view: ReturnType<typeof cluster>) => void) => {
      const view = conflicting();
      how(view);
      return from(view);
    };
    expect(change((view) => Object.assign(view.messages[0] ?? {}, { doomed: true }))).toBe(0);
    expect(change((view) => Object.assign(node(view, 'n2'), { term: 4 }))).toBe(0);
    expect(change((view) => Object.assign(view.messages[0] ?? {}, { prev: { index: 1, term: 2 } }))).toBe(0);
    expect(change((view) => Object.assign(node(view, 'n2'), { up: false }))).toBe(0);
    expect(change((view) => writeLog(node(view, 'n2'), [{ term: 1 }, { term: 3 }, { term: 3 }], 1))).toBe(0);
  });
});

it('a held message stands where it was when it was held', () => {
  const view = cluster(3, 100_000);
  const held = message(view, 'heartbeat', 'n1', 'n2', 0.5, { sentUs: 50_000, arriveUs: 60_000, heldUs: 54_000 });
  expect(partOf(held, 55_000, false)).toBeCloseTo(0.4);
  expect(partOf(held, 100_000, false)).toBeCloseTo(0.4);
});

describe('what a joint configuration and held messages add', () => {
  it('the caption counts both halves, in both languages', () => {
    const view = cluster(5);
    leads(view, 'n1', 1, ['n2', 'n3', 'n4', 'n5']);
    for (const id of ['n1', 'n2', 'n4']) writeLog(node(view, id), [{ term: 1, command: 'put x 1' }], 0);
    node(view, 'n4').member = 'incoming';
    node(view, 'n5').member = 'outgoing';
    const moment = momentOf(view, []);
    expect(moment.kind).toBe('replicating');
    const en = seldom.caption(view, moment, wordsOf('en'));
    expect(en?.lead).toBe('Entry 1@1 (x=1) is on the disks of 3 of 4 new voters and 2 of 4 old ones.');
    expect(en?.rest).toBe('Both halves need a majority: 3 and 3.');
    expect(seldom.caption(view, moment, wordsOf('zh'))?.lead).toContain('旧配置 4 个中的 2 个');
    node(view, 'n4').member = 'voter';
    node(view, 'n5').member = 'voter';
    expect(seldom.caption(view, moment, wordsOf('en'))).toBeNull();
  });

  it('messages held where they were sent stand clear of each other', () => {
    const view = cluster(5);
    const held = ['n1', 'n2', 'n4', 'n5', 'n4'].map((to, i) => {
      const each = message(view, 'appendEntries', 'n3', to, 0);
      Object.assign(each, { id: `held${i}`, heldUs: each.sentUs });
      view.messages.push(each);
      return each;
    });
    const ui = { selected: null, reducedMotion: false, theme: 'light', lang: 'en', firstColumn: null } as const;
    const places = held.map((each) => placeAt({ view, nowUs: 0, layout: layoutFor(5, 'desktop'), ui }, each));
    for (const [i, a] of places.entries())
      for (const b of places.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(30);
  });
});
