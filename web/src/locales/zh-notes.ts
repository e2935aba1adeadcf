/** The Chinese names of the checks, and sentences about snapshots, configurations, transfers and reads: one a note of the feed. */

import type { CheckNames, NoteSentences } from './words';

export const checksZh: CheckNames = {
  electionSafety: '选举安全',
  leaderAppendOnly: '领导者只追加',
  logMatching: '日志匹配',
  leaderCompleteness: '领导者完整性',
  stateMachineSafety: '状态机安全',
  oneVote: '每任期只投一票',
  acknowledgedDurable: '持久性',
  commitMonotonic: '提交不倒退',
  linearizability: '线性一致性',
  exactlyOnce: '恰好一次',
};

export const notesZh: NoteSentences = {
  compacted: (node, _, index) => `${node} 生成快照，丢弃截至 ${index} 的日志。`,
  snapshotSent: (node, other, index) => `${node} 已没有 ${other} 所缺的条目：发送截至 ${index} 的快照。`,
  snapshotInstalled: (node, _, index) => `${node} 用截至 ${index} 的快照替换自己的日志和存储。`,
  snapshotMatched: (node, _, index) => `${node} 的日志里已有快照的末尾：日志保留，只把提交推进到 ${index}。`,
  snapshotIgnored: (node, _, index) => `${node} 忽略截至 ${index} 的快照：它没有带来新内容。`,
  joined: (node) => `${node} 以空磁盘启动：它还不是成员。`,
  changeRefused: (node) => `${node} 现在拒绝变更成员：一次只能变更一个。`,
  notProposed: (node) => `${node} 无法提议这项变更：它不是领导者，或正在移交领导权。`,
  transferStarted: (node, other) => `${node} 把领导权移交给 ${other}，不再接收命令。`,
  timeoutNowSent: (node, other) => `${node} 让日志已完整的 ${other} 立即参选。`,
  transferAborted: (node, other) => `${node} 放弃移交给 ${other}，继续领导。`,
  transferIgnored: (node, other) => `${node} 不移交给 ${other}。`,
  readPostponed: (node) => `${node} 让读请求等待：它在自己的任期里还没有提交过。`,
  readConfirmed: (node, other, index) => `${node} 已确认自己仍是领导者：${other} 可在索引 ${index} 处读取。`,
};
