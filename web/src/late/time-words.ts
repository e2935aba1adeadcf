/** The words of what is fetched late for moving in time: branches, steps, stops. */

import type { Lang } from '../locales';

/** What a way is called that leads on, and back. */
const way = (on: string, back: string): readonly [on: string, back: string] => [on, back];

const en = {
  /** How a future that was left is called. */
  future: (does: string, from: string, until: string) => `Other future from ${from}: ${does}, seen until ${until}`,
  branches: (count: number) => (count === 1 ? '1 other future' : `${count} other futures`),
  branchesTitle: 'Go to another future',
  /** What futures do, so far as it tells them apart. */
  nothingDone: 'nothing is done',
  nothingMore: 'nothing more',
  later: (first: string, next: string) => `${first}, then ${next}`,
  reach: (from: string, until: string) => `leaves this one at ${from}, seen until ${until}`,
  menu: 'Moving in time',
  ways: {
    moment: way('Next moment of note', 'Previous moment of note'),
    message: way('Next message that arrives', 'Previous message'),
    ready: way('Next Ready', 'Previous Ready'),
    beat: way('One heartbeat on', 'One heartbeat back'),
    tick: way('One tick on', 'One tick back'),
    end: way('Latest moment seen', 'Beginning'),
  },
  pauseOn: 'Pause automatically…',
  pauseTitle: 'Pause automatically when',
  moments: {
    candidate: 'a node stands for election',
    elected: 'a leader is elected',
    lost: 'a leader steps down',
    commit: 'a leader commits',
    conflict: 'an entry conflicts, or may not be committed yet',
    node: 'a node crashes, restarts or stands still',
    network: 'the network is cut or heals',
    snapshot: 'a snapshot or a configuration takes effect',
    answer: 'a client is answered, or gives up waiting',
    stall: 'nothing goes forward any more',
    violation: 'a theorem falls',
  },
  fullScreen: 'Full screen',
  found: 'Skipped to this.',
  stopped: 'Paused.',
  nothingAhead: (seconds: number) =>
    `Nothing of note happens in the next ${seconds} s of this run. It stands where it stood.`,
  nothingBehind: 'Nothing of note has happened before this moment.',
  scene: (title: string) => `Scene: ${title}`,
  back: 'Back',
  next: 'Next',
  toScene: 'Back to the scene',
};

export type TimeWords = typeof en;

const zh: TimeWords = {
  future: (does, from, until) => `${from} 起的另一个未来：${does}，看到 ${until}`,
  branches: (count) => `另有 ${count} 个未来`,
  branchesTitle: '转到另一个未来',
  nothingDone: '未做任何操作',
  nothingMore: '不再操作',
  later: (first, next) => `${first}，之后 ${next}`,
  reach: (from, until) => `在 ${from} 与当前分开，看到 ${until}`,
  menu: '时间跳转',
  ways: {
    moment: ['下一个重要时刻', '上一个重要时刻'],
    message: ['下一条到达的消息', '上一条到达的消息'],
    ready: ['下一个 Ready', '上一个 Ready'],
    beat: ['进一次心跳', '退一次心跳'],
    tick: ['进一个 tick', '退一个 tick'],
    end: ['看到过的最后时刻', '开头'],
  },
  pauseOn: '自动暂停…',
  pauseTitle: '在这些时候自动暂停',
  moments: {
    candidate: '有节点参选',
    elected: '选出领导者',
    lost: '领导者退位',
    commit: '领导者提交',
    conflict: '条目冲突，或尚不能提交',
    node: '节点宕机、重启或停住',
    network: '网络断开或恢复',
    snapshot: '快照或配置生效',
    answer: '客户端得到答复，或不再等待',
    stall: '集群停滞不前',
    violation: '某条定理被打破',
  },
  fullScreen: '全屏',
  found: '已跳到此刻。',
  stopped: '已自动暂停。',
  nothingAhead: (seconds) => `接下来的 ${seconds} s 内没有重要的事。仍停在原处。`,
  nothingBehind: '此刻之前没有重要的事。',
  scene: (title) => `场景：${title}`,
  back: '后退',
  next: '继续',
  toScene: '回到场景',
};

export const timeWords: Readonly<Record<Lang, TimeWords>> = { en, zh };
