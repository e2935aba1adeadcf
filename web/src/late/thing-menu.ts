/**
 * The menu of a node, a link, a message or a client: everything that can be done to it, in one list, the same for mouse, finger and keyboard.
 * Each line is one action of the action language; what cannot be done now is not in it.
 */

import type { Desk } from '../elements/desk';
import { nodeOf } from '../format/cluster';
import type { View } from '../model';
import type { Selection } from '../views';
import { clusterDeeds, nodeDeeds } from './deeds';
import { islandOf, islandsOf, movedTo } from './islands';
import { type Anchor, type MenuItem, openMenu } from './menu';
import { brush, swallowClick } from './partition';
import { type LateWords, lateWords } from './words';

/** A finger that stays this long, in wall ms, and moves no further than this, in pixels, wants the menu. */
const PRESS_MS = 500;
const PRESS_PX = 10;

/** A thing with a menu. */
export type Thing =
  | Exclude<Selection, { kind: 'entry' }>
  | { kind: 'client'; id: string }
  | { kind: 'cluster'; id: string };

/** Opens the menu of a thing at once, or, for a finger, when it has stayed long enough. */
export function menuFor(desk: Desk, element: Element, event: MouseEvent): void {
  const thing = thingOf(desk, element);
  if (thing === null || (event.target as Element).closest('.brush-bar') !== null) {
    return;
  }
  if (event.type === 'pointerdown') {
    afterLongPress(event, desk.host, () => open(desk, thing, event));
  } else {
    open(desk, thing, event);
  }
}

function thingOf(desk: Desk, element: Element): Thing | null {
  const { selected } = desk;
  const cluster = { kind: 'cluster', id: desk.state().words.cluster } as const;
  if (element === desk.host) {
    return selected?.kind === 'entry' ? { kind: 'node', id: selected.node } : (selected ?? cluster);
  }
  if (element.matches('.cluster')) return cluster;
  const { node, link, message, client, log } = (element as HTMLElement | SVGElement).dataset;
  if (message !== undefined) return { kind: 'message', id: message };
  if (link !== undefined) return { kind: 'link', id: link };
  if (client !== undefined) return { kind: 'client', id: client };
  const id = node ?? log;
  return id === undefined ? null : { kind: 'node', id };
}

/** Runs when the finger has stayed; the click that follows such a press means nothing. */
export function afterLongPress(down: MouseEvent, host: HTMLElement, run: () => void): void {
  const stop = () => {
    clearTimeout(timer);
    for (const type of ['pointerup', 'pointercancel', 'pointermove'] as const) {
      window.removeEventListener(type, gone);
    }
  };
  const gone = (event: PointerEvent) => {
    const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > PRESS_PX;
    if (event.type !== 'pointermove' || far) {
      stop();
    }
  };
  const timer = setTimeout(
    () => {
      stop();
      swallowClick(host, true);
      run();
    },
    Math.max(0, PRESS_MS - (performance.now() - down.timeStamp)),
  );
  for (const type of ['pointerup', 'pointercancel', 'pointermove'] as const) {
    window.addEventListener(type, gone);
  }
}

/** Opens the menu of a thing where it was pressed, or so many CSS pixels below or above. */
export function open(desk: Desk, thing: Thing, event: MouseEvent, beside = 0): void {
  const { view, lang, t } = desk.state();
  const words = lateWords(lang).menu;
  const { left, right, top, bottom } = anchorOf(desk.host, thing, event);
  const at = { left, right, top: top - beside, bottom: bottom + beside };
  const items = view === null ? [] : itemsOf(view, thing, words, desk, at);
  if (items.length === 0) {
    return;
  }
  if (thing.kind !== 'client' && thing.kind !== 'cluster') {
    desk.hands.emit({ type: 'select', what: thing });
  }
  const name =
    thing.kind === 'message' ? t.message[view?.messages.find(({ id }) => id === thing.id)?.kind ?? 'propose'] : '';
  openMenu(desk.host, { label: `${name} ${thing.id}`.trim(), titled: true, items: () => items }, at);
}

/** Where the press was; of a key, where the thing is. */
function anchorOf(host: HTMLElement, thing: Thing, event: MouseEvent): Anchor {
  const element = host.querySelector(`[data-${thing.kind}="${CSS.escape(thing.id)}"]`);
  const byKey = event.type === 'contextmenu' && (event as PointerEvent).pointerType !== 'touch' && event.button !== 2;
  if (byKey && element !== null) {
    return element.getBoundingClientRect();
  }
  const { clientX: x, clientY: y } = event;
  return { left: x, right: x, top: y, bottom: y };
}

/** What can be done to a thing now. */
export function itemsOf(view: View, thing: Thing, words: LateWords['menu'], desk: Desk, at: Anchor): MenuItem[] {
  const item = (label: string, text: string, more: Partial<MenuItem> = {}): MenuItem => ({
    label,
    name: text,
    run: () => desk.act(text),
    ...more,
  });
  switch (thing.kind) {
    case 'node':
      return nodeItems(view, thing.id, words, item, desk, at);
    case 'cluster':
      return clusterDeeds(desk, view, at);
    case 'link':
      return linkItems(view, thing.id, words, item, desk);
    case 'message':
      return view.messages.some(({ id }) => id === thing.id) ? messageItems(view, thing.id, words, item) : [];
    case 'client':
      return [
        item(words.submit('put x 1'), `client ${thing.id} put x 1`),
        item(words.submit('get x'), `client ${thing.id} get x`),
        item(words.load, `load ${thing.id} 100ms`, { apart: true }),
        item(words.loadOff, `load ${thing.id} off`),
        item(words.loop, `loop ${thing.id} incr ${thing.id}`, { apart: true }),
        item(words.loopOff, `loop ${thing.id} off`),
      ];
    default:
      return thing satisfies never;
  }
}

type Make = (label: string, text: string, more?: Partial<MenuItem>) => MenuItem;

function nodeItems(view: View, id: string, words: LateWords['menu'], item: Make, desk: Desk, at: Anchor): MenuItem[] {
  const node = nodeOf(view, id);
  if (node === undefined) {
    return [];
  }
  const look: MenuItem = {
    label: words.inside,
    key: 'N',
    name: 'inside',
    run: () => desk.hands.togglePanel('inside'),
  };
  const cut = view.links.some((link) => (link.a === id || link.b === id) && (link.cutAB || link.cutBA));
  const links = [
    item(words.isolate, `isolate ${id}`, { apart: true }),
    ...islandItems(view, id, words, item),
    { label: words.choose, key: 'P', name: 'brush', run: () => brush(desk, [id]) },
    ...(cut ? [item(words.rejoin, `heal ${id}`)] : []),
  ];
  if (!node.up) {
    return [
      item(words.restart, `restart ${id}`, { key: 'X' }),
      item(words.loseDisk, `disk ${id} lose`, { detail: words.loseDiskWhy }),
      ...links,
      ...nodeDeeds(desk, view, node, at),
    ];
  }
  const unsynced = node.lastIndex > node.synced;
  return [
    item(words.crash, `crash ${id}`, { key: 'X', detail: words.crashWhy }),
    ...(unsynced ? [item(words.crashTail, `crash ${id} losing tail 1`)] : []),
    node.frozen ? item(words.thaw, `thaw ${id}`) : item(words.freeze, `freeze ${id}`, { detail: words.freezeWhy }),
    ...(node.role === 'leader' || node.frozen ? [] : [item(words.timeout, `timeout ${id}`, { key: 'T' })]),
    ...links,
    ...nodeDeeds(desk, view, node, at),
    {
      label: words.conditions,
      apart: true,
      key: 'D',
      name: 'conditions',
      run: () => desk.hands.togglePanel('conditions'),
    },
    look,
  ];
}

/** The other islands that a node could be put into. */
function islandItems(view: View, id: string, words: LateWords['menu'], item: Make): MenuItem[] {
  return islandsOf(view)
    .filter(({ nodes }) => !nodes.includes(id))
    .map((island) => {
      const joined = islandOf(view, (node) => node === id || island.nodes.includes(node));
      const detail = joined.majority ? words.majority : words.minority;
      return item(words.putWith(island.nodes.join(' ')), movedTo(view, id, island), { detail });
    });
}

/** Whether messages of one way are held: one of them, or by what was done to all. */
function holdsBack({ lab }: Desk, view: View, from: string, to: string): boolean {
  const acts = lab.runText.matchAll(/^@(\d+) (hold|release) (n\d>n\d)$/gm);
  const latest = [...acts].findLast(([, at, , way]) => Number(at) <= lab.nowUs && way === `${from}>${to}`);
  return (
    latest?.[2] === 'hold' || view.messages.some((each) => each.from === from && each.to === to && each.heldUs !== null)
  );
}

function linkItems(view: View, id: string, words: LateWords['menu'], item: Make, desk: Desk): MenuItem[] {
  const link = view.links.find((each) => each.id === id);
  if (link === undefined) {
    return [];
  }
  const { a, b, cutAB, cutBA } = link;
  return [
    ...(cutAB && cutBA ? [] : [item(words.cut, `cut ${a} ${b}`)]),
    ...(cutAB ? [] : [item(words.cutWay(a, b), `cut ${a}>${b}`)]),
    ...(cutBA ? [] : [item(words.cutWay(b, a), `cut ${b}>${a}`)]),
    ...(cutAB || cutBA ? [item(words.heal, `heal ${a} ${b}`)] : []),
    item(words.hold, `hold ${a}>${b}`, { apart: true, detail: words.holdWhy(a, b) }),
    item(words.hold, `hold ${b}>${a}`, { detail: words.holdWhy(b, a) }),
    ...(holdsBack(desk, view, a, b) ? [item(words.release, `release ${a}>${b}`, { detail: `${a} → ${b}` })] : []),
    ...(holdsBack(desk, view, b, a) ? [item(words.release, `release ${b}>${a}`, { detail: `${b} → ${a}` })] : []),
    item(words.slow, `link ${a} ${b} latency 100ms`, { apart: true }),
    item(words.lossy, `link ${a} ${b} loss 30%`),
    item(words.normal, `link ${a} ${b} normal`),
  ];
}

function messageItems(view: View, id: string, words: LateWords['menu'], item: Make): MenuItem[] {
  const held = view.messages.some((message) => message.id === id && message.heldUs !== null);
  return [
    item(words.deliver, `deliver ${id}`),
    held ? item(words.release, `release ${id}`) : item(words.hold, `hold ${id}`),
    item(words.drop, `drop ${id}`, { apart: true }),
    item(words.duplicate, `duplicate ${id}`),
  ];
}

/** The next message in flight, in the order in which they were sent; after the last the first again. */
export function selectMessage({ hands, lab, selected }: Desk, by: 1 | -1): void {
  const messages = lab.view?.messages ?? [];
  const here = messages.findIndex(({ id }) => selected?.kind === 'message' && selected.id === id);
  const next = messages.at(here < 0 && by < 0 ? -1 : (here + by) % messages.length);
  if (next !== undefined) {
    hands.emit({ type: 'select', what: { kind: 'message', id: next.id } });
  }
}
