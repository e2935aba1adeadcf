/**
 * Deeds for the menus of nodes and of the whole cluster: membership, leadership, snapshots, commands. Each is there whether or not it can
 * be done now; where it cannot, it says why. The world has the last word: what it refuses is shown as a fault.
 */

import type { Desk } from '../elements/desk';
import { currentLeader, votersOf } from '../format/cluster';
import type { NodeView, View } from '../model';
import { ask } from './ask';
import { type HandsWords, handsWords } from './hands-words';
import type { Anchor, MenuItem } from './menu';
import { beliefOf } from './next-flag';
import { brush } from './partition';

/** A run has at most so many nodes. */
const NODES_MAX = 9;

type Words = HandsWords['deeds'];

/** A line that does an action, or says why it cannot. */
function deed(desk: Desk, label: string, text: string, why: string | null, more: Partial<MenuItem> = {}): MenuItem {
  return { label, name: text, ...more, ...(why === null ? {} : { why }), run: () => desk.act(text) };
}

/** What a change of members needs: somebody to ask. */
function noLeader(view: View, words: Words): string | null {
  return currentLeader(view) === null ? words.noLeader : null;
}

/** What can be done to a node besides faults. */
export function nodeDeeds(desk: Desk, view: View, node: NodeView, at: Anchor): MenuItem[] {
  const words = handsWords(desk.state().lang).deeds;
  return [
    { label: words.ask(node.id), name: 'ask', apart: true, run: () => ask(desk, node.id, at) },
    deed(desk, words.transfer, `transfer ${node.id}`, whyNoTransfer(view, node, words)),
    compactItem(desk, node, words),
    ...nextDeeds(desk, view, node),
    ...memberDeeds(desk, view, node, words),
  ];
}

function whyNoTransfer(view: View, node: NodeView, words: Words): string | null {
  const leader = currentLeader(view);
  if (leader === null) return words.noLeader;
  if (leader.id === node.id) return words.leads(node.id);
  if (!node.up) return words.down(node.id);
  return node.member === 'voter' ? null : words.noVoter(node.id);
}

function compactItem(desk: Desk, node: NodeView, words: Words): MenuItem {
  const why = !node.up
    ? words.down(node.id)
    : node.frozen
      ? words.frozen(node.id)
      : node.applied < node.firstIndex
        ? words.nothingApplied(node.id)
        : null;
  return deed(desk, words.compact(node.applied), `compact ${node.id} ${node.applied}`, why, {
    detail: words.compactWhy,
  });
}

/** Another next index for a follower: one back, one on. */
function nextDeeds(desk: Desk, view: View, node: NodeView): MenuItem[] {
  const words = handsWords(desk.state().lang).next;
  const belief = beliefOf(view, node.id);
  if (belief === null) {
    return [];
  }
  const { progress, least, most } = belief;
  const line = (index: number, why: string | null, label: string) => deed(desk, label, `next ${node.id} ${index}`, why);
  const at = progress.nextIndex;
  return [
    line(at - 1, at <= least ? words.held(progress.matchIndex) : null, words.back(at - 1)),
    line(at + 1, at >= most ? words.end : null, words.on(at + 1)),
  ];
}

/** Changes of the configuration that name this node. */
function memberDeeds(desk: Desk, view: View, node: NodeView, words: Words): MenuItem[] {
  const why = noLeader(view, words);
  const { id, member } = node;
  if (member === 'outside') {
    return [
      deed(desk, words.addVoter(id), `member add ${id} voter`, why, { apart: true }),
      deed(desk, words.addLearner(id), `member add ${id} learner`, why),
    ];
  }
  const last = member === 'voter' && votersOf(view).length === 1 ? words.lastVoter : null;
  const next = nextNode(view);
  const full = next === null ? words.full(NODES_MAX) : null;
  return [
    ...(member === 'learner' ? [deed(desk, words.promote, `member promote ${id}`, why, { apart: true })] : []),
    deed(desk, words.remove, `member remove ${id}`, why ?? last, { apart: member !== 'learner' }),
    ...(member === 'voter'
      ? [
          deed(desk, words.replace(next ?? ''), `member replace ${id} ${next ?? ''}`, why ?? full, {
            detail: words.replaceWhy,
          }),
        ]
      : []),
  ];
}

/** The node that would come next; null when there are as many as there may be. */
function nextNode(view: View): string | null {
  return view.nodes.length < NODES_MAX ? `n${view.nodes.length + 1}` : null;
}

/** What can be done to the cluster as a whole. */
export function clusterDeeds(desk: Desk, view: View, at: Anchor): MenuItem[] {
  const words = handsWords(desk.state().lang).deeds;
  const next = nextNode(view);
  const why = noLeader(view, words) ?? (next === null ? words.full(NODES_MAX) : null);
  const cut = view.links.some(({ cutAB, cutBA }) => cutAB || cutBA);
  return [
    { label: words.partition, name: 'brush', key: 'P', run: () => brush(desk) },
    deed(desk, words.healAll, 'heal', cut ? null : words.noCut),
    deed(desk, words.addVoter(next ?? ''), `member add ${next ?? ''} voter`, why, { apart: true }),
    deed(desk, words.addLearner(next ?? ''), `member add ${next ?? ''} learner`, why, { detail: words.learnerWhy }),
    ...timerDeeds(desk, view, words),
    { label: words.askAny, name: 'ask', apart: true, run: () => ask(desk, null, at) },
    { label: words.conditions, name: 'conditions', key: 'D', run: () => desk.hands.togglePanel('conditions') },
    { label: words.rules, name: 'rules', run: () => showRules(desk) },
  ];
}

/** So far apart do spread timers run out, µs: in between, the first has long been elected. */
const SPREAD_US = 100_000;

/** What a lecture needs again and again: a split vote, none, another leader, everybody back. Each is several actions of one moment. */
function timerDeeds(desk: Desk, view: View, words: Words): MenuItem[] {
  const all = (texts: readonly string[]) => () => {
    for (const text of texts) {
      desk.act(text);
    }
  };
  const leader = currentLeader(view);
  const down = view.nodes.filter(({ up, member }) => !up && member !== 'outside').map(({ id }) => `restart ${id}`);
  const item = (label: string, name: string, texts: readonly string[], why: string | null, more = {}): MenuItem => {
    return { label, name, ...more, ...(texts.length > 0 ? {} : { why: why ?? '' }), run: all(texts) };
  };
  const again = leader === null ? [] : [`crash ${leader.id}`, `restart ${leader.id}`];
  return [
    item(words.align, 'align', timersFor(view, 0), words.noTimers, { key: 'A', apart: true, detail: words.alignWhy }),
    item(words.spread, 'spread', timersFor(view, SPREAD_US), words.noTimers, { detail: words.spreadWhy }),
    item(words.again, 'restart-leader', again, words.noLeader),
    item(words.allBack, 'restart-all', down, words.noneDown),
  ];
}

/** Sets the election timers of all that wait for one, so that they run out `gapUs` after each other, the first when it would anyway. */
function timersFor({ nodes }: View, gapUs: number): string[] {
  const timers = nodes.flatMap(({ id, up, timer }) => (up && timer !== null ? [{ id, ...timer }] : []));
  timers.sort((a, b) => a.deadlineUs - b.deadlineUs);
  const first = timers[0]?.deadlineUs ?? 0;
  return timers.map(({ id, startUs }, i) => `timer ${id} ${Math.ceil((first + i * gapUs - startUs) / 1000)}ms`);
}

/** RaftScope's key A. */
export function alignTimers(desk: Desk): void {
  for (const text of desk.lab.view === null ? [] : timersFor(desk.lab.view, 0)) {
    desk.act(text);
  }
}

/** The rules of Raft stand at the foot of the panel of conditions. */
async function showRules(desk: Desk): Promise<void> {
  if (!desk.state().panels.has('conditions')) {
    await desk.hands.togglePanel('conditions');
  }
  const wait = () => {
    const section = desk.host.querySelector('.cd-rules');
    if (section === null) {
      requestAnimationFrame(wait);
    } else {
      section.scrollIntoView({ block: 'start' });
      section.querySelector('input')?.focus({ preventScroll: true });
    }
  };
  wait();
}
