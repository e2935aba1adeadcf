/** 中文句子：字幕的时刻与事件流。每条记录一句话，数字就是当时比较的那些。 */

import type { Moment } from '../format/moment';
import { clock, duration, entryId, shortCommand } from '../format/text';
import type { FeedEvent, Happening, LossReason, RefusalView } from '../model';
import type { Sentence } from './words';
import { faultInChinese } from './zh-faults';
import { checksZh as checks, notesZh } from './zh-notes';
import { violationInChinese } from './zh-violations';

const kinds = {
  requestVote: ' RequestVote ',
  requestVoteResponse: '投票',
  appendEntries: ' AppendEntries ',
  appendEntriesResponse: '追加应答',
  heartbeat: '心跳',
  heartbeatResponse: '心跳应答',
  requestPreVote: '预投票请求',
  requestPreVoteResponse: '预投票',
  installSnapshot: '快照',
  timeoutNow: ' TimeoutNow ',
  transferLeader: '移交请求',
  propose: '提案',
  readIndex: ' ReadIndex ',
  readIndexResponse: ' ReadIndex 应答',
  clientRequest: '客户端请求',
  clientReply: '客户端答复',
};

function list(items: readonly string[]): string {
  return items.join('、');
}

function range(from: number, to: number): string {
  return from === to ? `第 ${from} 条` : `第 ${from} 至 ${to} 条`;
}

const leaderless = (since: number | null) => `${since === null ? '眼下' : `自 ${clock(since)} 起`}没有领导者`;

export function captionZh(moment: Moment): Sentence {
  switch (moment.kind) {
    case 'fallen':
      return { lead: `${checks[moment.check]}被破坏。`, rest: `${violationInChinese(moment.text)}。` };
    case 'twoLeaders':
      return {
        lead: `${moment.old} 与 ${moment.leader} 同时是领导者，Raft 允许这样：`,
        rest: `${moment.old} 属于任期 ${moment.oldTerm}，${moment.leader} 属于任期 ${moment.term}。旧领导者再也提交不了任何条目。`,
        section: '§5.1',
      };
    case 'notCommitted':
      return {
        lead: `${moment.nodes} 个节点中已有 ${moment.holders} 个持有条目 ${entryId(moment.entry)}，它却仍未提交：`,
        rest: `它的任期（${moment.entry.term}）不是领导者的任期（${moment.leaderTerm}）。`,
        section: '§5.4.2',
      };
    case 'split':
      return {
        lead: `${list(moment.candidates)} 在同一任期 ${moment.term} 里拉票。`,
        rest: '每个节点每任期只有一票，选票可能被瓜分；那时定时器会开启下一任期。',
        section: '§5.2',
      };
    case 'candidate': {
      const missing = Math.max(0, moment.quorum - moment.granted);
      return {
        lead: `${moment.node} 没听到领导者，在任期 ${moment.term} 里请求投票。`,
        rest: `已得 ${moment.granted} / ${moment.nodes} 票，${missing === 0 ? '已过半数。' : `还差 ${missing} 票。`}`,
        section: '§5.2',
      };
    }
    case 'preCandidate':
      return {
        lead: `${moment.node} 先问自己能否当选，再决定是否开启新任期。`,
        rest: `多数派同意之前，它的任期仍是 ${moment.term}。`,
      };
    case 'cutOff':
      return {
        lead: `${moment.leader} 仍是任期 ${moment.term} 的领导者，却只能联系 ${moment.nodes} 个中的 ${moment.reach} 个。`,
        rest: `凑不齐 ${moment.quorum} 个就无法提交${moment.since === null ? '' : `（自 ${clock(moment.since)} 起）`}：它收下的命令会一直是虚线。`,
      };
    case 'noQuorum':
      return {
        lead: `${leaderless(moment.since)}：没有节点能联系到 ${moment.nodes} 个中的 ${moment.quorum} 个，谁也无法当选。`,
        rest: `能互通的最大一组只有 ${moment.reach} 个。Raft 宁可等待，也不猜测。`,
      };
    case 'leaderless':
      return {
        lead: moment.first ? '集群刚启动，还没有领导者。' : `${leaderless(moment.since)}。`,
        rest:
          moment.next === null
            ? `当选需要 ${moment.nodes} 票中的 ${moment.quorum} 票。`
            : `${moment.next} 的定时器最先到期：它将向其他节点拉票，需要 ${moment.nodes} 票中的 ${moment.quorum} 票。`,
        section: '§5.2',
      };
    default:
      return captionOfLogs(moment);
  }
}

type LogMoment = Extract<
  Moment,
  { kind: 'refusedLog' | 'truncated' | 'unanswered' | 'elected' | 'replicating' | 'telling' | 'steady' }
>;

function captionOfLogs(moment: LogMoment): Sentence {
  switch (moment.kind) {
    case 'refusedLog':
      return {
        lead: `${moment.node} 拒绝投票给 ${moment.to}：后者的日志不够新。`,
        rest: `${moment.to} 止于 ${entryId(moment.theirs)}，${moment.node} 止于 ${entryId(moment.mine)}。`,
        section: '§5.4.1',
      };
    case 'truncated':
      return {
        lead: `${moment.node} 删除${range(moment.from, moment.to)}：`,
        rest: '领导者在那里是另一个任期的条目，所以它们从未提交。',
        section: '§5.3',
      };
    case 'unanswered':
      return {
        lead: `${moment.client} 没等到 ${shortCommand(moment.command)} 的答复，于是重试。`,
        rest: '它无从知道第一次请求是否还会生效。',
      };
    case 'elected':
      return {
        lead: `${moment.leader} 成为任期 ${moment.term} 的领导者，得 ${moment.votes} / ${moment.nodes} 票。`,
        rest: `它的首条 ${entryId(moment.noop)} 是空操作：一旦提交，之前的条目也随之提交。`,
        section: '§5.4.2',
      };
    case 'replicating': {
      const missing = moment.quorum - moment.holders;
      return {
        lead: `条目 ${entryId(moment.entry)}（${shortCommand(moment.command) || '空操作'}）已在 ${moment.holders} / ${moment.nodes} 个磁盘上。`,
        rest: missing > 0 ? `再有 ${missing} 个即可提交。` : '已过半数：领导者收到应答后便会提交。',
        section: '§5.3',
      };
    }
    case 'telling':
      return {
        lead: `条目 ${entryId(moment.entry)} 已提交：${moment.nodes} 个节点中有 ${moment.holders} 个持有它。`,
        rest: `${list(moment.behind)} 将从领导者的下一条消息得知。`,
        section: '§5.3',
      };
    case 'steady': {
      const down = moment.down.length > 0 ? `${list(moment.down)} 已宕机。` : '';
      const rest =
        moment.followers === 0
          ? '眼下没有节点跟随它。'
          : `它每 ${duration(moment.heartbeatUs)} 发一次心跳，使 ${moment.followers} 个选举定时器不会到期。`;
      return { lead: `${moment.leader} 是任期 ${moment.term} 的领导者。`, rest: `${rest}${down}` };
    }
    default:
      return moment satisfies never;
  }
}

export function eventZh({ what }: FeedEvent): string {
  switch (what.kind) {
    case 'action':
      return `动作：${what.text}。`;
    case 'crashed':
      return `${what.node} 宕机${what.lostEntries > 0 ? `，丢失 ${what.lostEntries} 条尚未落盘的条目` : ''}。`;
    case 'restarted':
      return `${what.node} 从磁盘重启：任期 ${what.term}，末索引 ${what.lastIndex}。`;
    case 'frozen':
      return `${what.node} 的进程停住了。`;
    case 'thawed':
      return `${what.node} 的进程恢复运行。`;
    case 'cut':
      return what.oneWay ? `${what.a} 到 ${what.b} 的方向被切断。` : `链路 ${what.a}–${what.b} 被切断。`;
    case 'actionRefused':
      return `未执行：${what.text}（${faultInChinese(what.why)}）。`;
    case 'healed':
      if (what.a === null) return '所有链路恢复。';
      if (what.b === null) return `${what.a} 的所有链路恢复。`;
      return what.oneWay ? `${what.a} 到 ${what.b} 的方向恢复。` : `链路 ${what.a}–${what.b} 恢复。`;
    case 'isolated':
      return `${what.node} 与其他节点全部断开。`;
    case 'partitioned':
      return `网络分区：${what.groups.map((group) => list(group)).join(' | ')}。`;
    case 'timedOut':
      return `${what.node} 的选举定时器到期（任期 ${what.term}）。`;
    default:
      return electionZh(what);
  }
}

type AfterFaults = Exclude<
  Happening,
  {
    kind:
      | 'action'
      | 'crashed'
      | 'restarted'
      | 'frozen'
      | 'thawed'
      | 'cut'
      | 'healed'
      | 'partitioned'
      | 'timedOut'
      | 'actionRefused'
      | 'isolated';
  }
>;

function refusalZh(node: string, to: string, why: RefusalView): string {
  switch (why.kind) {
    case 'lowerTerm':
      return `它已在任期 ${why.mine}`;
    case 'alreadyVoted':
      return `它已投给 ${why.to}`;
    case 'logBehind':
      return `${to} 的日志止于 ${entryId(why.theirs)}，${node} 止于 ${entryId(why.mine)}`;
    case 'leaderKnown':
      return `本任期已有领导者 ${why.leader}`;
    case 'leaseHeld':
      return `它刚刚还听到领导者 ${why.leader}`;
    default:
      return why satisfies never;
  }
}

function lostZh(to: string, why: LossReason): string {
  switch (why) {
    case 'cut':
      return '链路被切断';
    case 'dropped':
      return '被丢弃';
    case 'down':
      return `${to} 已宕机`;
    case 'full':
      return `${to} 的收件队列已满`;
    default:
      return why satisfies never;
  }
}

const downZh = {
  higherTerm: '：它见到了更高的任期',
  heardLeader: '',
  lostElection: '：多数派拒绝了它',
  lostQuorum: '：它联系不到多数派',
  removed: '：它已被移出集群',
  started: '',
};

function electionZh(what: AfterFaults): string {
  switch (what.kind) {
    case 'becameCandidate':
      return what.preVote
        ? `${what.node} 询问自己能否赢得任期 ${what.term}。`
        : `${what.node} 成为任期 ${what.term} 的候选人，并投票给自己。`;
    case 'becameLeader':
      return `${what.node} 凭 ${list(what.votes)} 的选票成为任期 ${what.term} 的领导者。`;
    case 'becameFollower': {
      const was = what.wasLeader ? '退位' : '成为跟随者';
      const whom = what.leader === null ? '' : `，跟随 ${what.leader}`;
      return `${what.node} 在任期 ${what.term} ${was}${whom}${downZh[what.why]}。`;
    }
    case 'voteGranted':
      return `${what.node} 在任期 ${what.term} 投票给 ${what.to}。`;
    case 'voteRefused':
      return `${what.node} 在任期 ${what.term} 拒绝投票给 ${what.to}：${refusalZh(what.node, what.to, what.why)}。`;
    case 'ignored':
      return `${what.node} 忽略 ${what.from} 的${kinds[what.message]}：任期 ${what.term} 低于自己的 ${what.mine}。`;
    case 'read':
      return `${what.node} 读取截至索引 ${what.index} 的存储：${shortCommand(what.command)}，${what.result}。`;
    case 'configured': {
      const learners = what.learners.length > 0 ? `，学习者 ${list(what.learners)}` : '';
      return what.outgoing.length > 0
        ? `${what.node} 从此同时需要 ${list(what.outgoing)} 和 ${list(what.voters)} 两个多数派${learners}。`
        : `${what.node} 从此以 ${list(what.voters)} 为投票成员${learners}。`;
    }
    case 'noted':
      return notesZh[what.note](what.node, what.other ?? '', what.index ?? 0);
    case 'lost':
      return `${what.from} 发往 ${what.to} 的${kinds[what.message]}丢失：${lostZh(what.to, what.why)}。`;
    case 'higherTerm':
      return `${what.node} 从 ${what.from} 得知任期 ${what.theirs}，离开任期 ${what.mine}。`;
    case 'stalled':
      return `自 ${clock(what.sinceUs)} 起${what.led ? '没有任何条目被提交' : '没有领导者'}。`;
    case 'violated':
      return `${checks[what.check]}被破坏：${violationInChinese(what.text)}`;
    default:
      return logZh(what);
  }
}

type AfterElections = Exclude<
  AfterFaults,
  {
    kind:
      | 'becameCandidate'
      | 'becameLeader'
      | 'becameFollower'
      | 'voteGranted'
      | 'voteRefused'
      | 'ignored'
      | 'lost'
      | 'noted'
      | 'read'
      | 'configured'
      | 'higherTerm'
      | 'stalled'
      | 'violated';
  }
>;

function logZh(what: AfterElections): string {
  switch (what.kind) {
    case 'appended': {
      const which = what.from === what.to ? `条目 ${what.from}@${what.term}` : `${range(what.from, what.to)}`;
      const body = what.command ? `（${shortCommand(what.command)}）` : '';
      return `${what.node} ${what.own ? '追加' : '收下'}${which}${body}。`;
    }
    case 'appendRefused':
      return `${what.node} 拒绝 ${what.from} 的条目：它没有可以衔接的 ${entryId(what.prev)}。`;
    case 'truncated':
      return `${what.node} 删除${range(what.from, what.to)}：与领导者冲突。`;
    case 'synced': {
      const vote = what.votedFor === null ? '' : `、投给 ${what.votedFor} 的票`;
      return `${what.node} 的磁盘已有任期 ${what.term}${vote}与直到 ${what.lastIndex} 的条目。`;
    }
    case 'committed':
      return what.own
        ? `${what.node} 提交到 ${what.index}@${what.term}：多数派已持有。`
        : `${what.node} 得知 ${what.index}@${what.term} 已提交。`;
    case 'notCommitted':
      return `${what.node} 不能靠计数提交 ${what.index}@${what.entryTerm}：自己的任期是 ${what.term}。`;
    case 'applied':
      return what.skipped
        ? `${what.node} 跳过索引 ${what.index} 的 ${shortCommand(what.command)}：它已应用过。`
        : `${what.node} 应用索引 ${what.index} 的 ${shortCommand(what.command)}。`;
    case 'clientQueued':
      return `${what.client} 先把 ${shortCommand(what.command)} 排在后面。`;
    case 'clientSubmitted':
      return `${what.client} 向 ${what.node} 请求 ${shortCommand(what.command)}${what.attempt > 1 ? `（第 ${what.attempt} 次）` : ''}。`;
    case 'clientRedirected':
      return what.leader === null
        ? `${what.node} 不是领导者，也不知道谁是；${what.client} 另找节点。`
        : `${what.node} 不是领导者，请 ${what.client} 去找 ${what.leader}。`;
    case 'clientTimedOut':
      return `${what.client} 没等到 ${what.node} 对 ${shortCommand(what.command)} 的答复：它可能会也可能不会生效。`;
    case 'clientAnswered':
      return `${what.node} 答复 ${what.client}：${shortCommand(what.command)}，${what.result}。`;
    default:
      return what satisfies never;
  }
}
