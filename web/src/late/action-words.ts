/**
 * What an action does, in a sentence, in both languages: of the actions that leave no record of their own that says it. The texts are the core's
 * (`crates/sim/src/action.rs`); a test takes them from its README. What is not found here is told as it is written.
 */

import type { Lang, Words } from '../locales';
import type { MessageKind } from '../model';
import { RULES } from './rules-words';

type Say = (caught: readonly string[], t: Words) => string;

/** The kinds of messages, as an action names them (`crates/sim/src/network/parcel.rs`). */
const KINDS: Readonly<Record<string, MessageKind>> = {
  vote: 'requestVote',
  voteResponse: 'requestVoteResponse',
  preVote: 'requestPreVote',
  preVoteResponse: 'requestPreVoteResponse',
  append: 'appendEntries',
  appendResponse: 'appendEntriesResponse',
  heartbeat: 'heartbeat',
  heartbeatResponse: 'heartbeatResponse',
  snapshot: 'installSnapshot',
  timeoutNow: 'timeoutNow',
  transfer: 'transferLeader',
  propose: 'propose',
  readIndex: 'readIndex',
  readIndexResponse: 'readIndexResponse',
  request: 'clientRequest',
  reply: 'clientReply',
};

/** A message pattern in parts: from, to, kind and number, each "" where it is not given. */
const parts = (pattern: string): readonly string[] => {
  const [, from = '', to = '', kind = '', number = ''] =
    /^([^>]+)>([^.]+?)(?:\.([a-zA-Z]+|\*))?(?:\.(\d+))?$/.exec(pattern) ?? [];
  return [from, to, kind, number];
};

const kindOf = (kind: string, t: Words): string => {
  const name = KINDS[kind];
  return name === undefined ? kind : t.message[name].replace(/[?？]$/, '');
};

/** "AppendEntries 3 from n1 to n2". */
function messagesEn(pattern: string, t: Words): string {
  const [from, to, kind, number] = parts(pattern) as [string, string, string, string];
  const what = kind === '' || kind === '*' ? 'Every message' : `${number === '' ? 'Every ' : ''}${kindOf(kind, t)}`;
  const ends = `${from === '*' ? '' : ` from ${from}`}${to === '*' ? '' : ` to ${to}`}`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}${number === '' ? '' : ` ${number}`}${ends}`;
}

function messagesZh(pattern: string, t: Words): string {
  const [from, to, kind, number] = parts(pattern) as [string, string, string, string];
  const end = (it: string) => (it === '*' ? '任一节点' : ` ${it} `);
  const name = kindOf(kind, t).replace(/^(?=[A-Z])/, ' ');
  const what = kind === '' || kind === '*' ? '所有消息' : `${number === '' ? '所有' : `第 ${number} 条`}${name}`;
  return `${end(from)}发给${end(to)}的${what}`;
}

const rule = (name: string, lang: Lang): string => RULES.find((each) => each.name === name)?.says[lang] ?? name;

const quality: Readonly<Record<Lang, (text: string) => string>> = {
  en: (text) =>
    text
      .replace(/(\d\S*)\.\.(\d\S*)/, '$1 to $2')
      .replace('reorder', 'out of order')
      .replace(/ (loss|duplicate|out)/g, ', $1'),
  zh: (text) =>
    text
      .replace('latency', '延迟')
      .replace('loss', '，丢失')
      .replace('duplicate', '，重复')
      .replace('reorder', '，乱序')
      .replace(/ ，|^，/g, (found) => (found === '，' ? '' : '，')),
};

/** What is said of an action whose text fits, in English and in Chinese. */
const sayings: readonly (readonly [RegExp, Say, Say])[] = [
  [/^break (\S+)$/, ([name = '']) => `Rule off: ${rule(name, 'en')}`, ([name = '']) => `关掉规则：${rule(name, 'zh')}`],
  [
    /^mend (\S+)$/,
    ([name = '']) => `Rule on again: ${rule(name, 'en')}`,
    ([name = '']) => `恢复规则：${rule(name, 'zh')}`,
  ],
  [/^timeout (n\d)$/, ([node]) => `${node}’s election timer fires.`, ([node]) => `${node} 的选举定时器到期。`],
  [
    /^timer (n\d) (\S+)$/,
    ([node, length]) => `${node}’s election timeout is ${length} now.`,
    ([node, length]) => `${node} 的选举超时设为 ${length}。`,
  ],
  [
    /^(?:client|loop) (c\d+) (.+?)(?: via (n\d))?(?: think (\S+))?$/,
    ([client, command, node]) => `${client} asks ${node ?? 'for'}${node === undefined ? '' : ' for'} ${command}.`,
    ([client, command, node]) => `${client} ${node === undefined ? '' : `向 ${node} `}请求 ${command}。`,
  ],
  [/^load (c\d+) off$/, ([client]) => `${client} asks no more.`, ([client]) => `${client} 不再请求。`],
  [
    /^load (c\d+) (\S+)$/,
    ([client, every]) => `${client} asks every ${every}.`,
    ([client, every]) => `${client} 每 ${every} 请求一次。`,
  ],
  [/^transfer (n\d)$/, ([node]) => `The leader hands over to ${node}.`, ([node]) => `领导者把领导权移交给 ${node}。`],
  [
    /^compact (n\d) (\d+)$/,
    ([node, index]) => `${node} compacts its log: a snapshot up to ${index}.`,
    ([node, index]) => `${node} 压缩日志：快照至 ${index}。`,
  ],
  [
    /^next (n\d) (\d+)$/,
    ([node, index]) => `The leader will send ${node} its log from ${index} on.`,
    ([node, index]) => `领导者将从 ${index} 起向 ${node} 发送日志。`,
  ],
  [
    /^member add (n\d) voter$/,
    ([node]) => `${node} is to join as a voter.`,
    ([node]) => `请求加入 ${node}，有投票权。`,
  ],
  [
    /^member add (n\d) learner$/,
    ([node]) => `${node} is to join as a learner.`,
    ([node]) => `请求加入 ${node} 为学习者。`,
  ],
  [/^member promote (n\d)$/, ([node]) => `${node} is to get a vote.`, ([node]) => `请求给 ${node} 投票权。`],
  [/^member remove (n\d)$/, ([node]) => `${node} is to leave.`, ([node]) => `请求移出 ${node}。`],
  [
    /^member replace (n\d) (n\d)$/,
    ([old, next]) => `${next} is to replace ${old}.`,
    ([old, next]) => `请求由 ${next} 替换 ${old}。`,
  ],
  [/^member joint (\S+)$/, ([nodes]) => `The voters are to be ${nodes}.`, ([nodes]) => `请求投票成员改为 ${nodes}。`],
  [/^link all normal$/, () => 'All links work well again.', () => '所有链路恢复正常。'],
  [
    /^link all (.+)$/,
    ([how = '']) => `All links: ${quality.en(how)}.`,
    ([how = '']) => `所有链路：${quality.zh(how)}。`,
  ],
  [
    /^link (n\d)([ >])(n\d) (.+)$/,
    ([a, way, b, how = '']) => `Link ${a}${way === '>' ? '→' : '–'}${b}: ${quality.en(how)}.`,
    ([a, way, b, how = '']) => `链路 ${a}${way === '>' ? '→' : '–'}${b}：${quality.zh(how)}。`,
  ],
  [
    /^hold (\S+)$/,
    ([it = ''], t) => `${messagesEn(it, t)} is held on its way.`,
    ([it = ''], t) => `扣住${messagesZh(it, t)}。`,
  ],
  [
    /^release (\S+)$/,
    ([it = ''], t) => `${messagesEn(it, t)} goes on its way.`,
    ([it = ''], t) => `放行${messagesZh(it, t)}。`,
  ],
  [/^drop (\S+)$/, ([it = ''], t) => `${messagesEn(it, t)} is lost.`, ([it = ''], t) => `丢弃${messagesZh(it, t)}。`],
  [
    /^duplicate (\S+)$/,
    ([it = ''], t) => `${messagesEn(it, t)} arrives twice.`,
    ([it = ''], t) => `复制${messagesZh(it, t)}。`,
  ],
  [
    /^deliver (\S+)$/,
    ([it = ''], t) => `${messagesEn(it, t)} arrives at once.`,
    ([it = ''], t) => `立即送达${messagesZh(it, t)}。`,
  ],
  [
    /^disk (n\d) sync (\S+)$/,
    ([node, takes]) => `${node}’s disk takes ${takes} to sync.`,
    ([node, takes]) => `${node} 的磁盘落盘需 ${takes}。`,
  ],
  [/^disk (n\d) lose$/, ([node]) => `${node} loses its disk.`, ([node]) => `${node} 丢失磁盘。`],
  [
    /^clock (n\d) rate (\S+)$/,
    ([node, rate]) => `${node}’s clock runs at ${rate}.`,
    ([node, rate]) => `${node} 的时钟以 ${rate} 的速度走。`,
  ],
  [/^tick (n\d)$/, ([node]) => `${node}’s clock ticks.`, ([node]) => `${node} 的时钟走一个 tick。`],
  [
    /^propose (n\d) (\S+)$/,
    ([node, word]) => `${node}’s own host proposes ${word}.`,
    ([node, word]) => `${node} 的宿主提议 ${word}。`,
  ],
  [/^crash (n\d)/, ([node]) => `${node} crashes.`, ([node]) => `${node} 宕机。`],
  [/^restart (n\d)$/, ([node]) => `${node} restarts.`, ([node]) => `${node} 重启。`],
  [/^freeze (n\d)$/, ([node]) => `${node}’s process stops running.`, ([node]) => `${node} 的进程停住。`],
  [/^thaw (n\d)$/, ([node]) => `${node}’s process runs again.`, ([node]) => `${node} 的进程继续。`],
  [/^isolate (n\d)$/, ([node]) => `${node} is cut off from all others.`, ([node]) => `${node} 与其余节点隔离。`],
  [/^partition (.+)$/, ([groups]) => `The network falls apart: ${groups}.`, ([groups]) => `网络分裂：${groups}。`],
  [
    /^cut (n\d)([ >])(n\d)$/,
    ([a, way, b]) => `${a}${way === '>' ? '→' : '–'}${b} is cut.`,
    ([a, way, b]) => `切断 ${a}${way === '>' ? '→' : '–'}${b}。`,
  ],
  [
    /^heal (n\d)([ >])(n\d)$/,
    ([a, way, b]) => `${a}${way === '>' ? '→' : '–'}${b} is healed.`,
    ([a, way, b]) => `恢复 ${a}${way === '>' ? '→' : '–'}${b}。`,
  ],
  [/^heal (n\d)$/, ([node]) => `All links of ${node} are healed.`, ([node]) => `恢复 ${node} 的全部链路。`],
  [/^heal$/, () => 'All links are healed.', () => '恢复全部链路。'],
];

/** What an action does; null where nothing is known of its text. */
export function actionSentence(text: string, t: Words): string | null {
  for (const [pattern, en, zh] of sayings) {
    const found = pattern.exec(text);
    if (found !== null) return (t.lang === 'zh' ? zh : en)(found.slice(1), t);
  }
  return null;
}
