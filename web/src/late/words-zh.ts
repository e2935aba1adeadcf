/** 后加载部分的中文文字：时空图、节点内部、操作菜单与分享。 */

import type { LateWords } from './words';

export const lateZh: LateWords = {
  inspector: {
    sent: '发出',
    due: '应到',
    voteOnDisk: '投票已落盘',
    firstIndex: '首个索引',
    earliest: '最早',
    yes: '是',
    no: '尚未',
    decided: '它的决定及原因',
    nothing: '近来没有。',
  },
  spaceTime: {
    hint: '每条线是一条消息：左端发出，右端收到。',
    zoomIn: '缩短显示的时间',
    zoomOut: '延长显示的时间',
    fit: '整个运行',
    follow: '跟随当前',
    leads: (node, term) => `${node} 领导任期 ${term}`,
    commit: (index) => `提交 ${index}`,
    summary: (from, to, messages, lost, leaders) =>
      `从 ${from} 到 ${to} 的时空图：${messages} 条消息，丢失 ${lost} 条。${leaders}`,
    leader: (node, term, from) => `${node} 自 ${from} 起领导任期 ${term}。`,
    keys: '左右键移动，+ 和 − 缩放，上下键选择消息，Enter 前往它的时刻。',
    table: '以表格显示',
    columns: ['发出', '结束', '从', '到', '内容', '结果'],
    outcome: { arrived: '已到达', lost: '丢失', flying: '在途', held: '被扣留' },
    goTo: (moment) => `前往 ${moment}`,
    took: (time) => `用时 ${time}`,
    caused: '阴影：一切可能引起它的事情。',
    waiting: '正在读取运行……',
    shown: (first, all) => `共 ${all} 条，显示最近 ${first} 条`,
  },
};
