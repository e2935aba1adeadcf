/** The words of the search for a run that breaks a theorem, in both languages. English is the shape; Chinese must fill it. */

import type { Lang } from '../locales';
import type { InSearch } from './rules-words';

const counted = (count: number, one: string, more: string): string => (count === 1 ? one : more);

const en = {
  nodes: 'Nodes',
  seed: 'Seed',
  search: 'Search',
  pause: 'Pause search',
  goOn: 'Go on',
  next: 'Search on',
  rules: 'Rules',
  /** Before a search, by how many rules are off. */
  before: (off: number): string =>
    off === 0
      ? 'Switch rules off, then search: random runs with faults, in this browser, until a theorem falls. With every rule on, none should.'
      : 'Search: random runs with faults, in this browser, until a theorem falls.',
  apart: 'The cluster beside it goes on untouched.',
  searching: 'Searching',
  paused: 'The search rests',
  /** Nothing fell so far. */
  nothing: (runs: string, none: boolean) =>
    none
      ? `With every rule on, nothing has fallen in ${runs} runs. That is no proof.`
      : `Nothing has fallen in ${runs} runs. That is no proof that nothing can.`,
  changed: 'The switches were changed since: Search begins anew.',
  foundIn: (seconds: string) => `Found in ${seconds}`,
  cutting: (from: number, to: number) => ` and being cut: ${from} actions, ${to} so far`,
  cut: (from: number, to: number) =>
    from === to
      ? `: ${to} ${counted(to, 'action', 'actions')}, and none can be left out`
      : ` and cut from ${from} actions to ${to}`,
  lengths: (all: string) => `Actions in the run as it was cut: ${all}`,
  atWork: (count: number) => `${count} ${counted(count, 'worker searches', 'workers search')}`,
  resting: (count: number) => `${count} ${counted(count, 'worker rests', 'workers rest')}`,
  oneCuts: 'one found it and cuts',
  oneFound: (count: number): string => (count === 1 ? '1 worker found it' : `${count} workers, one found it`),
  runs: 'runs',
  events: 'events a second',
  states: 'distinct states',
  statesNote: (workers: number): string => (workers === 1 ? '' : 'each worker’s counted for itself'),
  /** What the curve of states says: new ones a run, of late and on average. */
  rising: (late: string, average: string) =>
    `New states still come: of late ${late} a run, on average ${average}. There is more to find.`,
  flat: (late: string, average: string) =>
    `Hardly a new state any more: of late ${late} a run, on average ${average}. Another seed may find what this search does not.`,
  marks: (reached: number, all: number) => `${reached} of ${all} marks`,
  marksTitle: 'Marks',
  marksMean: 'Situations that the random runs should come through. What no run came to was not tested.',
  reached: (count: number) => `Reached: ${count}`,
  notReached: (count: number) => `Not reached so far: ${count}`,
  markRuns: (runs: string, count: number) => `in ${runs} ${counted(count, 'run', 'runs')}`,
  markNone: 'not reached so far',
  section: (source: string) => source,
  byHand: 'Open that run',
  /** What to know before a search without a rule; `few`: the clusters have fewer than five nodes. */
  hint: (search: InSearch, few: boolean): string => {
    switch (search) {
      case 'rarely':
        return 'Without this rule something falls with some seeds only: it may take long.';
      case 'five-nodes':
        return 'Choose 5 nodes: with 3, what the leader counts on wrongly is a quorum all the same, and nothing falls.';
      case 'five-nodes-rarely':
        return few
          ? 'Choose 5 nodes: with 3, what the leader counts on wrongly is a quorum all the same. With 5 something falls with some seeds only.'
          : 'Without this rule something falls with some seeds only: it may take long.';
      case 'by-hand':
        return 'Random runs do not come across what falls without this rule: it takes some twenty steps in order. A schedule made by hand shows it.';
      case 'never':
        return 'Nothing can fall without this rule here: the disk itself lets promises go in the order of its writes.';
      default:
        return search satisfies never;
    }
  },
  ofRun: (seed: string) => `seed ${seed}`,
  noRule: 'No rule was off: this is a bug of ours. Copy the link, and tell us.',
  witnesses: 'Witnesses',
  entry: (id: string) => `entry ${id}`,
  story: 'The run, action by action',
  open: 'Open this run',
  toFall: 'Go to the fall',
  opened: 'It is on the stage. Undo leads back to your run.',
  link: 'Copy link',
  real: 'Real Raft',
  yours: 'Your Raft',
  realHolds: (moment: string) => `The same actions, every rule kept: at ${moment} nothing has fallen.`,
  realFalls: 'With every rule kept it falls too: that is a bug of ours.',
  yoursFalls: (moment: string) => `At ${moment} it has fallen. Outlined: the witnesses.`,
  yoursHolds: (moment: string) => `The same moment: at ${moment} it still holds.`,
  key: 'solid: committed; dashed: not',
  picture: (which: string) => `${which}: the logs`,
  goTo: (moment: string) => `Go to ${moment}`,
  replaying: 'Playing it once more, both ways…',
  count: 'Count its futures',
  odds: (futures: number) => `Of ${futures} futures from after each action, how many fall.`,
  counting: (done: number, all: number) => `Counting: ${done} of ${all} moments.`,
  turn: (action: number, before: number, after: number) =>
    `Point of no return: action ${action}, ${before} before it and ${after} after.`,
  turnHere: 'point of no return',
  start: 'start',
  noTurn: 'There is no point of no return: no action by itself turns most futures.',
  realOdds: (most: number) =>
    most === 0 ? 'Real Raft: 0 throughout.' : `Real Raft: up to ${most}; that is a bug of ours.`,
  counts: (fallen: string, real: string) => `Counts: ${fallen}. Real Raft: ${real}.`,
  told: (fallen: string, actions: number) => `${fallen}, cut to ${actions} ${counted(actions, 'action', 'actions')}.`,
  trapped: (seed: string) => `A worker of the search has failed, with seed ${seed}:`,
  ended: (seed: string) => `A worker of the search has ended, with seed ${seed}:`,
  goesOn: 'The page and its run go on.',
  find: 'Search for what falls',
};

const zh: typeof en = {
  nodes: '节点数',
  seed: '种子',
  search: '搜索',
  pause: '暂停搜索',
  goOn: '继续',
  next: '继续找下一个',
  rules: '规则',
  before: (off) =>
    off === 0
      ? '先关掉几条规则再搜索：在这个浏览器里随机生成带故障的运行，直到某条定理被破坏。所有规则都生效时，不应有定理被破坏。'
      : '搜索：在这个浏览器里随机生成带故障的运行，直到某条定理被破坏。',
  apart: '旁边的集群不受影响。',
  searching: '搜索中',
  paused: '搜索已暂停',
  nothing: (runs, none) =>
    none
      ? `所有规则都生效，${runs} 次运行中没有定理被破坏。这不是证明。`
      : `${runs} 次运行中没有定理被破坏。这并不证明它不会被破坏。`,
  changed: '开关已改动：再次搜索将从头开始。',
  foundIn: (seconds) => `用时 ${seconds} 找到`,
  cutting: (from, to) => `，正在缩短：原有 ${from} 个动作，目前 ${to} 个`,
  cut: (from, to) => (from === to ? `：${to} 个动作，一个也不能少` : `，从 ${from} 个动作缩短到 ${to} 个`),
  lengths: (all) => `缩短过程中的动作数：${all}`,
  atWork: (count) => `${count} 个线程 在搜索`,
  resting: (count) => `${count} 个线程 在休息`,
  oneCuts: '其中一个找到了，正在缩短',
  oneFound: (count) => (count === 1 ? '1 个线程找到' : `${count} 个线程，其中一个找到`),
  runs: '次运行',
  events: '每秒事件',
  states: '不同状态',
  statesNote: (workers) => (workers === 1 ? '' : '各线程分别计数'),
  rising: (late, average) => `仍有新状态：最近每次运行 ${late} 个，平均 ${average} 个。还有可找的。`,
  flat: (late, average) =>
    `几乎没有新状态了：最近每次运行 ${late} 个，平均 ${average} 个。换个种子，也许能找到这次搜索找不到的。`,
  marks: (reached, all) => `${all} 个标记中的 ${reached} 个`,
  marksTitle: '标记',
  marksMean: '随机运行应当经历的情形。没有任何运行到达的，就没有被检验。',
  reached: (count) => `已到达：${count}`,
  notReached: (count) => `尚未到达：${count}`,
  markRuns: (runs) => `${runs} 次运行`,
  markNone: '尚未到达',
  section: (source) => source.replace('thesis', '博士论文').replace('Figure', '图'),
  byHand: '打开这个运行',
  hint: (search, few) => {
    switch (search) {
      case 'rarely':
        return '去掉这条规则，只有某些种子能找到被破坏的定理，可能要等很久。';
      case 'five-nodes':
        return '请选 5 个节点：只有 3 个节点时，领导者误算的节点数恰好也是多数派，什么也不会被破坏。';
      case 'five-nodes-rarely':
        return few
          ? '请选 5 个节点：只有 3 个节点时，领导者误算的节点数恰好也是多数派。5 个节点时也只有某些种子能找到。'
          : '去掉这条规则，只有某些种子能找到被破坏的定理，可能要等很久。';
      case 'by-hand':
        return '随机运行碰不到这条规则所防的情形：需要约二十个步骤依次发生。手工编排的运行可以展示它。';
      case 'never':
        return '在这里去掉这条规则什么也不会被破坏：磁盘本身就按写入顺序放行承诺。';
      default:
        return search satisfies never;
    }
  },
  ofRun: (seed) => `种子 ${seed}`,
  noRule: '没有关掉任何规则：这是我们的缺陷。请复制链接告诉我们。',
  witnesses: '见证',
  entry: (id) => `条目 ${id}`,
  story: '逐个动作看这个运行',
  open: '打开这个运行',
  toFall: '转到被破坏的时刻',
  opened: '它已在舞台上。撤销可回到你的运行。',
  link: '复制链接',
  real: '真正的 Raft',
  yours: '你的 Raft',
  realHolds: (moment) => `同样的动作，遵守所有规则：到 ${moment} 没有定理被破坏。`,
  realFalls: '遵守所有规则时也被破坏：这是我们的缺陷。',
  yoursFalls: (moment) => `到 ${moment} 已被破坏。框出的是见证。`,
  yoursHolds: (moment) => `同一时刻：到 ${moment} 还没有被破坏。`,
  key: '实线：已提交；虚线：未提交',
  picture: (which) => `${which}：日志`,
  goTo: (moment) => `转到 ${moment}`,
  replaying: '正在按两种规则各重放一遍……',
  count: '统计它的未来',
  odds: (futures) => `每个动作之后的 ${futures} 个未来中，有多少被破坏。`,
  counting: (done, all) => `统计中：${all} 个时刻中的 ${done} 个。`,
  turn: (action, before, after) => `不归点：第 ${action} 个动作，之前 ${before} 个，之后 ${after} 个。`,
  turnHere: '不归点',
  start: '开始',
  noTurn: '没有不归点：没有哪个动作单独使多数未来改变。',
  realOdds: (most) => (most === 0 ? '真正的 Raft：始终为 0。' : `真正的 Raft：最多 ${most}；这是我们的缺陷。`),
  counts: (fallen, real) => `计数：${fallen}。真正的 Raft：${real}。`,
  told: (fallen, actions) => `${fallen}，缩短到 ${actions} 个动作。`,
  trapped: (seed) => `一个搜索线程出错，种子 ${seed}：`,
  ended: (seed) => `一个搜索线程已结束，种子 ${seed}：`,
  goesOn: '页面和当前运行继续。',
  find: '搜索什么会被破坏',
};

export type SearchWords = typeof en;

export function searchWords(lang: Lang): SearchWords {
  return lang === 'zh' ? zh : en;
}
