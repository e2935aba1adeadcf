/** What the guide of a first visit says: a short lead and the rest, in every language. */

import type { Lang } from '../locales';

const both = (lead: string, rest: string): readonly [lead: string, rest: string] => [lead, rest];

const en = {
  leader: (leader: string) => both(`${leader} was elected. Click it.`, 'It crashes, and the others elect another.'),
  crashed: (node: string) =>
    both(
      `You crashed ${node}.`,
      'Nobody sends heartbeats now: the node whose timer runs out first stands for election.',
    ),
  elected: (leader: string, node: string) =>
    both(`${leader} leads: you caused this election.`, `Click ${node} to restart it, or a link to cut it.`),
  skip: 'Skip the guide',
};

const zh: typeof en = {
  leader: (leader) => both(`${leader} 已当选。点击它。`, '它会宕机，其他节点将另选一个。'),
  crashed: (node) => both(`你让 ${node} 宕机了。`, '没有人再发心跳：定时器最先到期的节点将参选。'),
  elected: (leader, node) => both(`${leader} 当选：这次选举由你引起。`, `点击 ${node} 使其重启，或点击链路将其切断。`),
  skip: '跳过引导',
};

export const guideWords: Readonly<Record<Lang, typeof en>> = { en, zh };
