/** Islands: what a drawn line crosses, which action that is, and where a node can be put. */

import { describe, expect, it } from 'vitest';
import { crossedLinks, cutting, islandsOf, movedTo } from '../../src/late/islands';
import { layoutFor } from '../../src/layout';
import { cluster } from '../fixtures/build';

const view = cluster(5);
const places = layoutFor(5, 'desktop').cluster.nodes.map(({ centre }) => centre);
const [, n2] = places;

/** A line across the whole picture that leaves n1 and n2 on one side: to the right of n5 and n1's left, down to between n2 and n3. */
function between(first: number, second: number, third: number, fourth: number) {
  const middle = (i: number, j: number) => {
    const a = places[i];
    const b = places[j];
    if (a === undefined || b === undefined) throw new Error('there are five places');
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  };
  const a = middle(first, second);
  const b = middle(third, fourth);
  const over = (from: typeof a, to: typeof a) => ({ x: to.x + (to.x - from.x), y: to.y + (to.y - from.y) });
  return [over(b, a), over(a, b)];
}

const cut = (...ids: string[]) => ({
  ...view,
  links: view.links.map((link) => (ids.includes(link.id) ? { ...link, cutAB: true, cutBA: true } : link)),
});

describe('a line', () => {
  it('across the ring is one partition, with the majority named', () => {
    const crossed = crossedLinks(view, places, between(0, 4, 1, 2));
    expect([...crossed].sort()).toEqual(['n1-n3', 'n1-n4', 'n1-n5', 'n2-n3', 'n2-n4', 'n2-n5']);
    expect(cutting(view, crossed)).toEqual(['partition n1,n2 | n3,n4,n5']);
    expect(islandsOf(view, crossed).map(({ majority }) => majority)).toEqual([false, true]);
  });

  it('around a node isolates it; one that comes back over a link leaves it whole', () => {
    if (n2 === undefined) throw new Error('n2 has a place');
    const { x, y } = n2;
    const loop = [
      [-50, -50],
      [50, -50],
      [50, 50],
      [-50, 50],
      [-50, -50],
    ].map(([dx = 0, dy = 0]) => ({ x: x + dx, y: y + dy }));
    expect(cutting(view, crossedLinks(view, places, loop))).toEqual(['partition n1,n3,n4,n5 | n2']);
    const there = between(0, 4, 1, 2);
    expect(crossedLinks(view, places, [...there, ...there.toReversed()]).size).toBe(0);
  });

  it('across a few links cuts these, and nothing else is healed', () => {
    expect(cutting(view, new Set(['n1-n2']))).toEqual(['cut n1 n2']);
    expect(cutting(cut('n1-n2'), new Set(['n1-n2']))).toEqual([]);
    const inside = cut('n3-n4');
    const crossed = crossedLinks(inside, places, between(0, 4, 1, 2));
    expect(cutting(inside, crossed)).toHaveLength(6);
    expect(cutting(inside, crossed)).toContain('cut n1 n3');
  });
});

it('a node is put into another island, or into one of its own', () => {
  const split = cut('n1-n3', 'n1-n4', 'n1-n5', 'n2-n3', 'n2-n4', 'n2-n5');
  const [left, right] = islandsOf(split);
  expect([left?.nodes, right?.nodes]).toEqual([
    ['n1', 'n2'],
    ['n3', 'n4', 'n5'],
  ]);
  expect(movedTo(split, 'n2', right ?? null)).toBe('partition n1 | n2,n3,n4,n5');
  expect(movedTo(split, 'n3', left ?? null)).toBe('partition n1,n2,n3 | n4,n5');
  expect(movedTo(split, 'n5', null)).toBe('partition n1,n2 | n3,n4 | n5');
});
