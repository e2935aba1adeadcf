/**
 * What a message in flight will come to if nothing changes on its way, and why; and what a link's state means. Facts are read off the view
 * model as Raft's rules read them (Figure 2); the sentences say them with the numbers that are compared.
 */

import { entryAt, lastEntry, nodeOf, reachable, votersOf } from '../format/cluster';
import { entryId } from '../format/text';
import type { Lang, Sentence } from '../locales';
import type { FeedEvent, LinkView, MessageView, NodeView, PositionView, RefusalView, View } from '../model';

/** The facts about a message. */
export type MessageWhy =
  | { kind: 'doomed' | 'down'; from: string; to: string }
  | { kind: 'beats' | 'alive' | 'redirected'; from: string; to: string }
  | { kind: 'old'; from: string; to: string; term: number; mine: number }
  | { kind: 'granting' | 'granted'; from: string; to: string; term: number }
  | { kind: 'votedOther'; from: string; to: string; term: number; voted: string }
  | { kind: 'behind'; from: string; to: string; mine: PositionView; theirs: PositionView }
  | { kind: 'refused'; from: string; to: string; term: number; why: RefusalView | null }
  | { kind: 'fits' | 'misfit'; from: string; to: string; prev: PositionView; count: number; has: number | null }
  | { kind: 'matched' | 'rejected'; from: string; to: string; index: number }
  | { kind: 'asks'; from: string; to: string; leads: boolean; leader: string | null };

/** What will become of a message, as things stand; null where there is nothing to say that its fields do not. */
export function whyMessage(view: View, message: MessageView, events: readonly FeedEvent[]): MessageWhy | null {
  const { from, to, term } = message;
  const receiver = nodeOf(view, to);
  if (message.doomed) return { kind: 'doomed', from, to };
  if (receiver?.up === false) return { kind: 'down', from, to };
  if (message.kind === 'clientReply') return message.rejected === true ? { kind: 'redirected', from, to } : null;
  if (receiver === undefined) return null;
  if (message.kind === 'clientRequest') {
    return { kind: 'asks', from, to, leads: receiver.role === 'leader', leader: receiver.leader };
  }
  if (term < receiver.term) return { kind: 'old', from, to, term, mine: receiver.term };
  switch (message.kind) {
    case 'requestVote':
      return whyVote(message, receiver);
    case 'requestVoteResponse':
      return whyAnswer(message, events);
    case 'appendEntries':
      return whyAppend(message, receiver);
    case 'appendEntriesResponse':
      return { kind: message.rejected ? 'rejected' : 'matched', from, to, index: message.matchIndex ?? 0 };
    case 'heartbeat':
      return { kind: 'beats', from, to };
    case 'heartbeatResponse':
      return { kind: 'alive', from, to };
    case 'requestPreVote':
    case 'requestPreVoteResponse':
    case 'installSnapshot':
    case 'timeoutNow':
    case 'transferLeader':
    case 'propose':
    case 'readIndex':
    case 'readIndexResponse':
      return null;
    default:
      return message.kind satisfies never;
  }
}

/** One vote a term (§5.2), and only for a log that is at least as up to date as one's own (§5.4.1). */
function whyVote({ from, to, term, last }: MessageView, receiver: NodeView): MessageWhy | null {
  const { votedFor } = receiver;
  if (receiver.term === term && votedFor !== null && votedFor !== from) {
    return { kind: 'votedOther', from, to, term, voted: votedFor };
  }
  const own = lastEntry(receiver);
  if (last === null || (own === undefined && receiver.lastIndex > 0)) return null;
  const mine = own === undefined ? { term: 0, index: 0 } : { term: own.term, index: own.index };
  const behind = last.term < mine.term || (last.term === mine.term && last.index < mine.index);
  return behind ? { kind: 'behind', from, to, mine, theirs: last } : { kind: 'granting', from, to, term };
}

function whyAnswer({ from, to, term, granted }: MessageView, events: readonly FeedEvent[]): MessageWhy {
  if (granted === true) return { kind: 'granted', from, to, term };
  for (const { what } of [...events].reverse()) {
    if (what.kind === 'voteRefused' && what.node === from && what.to === to) {
      return { kind: 'refused', from, to, term: what.term, why: what.why };
    }
  }
  return { kind: 'refused', from, to, term, why: null };
}

/** A follower takes entries only where its log agrees with the leader's (§5.3). */
function whyAppend({ from, to, prev, entries }: MessageView, receiver: NodeView): MessageWhy | null {
  if (prev === null) return null;
  const here = entryAt(receiver, prev.index);
  const known = prev.index === 0 || here !== undefined || prev.index > receiver.lastIndex;
  if (!known) return null;
  const fits = prev.index === 0 || here?.term === prev.term;
  return { kind: fits ? 'fits' : 'misfit', from, to, prev, count: entries.length, has: here?.term ?? null };
}

function refusalEn(voter: string, candidate: string, why: RefusalView): Sentence {
  const lead = `${voter} refused ${candidate} its vote:`;
  switch (why.kind) {
    case 'lowerTerm':
      return { lead, rest: `${candidate}’s term is over; ${voter} is in term ${why.mine}.`, section: '§5.1' };
    case 'alreadyVoted':
      return { lead, rest: `it has voted for ${why.to} in this term, and has one vote a term.`, section: '§5.2' };
    case 'logBehind':
      return {
        lead,
        rest: `its last entry is (term ${why.mine.term}, index ${why.mine.index}), ${candidate}’s is (${why.theirs.term}, ${why.theirs.index}).`,
        section: '§5.4.1',
      };
    case 'leaderKnown':
      return { lead, rest: `this term has a leader, ${why.leader}.`, section: '§5.2' };
    case 'leaseHeld':
      return { lead, rest: `it heard its leader ${why.leader} a moment ago.` };
    default:
      return why satisfies never;
  }
}

function refusalZh(voter: string, candidate: string, why: RefusalView): Sentence {
  const lead = `${voter} 拒绝给 ${candidate} 投票：`;
  switch (why.kind) {
    case 'lowerTerm':
      return { lead, rest: `${candidate} 的任期已过，${voter} 在任期 ${why.mine}。`, section: '§5.1' };
    case 'alreadyVoted':
      return { lead, rest: `它在这个任期已投给 ${why.to}，每个任期只有一票。`, section: '§5.2' };
    case 'logBehind':
      return {
        lead,
        rest: `它的最后条目是（任期 ${why.mine.term}，索引 ${why.mine.index}），${candidate} 的是（${why.theirs.term}，${why.theirs.index}）。`,
        section: '§5.4.1',
      };
    case 'leaderKnown':
      return { lead, rest: `这个任期已有领导者 ${why.leader}。`, section: '§5.2' };
    case 'leaseHeld':
      return { lead, rest: `它刚刚听到过领导者 ${why.leader}。` };
    default:
      return why satisfies never;
  }
}

const place = ({ term, index }: PositionView): string => `(${term}, ${index})`;

function en(why: MessageWhy): Sentence {
  const { from, to } = why;
  switch (why.kind) {
    case 'doomed':
      return { lead: 'It will never arrive:', rest: `its link was cut, or chance took it. ${from} is not told.` };
    case 'down':
      return { lead: `${to} has crashed:`, rest: 'what arrives now is lost. Raft sends again.' };
    case 'old':
      return {
        lead: `${to} will not follow it:`,
        rest: `it is of term ${why.term}, and ${to} is in term ${why.mine}.`,
        section: '§5.1',
      };
    case 'granting':
      return {
        lead: `${to} will say yes:`,
        rest: `it has a vote left in term ${why.term}, and ${from}’s log is at least as up to date as its own.`,
        section: '§5.4.1',
      };
    case 'granted':
      return {
        lead: `${from} gave ${to} its vote of term ${why.term}.`,
        rest: 'It has synced it first: a vote is a promise.',
        section: '§5.2',
      };
    case 'votedOther':
      return {
        lead: `${to} will refuse its vote:`,
        rest: `it has given its vote of term ${why.term} to ${why.voted}.`,
        section: '§5.2',
      };
    case 'behind':
      return {
        lead: `${to} will refuse its vote:`,
        rest: `its last entry is (term ${why.mine.term}, index ${why.mine.index}), ${from}’s is ${place(why.theirs)}.`,
        section: '§5.4.1',
      };
    case 'refused':
      return why.why === null
        ? { lead: `${from} refused ${to} its vote in term ${why.term}.`, rest: '' }
        : refusalEn(from, to, why.why);
    default:
      return logEn(why);
  }
}

type LogWhy = Extract<
  MessageWhy,
  { kind: 'fits' | 'misfit' | 'matched' | 'rejected' | 'beats' | 'alive' | 'asks' | 'redirected' }
>;

function logEn(why: LogWhy): Sentence {
  const { from, to } = why;
  switch (why.kind) {
    case 'fits':
      return {
        lead:
          why.count === 0 ? `${to} agrees with it:` : `${to} will take ${why.count === 1 ? 'it' : `all ${why.count}`}:`,
        rest:
          why.prev.index === 0
            ? 'it follows the beginning of the log.'
            : `${to} holds ${entryId(why.prev)}, which it follows.`,
        section: '§5.3',
      };
    case 'misfit':
      return {
        lead: `${to} will refuse it:`,
        rest: `it follows ${entryId(why.prev)}, and ${to} has ${why.has === null ? 'nothing there' : `an entry of term ${why.has} there`}. ${from} will step back.`,
        section: '§5.3',
      };
    case 'matched':
      return {
        lead: `${from} holds all up to ${why.index}, on its disk.`,
        rest: `${to} counts that towards a majority.`,
        section: '§5.3',
      };
    case 'rejected':
      return {
        lead: `${from} refused:`,
        rest: `it does not hold what should stand at ${why.index}. ${to} will try an earlier place.`,
        section: '§5.3',
      };
    case 'beats':
      return { lead: `${from} says that it leads.`, rest: `${to}’s election timer starts anew.`, section: '§5.2' };
    case 'alive':
      return { lead: `${from} has heard ${to}.`, rest: `So ${to} knows that it reaches a majority, or not.` };
    case 'asks':
      return why.leads
        ? { lead: `${to} leads:`, rest: 'it will append the command and answer once it is applied.', section: '§8' }
        : {
            lead: `${to} does not lead:`,
            rest: `it will name ${why.leader ?? 'nobody'}, and the client asks again.`,
            section: '§8',
          };
    case 'redirected':
      return { lead: `${from} does not lead.`, rest: 'The client will ask another node.', section: '§8' };
    default:
      return why satisfies never;
  }
}

function zh(why: MessageWhy): Sentence {
  const { from, to } = why;
  switch (why.kind) {
    case 'doomed':
      return { lead: '它永远不会到达：', rest: `链路被切断，或偶然丢失。${from} 不会得知。` };
    case 'down':
      return { lead: `${to} 已宕机：`, rest: '此时到达的都会丢失。Raft 会重发。' };
    case 'old':
      return {
        lead: `${to} 不会照办：`,
        rest: `它属于任期 ${why.term}，而 ${to} 在任期 ${why.mine}。`,
        section: '§5.1',
      };
    case 'granting':
      return {
        lead: `${to} 会同意：`,
        rest: `它在任期 ${why.term} 还有一票，${from} 的日志也不比它的旧。`,
        section: '§5.4.1',
      };
    case 'granted':
      return { lead: `${from} 把任期 ${why.term} 的一票给了 ${to}。`, rest: '它先落盘：投票是承诺。', section: '§5.2' };
    case 'votedOther':
      return { lead: `${to} 会拒绝投票：`, rest: `任期 ${why.term} 的一票已给 ${why.voted}。`, section: '§5.2' };
    case 'behind':
      return {
        lead: `${to} 会拒绝投票：`,
        rest: `它的最后条目是（任期 ${why.mine.term}，索引 ${why.mine.index}），${from} 的是 ${place(why.theirs)}。`,
        section: '§5.4.1',
      };
    case 'refused':
      return why.why === null
        ? { lead: `${from} 在任期 ${why.term} 拒绝给 ${to} 投票。`, rest: '' }
        : refusalZh(from, to, why.why);
    default:
      return logZh(why);
  }
}

function logZh(why: LogWhy): Sentence {
  const { from, to } = why;
  switch (why.kind) {
    case 'fits':
      return {
        lead: why.count === 0 ? `${to} 与它一致：` : `${to} 会接受：`,
        rest: why.prev.index === 0 ? '它接在日志开头。' : `${to} 持有它所接的 ${entryId(why.prev)}。`,
        section: '§5.3',
      };
    case 'misfit':
      return {
        lead: `${to} 会拒绝：`,
        rest: `它要接在 ${entryId(why.prev)} 之后，而 ${to} 那里${why.has === null ? '没有条目' : `是任期 ${why.has} 的条目`}。${from} 会后退。`,
        section: '§5.3',
      };
    case 'matched':
      return { lead: `${from} 已落盘到 ${why.index}。`, rest: `${to} 把它计入多数派。`, section: '§5.3' };
    case 'rejected':
      return {
        lead: `${from} 拒绝了：`,
        rest: `${why.index} 处应有的条目它没有。${to} 会从更早处再试。`,
        section: '§5.3',
      };
    case 'beats':
      return { lead: `${from} 表明自己是领导者。`, rest: `${to} 的选举定时器重新开始。`, section: '§5.2' };
    case 'alive':
      return { lead: `${from} 听到了 ${to}。`, rest: `于是 ${to} 知道自己能否联系到多数派。` };
    case 'asks':
      return why.leads
        ? { lead: `${to} 是领导者：`, rest: '它会追加命令，应用之后答复。', section: '§8' }
        : {
            lead: `${to} 不是领导者：`,
            rest: `它会指向${why.leader === null ? '无人' : ` ${why.leader}`}，客户端再问。`,
            section: '§8',
          };
    case 'redirected':
      return { lead: `${from} 不是领导者。`, rest: '客户端会问别的节点。', section: '§8' };
    default:
      return why satisfies never;
  }
}

/** What the facts mean, in each language. */
export const messageSentence: Readonly<Record<Lang, (why: MessageWhy) => Sentence>> = { en, zh };

/** What a link's state means for those on either side of it. */
export function linkSentence(view: View, { a, b, cutAB, cutBA }: LinkView, lang: Lang): Sentence {
  const [nodes, reachA, reachB] = [votersOf(view).length, reachable(view, a).length, reachable(view, b).length];
  const chinese = lang === 'zh';
  const rest = chinese
    ? `${a} 能联系到 ${nodes} 个中的 ${reachA} 个，${b} 能联系到 ${reachB} 个；领导者需要 ${view.quorum} 个。`
    : `${a} reaches ${reachA} of ${nodes}, ${b} reaches ${reachB}; a leader needs ${view.quorum}.`;
  if (cutAB && cutBA) {
    return { lead: chinese ? `${a} 与 ${b} 互相听不到。` : `${a} and ${b} hear nothing of each other.`, rest };
  }
  const [deaf, mute] = cutAB ? [b, a] : [a, b];
  if (cutAB || cutBA) {
    return {
      lead: chinese
        ? `${deaf} 听不到 ${mute}，反之听得到。`
        : `${deaf} does not hear ${mute}, but ${mute} hears ${deaf}.`,
      rest,
    };
  }
  return { lead: chinese ? '两个方向都畅通。' : 'Messages pass both ways.', rest };
}
