/** The words of the hands that are fetched late, in every language: islands, edges of panels, a command for a node. */

import type { Lang } from '../locales';

const en = {
  partition: {
    title: 'Partition',
    how: 'Draw a line across links, or choose nodes',
    nodes: 'Nodes on the other side',
    /** `n1 n2, majority`. */
    island: (nodes: string, voters: number, of: number, majority: boolean) =>
      `${nodes} (${voters} of ${of}${majority ? ', a majority' : ''})`,
    sep: ' | ',
    /** Said while the line is drawn, and when it was. */
    leaves: (islands: string) => `Islands: ${islands}`,
    cuts: (links: string) => `Cuts ${links}; all still hear each other`,
    done: (islands: string) => `Partitioned. Islands: ${islands}`,
    doneCuts: (links: string) => `Cut: ${links}`,
    nothing: 'No link was crossed.',
    cancelled: 'Nothing was cut.',
    on: 'Partition: draw a line across links, or choose nodes by number and press Enter. Escape leaves.',
    cut: 'Cut',
    heal: 'Heal all',
    cancel: 'Cancel',
  },
  deeds: {
    /** The name of the button and menu of the whole cluster. */
    act: 'Act on the cluster',
    ask: (node: string) => `Ask ${node}…`,
    askAny: 'Submit a command…',
    transfer: 'Transfer leadership here',
    compact: (index: number) => `Compact: snapshot up to ${index}`,
    compactWhy: 'these entries leave the log',
    addVoter: (node: string) => `Add ${node} as a voter`,
    addLearner: (node: string) => `Add ${node} as a learner`,
    learnerWhy: 'it gets the log and has no vote',
    promote: 'Promote: give it a vote',
    remove: 'Remove from the cluster',
    replace: (next: string) => `Replace by ${next}`,
    replaceWhy: 'through a joint configuration',
    partition: 'Partition…',
    healAll: 'Heal all links',
    conditions: 'Conditions: latency, loss, disks, clocks…',
    rules: 'Break a rule of Raft…',
    noLeader: 'there is no leader to ask',
    leads: (node: string) => `${node} leads already`,
    down: (node: string) => `${node} has crashed`,
    frozen: (node: string) => `${node} is frozen`,
    noVoter: (node: string) => `${node} has no vote`,
    nothingApplied: (node: string) => `${node} has applied nothing since its last snapshot`,
    lastVoter: 'it is the only voter',
    full: (max: number) => `a cluster has at most ${max} nodes`,
    noCut: 'no link is cut',
  },
  next: {
    /** Said while the flag is dragged. */
    moves: (node: string, index: number) => `next of ${node}: ${index}`,
    back: (index: number) => `Next index back to ${index}`,
    on: (index: number) => `Next index on to ${index}`,
    held: (match: number) => `it is known to hold ${match}`,
    end: 'the leader’s log ends there',
  },
  edges: {
    cluster: 'Width of the cluster',
    logs: 'Width of logs and inspector',
    strip: 'Height of the panels below',
  },
  ask: {
    title: 'Client command',
    client: 'Client',
    command: 'Command',
    how: 'put x 1, get x, incr x, cas x 1 2; get x local, readindex or lease',
    via: 'Ask',
    anybody: 'whoever leads',
    cancel: 'Cancel',
  },
};

const zh: typeof en = {
  partition: {
    title: '分区',
    how: '画一条线穿过链路，或选择节点',
    nodes: '另一侧的节点',
    island: (nodes, voters, of, majority) => `${nodes}（${of} 中有 ${voters}${majority ? '，多数派' : ''}）`,
    sep: ' | ',
    leaves: (islands) => `孤岛：${islands}`,
    cuts: (links) => `切断 ${links}；彼此仍能通信`,
    done: (islands) => `已分区。孤岛：${islands}`,
    doneCuts: (links) => `已切断：${links}`,
    nothing: '没有穿过任何链路。',
    cancelled: '什么也没有切断。',
    on: '分区：画一条线穿过链路，或按数字选择节点后按 Enter。按 Esc 退出。',
    cut: '切断',
    heal: '全部恢复',
    cancel: '取消',
  },
  deeds: {
    act: '操作集群',
    ask: (node) => `向 ${node} 请求…`,
    askAny: '提交命令…',
    transfer: '把领导权移交到这里',
    compact: (index) => `压缩：快照至 ${index}`,
    compactWhy: '这些条目将离开日志',
    addVoter: (node) => `添加 ${node}，有投票权`,
    addLearner: (node) => `添加 ${node} 为学习者`,
    learnerWhy: '它接收日志，没有投票权',
    promote: '晋升：给它投票权',
    remove: '移出集群',
    replace: (next) => `由 ${next} 替换`,
    replaceWhy: '经过联合配置',
    partition: '分区…',
    healAll: '恢复全部链路',
    conditions: '条件：延迟、丢失、磁盘、时钟…',
    rules: '打破 Raft 的一条规则…',
    noLeader: '没有领导者可以请求',
    leads: (node) => `${node} 已是领导者`,
    down: (node) => `${node} 已宕机`,
    frozen: (node) => `${node} 已冻结`,
    noVoter: (node) => `${node} 没有投票权`,
    nothingApplied: (node) => `${node} 自上次快照以来没有应用任何条目`,
    lastVoter: '它是唯一有投票权的节点',
    full: (max) => `集群最多有 ${max} 个节点`,
    noCut: '没有切断的链路',
  },
  next: {
    moves: (node, index) => `${node} 的 next：${index}`,
    back: (index) => `next 退到 ${index}`,
    on: (index) => `next 进到 ${index}`,
    held: (match) => `已知它持有 ${match}`,
    end: '领导者的日志到此为止',
  },
  edges: {
    cluster: '集群的宽度',
    logs: '日志与详情的宽度',
    strip: '下方面板的高度',
  },
  ask: {
    title: '客户端命令',
    client: '客户端',
    command: '命令',
    how: 'put x 1、get x、incr x、cas x 1 2；get x 之后可加 local、readindex 或 lease',
    via: '询问',
    anybody: '领导者',
    cancel: '取消',
  },
};

export type HandsWords = typeof en;

export function handsWords(lang: Lang): HandsWords {
  return lang === 'zh' ? zh : en;
}
