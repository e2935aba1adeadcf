/**
 * What the core says of a fault, in Chinese. The core speaks English only: its sentences are part of its traces and errors, and a program that embeds the
 * element reads them as they are. A page in Chinese says them again by this table: a pattern of each sentence, and its Chinese with the same names and
 * numbers. `crates/sim/tests/golden/sentences.txt` holds every sentence; a test finds each of them here.
 */

/** What may be missing, by how the core asks for it. */
const missing: Readonly<Record<string, string>> = {
  'an action, such as crash n1,': '动作，例如 crash n1',
  'a node, such as n1,': '节点，例如 n1',
  'a link, such as n1 n2 or n1>n2,': '链路，例如 n1 n2 或 n1>n2',
  'a duration, such as 150ms,': '时长，例如 150ms',
  'a client, such as c1,': '客户端，例如 c1',
  'a command, such as put x 1,': '命令，例如 put x 1',
  'a key': '键',
  'a value': '值',
  'the old value': '旧值',
  'the new value': '新值',
  'all, or tail and a number,': 'all，或 tail 加一个数',
  'a range such as 40ms..60ms': '范围，例如 40ms..60ms',
  'a message, such as n1>n2.append.3 or n1>*.append,': '消息，例如 n1>n2.append.3 或 n1>*.append',
  'sync and a duration, or lose,': 'sync 加时长，或 lose',
  'a rule, such as commit-own-term-only,': '规则，例如 commit-own-term-only',
  'the version, 1,': '版本号 1',
  "the engine's number": '引擎编号',
  'a number': '数字',
  'add, promote, remove, joint or replace': 'add、promote、remove、joint 或 replace',
  'voter or learner': 'voter 或 learner',
  'the word to propose': '要提议的词',
};

const words: Readonly<Record<string, string>> = {
  'a key': '键',
  'a value': '值',
  'the old value': '旧值',
  'the new value': '新值',
};

const word = (english: string): string => words[english] ?? english;

/** A sentence's pattern, and how it is said with what the pattern caught. */
const sentences: readonly (readonly [RegExp, (...caught: string[]) => string])[] = [
  [/^(.+) is missing$/, (what) => `缺少${missing[what] ?? what.replace(/^the value of /, '设置的值：')}`],
  [/^(.+) is missing, such as (.+), or normal$/, (_, such) => `缺少链路性质，例如 ${such}，或 normal`],
  [
    /^unknown action (.+): an action begins with (.+)$/,
    (it, verbs) => `未知动作 ${it}：动作以这些词开头：${list(verbs)}`,
  ],
  [/^(.+) is not a node: nodes are called (n\d) to (n\d)$/, (it, a, b) => `${it} 不是节点：节点名为 ${a} 到 ${b}`],
  [
    /^(.+) is not a client: clients are called (c\d) to (c\d+)$/,
    (it, a, b) => `${it} 不是客户端：客户端名为 ${a} 到 ${b}`,
  ],
  [/^(.+) is too much here$/, (it) => `此处多了 ${it}`],
  [/^a link has two ends, and (n\d) is both of these$/, (it) => `链路有两端，而这里两端都是 ${it}`],
  [/^(.+) is named twice$/, (it) => `${it} 出现了两次`],
  [
    /^(.+) is not a duration: a whole number and a unit, such as (.+)$/,
    (it, such) => `${it} 不是时长：应为整数加单位，例如 ${such.replace(' or ', ' 或 ')}`,
  ],
  [
    /^(.+) is not a duration: the number is missing, as in (.+)$/,
    (it, such) => `${it} 不是时长：缺少数字，例如 ${such}`,
  ],
  [/^(.+) is longer than the longest duration, 24 hours$/, (it) => `${it} 超过最长时长 24 小时`],
  [/^(.+) may not begin with # nor hold control characters$/, (what) => `${word(what)}不能以 # 开头，也不能含控制字符`],
  [
    /^(.+) has at most (\d+) bytes, this one has (\d+)$/,
    (what, most, has) => `${word(what)}最多 ${most} 字节，这里有 ${has} 字节`,
  ],
  [/^unknown command (.+): (.+)$/, (it, known) => `未知命令 ${it}：可用 ${list(known)}`],
  [/^(.+) is not what a crash loses: all, or tail 2$/, (it) => `宕机不会丢失 ${it}：应为 all，或 tail 2`],
  [/^(.+) is not a whole number from (\S+) to (\S+)$/, (it, a, b) => `${it} 不是 ${a} 到 ${b} 之间的整数`],
  [/^(.+) is no quality of a link: (.+)$/, (it, known) => `${it} 不是链路性质：可用 ${list(known)}`],
  [/^(.+) is an empty range: (\S+) is more than (\S+)$/, (it, a, b) => `${it} 是空范围：${a} 大于 ${b}`],
  [/^a latency is at most (\S+)$/, (most) => `延迟最多 ${most}`],
  [/^a sync takes at most (\S+)$/, (most) => `刷盘最多 ${most}`],
  [
    /^(.+) names no message: (\S+) is one, (\S+) are many$/,
    (it, one, many) => `${it} 不指任何消息：${one} 指一条，${many} 指多条`,
  ],
  [/^(.+) is nothing a disk does: sync 80ms, or lose$/, (it) => `磁盘不会 ${it}：应为 sync 80ms，或 lose`],
  [/^(.+) is no rule that can be broken: (.+)$/, (it, known) => `${it} 不是可以关闭的规则：可用 ${list(known)}`],
  [/^(.+) should be (.+)$/, (it, wanted) => `${it} 应为 ${wanted.replace(' or ', ' 或 ')}`],
  [/^this duration lies between (\S+) and (\S+)$/, (a, b) => `此处的时长应在 ${a} 与 ${b} 之间`],
  [/^there is no node (n\d): this cluster has only n1$/, (it) => `没有节点 ${it}：此集群只有 n1`],
  [/^there is no node (n\d): this cluster has (n\d) to (n\d)$/, (it, a, b) => `没有节点 ${it}：此集群有 ${a} 到 ${b}`],
  [/^(n\d) has crashed: restart it first$/, (it) => `${it} 已宕机：请先重启`],
  [/^(n\d) is running: that is for a crashed node$/, (it) => `${it} 正在运行：此操作只用于已宕机的节点`],
  [/^(n\d) is frozen: thaw it first$/, (it) => `${it} 已冻结：请先解冻`],
  [/^(n\d) is not frozen$/, (it) => `${it} 没有冻结`],
  [/^there is no such message on its way: (.+)$/, (it) => `途中没有这样的消息：${it}`],
  [
    /^(n\d) can drop what it has applied: its log begins at (\d+), and (\d+) is applied$/,
    (it, first, applied) => `${it} 只能丢弃已应用的条目：它的日志从 ${first} 开始，已应用到 ${applied}`,
  ],
  [/^there is no node (n\d): the next to join is (n\d)$/, (it, next) => `没有节点 ${it}：下一个加入的是 ${next}`],
  [/^a read by lease needs the setting (.+)$/, (it) => `租约读需要设置 ${it}`],
  [/^there is no leader to ask$/, () => '没有可以询问的领导者'],
  [/^(n\d) is not there to be changed so$/, (it) => `${it} 不是可以这样变更的成员`],
  [/^(n\d) is a member already$/, (it) => `${it} 已经是成员`],
  [/^(.+) is no change of members: (.+)$/, (it, known) => `${it} 不是成员变更：可用 ${list(known)}`],
  [
    /^(.+): a log is compacted at so many bytes, 400B, or off$/,
    (it) => `${it}：日志在这么多字节时压缩，例如 400B，或 off`,
  ],
  [/^a log is compacted at (\S+) at most, not (\S+)$/, (most, it) => `日志最多在 ${most} 时压缩，而不是 ${it}`],
  [/^(.+): on or off$/, (it) => `${it}：应为 on 或 off`],
  [/^(n\d) leads: a leader has no election timer$/, (it) => `${it} 是领导者：领导者没有选举计时器`],
  [
    /^(c\d) has (\d+) commands waiting, and no room for more$/,
    (it, count) => `${it} 已有 ${count} 条命令在等待，不能再多`,
  ],
  [/^this run has (\d+) actions, and no room for more$/, (count) => `此运行已有 ${count} 个动作，不能再多`],
  [/^a run begins with the line (.+)$/, (it) => `运行以这一行开头：${it}`],
  [/^version (.+) is unknown: this is version (\d+)$/, (it, own) => `未知版本 ${it}：这里是版本 ${own}`],
  [/^(.+) is no engine: a number from (\d+) to (\d+)$/, (it, a, b) => `${it} 不是引擎编号：应为 ${a} 到 ${b}`],
  [
    /^unknown setting (.+): (.+), or an action such as @0 crash n1$/,
    (it, known) => `未知设置 ${it}：可用 ${list(known)}，或动作，例如 @0 crash n1`,
  ],
  [/^(.+): a cluster has 1 to (\d+) nodes$/, (it, most) => `${it}：集群有 1 到 ${most} 个节点`],
  [/^the seed is missing: a line such as (.+)$/, (such) => `缺少种子：例如一行 ${such}`],
  [/^(.+) is set twice$/, (it) => `${it} 设置了两次`],
  [
    /^(.+) is not a seed: a whole number from (\d+) to (\d+)$/,
    (it, a, b) => `${it} 不是种子：应为 ${a} 到 ${b} 之间的整数`,
  ],
  [/^(.+): a batch is `many` or `one`$/, (it) => `${it}：batch 应为 \`many\` 或 \`one\``],
  [/^(.+): storage is `plain` or `async`$/, (it) => `${it}：storage 应为 \`plain\` 或 \`async\``],
  [/^(\S+) is (\S+) here; it may be (\S+) to (\S+)$/, (key, it, a, b) => `${key} 在此为 ${it}；可以是 ${a} 到 ${b}`],
  [
    /^(\S+) (\S+) is not a whole number of ticks of (\S+)$/,
    (key, it, tick) => `${key} ${it} 不是滴答 ${tick} 的整数倍`,
  ],
  [
    /^a heartbeat every (\S+) cannot hold off an election timeout of (\S+): it must be shorter$/,
    (beat, timeout) => `每 ${beat} 一次的心跳压不住 ${timeout} 的选举超时：心跳必须更短`,
  ],
  [
    /^(.+): after the first action every line is an action, such as (.+)$/,
    (it, such) => `${it}：第一个动作之后每行都是动作，例如 ${such}`,
  ],
  [
    /^(@\d+) comes after (@\d+): actions are listed in order of time$/,
    (a, b) => `${a} 排在 ${b} 之后：动作须按时间先后排列`,
  ],
  [
    /^(.+) is too late: a run ends after 24 hours, at (@\d+)$/,
    (it, end) => `${it} 太晚：运行在 24 小时后结束，即 ${end}`,
  ],
  [/^(.+) is too late$/, (it) => `${it} 太晚`],
  [/^a run has at most (\d+) actions$/, (most) => `一个运行最多 ${most} 个动作`],
  [/^the text has (\d+) bytes; a run has at most (\d+)$/, (has, most) => `文本有 ${has} 字节；运行最多 ${most} 字节`],
  [/^a link to a run begins with its version, 1, and a (.+)$/, (it) => `运行链接以版本号 1 和 ${it} 开头`],
  [/^(.+) does not belong into a link to a run$/, (it) => `${it} 不能出现在运行链接里`],
  [/^the link ends where (.+) is expected$/, (it) => `链接在应有 ${it} 处中断`],
  [/^the link has (\d+) bytes; it may have (\d+)$/, (has, most) => `链接有 ${has} 字节；最多 ${most} 字节`],
  [/^(.+) is no setting$/, (it) => `${it} 不是设置`],
  [/^(.+) is no action$/, (it) => `${it} 不是动作`],
  [/^this number is too large$/, () => '这个数太大'],
  [
    /^"(.+)" is not a moment: t is a number of microseconds, at most (\d+)$/,
    (it, most) => `“${it}”不是时刻：t 是微秒数，最多 ${most}`,
  ],
];

/** "a, b or c" in Chinese. */
function list(english: string): string {
  return english.split(/, | or /).join('、');
}

/** What the core says of a fault, in Chinese where the table has it; where a line and a column come first they stay first. */
export function faultInChinese(english: string): string {
  const [, line, column, sentence = english] = /^line (\d+), column (\d+): (.*)$/s.exec(english) ?? [];
  const place = line === undefined ? '' : `第 ${line} 行第 ${column} 列：`;
  for (const [pattern, say] of sentences) {
    const found = pattern.exec(sentence);
    if (found !== null) return place + say(...found.slice(1));
  }
  return place + sentence;
}
