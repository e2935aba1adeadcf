/** The words of the panel of conditions, in every language. */

import { duration } from '../format/text';
import type { Lang } from '../locales';
import type { WarningView } from '../model';

const en = {
  links: 'Links',
  own: (paths: string) => `On their own: ${paths}. A change here is for all.`,
  latency: 'Latency',
  loss: 'Lost',
  duplicate: 'Duplicated',
  reorder: 'Reordered',
  normal: 'As at the start',
  nodes: 'Nodes',
  sync: 'Disk sync',
  rate: 'Clock',
  syncOf: (node: string) => `Disk sync of ${node}`,
  rateOf: (node: string) => `Clock of ${node}`,
  timers: 'Timers',
  fixed:
    'Fixed when a run begins: a change plays this run again from its start, with the same actions, to this moment. It may go otherwise; Undo goes back.',
  heartbeat: 'Heartbeat',
  electionMin: 'Election, shortest',
  electionMax: 'Election, longest',
  retry: 'Client retry',
  protocol: 'Protocol',
  switches: {
    prevote: 'PreVote: who would not win does not raise its term',
    checkquorum: 'CheckQuorum: a leader that hears no majority steps down',
    batch: 'One entry in an AppendEntries',
    storage: 'A node goes on while its disk syncs',
  },
  warning: (warning: WarningView): string => {
    switch (warning.kind) {
      case 'heartbeatTooSlow':
        return `The heartbeat (${duration(warning.heartbeatUs)}) is not well below the shortest election timeout (${duration(warning.electionMinUs)}): followers will stand for election against a healthy leader.`;
      case 'roundTooSlow':
        return `A round of votes takes up to ${duration(warning.roundUs)}, the shortest election timeout is ${duration(warning.electionMinUs)}: elections will interrupt each other.`;
      case 'timeoutsAlike':
        return `All election timeouts are ${duration(warning.electionUs)}: split votes may repeat for ever.`;
      default:
        return warning satisfies never;
    }
  },
};

const zh: typeof en = {
  links: '链路',
  own: (paths) => `另有设置：${paths}。在此更改则对全部生效。`,
  latency: '延迟',
  loss: '丢失',
  duplicate: '重复',
  reorder: '可乱序',
  normal: '恢复为开始时',
  nodes: '节点',
  sync: '磁盘同步',
  rate: '时钟',
  syncOf: (node) => `${node} 的磁盘同步`,
  rateOf: (node) => `${node} 的时钟`,
  timers: '定时器',
  fixed: '运行开始时即已固定：更改会以同样的操作从头重新运行到此刻，结果可能不同；可撤销。',
  heartbeat: '心跳',
  electionMin: '选举超时，最短',
  electionMax: '选举超时，最长',
  retry: '客户端重试',
  protocol: '协议',
  switches: {
    prevote: '预投票（PreVote）：赢不了的节点不增加任期',
    checkquorum: 'CheckQuorum：听不到多数派的领导者退位',
    batch: '每个 AppendEntries 只带一个条目',
    storage: '磁盘同步期间节点继续运行',
  },
  warning: (warning) => {
    switch (warning.kind) {
      case 'heartbeatTooSlow':
        return `心跳间隔（${duration(warning.heartbeatUs)}）没有明显短于最短的选举超时（${duration(warning.electionMinUs)}）：领导者健在，跟随者也会参选。`;
      case 'roundTooSlow':
        return `一轮投票最长要 ${duration(warning.roundUs)}，而最短的选举超时只有 ${duration(warning.electionMinUs)}：选举会互相打断。`;
      case 'timeoutsAlike':
        return `所有选举超时都是 ${duration(warning.electionUs)}：选票可能反复被瓜分。`;
      default:
        return warning satisfies never;
    }
  },
};

export type ConditionsWords = typeof en;

export function conditionsWords(lang: Lang): ConditionsWords {
  return lang === 'zh' ? zh : en;
}
