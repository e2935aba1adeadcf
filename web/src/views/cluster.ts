/**
 * The cluster: a ring of nodes, the links between them, the quorum compass, clients, and the messages under way.
 *
 * Two pictures lie on each other. The lower one changes only with the model. The upper one holds all that moves (messages and timer arcs) and is
 * the only thing that `moveCluster` touches on an animation frame.
 */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { ringFromNoon, round } from '../layout/geometry';
import { cutPart, type Place, partOf, pathBetween, placeOf, timerLeft } from '../layout/motion';
import { type Box, hasRoom } from '../layout/room';
import type { MessageView, NodeView, View } from '../model';
import { clientLines, clientSays, clientsView } from './client';
import { compassSubject, compassView } from './compass';
import type { Drawing } from './glyphs';
import { pressed } from './hands';
import { linksView } from './links';
import { memo } from './memo';
import { messageView } from './message';
import { extentOf, type Name, nameBox, namesOf } from './names';
import { nodeView } from './node';
import type { ViewArgs } from './types';

function heading(args: ViewArgs): Drawing {
  const { title } = args.layout.cluster;
  if (title === null) return nothing;
  const entry = compassSubject(args);
  return svg`<text class="t b" x=${title.x} y=${title.y} font-size="16">${args.t.panel.cluster}</text>
    ${entry === null ? nothing : svg`<text class="t2 end" x=${title.right} y=${title.y} font-size="13">${args.t.compassNote(entry)}</text>`}`;
}

/** Where a message is at a time, and how faint. */
export function placeAt(args: Moving, message: MessageView): Place {
  const { layout, view, nowUs, ui } = args;
  const from = indexOf(view, message.from);
  const to = indexOf(view, message.to);
  const path = pathBetween(layout.cluster, from, to);
  const part = partOf(message, nowUs, ui.reducedMotion);
  return placeOf(path, part, message.doomed, cutPart(layout.cluster, from, to));
}

/** `stroke-dasharray` of a timer's arc, whose path is 1000 long. */
export function arcOf(node: NodeView, nowUs: number): string {
  return node.timer === null ? '0 2000' : `${Math.round(timerLeft(node.timer, nowUs) * 1000)} 2000`;
}

function indexOf(view: View, id: string): number {
  return Number(id.slice(1)) - 1 < view.nodes.length && view.nodes[Number(id.slice(1)) - 1]?.id === id
    ? Number(id.slice(1)) - 1
    : view.nodes.findIndex((node) => node.id === id);
}

function arcs(args: ViewArgs): Drawing {
  const { cluster } = args.layout;
  return svg`<g class="arcs">${args.view.nodes.map((node, i) => {
    const centre = cluster.nodes[i]?.centre;
    if (centre === undefined) return nothing;
    return svg`<path class="nof arc" data-arc=${node.id} pathLength="1000" d=${ringFromNoon(centre, cluster.timerRadius)}
      stroke-dasharray=${live(arcOf(node, args.nowUs))} visibility=${node.timer === null ? 'hidden' : 'visible'}/>`;
  })}</g>`;
}

/** What a message's drawing reads besides its own id; messages never change, but their doom and their name do. */
function messageSignature(args: ViewArgs, message: MessageView, name: Name | null): string {
  const chosen = args.ui.selected?.kind === 'message' && args.ui.selected.id === message.id;
  return `${message.doomed}${name?.left}${chosen}${args.t.lang}${args.layout.size}${args.view.nodes.length}`;
}

function messages(args: ViewArgs): Drawing {
  const { view, layout, ui } = args;
  const names = namesOf(view, layout, args.t, ui.selected?.kind === 'message' ? ui.selected.id : null);
  return svg`<g class="messages">${repeat(
    view.messages,
    (message) => message.id,
    (message) => {
      const from = layout.cluster.nodes[indexOf(view, message.from)]?.centre;
      const to = layout.cluster.nodes[indexOf(view, message.to)]?.centre;
      if (from === undefined || to === undefined) return nothing;
      const { x, y, opacity } = placeAt(args, message);
      const name = names.get(message.id) ?? null;
      return svg`<g class="message" data-message=${message.id} data-kind=${message.kind} data-doomed=${message.doomed}
        transform=${live(`translate(${round(x)} ${round(y)})`)} opacity=${live(String(round(opacity)))}>${memo(
          messageSignature(args, message, name),
          () => messageView(args, message, from, to, name),
        )}</g>`;
    },
  )}</g>`;
}

/** The whole panel. Its root is `.cluster`; give that to `moveCluster`. */
export function clusterView(args: ViewArgs): TemplateResult {
  const { view, layout, t } = args;
  const box = `0 0 ${layout.cluster.width} ${layout.cluster.height}`;
  const hand = pressed(args);
  return html`<div class="stage cluster" @click=${hand} @keydown=${hand}>
    <svg class="still" viewBox=${box} role="group" aria-label=${t.panel.cluster}>
      ${heading(args)}
      <g class="links">${linksView(args)}</g>
      ${clientLines(args)}
      ${compassView(args)}
      ${view.nodes.map((node, i) => nodeView(args, node, i))}
      ${clientsView(args)}
    </svg>
    <svg class="moving" viewBox=${box} aria-hidden="true">${arcs(args)}${messages(args)}</svg>
  </div>`;
}

/** What `moveCluster` reads. */
export type Moving = Pick<ViewArgs, 'view' | 'nowUs' | 'layout' | 'ui' | 't'>;

const byId = new WeakMap<View, Map<string, MessageView>>();

function messagesById(view: View): Map<string, MessageView> {
  let map = byId.get(view);
  if (map === undefined) {
    map = new Map(view.messages.map((message) => [message.id, message]));
    byId.set(view, map);
  }
  return map;
}

function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** The room a message's own glyph takes. */
function glyphBox(message: MessageView, at: Place): Box {
  const { x, y } = extentOf(message);
  return { x: at.x - x, y: at.y - y, width: 2 * x, height: 2 * y };
}

/** Shows each name where it crosses nothing: no node, no other message, no other name. */
function moveNames(shown: ReadonlyMap<MessageView, { at: Place; group: Element }>, args: Moving): void {
  const { view, layout, ui, t } = args;
  const names = namesOf(view, layout, t, ui.selected?.kind === 'message' ? ui.selected.id : null);
  const placed: Box[] = [];
  for (const [message, { at, group }] of shown) {
    const name = names.get(message.id);
    const words = group.firstElementChild;
    if (name === undefined || words === null) continue;
    const box = nameBox(name, at.x, at.y);
    const others = [...shown].filter(([other]) => other !== message).map(([other, place]) => glyphBox(other, place.at));
    const fits = hasRoom(layout.cluster, box, [...placed, ...others]);
    if (fits) placed.push(box);
    set(words, 'class', fits ? 'name' : 'name away');
  }
}

function moveMessages(flight: Element, args: Moving): void {
  const known = messagesById(args.view);
  const shown = new Map<MessageView, { at: Place; group: Element }>();
  for (const group of flight.children) {
    const message = known.get(group.getAttribute('data-message') ?? '');
    if (message === undefined) continue;
    const at = placeAt(args, message);
    shown.set(message, { at, group });
    set(group, 'transform', `translate(${round(at.x)} ${round(at.y)})`);
    if (message.doomed) set(group, 'opacity', String(round(at.opacity)));
  }
  moveNames(shown, args);
}

/**
 * Moves what moves to `args.nowUs`, in the DOM below `root` (the element that `clusterView` was rendered into). Idempotent; allocates little.
 * Elements of messages that are no longer in the model are left to the next render.
 */
export function moveCluster(root: ParentNode, args: Moving): void {
  const { view, nowUs } = args;
  const moving = root.querySelector('.cluster > .moving');
  const [ring, flight] = moving?.children ?? [];
  if (ring === undefined || flight === undefined) return;
  for (const arc of ring.children) {
    const node = view.nodes[indexOf(view, arc.getAttribute('data-arc') ?? '')];
    if (node?.timer) set(arc, 'stroke-dasharray', arcOf(node, nowUs));
  }
  moveMessages(flight, args);
  for (const client of view.clients) {
    if (client.state !== 'waiting') continue;
    const line = root.querySelector(`[data-says="${client.id}"]`);
    const says = clientSays({ ...args, emit: () => {} }, client);
    if (line !== null && line.textContent !== says) line.textContent = says;
  }
}
