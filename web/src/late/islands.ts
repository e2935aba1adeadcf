/**
 * Islands: what a line across links, or a choice of nodes, leaves of a cluster. Pure questions about a view model and a drawn line; what
 * the line looks like and how it is drawn is `partition.ts`.
 */

import { votes } from '../format/cluster';
import type { Point } from '../layout';
import type { LinkView, View } from '../model';

/** A group of nodes that can hear each other, in the order of the view. */
export interface Island {
  readonly nodes: readonly string[];
  /** How many of them have a vote. */
  readonly voters: number;
  /** Whether its voters are a majority of all. */
  readonly majority: boolean;
}

/** On which side of the line from a to b a point lies. */
function side(a: Point, b: Point, at: Point): boolean {
  return (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x) > 0;
}

function crosses(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

/**
 * Ids of the links that a drawn line crosses an odd number of times: one that comes back over a link leaves it whole, and a loop
 * separates what is in it from what is not.
 */
export function crossedLinks(view: View, places: readonly Point[], line: readonly Point[]): Set<string> {
  const place = (id: string) => places[view.nodes.findIndex((node) => node.id === id)];
  const crossed = new Set<string>();
  for (const { id, a, b } of view.links) {
    const from = place(a);
    const to = place(b);
    if (from === undefined || to === undefined) continue;
    const times = line.slice(1).filter((next, i) => crosses(line[i] ?? next, next, from, to)).length;
    if (times % 2 === 1) crossed.add(id);
  }
  return crossed;
}

function whole(link: LinkView, without: ReadonlySet<string>): boolean {
  return !(link.cutAB && link.cutBA) && !without.has(link.id);
}

/** The islands there are when these links are cut as well. */
export function islandsOf(view: View, without: ReadonlySet<string> = new Set()): Island[] {
  const left = view.nodes.map(({ id }) => id);
  const islands: Island[] = [];
  while (left.length > 0) {
    const reached = new Set([left[0] ?? '']);
    for (const id of reached) {
      for (const link of view.links.filter((each) => whole(each, without))) {
        if (link.a === id) reached.add(link.b);
        if (link.b === id) reached.add(link.a);
      }
    }
    islands.push(islandOf(view, (id) => reached.has(id)));
    left.splice(0, left.length, ...left.filter((id) => !reached.has(id)));
  }
  return islands;
}

/** The nodes that are chosen, as an island. */
export function islandOf(view: View, has: (id: string) => boolean): Island {
  const members = view.nodes.filter(({ id }) => has(id));
  const voters = members.filter(votes).length;
  return { nodes: members.map(({ id }) => id), voters, majority: voters >= view.quorum };
}

/** `partition n1,n2 | n3,n4,n5`. */
export function partitionText(islands: readonly Pick<Island, 'nodes'>[]): string {
  return `partition ${islands.map(({ nodes }) => nodes.join(',')).join(' | ')}`;
}

/**
 * The actions that cut these links: one partition, where the links between the islands are all that is cut then, else one cut a link.
 * Links that are cut both ways already need none.
 */
export function cutting(view: View, crossed: ReadonlySet<string>): string[] {
  const anew = view.links.filter((link) => crossed.has(link.id) && whole(link, new Set()));
  if (anew.length === 0) return [];
  const islands = islandsOf(view, crossed);
  const home = new Map(islands.flatMap(({ nodes }, i) => nodes.map((id) => [id, i] as const)));
  const cutInside = view.links.some(
    (link) => home.get(link.a) === home.get(link.b) && (link.cutAB || link.cutBA || crossed.has(link.id)),
  );
  return islands.length > 1 && !cutInside ? [partitionText(islands)] : anew.map(({ a, b }) => `cut ${a} ${b}`);
}

/** The action that puts a node into another island, or, without one, into an island of its own. */
export function movedTo(view: View, id: string, island: Island | null): string {
  const host = island?.nodes.find((node) => node !== id);
  const groups = islandsOf(view)
    .map(({ nodes }) => islandOf(view, (node) => (node === id ? nodes.includes(host ?? '') : nodes.includes(node))))
    .filter(({ nodes }) => nodes.length > 0);
  return partitionText(host === undefined ? [...groups, { nodes: [id] }] : groups);
}
