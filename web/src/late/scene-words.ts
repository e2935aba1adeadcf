/** The prepared scenes by name: a title and one sentence each, in every language. The runs themselves are `crates/sim/scenes`. */

import type { Lang } from '../locales';

type Told = readonly [title: string, sentence: string];

const en: Readonly<Record<string, Told>> = {
  'first-election': ['The first election', 'A timer fires, a candidate asks, and a majority of all five agrees. §5.2'],
  'split-vote': [
    'A split vote',
    'Two candidates, two votes each, and one node that is down: nobody wins this term. §5.2',
  ],
  'one-write': [
    'One write, end to end',
    'Appended, replicated, committed, applied and answered are five different moments.',
  ],
  'leader-crash': [
    'The leader crashes',
    'Its client hears nothing, tries the others, and is answered by the new leader.',
  ],
  'two-leaders': ['Two leaders at once', 'Legally: their terms differ, and only one of them can commit.'],
  'partition-a': ['A majority side', 'It goes on serving; the minority waits, and catches up when the network heals.'],
  'partition-b': ['No majority anywhere', 'One node still calls itself leader, and nothing commits.'],
  'comes-back': ['A node comes back', 'It was alone and its term has climbed: it deposes a healthy leader.'],
  'election-restriction': [
    'Who may win',
    'Not the highest term, nor the longest log, but the newer last entry. §5.4.1',
  ],
  'log-repair': ['A log is repaired', 'Uncommitted entries are overwritten, from where the two logs agree. §5.3'],
  'figure-7': ['Figure 7', 'n1 comes to power, and its followers are (a) to (f), each wrong in its own way. §5.3'],
  'figure-8': ['Figure 8', 'An entry on three of five is not committed while it is of an older term. §5.4.2'],
  'lost-tail': ['A lost tail', 'What is written and not synced dies with the process.'],
  'snapshot-install': ['A snapshot', 'What a follower lacks is compacted away, so the leader sends its snapshot. §7'],
  'snapshot-prefix': ['A snapshot of the past', 'Its end is in the log already: nothing is thrown away. §7'],
  'replace-dead-node': [
    'A dead node is replaced',
    'The new one learns first, then it is swapped in; there is a quorum all the time. §6',
  ],
  'leader-transfer': ['Handing over', 'A leader makes another one lead, without waiting for a timeout.'],
  'stale-read': [
    'A stale read',
    'A leader does not know that it was deposed: by ReadIndex it gives no answer, from its own store an old one. §8',
  ],
  'lease-read': ['A read by lease', 'It asks nobody and is fast; it rests on clocks, and one of them is slow.'],
  'exactly-once': [
    'Exactly once',
    'The leader dies between commit and answer; the client asks again, and the counter still says 1.',
  ],
};

const zh: typeof en = {
  'first-election': ['第一次选举', '定时器到期，候选人请求投票，五个中的多数同意。§5.2'],
  'split-vote': ['选票瓜分', '两个候选人各得两票，还有一个节点宕机：这个任期无人当选。§5.2'],
  'one-write': ['一次写入的全程', '追加、复制、提交、应用、答复，是五个不同的时刻。'],
  'leader-crash': ['领导者宕机', '客户端得不到答复，换别的节点试，由新领导者答复。'],
  'two-leaders': ['同时有两个领导者', '这是允许的：任期不同，只有一个能提交。'],
  'partition-a': ['多数派一侧', '它继续服务；少数派等待，网络恢复后赶上。'],
  'partition-b': ['哪里都没有多数', '有个节点仍自称领导者，但什么也提交不了。'],
  'comes-back': ['节点归来', '它独自一个，任期却已升高：它使健在的领导者退位。'],
  'election-restriction': ['谁能当选', '不是任期最高，也不是日志最长，而是最后条目更新。§5.4.1'],
  'log-repair': ['日志被修复', '未提交的条目从两份日志一致之处起被覆盖。§5.3'],
  'figure-7': ['图 7', 'n1 当选，跟随者是 (a) 到 (f)，各有各的不一致。§5.3'],
  'figure-8': ['图 8', '五个中三个持有的旧任期条目，仍未提交。§5.4.2'],
  'lost-tail': ['丢失的尾部', '写了但没落盘的，随进程一起消失。'],
  'snapshot-install': ['快照', '跟随者所缺的已被压缩，领导者便发送快照。§7'],
  'snapshot-prefix': ['过去的快照', '它的末尾已在日志中：什么也不丢弃。§7'],
  'replace-dead-node': ['替换坏掉的节点', '新节点先学习，再换入；始终有多数派。§6'],
  'leader-transfer': ['领导权移交', '领导者让另一个节点当选，不必等超时。'],
  'stale-read': ['过期读', '不知自己已非领导者：ReadIndex 不答复，自己的存储给出旧值。§8'],
  'lease-read': ['租约读', '它不问任何人，所以快；它依赖时钟，而其中一个慢了。'],
  'exactly-once': ['恰好一次', '领导者在提交与答复之间宕机；客户端再问，计数器仍是 1。'],
};

/** The title and the sentence of each scene. */
export const sceneWords: Readonly<Record<Lang, typeof en>> = { en, zh };
