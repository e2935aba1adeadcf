/** What the help sheet says, in every language: it is fetched with the sheet. */

import type { Lang } from '../locales';

const en = {
  helpTitle: 'Keys and hands',
  helpClose: 'Close',
  helpFocus: 'Keys work while the player has the focus: click it, or tab into it.',
  keyPlay: 'play or pause',
  keyStep: 'previous event, next event',
  keyReady: 'previous Ready, next Ready: what a node wants done at once',
  keyUndo: 'take back the last act; with Shift, do it again',
  keySpeed: 'slower, faster',
  keySelect: 'select a node',
  keyMessage: 'select the previous, the next message in flight',
  keyMenu: 'all that can be done to what is selected; also the second mouse button, or a long press',
  keyToggle: 'crash or restart the selected node',
  keyTimeout: 'its election timer runs out now',
  keyPartition: 'partition: draw a line, or choose nodes by number',
  keyCommand: 'write a client command',
  keyPanels: 'show and hide panels',
  keyPanel: 'show or hide logs, inspector, inside a node, space-time, events, stores',
  keyHelp: 'this sheet',
  keyEscape: 'close, or let go of what is selected',
  handNode: ['Click a node', 'crash it; click again to restart it'],
  handLink: ['Click a link', 'cut it; click again to heal it'],
  handLine: ['Draw a line across links', 'partition the cluster; draw around a node to isolate it'],
  handCommand: ['put x 1', 'submit a command; a client takes it to the leader'],
};

const zh: typeof en = {
  helpTitle: '按键与操作',
  helpClose: '关闭',
  helpFocus: '播放器获得焦点时按键才有效：点击它，或用 Tab 键进入。',
  keyPlay: '播放或暂停',
  keyStep: '上一事件、下一事件',
  keyReady: '上一个 Ready、下一个 Ready：节点一次要求完成的工作',
  keyUndo: '撤销上一个操作；加 Shift 则重做',
  keySpeed: '减速、加速',
  keySelect: '选择节点',
  keyMessage: '选择上一条、下一条在途消息',
  keyMenu: '对所选之物能做的一切；也可点击鼠标右键或长按',
  keyToggle: '使所选节点宕机或重启',
  keyTimeout: '让它的选举定时器立即到期',
  keyPartition: '分区：画线，或按数字选择节点',
  keyCommand: '输入客户端命令',
  keyPanels: '显示或隐藏面板',
  keyPanel: '显示或隐藏日志、详情、节点内部、时空图、事件、存储',
  keyHelp: '打开本表',
  keyEscape: '关闭，或取消选择',
  handNode: ['点击节点', '使其宕机；再次点击则重启'],
  handLink: ['点击链路', '将其切断；再次点击则恢复'],
  handLine: ['画线穿过链路', '使集群分区；绕节点画圈则将其隔离'],
  handCommand: ['put x 1', '提交命令；客户端会把它送到领导者'],
};

export const helpWords: Readonly<Record<Lang, typeof en>> = { en, zh };
