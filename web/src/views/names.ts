/**
 * Which messages wear their name, on which side, and when there is room for it.
 *
 * Four heartbeats need one name, not four: of each sender's kind one message is named, the one whose way has the most room. The name fades while it
 * would cross a node, the compass or another name.
 */

import type { Layout } from '../layout';
import { cutPart, pathBetween, placeOf } from '../layout/motion';
import { type Box, hasRoom } from '../layout/room';
import type { Words } from '../locales';
import type { MessageView, View } from '../model';
import { textWidth } from './glyphs';

export type Side = 'right' | 'left' | 'above' | 'below';

export interface Name {
  side: Side;
  first: string;
  second: string;
  /** Distance of the text from the message's centre. */
  gap: number;
  width: number;
}

/** Half the extent of a kind's glyph. */
export function extentOf(message: MessageView): { x: number; y: number } {
  switch (message.kind) {
    case 'appendEntries':
      return message.entries.length === 0 ? { x: 15, y: 8 } : { x: 27, y: 14 };
    case 'appendEntriesResponse':
    case 'heartbeat':
    case 'readIndex':
    case 'readIndexResponse':
    case 'installSnapshot':
    case 'timeoutNow':
    case 'transferLeader':
      return { x: 12, y: 12 };
    case 'heartbeatResponse':
      return { x: 8, y: 8 };
    case 'requestVote':
    case 'requestVoteResponse':
    case 'requestPreVote':
    case 'requestPreVoteResponse':
      return { x: 11, y: 11 };
    case 'clientRequest':
    case 'propose':
      return { x: 22, y: 10 };
    case 'clientReply':
      return { x: 13, y: 9 };
    default:
      return message.kind satisfies never;
  }
}

/** Where a message starts or ends: a node's place in the view, or -1, -2, .. for a client. */
export function endIn(view: View, id: string): number {
  if (id.startsWith('c'))
    return (
      -1 -
      Math.max(
        0,
        view.clients.findIndex((client) => client.id === id),
      )
    );
  const guess = Number(id.slice(1)) - 1;
  return view.nodes[guess]?.id === id ? guess : view.nodes.findIndex((node) => node.id === id);
}

/** The room a name takes when its message is at x, y. */
export function nameBox(name: Name, x: number, y: number): Box {
  const { side, gap, width } = name;
  const height = name.second === '' ? 16 : 32;
  if (side === 'below') return { x: x - width / 2, y: y + gap, width, height };
  if (side === 'above') return { x: x - width / 2, y: y - gap - height, width, height };
  return {
    x: side === 'left' ? x - gap - width : x + gap,
    y: y - (name.second === '' ? 9 : 14),
    width,
    height: height - 2,
  };
}

function nameOf(message: MessageView, t: Words, side: Side): Name {
  const first = t.message[message.kind];
  const second = t.messageDetail(message) + (message.heldUs === null ? '' : t.held);
  const width = Math.max(textWidth(first, 14), textWidth(second, 14));
  return onSide({ side, first, second, gap: 0, width }, side, message);
}

/** The same name on another side of its message. */
export function onSide(name: Name, side: Side, message: MessageView): Name {
  const extent = extentOf(message);
  return { ...name, side, gap: side === 'below' || side === 'above' ? extent.y + 3 : extent.x + 8 };
}

/** Where the first line of a name stands: its anchor, and its place from the message's centre. */
export function nameAt({ side, gap, second }: Name): { anchor: string; x: number; y: number } {
  switch (side) {
    case 'right':
      return { anchor: '', x: gap, y: second === '' ? 5 : -3 };
    case 'left':
      return { anchor: 'end', x: -gap, y: second === '' ? 5 : -3 };
    case 'below':
      return { anchor: 'mid', x: 0, y: gap + 12 };
    case 'above':
      return { anchor: 'mid', x: 0, y: -gap - (second === '' ? 4 : 20) };
    default:
      return side satisfies never;
  }
}

export const sides = ['right', 'left', 'above', 'below'] as const;
const samples = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

/** How much of a message's way has room for its name. */
function room(view: View, layout: Layout, message: MessageView, name: Name): number {
  const from = endIn(view, message.from);
  const to = endIn(view, message.to);
  const path = pathBetween(layout.cluster, from, to, extentOf(message));
  const cut = cutPart(layout.cluster, from, to);
  return samples.filter((part) => {
    const at = placeOf(path, part, message.doomed, cut);
    return hasRoom(layout.cluster, nameBox(name, at.x, at.y), []);
  }).length;
}

function bestOf(view: View, layout: Layout, t: Words, group: readonly MessageView[]): [string, Name] | null {
  let best: { id: string; name: Name; score: number } | null = null;
  for (const message of group) {
    for (const side of sides) {
      const name = nameOf(message, t, side);
      const score = room(view, layout, message, name);
      if (score > (best?.score ?? -1)) best = { id: message.id, name, score };
    }
  }
  return best === null ? null : [best.id, best.name];
}

const plans = new WeakMap<View, { key: string; names: Map<string, Name> }>();

/** The names of a view model, by message id, of messages that take `leastUs` or longer. Asked again for the same ones it answers at once. */
export function namesOf(
  view: View,
  layout: Layout,
  t: Words,
  selected: string | null,
  leastUs: number,
): ReadonlyMap<string, Name> {
  const key = `${t.lang}${layout.size}${selected},${leastUs}`;
  const lasts = ({ sentUs, arriveUs }: MessageView) => arriveUs - sentUs >= leastUs;
  const plan = plans.get(view);
  if (plan?.key === key) return plan.names;
  const names = new Map<string, Name>();
  if (layout.cluster.words && view.messages.length <= 12) {
    const groups = new Map<string, MessageView[]>();
    for (const message of view.messages) {
      // A client's slip carries its command: that is name enough.
      if (message.kind === 'clientRequest' || message.kind === 'clientReply') continue;
      // Four answers on their way to one node need one name, as four requests from it do.
      const end = /Response$/u.test(message.kind) ? message.to : message.from;
      const group = `${end}${message.kind}${message.doomed}`;
      groups.set(group, [...(groups.get(group) ?? []), message]);
    }
    if (groups.size <= 4) {
      for (const group of groups.values()) {
        const best = bestOf(view, layout, t, group.filter(lasts));
        if (best !== null) names.set(...best);
      }
    }
  }
  for (const each of view.messages) {
    if (!layout.cluster.words || !lasts(each) || (each.id !== selected && each.heldUs === null)) continue;
    names.set(each.id, bestOf(view, layout, t, [each])?.[1] ?? nameOf(each, t, 'right'));
  }
  plans.set(view, { key, names });
  return names;
}
