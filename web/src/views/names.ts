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

export interface Name {
  left: boolean;
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
      return { x: 12, y: 12 };
    case 'heartbeatResponse':
      return { x: 8, y: 8 };
    case 'requestVote':
    case 'requestVoteResponse':
      return { x: 11, y: 11 };
    default:
      return message.kind satisfies never;
  }
}

/** The room a name takes when its message is at x, y. */
export function nameBox(name: Name, x: number, y: number): Box {
  const height = name.second === '' ? 18 : 34;
  const left = name.left ? x - name.gap - name.width : x + name.gap;
  return { x: left, y: y - (name.second === '' ? 9 : 16), width: name.width, height };
}

function nameOf(message: MessageView, t: Words, left: boolean): Name {
  const first = t.message[message.kind];
  const second = t.messageDetail(message);
  const width = Math.max(textWidth(first, 14), textWidth(second, 14));
  return { left, first, second, gap: extentOf(message).x + 8, width };
}

const samples = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

/** How much of a message's way has room for its name. */
function room(view: View, layout: Layout, message: MessageView, name: Name): number {
  const from = view.nodes.findIndex((node) => node.id === message.from);
  const to = view.nodes.findIndex((node) => node.id === message.to);
  const path = pathBetween(layout.cluster, from, to);
  const cut = cutPart(layout.cluster, from, to);
  return samples.filter((part) => {
    const at = placeOf(path, part, message.doomed, cut);
    return hasRoom(layout.cluster, nameBox(name, at.x, at.y), []);
  }).length;
}

function bestOf(view: View, layout: Layout, t: Words, group: readonly MessageView[]): [string, Name] | null {
  let best: { id: string; name: Name; score: number } | null = null;
  for (const message of group) {
    for (const left of [false, true]) {
      const name = nameOf(message, t, left);
      const score = room(view, layout, message, name);
      if (score > (best?.score ?? 0)) best = { id: message.id, name, score };
    }
  }
  return best === null ? null : [best.id, best.name];
}

const plans = new WeakMap<View, { key: string; names: Map<string, Name> }>();

/** The names of a view model, by message id. Asked again for the same one it answers at once. */
export function namesOf(view: View, layout: Layout, t: Words, selected: string | null): Map<string, Name> {
  const key = `${t.lang}${layout.size}${selected}`;
  const plan = plans.get(view);
  if (plan?.key === key) return plan.names;
  const names = new Map<string, Name>();
  if (layout.cluster.words && view.messages.length <= 12) {
    const groups = new Map<string, MessageView[]>();
    for (const message of view.messages) {
      const group = `${message.from}${message.kind}${message.doomed}`;
      groups.set(group, [...(groups.get(group) ?? []), message]);
    }
    if (groups.size <= 4) {
      for (const group of groups.values()) {
        const best = bestOf(view, layout, t, group);
        if (best !== null) names.set(...best);
      }
    }
  }
  const chosen = view.messages.find((message) => message.id === selected);
  if (chosen !== undefined && layout.cluster.words) {
    const best = bestOf(view, layout, t, [chosen]);
    names.set(chosen.id, best?.[1] ?? nameOf(chosen, t, false));
  }
  plans.set(view, { key, names });
  return names;
}
