/** Why a node stands as it does: the facts behind the inspector's first sentence. Words are the locales'. For entries see `late/why-entry.ts`. */

import type { NodeView, View } from '../model';
import { votersOf } from './cluster';

export type Why =
  | { kind: 'crashed'; node: string; lastIndex: number }
  | { kind: 'frozen'; node: string }
  | { kind: 'stale'; node: string; term: number }
  | { kind: 'leader'; node: string; term: number; quorum: number; nodes: number }
  | { kind: 'candidate'; node: string; term: number; granted: string[]; refused: string[]; quorum: number }
  | { kind: 'preCandidate'; node: string }
  | { kind: 'follower'; node: string; leader: string | null };

export function whyNode(view: View, node: NodeView): Why {
  if (!node.up) return { kind: 'crashed', node: node.id, lastIndex: node.synced };
  if (node.frozen) return { kind: 'frozen', node: node.id };
  switch (node.role) {
    case 'leader':
      return node.staleLeader
        ? { kind: 'stale', node: node.id, term: node.term }
        : { kind: 'leader', node: node.id, term: node.term, quorum: view.quorum, nodes: votersOf(view).length };
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
