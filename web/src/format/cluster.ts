/** What can be read off a view model: who leads, who can reach whom, who holds which entry. Pure questions, no words and no pixels. */

import type { EntryView, LinkView, NodeView, PositionView, View } from '../model';

export function nodeOf(view: View, id: string): NodeView | undefined {
  return view.nodes.find((node) => node.id === id);
}

/** The leader of the latest term among the nodes that are up; null when there is none. */
export function currentLeader(view: View): NodeView | null {
  let best: NodeView | null = null;
  for (const node of view.nodes) {
    if (node.up && node.role === 'leader' && (best === null || node.term > best.term)) best = node;
  }
  return best;
}

/** Which ways of a link are cut, as the stable handle says it: `none`, `both`, or `n1>n2` when only that way is. */
export function cutState(link: LinkView): string {
  if (link.cutAB && link.cutBA) return 'both';
  if (link.cutAB) return `${link.a}>${link.b}`;
  if (link.cutBA) return `${link.b}>${link.a}`;
  return 'none';
}

/** An entry of the part of a log that the view shows; its indexes have no gaps. */
export function entryAt(node: NodeView, index: number): EntryView | undefined {
  const first = node.log[0]?.index ?? 1;
  return node.log[index - first];
}

/** A node's last entry, if the view shows it. */
export function lastEntry(node: NodeView): EntryView | undefined {
  return entryAt(node, node.lastIndex);
}

/**
 * By how many entries the longest log is ahead of the shortest, while some log holds what a dead leader left behind and the next ones keep or replace
 * (Figure 7 of the paper): entries of older terms that nobody has committed. Else 0.
 */
export function apart({ nodes }: View): number {
  const most = (of: (node: NodeView) => number) => Math.max(...nodes.map(of));
  const [commit, term] = [most((node) => node.commit), most((node) => node.term)];
  const left = nodes.some(({ log }) => log.some((entry) => entry.index > commit && entry.term < term));
  return left ? most((node) => node.lastIndex) + most((node) => -node.lastIndex) : 0;
}

export type Hold = 'synced' | 'unsynced' | 'no';

/** Whether a node's log holds the entry, and whether it would survive a crash. */
export function holds(node: NodeView, position: PositionView): Hold {
  const entry = entryAt(node, position.index);
  if (entry === undefined || entry.term !== position.term) return 'no';
  return entry.synced ? 'synced' : 'unsynced';
}

/** Whether a node has a vote in the configuration by which the leader goes; in a joint one, in its new part. */
export function votes(node: NodeView): boolean {
  return node.member === 'voter' || node.member === 'incoming';
}

/** The nodes that have a vote: of these a quorum is a majority. */
export function votersOf(view: View): NodeView[] {
  return view.nodes.filter(votes);
}

/**
 * Ids of the voters on whose disk the entry is: learners and nodes that have left do not count towards a commit. Of a joint configuration those of the
 * half that has fewer, as both must agree.
 */
export function holders(view: View, position: PositionView): string[] {
  const half = (other: NodeView['member']) =>
    view.nodes
      .filter((node) => (node.member === 'voter' || node.member === other) && holds(node, position) === 'synced')
      .map((node) => node.id);
  const [now, old] = [half('incoming'), half('outgoing')];
  return now.length > old.length ? old : now;
}

/** The leader's lowest uncommitted entry, which is the next to be decided; else its last committed one; null without a log. */
export function decisive(leader: NodeView | null): EntryView | null {
  if (leader === null) return null;
  return entryAt(leader, leader.commit + 1) ?? entryAt(leader, leader.commit) ?? null;
}

/**
 * The entry that the quorum compass shows: the selected one, else the leader's decisive one, else the newest entry committed anywhere.
 */
export function compassEntry(view: View, selected: PositionView | null): PositionView | null {
  if (selected !== null) return selected;
  const fromLeader = decisive(currentLeader(view));
  if (fromLeader !== null) return fromLeader;
  let best: EntryView | null = null;
  for (const node of view.nodes) {
    const entry = entryAt(node, node.commit);
    if (entry !== undefined && (best === null || entry.index > best.index)) best = entry;
  }
  return best;
}

/** The voters that can hear and answer `id` now, itself included: up, running, and the link whole both ways. */
export function reachable(view: View, id: string): string[] {
  const running = (node: NodeView | undefined) => node?.up === true && !node.frozen && votes(node);
  const out = running(nodeOf(view, id)) ? [id] : [];
  for (const link of view.links) {
    if (link.cutAB || link.cutBA) continue;
    const other = link.a === id ? link.b : link.b === id ? link.a : null;
    if (other !== null && running(nodeOf(view, other))) out.push(other);
  }
  return out;
}

/** The largest number of votes any running node could collect now. */
export function bestReach(view: View): number {
  return Math.max(0, ...votersOf(view).map((node) => (node.up && !node.frozen ? reachable(view, node.id).length : 0)));
}

export function lastIndexOf(view: View): number {
  return Math.max(0, ...view.nodes.map((node) => node.lastIndex));
}

/** The nodes that a fallen theorem names as its witnesses. */
export function witnesses(view: View): Set<string> {
  return new Set(view.checks.flatMap((check) => check.violation?.nodes ?? []));
}
