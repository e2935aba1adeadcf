/** Why an entry stands as it does, and the sentences that say so: fetched when the first entry is selected. */

import { currentLeader, entryAt, holders, nodeOf, votersOf } from '../format/cluster';
import { entryId } from '../format/text';
import type { Lang, Sentence } from '../locales';
import type { PositionView, View } from '../model';

/** The facts about an entry of a node's log. */
export interface EntryWhy {
  node: string;
  entry: PositionView;
  /** Voters that have it on disk, of how many voters. */
  held: number;
  nodes: number;
  quorum: number;
  /** Committed on this node; on some node; by nobody. */
  commit: 'here' | 'elsewhere' | 'no';
  /** The leader's term when the entry's own is older and the leader may not count it; else null. */
  olderThan: number | null;
  synced: boolean;
}

export function whyEntry(view: View, node: string, index: number): EntryWhy | null {
  const holder = nodeOf(view, node);
  const entry = holder && entryAt(holder, index);
  if (holder === undefined || entry === undefined) return null;
  const position = { term: entry.term, index };
  const leader = currentLeader(view);
  const elsewhere = view.nodes.some((other) => other.commit >= index && entryAt(other, index)?.term === entry.term);
  const older = leader !== null && entry.term < leader.term && leader.commit < index;
  return {
    node,
    entry: position,
    held: holders(view, position).length,
    nodes: votersOf(view).length,
    quorum: view.quorum,
    commit: entry.committed ? 'here' : elsewhere ? 'elsewhere' : 'no',
    olderThan: older ? leader.term : null,
    synced: entry.synced,
  };
}

function en(why: EntryWhy): Sentence {
  const id = entryId(why.entry);
  const lead = `${why.node} holds entry ${id}${why.synced ? '' : ', not yet on its disk'}; ${why.held} of ${why.nodes} have it`;
  if (why.commit === 'here')
    return { lead: `${lead}.`, rest: `${why.node} knows that it is committed: it can never change.` };
  if (why.commit === 'elsewhere') {
    return { lead: `${lead}.`, rest: `It is committed, but ${why.node} has not heard that yet.`, section: '§5.3' };
  }
  if (why.olderThan !== null && why.held >= why.quorum) {
    return {
      lead: `${lead}`,
      rest: `– yet it is not committed: its term (${why.entry.term}) is not the leader’s term (${why.olderThan}).`,
      section: '§5.4.2',
    };
  }
  const missing = why.quorum - why.held;
  const rest =
    missing > 0
      ? `${missing} more would make a majority; until then another leader may overwrite it.`
      : 'The leader commits it when a majority has answered.';
  return { lead: `${lead}.`, rest, section: '§5.3' };
}

function zh(why: EntryWhy): Sentence {
  const id = entryId(why.entry);
  const disk = why.synced ? '' : '（尚未落盘）';
  const lead = `${why.node} 持有条目 ${id}${disk}，${why.nodes} 个节点中有 ${why.held} 个持有它`;
  if (why.commit === 'here') return { lead: `${lead}。`, rest: `${why.node} 知道它已提交：它不会再变。` };
  if (why.commit === 'elsewhere')
    return { lead: `${lead}。`, rest: `它已提交，只是 ${why.node} 还没得知。`, section: '§5.3' };
  if (why.olderThan !== null && why.held >= why.quorum) {
    return {
      lead: `${lead}，`,
      rest: `却仍未提交：它的任期（${why.entry.term}）不是领导者的任期（${why.olderThan}）。`,
      section: '§5.4.2',
    };
  }
  const missing = why.quorum - why.held;
  const rest =
    missing > 0 ? `再有 ${missing} 个才过半数；在那之前别的领导者可能覆盖它。` : '多数派应答之后，领导者便提交它。';
  return { lead: `${lead}。`, rest, section: '§5.3' };
}

/** What the facts mean, in each language. */
export const entrySentence: Readonly<Record<Lang, (why: EntryWhy) => Sentence>> = { en, zh };
