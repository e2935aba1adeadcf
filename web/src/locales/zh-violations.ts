/**
 * How a fallen theorem is told in Chinese. The checkers of the core speak English (`crates/sim/src/checks/`): their sentences stand in traces as they are, and
 * a Chinese page says them again by this table. A test takes every sentence of the checkers' own tests and finds it here.
 */

type Say = (...parts: string[]) => string;

const nothing = (it: string): string => (it === 'nothing' ? '空' : it);

const sentences: readonly (readonly [RegExp, Say])[] = [
  [
    /^(n\d) and (n\d) were both elected leader of term (\d+)$/,
    (a, b, term) => `${a} 和 ${b} 都当选了任期 ${term} 的领导者`,
  ],
  [
    /^(n\d) (overwrote|deleted) entry (\d+) of its own log while it led term (\d+)$/,
    (node, did, index, term) =>
      `${node} 领导任期 ${term} 时${did === 'deleted' ? '删除' : '覆盖'}了自己日志的条目 ${index}`,
  ],
  [
    /^(n\d) and (n\d) both wrote entry (\d+) of term (\d+), and their logs up to it differ$/,
    (a, b, index, term) => `${a} 和 ${b} 都写入了任期 ${term} 的条目 ${index}，而此前的日志不同`,
  ],
  [
    /^(n\d) leads term (\d+) without entry (\S+), which (n\d) committed in term (\d+): it holds (\S+) there$/,
    (leader, term, entry, node, inTerm, holds) =>
      `${leader} 领导任期 ${term}，却没有 ${node} 在任期 ${inTerm} 提交的条目 ${entry}：那里是${holds === 'nothing' ? '空的' : ` ${holds}`}`,
  ],
  [
    /^at index (\d+) (n\d) applied the entry of term (\d+), and (n\d) another one, of term (\d+)$/,
    (index, a, termA, b, termB) =>
      `在索引 ${index}，${a} 应用了任期 ${termA} 的条目，${b} 应用了任期 ${termB} 的另一个`,
  ],
  [
    /^at index (\d+) the stores of (n\d) and (n\d) differ$/,
    (index, a, b) => `在索引 ${index}，${a} 与 ${b} 的存储不同`,
  ],
  [
    /^(n\d) voted for (n\d) and for (n\d) in term (\d+)$/,
    (node, a, b, term) => `${node} 在任期 ${term} 既投给 ${a} 又投给 ${b}`,
  ],
  [
    /^(n\d) told (n\d) that it has entry (\d+) before its disk had it$/,
    (from, to, index) => `${from} 告诉 ${to} 它有条目 ${index}，而磁盘上还没有`,
  ],
  [
    /^(n\d) told (n\d) that it has its vote of term (\d+) before its disk had it$/,
    (from, to, term) => `${from} 告诉 ${to} 任期 ${term} 投给了它，而磁盘上还没有这张选票`,
  ],
  [
    /^(n\d) had acknowledged entry (\d+), and its disk has no such entry$/,
    (node, index) => `${node} 曾确认条目 ${index}，而磁盘上没有这个条目`,
  ],
  [
    /^the commit index of (n\d) went back from (\d+) to (\d+)$/,
    (node, before, now) => `${node} 的提交索引从 ${before} 退到了 ${now}`,
  ],
  [
    /^command (\d+) of (c\d+) took effect at index (\d+), and again at (\d+)$/,
    (number, client, first, again) => `${client} 的第 ${number} 条命令在索引 ${first} 生效，又在 ${again} 生效`,
  ],
  [
    /^no order explains that (n\d) answered (c\d+)'s (.+) with (.+), after (n\d) had answered (c\d+)'s (.+)$/,
    (node, client, command, answer, other, otherClient, before) =>
      `没有一种顺序能解释：${other} 答复了 ${otherClient} 的 ${before} 之后，${node} 以 ${nothing(answer)} 答复 ${client} 的 ${command}`,
  ],
  [
    /^no order explains that (n\d) answered (c\d+)'s (.+) with (.+)$/,
    (node, client, command, answer) => `没有一种顺序能解释：${node} 以 ${nothing(answer)} 答复 ${client} 的 ${command}`,
  ],
];

/** A checker's sentence in Chinese; as it is where the table has none. */
export function violationInChinese(english: string): string {
  for (const [pattern, say] of sentences) {
    const found = pattern.exec(english);
    if (found !== null) return say(...found.slice(1));
  }
  return english;
}
