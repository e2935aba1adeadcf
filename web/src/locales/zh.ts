/** 简体中文。术语以课程词汇表为准：领导者、跟随者、候选人；协议里的标识符保留英文。 */

import { clock, duration, entryId } from '../format/text';
import type { EntryView, MessageView, NodeView } from '../model';
import type { Words } from './words';
import { checksZh } from './zh-notes';
import { captionZh, eventZh } from './zh-sentences';
import { whyZh } from './zh-why';

const role = {
  follower: '跟随者',
  preCandidate: '预候选人',
  candidate: '候选人',
  leader: '领导者',
  crashed: '已宕机',
  frozen: '已冻结',
  staleLeader: '过期领导者',
  learner: '学习者',
  outside: '非成员',
};

function roleOf(node: NodeView): string {
  if (!node.up) return role.crashed;
  const name = node.staleLeader ? role.staleLeader : role[node.role];
  return node.frozen ? `${name}，${role.frozen}` : name;
}

function messageDetail(message: MessageView): string {
  switch (message.kind) {
    case 'requestVote':
    case 'requestPreVote':
      return message.last === null ? `任期 ${message.term}` : `末条目 ${entryId(message.last)}`;
    case 'requestVoteResponse':
    case 'requestPreVoteResponse':
      return message.granted === true ? '同意' : '拒绝';
    case 'appendEntries': {
      const [first, ...more] = message.entries;
      if (first === undefined) return '不带条目';
      if (more.length === 0) return `条目 ${entryId(first)}`;
      return `${message.entries.length} 条，自 ${entryId(first)} 起`;
    }
    case 'appendEntriesResponse':
      return message.rejected === true ? '拒绝' : `match ${message.matchIndex ?? 0}`;
    case 'heartbeat':
    case 'heartbeatResponse':
    case 'installSnapshot':
    case 'timeoutNow':
    case 'transferLeader':
    case 'propose':
    case 'readIndex':
    case 'readIndexResponse':
    case 'clientRequest':
    case 'clientReply':
      return '';
    default:
      return message.kind satisfies never;
  }
}

function entryState(entry: EntryView): string {
  const commit = entry.applied ? '已提交、已应用' : entry.committed ? '已提交' : '未提交';
  return `${commit}，${entry.synced ? '已落盘' : '尚未落盘'}`;
}

function content(entry: EntryView): string {
  return entry.kind === 'noop' ? '空操作' : entry.command;
}

export const zh: Words = {
  lang: 'zh',
  htmlLang: 'zh-CN',
  gap: '',
  panel: { cluster: '集群', logs: '日志', inspector: '详情', feed: '事件', checks: '定理' },
  role,
  nodeLabel: (node) => `${node.id}，${roleOf(node)}，任期 ${node.term}，提交到 ${node.commit}`,
  nodeAction: (node) => (node.frozen ? `解冻 ${node.id}` : node.up ? `使 ${node.id} 宕机` : `重启 ${node.id}`),
  linkLabel: ({ a, b, cutAB, cutBA }) => {
    if (cutAB && cutBA) return `链路 ${a}–${b}，已切断`;
    if (cutAB) return `链路 ${a}–${b}，${a} 到 ${b} 方向已切断`;
    if (cutBA) return `链路 ${a}–${b}，${b} 到 ${a} 方向已切断`;
    return `链路 ${a}–${b}`;
  },
  linkAction: ({ a, b, cutAB, cutBA }) => `${cutAB || cutBA ? '恢复' : '切断'} ${a}–${b}`,
  voted: (id) => `投给 ${id}`,
  votes: (has, needed) => `得票 ${has} / ${needed}`,
  cut: '切断',
  client: {
    waits: (us) => `已等 ${duration(us)}`,
    answered: (result) => `答复：${result}`,
    retry: (attempt) => `第 ${attempt} 次`,
    queued: (count) => `另有 ${count} 条排队`,
  },
  compassNote: (entry) => `中心：谁持有 ${entryId(entry)}（索引 ${entry.index}，任期 ${entry.term}）`,
  compassLabel: (entry, held, nodes) => `${nodes} 个节点中有 ${held} 个持有条目 ${entryId(entry)}`,
  ledger: {
    index: '索引',
    view: (leader) => `${leader} 所见`,
    believes: (leader) => `${leader} 所见`,
    above: (leader) => `日志上方：${leader} 的认识`,
    below: '下方：节点自身的状态',
    itself: '自己',
    match: 'match',
    next: 'next',
    inFlight: (count) => `${count} 条在途`,
    idle: '空闲',
    paused: '等待',
    noAnswer: '无应答',
    earlier: (count) => `前 ${count} 条`,
    newest: '最新条目',
    snapshot: (to) => `快照至 ${to}`,
    noop: '空操作',
    empty: '空',
    rowLabel: (node) => `${node.id} 的日志：末索引 ${node.lastIndex}，提交到 ${node.commit}，应用到 ${node.applied}`,
    entryLabel: (node, entry) => `${node.id}，条目 ${entryId(entry)}，${content(entry)}，${entryState(entry)}`,
    progressLabel: (leader, { node, matchIndex, nextIndex, state, inFlight }) =>
      `${leader} 对 ${node} 的认识：${{ probe: '探测', replicate: '复制', snapshot: '快照' }[state]}，match ${matchIndex}，next ${nextIndex}，在途 ${inFlight}`,
  },
  legend: {
    committed: '已提交',
    uncommitted: '未提交',
    synced: '已落盘',
    unsynced: '尚未落盘',
    applied: '已应用',
    commit: '提交',
    syncedTo: '落盘至此',
    states: 'P 探测   R 复制   S 快照',
  },
  message: {
    requestVote: 'RequestVote',
    requestVoteResponse: '投票',
    appendEntries: 'AppendEntries',
    appendEntriesResponse: '应答',
    heartbeat: '心跳',
    heartbeatResponse: '心跳应答',
    requestPreVote: '预投票？',
    requestPreVoteResponse: '预投票',
    installSnapshot: '快照',
    timeoutNow: 'TimeoutNow',
    transferLeader: '移交',
    propose: '提案',
    readIndex: 'ReadIndex',
    readIndexResponse: 'ReadIndex 应答',
    clientRequest: '请求',
    clientReply: '答复',
  },
  messageDetail,
  held: '，被扣留',
  check: checksZh,
  conditions: {
    held: (held, nodes, entry) => `${nodes} 个中有 ${held} 个持有 ${entryId(entry)}`,
    term: (entry, leader) => `条目任期 ${entry} = 领导者任期 ${leader}`,
  },
  holds: '成立：',
  fallen: '被破坏：',
  checkFallen: (name) => `${name}被破坏`,
  inspector: {
    term: '任期',
    votedFor: '投给',
    commit: '提交',
    applied: '应用',
    last: '末条目',
    syncedTo: '落盘至',
    timer: '定时器',
    store: '存储',
    inbox: '收件队列',
    disk: '磁盘',
    leader: '领导者',
    none: '无',
    storeAt: (index) => `对应索引 ${index}`,
    timerAt: (deadline) => `${clock(deadline)} 到期`,
    timerStopped: (left) => `已停，剩 ${duration(left)}`,
    waiting: (count) => `${count} 项等待`,
    syncing: '落盘中',
    idle: '空闲',
    summary: (node) => {
      const hears =
        node.up && node.role === 'follower' ? `，${node.leader ? `跟随 ${node.leader}` : '不知领导者'}` : '';
      return `${roleOf(node)}，任期 ${node.term}${hears}`;
    },
    holders: '谁持有它',
    majority: (nodes) => `${nodes} 个节点的多数派`,
    hint: '点击日志的一行，可查看该节点的内部。',
    link: '链路',
    arrives: (us) => `${duration(us)}后`,
    prev: '接在其后',
    entries: '条目',
    answer: '答复',
    granted: '同意',
    refused: '拒绝',
    noAnswer: '未答',
    accepted: '接受',
    rejected: '拒绝',
    lost: '将会丢失',
    entryState,
    command: '命令',
    state: '状态',
    whole: '畅通',
  },
  caption: captionZh,
  why: whyZh,
  event: (event) => eventZh(event),
  feedEmpty: '还没有发生任何事件。',
  paper: (section) => `Raft 论文 ${section}`,
};
