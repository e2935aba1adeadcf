/** The words of what is fetched late for moving in time: branches, steps, stops. */

import type { Lang } from '../locales';

const en = {
  /** How a future that was left is called. */
  future: (does: string, from: string, until: string) =>
    does === ''
      ? `Other future from ${from}: nothing is done, seen until ${until}`
      : `Other future from ${from}: ${does}, until ${until}`,
  branches: (count: number) => (count === 1 ? '1 other future' : `${count} other futures`),
  branchesTitle: 'Go to another future',
  nothingDone: 'Nothing is done',
  reach: (from: string, until: string) => `leaves this one at ${from}, seen until ${until}`,
};

export type TimeWords = typeof en;

const zh: TimeWords = {
  future: (does, from, until) =>
    does === ''
      ? `${from} 起的另一个未来：未做任何操作，看到 ${until}`
      : `${from} 起的另一个未来：${does}，到 ${until}`,
  branches: (count) => `另有 ${count} 个未来`,
  branchesTitle: '转到另一个未来',
  nothingDone: '未做任何操作',
  reach: (from, until) => `在 ${from} 与当前分开，看到 ${until}`,
};

export const timeWords: Readonly<Record<Lang, TimeWords>> = { en, zh };
