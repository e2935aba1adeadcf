/** The geometry of the stage and the ledger: everything in its panel, nothing on anything else, motion linear in time. */

import { describe, expect, it } from 'vitest';
import { firstColumn, layoutFor, type Size } from '../../src/layout';
import { clientCorner } from '../../src/layout/cluster';
import { arcPath, distance, fittedDashes, lerp } from '../../src/layout/geometry';
import { cutPart, partOf, pathBetween, placeOf, timerLeft, timerMinimum } from '../../src/layout/motion';
import { hasRoom, taken, touches } from '../../src/layout/room';
import { cluster, message, timer } from '../fixtures/build';

const sizes: Size[] = ['desktop', 'embed', 'mobile'];
const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const everyLayout = sizes.flatMap((size) => counts.map((count) => layoutFor(count, size)));

describe('the ring', () => {
  it('keeps every node inside the panel and apart from the others', () => {
    for (const { cluster: ring } of everyLayout) {
      for (const { centre } of ring.nodes) {
        expect(centre.x - ring.timerRadius).toBeGreaterThan(0);
        expect(centre.x + ring.timerRadius).toBeLessThan(ring.width);
        expect(centre.y - ring.timerRadius).toBeGreaterThan(0);
        expect(centre.y + ring.timerRadius).toBeLessThan(ring.height);
        const near = ring.nodes.filter((other) => other.centre !== centre);
        for (const other of near) expect(distance(centre, other.centre)).toBeGreaterThan(2 * ring.timerRadius);
      }
    }
  });

  it('has n1 at 12 o’clock and the rest clockwise', () => {
    const { nodes, centre } = layoutFor(5, 'desktop').cluster;
    expect(nodes[0]?.centre).toEqual({ x: 250, y: 132 });
    expect(nodes[1]?.centre.x).toBeCloseTo(423.09, 2);
    expect(nodes[4]?.centre.x).toBeLessThan(centre.x);
  });

  it('leaves the first two clients room beside the nodes', () => {
    for (const size of ['desktop', 'embed', 'mobile'] as const) {
      for (let count = 1; count <= 9; count += 1) {
        const { cluster: ring } = layoutFor(count, size);
        for (const { x, y } of [clientCorner(ring, 0), clientCorner(ring, 1)]) {
          expect(x + ring.client.side, `${size} ${count}`).toBeLessThanOrEqual(ring.width);
          for (const { centre } of ring.nodes) {
            const beside = Math.max(x - centre.x, centre.x - x - ring.client.side, 0);
            const above = Math.max(y - centre.y, centre.y - y - ring.client.side, 0);
            expect(Math.hypot(beside, above), `${size} ${count}`).toBeGreaterThan(ring.timerRadius);
          }
        }
      }
    }
  });

  it('lets clients for whom there is no room stand outside, and no two in one place', () => {
    for (const size of ['desktop', 'embed', 'mobile'] as const) {
      const { cluster: ring } = layoutFor(5, size);
      const inside = Array.from({ length: 99 }, (_, i) => clientCorner(ring, i)).filter(({ x }) => x >= 0);
      expect(inside.length).toBeGreaterThanOrEqual(2);
      const left = inside.filter(({ x }) => x === ring.client.x).map(({ y }) => y);
      left.sort((a, b) => a - b);
      left.slice(1).forEach((y, i) => {
        expect(y - (left[i] ?? 0), size).toBeGreaterThanOrEqual(ring.client.side + 40);
      });
    }
  });

  it('gives nodes a target of at least 24 pixels, 40 on a phone', () => {
    for (const { cluster: ring, size } of everyLayout)
      expect(2 * ring.radius).toBeGreaterThanOrEqual(size === 'mobile' ? 40 : 24);
  });

  it('draws a cut where neither a node nor the compass hides it', () => {
    for (const { cluster: ring } of everyLayout) {
      ring.nodes.forEach(({ centre: a }, from) => {
        ring.nodes.forEach(({ centre: b }, to) => {
          if (from === to) return;
          const at = lerp(a, b, cutPart(ring, from, to));
          expect(distance(at, ring.centre)).toBeGreaterThan(ring.compass.radius + ring.compass.thickness / 2);
          expect(Math.min(distance(at, a), distance(at, b))).toBeGreaterThan(ring.radius + 6);
        });
      });
    }
  });

  it('knows what stands in the way of a name', () => {
    const { cluster: ring } = layoutFor(5, 'desktop');
    const [node] = ring.nodes;
    expect(hasRoom(ring, { x: node?.centre.x ?? 0, y: node?.centre.y ?? 0, width: 20, height: 10 }, [])).toBe(false);
    expect(hasRoom(ring, { x: -4, y: 200, width: 20, height: 10 }, [])).toBe(false);
    const free = { x: 330, y: 310, width: 30, height: 18 };
    expect(hasRoom(ring, free, [])).toBe(true);
    expect(hasRoom(ring, free, [free])).toBe(false);
    expect(taken(ring).discs).toHaveLength(6);
    expect(touches({ x: 0, y: 0, width: 10, height: 10 }, { x: 16, y: 16, radius: 8 })).toBe(false);
    expect(touches({ x: 0, y: 0, width: 10, height: 10 }, { x: 15, y: 5, radius: 6 })).toBe(true);
  });
});

describe('the ledger', () => {
  it('fits its rows and columns between its margins', () => {
    for (const { ledger } of everyLayout) {
      expect(ledger.bottom).toBeLessThanOrEqual(ledger.height);
      expect(ledger.columnsLeft + ledger.columns * ledger.pitch).toBeLessThanOrEqual(ledger.beliefX);
      expect(ledger.box.width).toBeLessThan(ledger.pitch);
      expect(ledger.boxTop + ledger.box.height).toBeLessThan(ledger.row);
      expect(ledger.box.height).toBeGreaterThanOrEqual(24);
    }
  });

  it('follows the newest entry until somebody scrolls', () => {
    const { ledger } = layoutFor(5, 'desktop');
    expect(firstColumn(ledger, 0, null)).toBe(1);
    expect(firstColumn(ledger, 4, null)).toBe(1);
    expect(firstColumn(ledger, 5, null)).toBe(2);
    expect(firstColumn(ledger, 100, null)).toBe(97);
    expect(firstColumn(ledger, 100, 12)).toBe(12);
    expect(firstColumn(ledger, 100, 4000)).toBe(97);
    expect(firstColumn(ledger, 100, -3)).toBe(1);
  });

  it('closes all four corners of a dashed box: each side starts and ends with a dash', () => {
    const dashes = fittedDashes(70, 40).split(' ').map(Number);
    const sum = dashes.reduce((total, each) => total + each, 0);
    expect(sum).toBeCloseTo(220, 0);
    expect(dashes.length % 2).toBe(0);
    let along = 0;
    const corners = [70, 110, 180];
    const ends: number[] = [];
    dashes.forEach((length, i) => {
      along += length;
      if (i % 2 === 1 && length === 0) ends.push(Math.round(along));
    });
    expect(ends.slice(0, 3)).toEqual(corners);
  });
});

describe('motion', () => {
  const view = cluster(5, 1_000_000);
  const { cluster: ring } = layoutFor(5, 'desktop');
  const path = pathBetween(ring, 0, 2, { x: 12, y: 12 });
  const flying = message(view, 'heartbeat', 'n1', 'n3', 0);

  it('puts a message halfway in time halfway in place', () => {
    const half = partOf(flying, (flying.sentUs + flying.arriveUs) / 2, false);
    expect(half).toBe(0.5);
    const at = placeOf(path, half, false, 0.5);
    expect(at.x).toBeCloseTo((path.from.x + path.to.x) / 2, 6);
    expect(at.y).toBeCloseTo((path.from.y + path.to.y) / 2, 6);
  });

  it('is linear, starts at the sender and ends at the receiver', () => {
    expect(placeOf(path, partOf(flying, flying.sentUs - 5, false), false, 0.5)).toMatchObject(path.from);
    expect(placeOf(path, partOf(flying, flying.arriveUs + 5, false), false, 0.5)).toMatchObject(path.to);
    const quarter = placeOf(path, 0.25, false, 0.5);
    const threeQuarters = placeOf(path, 0.75, false, 0.5);
    expect(distance(quarter, threeQuarters)).toBeCloseTo(distance(path.from, path.to) / 2, 6);
  });

  it('lets a doomed message fall at the cut', () => {
    const before = placeOf(path, 0.7, true, 0.5);
    expect(before).toMatchObject({ opacity: 1 });
    expect(before.x).toBeCloseTo((path.from.x + path.to.x) / 2, 6);
    const after = placeOf(path, 1, true, 0.5);
    expect(after.y).toBeGreaterThan(before.y);
    expect(after.opacity).toBeLessThan(0.2);
  });

  it('jumps between three places when motion is reduced', () => {
    const places = new Set(Array.from({ length: 200 }, (_, i) => partOf(flying, flying.sentUs + i * 80, true)));
    expect([...places].sort()).toEqual([0, 0.5, 1]);
  });

  it('drains a timer linearly and stands still with a frozen node', () => {
    timer(view, 'n2', 118, 236);
    const held = view.nodes[1]?.timer;
    if (!held) throw new Error('a timer was set');
    expect(timerLeft(held, view.nowUs)).toBeCloseTo(0.5, 6);
    expect(timerLeft(held, held.deadlineUs + 1)).toBe(0);
    expect(timerMinimum(held)).toBeCloseTo(150 / 236, 6);
    const stopped = { ...held, stoppedRemainingUs: 59_000 };
    expect(timerLeft(stopped, view.nowUs + 1_000_000)).toBeCloseTo(0.25, 6);
  });

  it('draws arcs clockwise, the long way when it is the long way', () => {
    expect(arcPath({ x: 0, y: 0 }, 10, 0, Math.PI / 2)).toBe('M0 -10A10 10 0 0 1 10 0');
    expect(arcPath({ x: 0, y: 0 }, 10, 0, (3 * Math.PI) / 2)).toContain('0 1 1');
  });
});
