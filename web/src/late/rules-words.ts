/**
 * The rules of Raft that can be broken, in every language: the group, the sentence, and the lamps that a rule holds up. The names are the core's
 * (`crates/sim/src/rules.rs`); a test compares them. Which of them are off now is `rules.ts`.
 */

import type { Lang } from '../locales';
import type { CheckName } from '../model';

type Group = 'votes' | 'logs' | 'commits' | 'disks' | 'reads' | 'members' | 'clients';

/** One rule. */
export interface Rule {
  readonly name: string;
  readonly group: Group;
  /** What it holds up, of what is checked. */
  readonly checks: readonly CheckName[];
  readonly says: Readonly<Record<Lang, string>>;
  /** How a search fares without it, as the core's table has it; not said of those that fall soon. */
  readonly search?: InSearch;
}

/** A search finds what falls with some seeds only; with five nodes only; both; not at all, though a schedule by hand does; or nothing can fall. */
export type InSearch = 'rarely' | 'five-nodes' | 'five-nodes-rarely' | 'by-hand' | 'never';

const rule = (
  name: string,
  group: Group,
  checks: readonly CheckName[],
  en: string,
  zh: string,
  search?: InSearch,
): Rule => ({
  name,
  group,
  checks,
  says: { en, zh },
  ...(search === undefined ? {} : { search }),
});

export const RULES: readonly Rule[] = [
  rule('one-vote-a-term', 'votes', ['oneVote', 'electionSafety'], 'Give one vote in a term.', '每个任期只投一票。'),
  rule(
    'voter-checks-log',
    'votes',
    ['leaderCompleteness'],
    'Vote only for an up-to-date log.',
    '只投给日志够新的候选人。',
  ),
  rule(
    'voter-compares-terms',
    'votes',
    ['leaderCompleteness'],
    'Compare last terms, not lengths alone.',
    '先比末条目的任期，不只比长度。',
  ),
  rule('stale-votes-ignored', 'votes', ['electionSafety'], 'Count no votes of an older term.', '旧任期的选票不算数。'),
  rule(
    'quorum-is-majority',
    'votes',
    ['electionSafety', 'leaderCompleteness'],
    'A quorum is more than half.',
    '多数派须超过一半。',
  ),
  rule(
    'vote-written',
    'votes',
    ['oneVote', 'electionSafety'],
    'Write the vote before it counts.',
    '选票先写下才算数。',
  ),
  rule(
    'term-written',
    'votes',
    ['oneVote', 'electionSafety'],
    'Write the term before it counts.',
    '任期先写下才算数。',
  ),
  rule(
    'previous-entry-checked',
    'logs',
    ['logMatching'],
    'Append only after a matching entry.',
    '前一条目匹配才追加。',
  ),
  rule('conflicts-removed', 'logs', ['logMatching'], 'Remove a tail that conflicts.', '删除冲突的尾部。'),
  rule(
    'truncate-only-on-conflict',
    'logs',
    ['acknowledgedDurable'],
    'Cut the log only where terms differ.',
    '只在任期不同处截断日志。',
  ),
  rule(
    'stale-appends-refused',
    'logs',
    ['leaderCompleteness', 'commitMonotonic'],
    'Refuse appends of an older term.',
    '拒绝旧任期的追加。',
  ),
  rule(
    'stale-append-answers-ignored',
    'logs',
    ['leaderCompleteness'],
    'Count no answers of an older term.',
    '旧任期的追加应答不算数。',
    'by-hand',
  ),
  rule(
    'match-reset-on-election',
    'logs',
    ['leaderCompleteness'],
    'Forget what followers matched on election.',
    '当选时重置 match。',
    'five-nodes',
  ),
  rule(
    'compacted-is-not-conflict',
    'logs',
    ['acknowledgedDurable'],
    'A compacted entry is no conflict.',
    '已压缩的前一条目不是冲突。',
    'rarely',
  ),
  rule(
    'commit-own-term-only',
    'commits',
    ['leaderCompleteness', 'stateMachineSafety'],
    'Count copies only of your own term.',
    '只对本任期的条目计数提交。',
  ),
  rule('commit-needs-quorum', 'commits', ['leaderCompleteness'], 'Commit what a majority holds.', '多数派持有才提交。'),
  rule(
    'only-committed-applied',
    'commits',
    ['stateMachineSafety'],
    'Apply only what is committed.',
    '只应用已提交的条目。',
  ),
  rule(
    'commit-clamped-to-match',
    'commits',
    ['stateMachineSafety'],
    'Followers commit only what matched.',
    '跟随者只提交已匹配的部分。',
  ),
  rule('commit-never-decreases', 'commits', ['commitMonotonic'], 'Never take a commit back.', '提交索引从不后退。'),
  rule(
    'late-acks-confirm-nothing',
    'commits',
    ['acknowledgedDurable'],
    'Late answers about cut entries count nothing.',
    '已截断条目的迟到应答不算数。',
    'never',
  ),
  rule(
    'acknowledge-after-sync',
    'disks',
    ['leaderCompleteness', 'electionSafety'],
    'Answer only after the sync.',
    '落盘之后才应答。',
  ),
  rule(
    'promises-wait',
    'disks',
    ['acknowledgedDurable', 'oneVote'],
    'Send a promise once it is saved.',
    '承诺的内容保存之后才发出消息。',
  ),
  rule(
    'leader-counts-itself-after-sync',
    'disks',
    ['leaderCompleteness'],
    'A leader counts itself after its sync.',
    '领导者落盘后才算上自己。',
  ),
  rule(
    'reads-need-quorum-round',
    'reads',
    ['linearizability'],
    'Prove you lead before you read.',
    '读之前先证明仍是领导者。',
  ),
  rule(
    'reads-wait-for-own-term-commit',
    'reads',
    ['linearizability'],
    'Read after a commit of your own term.',
    '本任期有提交之后才可读。',
  ),
  rule(
    'read-rounds-are-unique',
    'reads',
    ['linearizability'],
    'Each round of reading has its own name.',
    '每一轮 ReadIndex 各有标识。',
    'five-nodes-rarely',
  ),
  rule(
    'votes-wait-for-lease',
    'reads',
    ['linearizability'],
    'Elect nobody before a lease ends.',
    '租约到期前不另选领导者。',
  ),
  rule(
    'one-conf-change-at-a-time',
    'members',
    ['electionSafety'],
    'Change one membership at a time.',
    '一次只做一个成员变更。',
  ),
  rule(
    'conf-change-waits-for-own-term-commit',
    'members',
    ['electionSafety'],
    'Change members after a commit of your own.',
    '本任期有提交后才变更成员。',
  ),
  rule(
    'joint-left-only-when-committed',
    'members',
    ['electionSafety'],
    'Leave a joint configuration once committed.',
    '联合配置提交后才离开。',
  ),
  rule('learners-do-not-count', 'members', ['leaderCompleteness'], 'Learners do not count.', '学习者不计入多数派。'),
  rule('retries-recognised', 'clients', ['exactlyOnce'], 'Run each request number once.', '同一请求编号只执行一次。'),
  rule(
    'sessions-in-snapshots',
    'clients',
    ['exactlyOnce'],
    'Snapshots hold what is known of clients.',
    '快照包含客户端会话。',
  ),
];

const en = {
  title: 'Rules of Raft',
  hint: 'Every node goes on without a rule that is off. See what falls.',
  groups: {
    votes: 'Voting',
    logs: 'Replication',
    commits: 'Commit',
    disks: 'Persistence',
    reads: 'Reads',
    members: 'Members',
    clients: 'Clients',
  },
  onOf: (on: number, all: number) => `${on} of ${all} on`,
  modified: 'Modified Raft',
  off: (count: number, first: string) =>
    count === 1
      ? `One rule is off: ${first} This is not the protocol.`
      : `${count} rules are off. This is not the protocol.`,
  restore: 'Restore real Raft',
};

const zh: typeof en = {
  title: 'Raft 的规则',
  hint: '关掉的规则，所有节点都不再遵守。看看什么会被打破。',
  groups: {
    votes: '投票',
    logs: '复制',
    commits: '提交',
    disks: '持久化',
    reads: '读',
    members: '成员',
    clients: '客户端',
  },
  onOf: (on, all) => `${all} 条中有 ${on} 条生效`,
  modified: '改动过的 Raft',
  off: (count, first) =>
    count === 1 ? `关掉了一条规则：${first}这不是 Raft 协议。` : `关掉了 ${count} 条规则。这不是 Raft 协议。`,
  restore: '恢复真正的 Raft',
};

export type RulesWords = typeof en;

export function rulesWords(lang: Lang): RulesWords {
  return lang === 'zh' ? zh : en;
}
