/** The words of the panel of stores and clients, in every language. */

import type { Lang } from '../locales';

const en = {
  calls: 'Operations of the clients',
  hint: 'Each bar is an operation, from call to return; an open end waits.',
  none: 'No client has asked for anything yet. Submit a command below.',
  waiting: 'Reading the run…',
  whole: 'Whole run',
  latest: 'Latest operations',
  keys: 'Arrow keys go from bar to bar; Enter shows one in full.',
  queued: (count: number) => `+${count} waiting`,
  /** The name of a bar. */
  bar: (client: string, command: string, from: string, to: string | null, answer: string | null) =>
    `${client} ${command}, called ${from}, ${to === null ? 'not answered yet' : `answered ${to}: ${answer}`}`,
  called: (client: string, at: string) => `${client}, called ${at}:`,
  asked: (node: string) => `asked ${node}`,
  redirected: (node: string) => `${node} does not lead`,
  gaveUp: (node: string) => `no answer from ${node}`,
  answered: (answer: string, took: string) => `answered “${answer}” after ${took}.`,
  open: 'not answered yet: it may or may not have happened.',
  concurrent: (count: number) =>
    count === 1 ? 'Framed: the one at the same time.' : `Framed: ${count} at the same time.`,
  table: 'The same as a table',
  columns: ['client', 'operation', 'called', 'returned', 'retries', 'answer'],
  goTo: (moment: string) => `Go to ${moment}`,
};

const zh: typeof en = {
  calls: '客户端的操作',
  hint: '每条横条是一个操作，从调用到返回；右端开口的仍在等待。',
  none: '还没有客户端提出请求。请在下方提交命令。',
  waiting: '正在读取运行……',
  whole: '整个运行',
  latest: '最近的操作',
  keys: '方向键在横条间移动；Enter 显示详情。',
  queued: (count) => `+${count} 等待中`,
  bar: (client, command, from, to, answer) =>
    `${client} ${command}，${from} 调用，${to === null ? '尚未答复' : `${to} 得到答复：${answer}`}`,
  called: (client, at) => `${client}，${at} 调用：`,
  asked: (node) => `询问 ${node}`,
  redirected: (node) => `${node} 不是领导者`,
  gaveUp: (node) => `${node} 没有答复`,
  answered: (answer, took) => `${took} 后得到答复“${answer}”。`,
  open: '尚未答复：它可能已经发生，也可能没有。',
  concurrent: (count) => `加框的 ${count} 个与它同时进行。`,
  table: '以表格显示',
  columns: ['客户端', '操作', '调用', '返回', '重试', '答复'],
  goTo: (moment) => `转到 ${moment}`,
};

export type ClientsWords = typeof en;

export function clientsWords(lang: Lang): ClientsWords {
  return lang === 'zh' ? zh : en;
}
