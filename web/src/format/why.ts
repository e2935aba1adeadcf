/** Why a thing stands as it does: the facts behind the inspector's first sentence. Words are the locales'. */

import type { NodeView, PositionView, View } from '../model';
import { currentLeader, entryAt, holders, nodeOf } from './cluster';

export type Why =
  | {
      kind: 'entry';
      node: string;
      entry: PositionView;
      held: number;
      nodes: number;
      quorum: number;
      /** Committed on this node; on some node; by nobody. */
      commit: 'here' | 'elsewhere' | 'no';
      /** The leader's term when the entry's own is older and the leader may not count it; else null. */
      olderThan: number | null;
      synced: boolean;
    }
  | { kind: 'crashed'; node: string; lastIndex: number }
  | { kind: 'frozen'; node: string }
  | { kind: 'stale'; node: string; term: number }
  | { kind: 'leader'; node: string; term: number; quorum: number; nodes: number }
  | { kind: 'candidate'; node: string; term: number; granted: string[]; refused: string[]; quorum: number }
  | { kind: 'preCandidate'; node: string }
  | { kind: 'follower'; node: string; leader: string | null };

export function whyEntry(view: View, node: string, index: number): Why | null {
  const holder = nodeOf(view, node);
  const entry = holder && entryAt(holder, index);
  if (holder === undefined || entry === undefined) return null;
  const position = { term: entry.term, index };
  const leader = currentLeader(view);
  const elsewhere = view.nodes.some((other) => other.commit >= index && entryAt(other, index)?.term === entry.term);
  const older = leader !== null && entry.term < leader.term && leader.commit < index;
  return {
    kind: 'entry',
    node,
    entry: position,
    held: holders(view, position).length,
    nodes: view.nodes.length,
    quorum: view.quorum,
    commit: entry.committed ? 'here' : elsewhere ? 'elsewhere' : 'no',
    olderThan: older ? leader.term : null,
    synced: entry.synced,
  };
}

export function whyNode(view: View, node: NodeView): Why {
  if (!node.up) return { kind: 'crashed', node: node.id, lastIndex: node.synced };
  if (node.frozen) return { kind: 'frozen', node: node.id };
  switch (node.role) {
    case 'leader':
      return node.staleLeader
        ? { kind: 'stale', node: node.id, term: node.term }
        : { kind: 'leader', node: node.id, term: node.term, quorum: view.quorum, nodes: view.nodes.length };
    case 'candidate': {
      const by = (vote: 'granted' | 'refused') =>
        node.votes.filter((each) => each.vote === vote).map((each) => each.node);
      return {
        kind: 'candidate',
        node: node.id,
        term: node.term,
        granted: by('granted'),
        refused: by('refused'),
        quorum: view.quorum,
      };
    }
    case 'preCandidate':
      return { kind: 'preCandidate', node: node.id };
    case 'follower':
      return { kind: 'follower', node: node.id, leader: node.leader };
    default:
      return node.role satisfies never;
  }
}
