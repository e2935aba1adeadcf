/** Where the paper is torn between islands: plane geometry on the ring. Which nodes are an island is `islands.ts`. */

import type { ClusterLayout } from '../layout/cluster';
import { direction, distance, lerp, type Point, round } from '../layout/geometry';
import type { View } from '../model';
import { islandsOf } from './islands';

/** The islands of a cut cluster, each as the places of its nodes in the view. */
export function islandPlaces(view: View): number[][] {
  return islandsOf(view).map(({ nodes }) => nodes.map((id) => view.nodes.findIndex((node) => node.id === id)));
}

/** How far a tear reaches beyond the ring of nodes, as part of the ring's radius. */
const BEYOND = 1.02;

/** Where the gap between a node and the next one on the ring meets the edge. */
function mouth(layout: ClusterLayout, i: number): Point {
  const { centre, nodes } = layout;
  const next = (i + 1) % nodes.length;
  const [a, b] = [nodes[i]?.centre ?? centre, nodes[next]?.centre ?? centre];
  const angle = (2 * Math.PI * (i + 0.5)) / nodes.length;
  const far = ((distance(centre, a) + distance(centre, b)) / 2) * BEYOND;
  return { x: centre.x + far * Math.sin(angle), y: centre.y - far * Math.cos(angle) };
}

/** The middle of some nodes. */
export function middleOf(layout: ClusterLayout, island: readonly number[]): Point {
  const all = island.map((i) => layout.nodes[i]?.centre ?? layout.centre);
  const sum = all.reduce((so, each) => ({ x: so.x + each.x, y: so.y + each.y }), { x: 0, y: 0 });
  return { x: sum.x / Math.max(1, all.length), y: sum.y / Math.max(1, all.length) };
}

/**
 * The lines along which the paper is torn: one that passes between two islands which each stand together on the ring, else one from the middle to each
 * gap between neighbours of different islands.
 */
export function tearsOf(layout: ClusterLayout, islands: readonly (readonly number[])[]): Point[][] {
  const of = (i: number) => islands.findIndex((island) => island.includes(i % layout.nodes.length));
  const gaps = layout.nodes.flatMap((_, i) => (of(i) === of(i + 1) ? [] : [mouth(layout, i)]));
  const [one, two] = islands;
  const [from, to] = gaps;
  if (one === undefined || two === undefined || from === undefined || to === undefined) return [];
  if (gaps.length > 2) return gaps.map((gap) => [layout.centre, gap]);
  const through = lerp(middleOf(layout, one), middleOf(layout, two), 0.5);
  const bend = { x: 2 * through.x - (from.x + to.x) / 2, y: 2 * through.y - (from.y + to.y) / 2 };
  const steps = 24;
  return [
    Array.from({ length: steps + 1 }, (_, i) =>
      lerp(lerp(from, bend, i / steps), lerp(bend, to, i / steps), i / steps),
    ),
  ];
}

/** Points along a line, `gap` apart. */
function evenly(line: readonly Point[], gap: number): Point[] {
  const out: Point[] = line.slice(0, 1);
  let left = gap;
  for (let i = 1; i < line.length; i += 1) {
    let at = line[i - 1] ?? { x: 0, y: 0 };
    const end = line[i] ?? at;
    while (distance(at, end) >= left) {
      const u = direction(at, end);
      at = { x: at.x + u.x * left, y: at.y + u.y * left };
      out.push(at);
      left = gap;
    }
    left -= distance(at, end);
  }
  return out;
}

/** A number in -1..1 that looks drawn by lot, and is the same each time. */
function ragged(i: number): number {
  const wave = Math.sin(i * 12.9898) * 43758.5453;
  return 2 * (wave - Math.floor(wave)) - 1;
}

/** Both edges of a tear: ragged lines about `width` apart that meet at a point where the tear ends. */
export function tornEdges(line: readonly Point[], width: number): [string, string] {
  const points = evenly(line, 7);
  const edge = (side: 1 | -1) =>
    points
      .map((at, i) => {
        const u = direction(points[Math.max(0, i - 1)] ?? at, points[Math.min(points.length - 1, i + 1)] ?? at);
        const open = Math.min(1, i / 4, (points.length - 1 - i) / 4);
        const off = side * open * (width / 2 + 2.2 * ragged(2 * i + (side > 0 ? 1 : 0)));
        return `${round(at.x - u.y * off)} ${round(at.y + u.x * off)}`;
      })
      .join('L');
  return [`M${edge(1)}`, `M${edge(-1)}`];
}
