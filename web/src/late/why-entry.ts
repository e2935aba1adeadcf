/** Why an entry stands as it does, and the sentences that say so: fetched when the first entry is selected. */

import { currentLeader, entryAt, holders, holds, lastEntry, nodeOf, votersOf } from '../format/cluster';
import { entryId } from '../format/text';
import type { Lang, Sentence } from '../locales';
import type { PositionView, View } from '../model';

/** What the log of the present leader means for an uncommitted entry. */
export type LeaderWhy =
  /** It holds the entry: of its own term, which it commits by counting, or of an older one, which it may not count. */
  | { kind: 'counts' }
  | { kind: 'older'; term: number }
  /** It does not hold it, so that its own log will replace it. */
  | { kind: 'lacks'; leader: string; term: number }
  /** Nobody leads, or a leader that a later term has left behind. */
  | { kind: 'none' };

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
  leader: LeaderWhy;
  /** A voter that does not have it and could be elected by the logs as they are; null when there is none, or it cannot be told. */
  rival: string | null;
  synced: boolean;
}

export function whyEntry(view: View, node: string, index: number): EntryWhy | null {
  const holder = nodeOf(view, node);
  const entry = holder && entryAt(holder, index);
  if (holder === undefined || entry === undefined) return null;
  const position = { term: entry.term, index };
  const elsewhere = view.nodes.some((other) => other.commit >= index && entryAt(other, index)?.term === entry.term);
  return {
    node,
    entry: position,
    held: holders(view, position).length,
    nodes: votersOf(view).length,
    quorum: view.quorum,
    commit: entry.committed ? 'here' : elsewhere ? 'elsewhere' : 'no',
    leader: whatLeaderDoes(view, position),
    rival: rivalOf(view, position),
    synced: entry.synced,
  };
}

function whatLeaderDoes(view: View, position: PositionView): LeaderWhy {
  const leader = currentLeader(view);
  if (leader === null || leader.staleLeader) return { kind: 'none' };
  if (holds(leader, position) === 'no') return { kind: 'lacks', leader: leader.id, term: leader.term };
  return position.term < leader.term ? { kind: 'older', term: leader.term } : { kind: 'counts' };
}

/**
 * Who could win without the entry: a voter whose log is at least as up-to-date as those of a majority, itself among them (Raft §5.4.1). A crashed one may
 * come back, so it is asked as well. Nobody, where a log's end is out of sight or two configurations decide together.
 */
function rivalOf(view: View, position: PositionView): string | null {
  if (view.nodes.some(({ member }) => member === 'incoming' || member === 'outgoing')) return null;
  const voters = votersOf(view);
  const ends = new Map(voters.map((each) => [each.id, lastEntry(each) ?? (each.lastIndex === 0 ? NOTHING : null)]));
  const upToDate = (mine: PositionView | null | undefined, theirs: PositionView | null | undefined) =>
    mine != null &&
    theirs != null &&
    (mine.term > theirs.term || (mine.term === theirs.term && mine.index >= theirs.index));
  const wins = (id: string) => voters.filter((each) => upToDate(ends.get(id), ends.get(each.id))).length >= view.quorum;
  return voters.find((each) => holds(each, position) === 'no' && wins(each.id))?.id ?? null;
}

/** The end of an empty log. */
const NOTHING: PositionView = { term: 0, index: 0 };

function en(why: EntryWhy): Sentence {
  const { node, entry, leader, rival } = why;
  const missing = why.quorum - why.held;
  const lead = `${node} holds entry ${entryId(entry)}${why.synced ? '' : ', not yet on its disk'}; ${why.held} of ${why.nodes} have it`;
  if (why.commit === 'here')
    return { lead: `${lead}.`, rest: `${node} knows that it is committed: it can never change.` };
  if (why.commit === 'elsewhere')
    return { lead: `${lead}.`, rest: `It is committed, but ${node} has not heard that yet.`, section: '§5.3' };
  switch (leader.kind) {
    case 'older': {
      if (missing > 0) {
        const rest = `Copies alone will not commit it, as its term (${entry.term}) is older than the leader’s: an entry of term ${leader.term} after it must reach a majority.`;
        return { lead: `${lead}.`, rest, section: '§5.4.2' };
      }
      const without = rival === null ? '' : ` ${rival} could still be elected without it.`;
      const rest = `– yet it is not committed: its term (${entry.term}) is not the leader’s term (${leader.term}).${without}`;
      return { lead, rest, section: '§5.4.2' };
    }
    case 'lacks':
      return {
        lead: `${lead}.`,
        rest: `${leader.leader} leads term ${leader.term} without it, and will replace it.`,
        section: '§5.3',
      };
    case 'counts':
      return {
        lead: `${lead}.`,
        rest:
          missing > 0
            ? `${missing} more would make a majority; until then another leader may overwrite it.`
            : 'The leader commits it when a majority has answered.',
        section: '§5.3',
      };
    case 'none':
      return {
        lead: `${lead}.`,
        rest:
          rival === null
            ? 'Nobody without it can be elected now: the next leader will have it.'
            : `It is not committed: ${rival} could be elected without it and overwrite it.`,
        section: '§5.4.1',
      };
    default:
      return leader satisfies never;
  }
}

function zh(why: EntryWhy): Sentence {
  const { node, entry, leader, rival } = why;
  const missing = why.quorum - why.held;
  const disk = why.synced ? '' : '（尚未落盘）';
  const lead = `${node} 持有条目 ${entryId(entry)}${disk}，${why.nodes} 个节点中有 ${why.held} 个持有它`;
  if (why.commit === 'here') return { lead: `${lead}。`, rest: `${node} 知道它已提交：它不会再变。` };
  if (why.commit === 'elsewhere')
    return { lead: `${lead}。`, rest: `它已提交，只是 ${node} 还没得知。`, section: '§5.3' };
  switch (leader.kind) {
    case 'older': {
      if (missing > 0) {
        const rest = `单凭副本数不能提交它：它的任期（${entry.term}）早于领导者的任期；须待其后任期 ${leader.term} 的条目被多数派持有。`;
        return { lead: `${lead}。`, rest, section: '§5.4.2' };
      }
      const without = rival === null ? '' : `没有它的 ${rival} 仍可能当选。`;
      const rest = `却仍未提交：它的任期（${entry.term}）不是领导者的任期（${leader.term}）。${without}`;
      return { lead: `${lead}，`, rest, section: '§5.4.2' };
    }
    case 'lacks':
      return {
        lead: `${lead}。`,
        rest: `任期 ${leader.term} 的领导者 ${leader.leader} 没有它，会用自己的日志取代它。`,
        section: '§5.3',
      };
    case 'counts':
      return {
        lead: `${lead}。`,
        rest:
          missing > 0
            ? `再有 ${missing} 个才过半数；在那之前别的领导者可能覆盖它。`
            : '多数派应答之后，领导者便提交它。',
        section: '§5.3',
      };
    case 'none':
      return {
        lead: `${lead}。`,
        rest:
          rival === null
            ? '没有它的节点现在都不能当选：下一个领导者必定持有它。'
            : `它尚未提交：没有它的 ${rival} 可能当选并覆盖它。`,
        section: '§5.4.1',
      };
    default:
      return leader satisfies never;
  }
}

/** What the facts mean, in each language. */
export const entrySentence: Readonly<Record<Lang, (why: EntryWhy) => Sentence>> = { en, zh };
