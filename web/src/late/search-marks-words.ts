/**
 * The marks of a search, in both languages: named situations that random runs should come through. Names, sections and their order are the core's
 * (`crates/sim/src/fuzz/marks.rs`); a test compares them. Which were reached is told by the workers; how they are drawn is `search-marks.ts`.
 */

import type { Lang } from '../locales';

/** One mark. */
export interface Mark {
  readonly name: string;
  /** The section of the paper, or of the thesis. */
  readonly source: string;
  readonly says: Readonly<Record<Lang, string>>;
}

/** Name, section, English, Chinese. */
const TABLE = [
  [
    'split-vote',
    '§5.2',
    'Votes are split: with two candidates in a term, one begins the next election.',
    '选票瓜分：同一任期有两个候选人，其中一个发起下一次选举。',
  ],
  ['rival-candidates', '§5.2', 'Two candidates stand in one term.', '同一任期里有两个候选人。'],
  ['three-in-vain', '§5.2', 'Three elections in a row end without a winner.', '接连三次选举没有胜者。'],
  ['election-lost', '§5.2', 'A majority refuses a candidate.', '多数派拒绝了候选人。'],
  ['log-behind', '§5.4.1', 'A vote is refused: the candidate’s log is behind.', '拒绝投票：候选人的日志不够新。'],
  ['vote-given', '§5.2', 'A vote is refused: it was given to another.', '拒绝投票：票已投给别人。'],
  ['stale-vote', '§5.1', 'A vote of an older term comes late.', '旧任期的选票迟到。'],
  ['pre-vote', 'thesis 9.6', 'A node asks for pre-votes before it stands.', '节点参选前先做预投票。'],
  ['two-leaders', '§5.1', 'Two lead at once, in different terms.', '不同任期的两个领导者同时存在。'],
  ['three-leaders', '§5.1', 'Three lead at once, in three terms.', '三个任期的三个领导者同时存在。'],
  ['steps-down', '§5.1', 'A leader hears of a later term and steps down.', '领导者得知更新的任期而退位。'],
  [
    'deposed-uncommitted',
    '§5.4.1',
    'A leader is deposed with entries that did not commit.',
    '领导者退位时还有未提交的条目。',
  ],
  [
    'append-refused',
    '§5.3',
    'An append is refused: the entry before it is missing or another.',
    '拒绝追加：前一条目缺失或不同。',
  ],
  ['entries-removed', '§5.3', 'Entries are removed: the leader’s are others.', '删除与领导者冲突的条目。'],
  [
    'append-below-commit',
    '§5.3',
    'A late append begins below what is committed.',
    '迟到的追加条目消息从已提交的位置之前开始。',
  ],
  ['stale-append', '§5.1', 'An append of an older term is refused.', '拒绝旧任期的追加条目消息。'],
  ['stale-answer', '§5.1', 'An answer to an append of an older term comes late.', '旧任期的追加答复迟到。'],
  [
    'older-term-waits',
    '§5.4.2',
    'A majority holds an entry of an older term, and it does not commit by itself.',
    '多数派已有旧任期的条目，但它不能单独提交。',
  ],
  [
    'older-term-commits',
    '§5.4.2',
    'An entry of an older term commits with one of the leader’s own.',
    '旧任期的条目随领导者本任期的条目一起提交。',
  ],
  [
    'majority-removed',
    'Figure 8',
    'An entry of an older term is removed that a majority held.',
    '多数派持有过的旧任期条目被删除。',
  ],
  [
    'commit-unsynced',
    'thesis 10.2.1',
    'An entry commits that its leader has not synced.',
    '条目已提交，而领导者自己还没有落盘。',
  ],
  ['crash-loses', 'Figure 2', 'A crash loses entries that were not synced.', '宕机丢失了未落盘的条目。'],
  [
    'torn-tail',
    'Figure 2',
    'A crash loses some of the entries that were not synced.',
    '宕机只丢失了一部分未落盘的条目。',
  ],
  ['leads-again', 'Figure 8', 'A leader crashes, restarts and leads again.', '领导者宕机、重启后再次当选。'],
  ['late-ack', 'thesis 10.2.1', 'What the disk confirms late counts for nothing.', '磁盘迟到的确认不算数。'],
  ['snapshot-installed', '§7', 'A follower’s log starts over from a snapshot.', '跟随者的日志从快照重新开始。'],
  [
    'snapshot-over-tail',
    '§7',
    'A snapshot replaces a longer log that conflicts with it.',
    '快照取代了更长但与之冲突的日志。',
  ],
  [
    'snapshot-skipped',
    '§7',
    'A snapshot brings what the log has: the commit index moves alone.',
    '快照的内容日志里已有：只推进提交索引。',
  ],
  ['snapshot-lost', '§7', 'A snapshot is lost on its way.', '快照在途中丢失。'],
  ['read-answered', 'thesis 6.4', 'A read is answered without an entry of the log.', '读请求不经过日志即得到答复。'],
  [
    'read-waits',
    'thesis 6.4',
    'A read waits for the first commit of the leader’s term.',
    '读请求等待领导者本任期的首次提交。',
  ],
  ['lease-held', 'thesis 6.4.1', 'A vote is withheld while the leader is heard.', '还听得到领导者时不投票。'],
  ['quorum-lost', 'thesis 6.2', 'A leader hears no quorum and gives up.', '领导者联系不上多数派而放弃领导。'],
  ['learner-joins', 'thesis 4.2.1', 'A learner joins.', '学习者加入。'],
  ['joint-entered', '§6', 'A joint configuration takes effect.', '联合配置生效。'],
  ['joint-leader', '§6', 'A leader is elected in a joint configuration.', '在联合配置中选出领导者。'],
  ['joint-left', '§6', 'A joint configuration is left.', '离开联合配置。'],
  ['leader-removed', '§6', 'A leader is removed by the change that it committed.', '领导者被自己提交的成员变更移除。'],
  ['newcomer-leads', '§6', 'A node leads that joined later.', '后来加入的节点当选领导者。'],
  [
    'removed-stands',
    'thesis 4.2.3',
    'A node stands for election that was removed and does not know it.',
    '已被移除却不知情的节点参选。',
  ],
  [
    'change-pending',
    '§6',
    'A second change of the configuration is refused while the first is pending.',
    '前一个成员变更未完成，拒绝第二个。',
  ],
  [
    'change-waits',
    'thesis 4.1',
    'A change of the configuration is refused before a commit of the leader’s own term.',
    '本任期还没有提交，拒绝成员变更。',
  ],
  ['handed-over', 'thesis 3.10', 'A leader hands over, and the other stands at once.', '领导权转移：对方立即参选。'],
  [
    'caught-up-first',
    'thesis 3.10',
    'A leader brings another up to date before it hands over.',
    '领导者先让对方追上，再转移领导权。',
  ],
  ['transfer-ends', 'thesis 3.10', 'A leader gives up handing over.', '领导者放弃转移领导权。'],
  ['asks-again', 'thesis 6.3', 'A client had no answer and asks again.', '客户端没有等到答复而重试。'],
  ['retry-recognised', 'thesis 6.3', 'A retry is known, and changes nothing.', '认出重复的请求，不再执行。'],
  ['stalled', '§5.6', 'Nothing goes forward for two election timeouts.', '两个选举超时内毫无进展。'],
] as const;

export const MARKS: readonly Mark[] = TABLE.map(([name, source, en, zh]) => ({ name, source, says: { en, zh } }));
