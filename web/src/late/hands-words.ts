/** The words of the hands that are fetched late, in every language: islands, edges of panels, a command for a node. */

import type { Lang } from '../locales';

const en = {
  partition: {
    title: 'Partition',
    how: 'Draw a line across links, or choose nodes',
    nodes: 'Nodes on the other side',
    /** `n1 n2, majority`. */
    island: (nodes: string, voters: number, of: number, majority: boolean) =>
      `${nodes} (${voters} of ${of}${majority ? ', a majority' : ''})`,
    sep: ' | ',
    /** Said while the line is drawn, and when it was. */
    leaves: (islands: string) => `Islands: ${islands}`,
    cuts: (links: string) => `Cuts ${links}; all still hear each other`,
    done: (islands: string) => `Partitioned. Islands: ${islands}`,
    doneCuts: (links: string) => `Cut: ${links}`,
    nothing: 'No link was crossed.',
    cancelled: 'Nothing was cut.',
    on: 'Partition: draw a line across links, or choose nodes by number and press Enter. Escape leaves.',
    cut: 'Cut',
    heal: 'Heal all',
    cancel: 'Cancel',
  },
};

const zh: typeof en = {
  partition: {
    title: '分区',
    how: '画一条线穿过链路，或选择节点',
    nodes: '另一侧的节点',
    island: (nodes, voters, of, majority) => `${nodes}（${of} 中有 ${voters}${majority ? '，多数派' : ''}）`,
    sep: ' | ',
    leaves: (islands) => `孤岛：${islands}`,
    cuts: (links) => `切断 ${links}；彼此仍能通信`,
    done: (islands) => `已分区。孤岛：${islands}`,
    doneCuts: (links) => `已切断：${links}`,
    nothing: '没有穿过任何链路。',
    cancelled: '什么也没有切断。',
    on: '分区：画一条线穿过链路，或按数字选择节点后按 Enter。按 Esc 退出。',
    cut: '切断',
    heal: '全部恢复',
    cancel: '取消',
  },
};

export type HandsWords = typeof en;

export function handsWords(lang: Lang): HandsWords {
  return lang === 'zh' ? zh : en;
}
