/** What the crash card says, in every language: it is fetched with the card. */

import type { Lang } from '../locales';

const en = {
  crashTitle: 'The simulator has crashed',
  crashWhat: 'This is a bug in Raftarium, not in Raft. Nothing of your run is lost: it is in this link.',
  crashLink: 'Link that reproduces the run',
  copy: 'Copy',
  copied: 'Copied',
  crashGoOn: 'Continue from the run',
  crashDetail: 'What it said',
};

const zh: typeof en = {
  crashTitle: '模拟器崩溃了',
  crashWhat: '这是 Raftarium 的缺陷，与 Raft 无关。你的运行没有丢失，它就在这个链接里。',
  crashLink: '可重现此运行的链接',
  copy: '复制',
  copied: '已复制',
  crashGoOn: '从该运行继续',
  crashDetail: '错误信息',
};

export const crashWords: Readonly<Record<Lang, typeof en>> = { en, zh };
