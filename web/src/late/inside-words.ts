/** What the narrator says at each step of a node's round: one sentence of what, one of why. */

import { entryId } from '../format/text';
import type { Lang, Sentence } from '../locales';
import { type Inside, STEPS, type Step } from './inside-cards';

/** The narrator's two sentences. */
export function narrated(lang: Lang, inside: Inside): Sentence {
  const { round, node } = inside;
  if (!node.up) {
    return lang === 'zh'
      ? { lead: `${node.id} 已宕机。`, rest: '它什么也不处理。重启之后，它从磁盘上的内容重新开始。' }
      : {
          lead: `${node.id} has crashed.`,
          rest: 'It takes nothing in. Restarted, it begins with what its disk holds.',
        };
  }
  if (round === null) {
    return lang === 'zh'
      ? { lead: `${node.id} 还没有做过什么。`, rest: '让时间前进，或点击下一步。' }
      : { lead: `${node.id} has done nothing yet.`, rest: 'Let time pass, or press the button.' };
  }
  const step = STEPS[inside.at] ?? 'advance';
  return (lang === 'zh' ? zh : en)[step](inside);
}

const ids = ({ round }: Inside): string => (round?.entries ?? []).map(entryId).join(', ');

function took({ round, t }: Inside, tick: string, request: string, campaign: string, again: string): string {
  const item = round?.took ?? null;
  switch (item?.kind) {
    case 'message':
      return `${t.message[item.card.kind]} (${item.card.from})`;
    case 'request':
    case 'word':
      return `${request} ${item.command}`;
    case 'tick':
      return tick;
    case 'campaign':
      return campaign;
    case undefined:
      return again;
    default:
      return item satisfies never;
  }
}

const counted = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

const en: Readonly<Record<Step, (inside: Inside) => Sentence>> = {
  take: (inside) => ({
    lead: `Take: ${took(inside, 'a tick of its clock', 'the command', 'the word to campaign', 'nothing new; there is more to hand out')}.`,
    rest: 'One item at a time, first in, first out: the core never thinks of two things at once.',
  }),
  step: ({ round, t }) => ({
    lead:
      round !== null && round.before.role !== round.after.role
        ? `Step: from ${t.role[round.before.role]} to ${t.role[round.after.role]}.`
        : 'Step: the core thinks.',
    rest: 'It touches no disk and no network: all it wants is noted in the Ready.',
  }),
  ready: ({ round }) => ({
    lead: 'Ready: the core hands out everything it wants done.',
    rest: round?.mustSync
      ? 'What promises something must not leave before it is on disk.'
      : 'Nothing in it must be on disk first.',
  }),
  write: (inside) => ({
    lead:
      ids(inside) === ''
        ? inside.round?.hard == null
          ? 'Write: nothing to write.'
          : 'Write: term, vote and commit go to the disk.'
        : `Write: ${ids(inside)} ${(inside.round?.entries.length ?? 0) > 1 ? 'are' : 'is'} being saved.`,
    rest:
      inside.round?.mustSync === true
        ? `${inside.node.id} may count on it only when the sync returns.`
        : 'It needs no sync: only the commit index changed, or nothing.',
  }),
  send: ({ round }) => ({
    lead: `Send: ${counted((round?.messages.length ?? 0) + (round?.heldBack.length ?? 0), 'message', 'messages')}.`,
    rest:
      (round?.heldBack.length ?? 0) > 0
        ? 'The answers waited for the disk: now what they say is true.'
        : 'They promise nothing that must be on disk, so they could leave at once.',
  }),
  apply: ({ round, node }) => ({
    lead: `Apply: ${counted(round?.committed.length ?? 0, 'committed entry reaches', 'committed entries reach')} the store.`,
    rest: `The store of ${node.id} is as of index ${node.applied}; a client is answered only now.`,
  }),
  advance: ({ node }) => ({
    lead: 'Advance: the core is told that all of it is done.',
    rest: `Synced up to ${node.synced}, applied up to ${node.applied}. The next item may come.`,
  }),
};

const zh: typeof en = {
  take: (inside) => ({
    lead: `取出：${took(inside, '一次 tick', '命令', '参选的指令', '没有新的；还有未交出的')}。`,
    rest: '一次一件，先进先出：核心从不同时想两件事。',
  }),
  step: ({ round, t }) => ({
    lead:
      round !== null && round.before.role !== round.after.role
        ? `推进：由${t.role[round.before.role]}变为${t.role[round.after.role]}。`
        : '推进：核心在思考。',
    rest: '它不碰磁盘也不碰网络：想做的都记在 Ready 里。',
  }),
  ready: ({ round }) => ({
    lead: 'Ready：核心交出它要做的一切。',
    rest: round?.mustSync ? '凡是承诺，落盘之前不得发出。' : '其中没有必须先落盘的。',
  }),
  write: (inside) => ({
    lead:
      ids(inside) === ''
        ? inside.round?.hard == null
          ? '写入：没有要写的。'
          : '写入：任期、投票与提交位置写入磁盘。'
        : `写入：正在保存 ${ids(inside)}。`,
    rest:
      inside.round?.mustSync === true
        ? `落盘完成之前，${inside.node.id} 不能算上它。`
        : '不需要落盘：只有提交位置变了，或什么都没变。',
  }),
  send: ({ round }) => ({
    lead: `发送：${(round?.messages.length ?? 0) + (round?.heldBack.length ?? 0)} 条消息。`,
    rest:
      (round?.heldBack.length ?? 0) > 0
        ? '应答等到落盘之后：现在所说属实。'
        : '它们不承诺任何须先落盘的事，可以立即发出。',
  }),
  apply: ({ round, node }) => ({
    lead: `应用：${round?.committed.length ?? 0} 个已提交条目进入存储。`,
    rest: `${node.id} 的存储到索引 ${node.applied}；此时才答复客户端。`,
  }),
  advance: ({ node }) => ({
    lead: '前进：告知核心这一轮已完成。',
    rest: `已落盘到 ${node.synced}，已应用到 ${node.applied}。可以取下一件。`,
  }),
};
