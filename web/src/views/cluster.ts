/**
 * The cluster: a ring of nodes, the links between them, the quorum compass, clients, and the messages under way.
 *
 * Two pictures lie on each other. The lower one changes only with the model. The upper one holds all that moves (messages and timer arcs) and is
 * the only thing that `moveCluster` touches on an animation frame.
 */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { type Point, round } from '../layout/geometry';
import { pathBetween, timerMinimum } from '../layout/motion';
import type { MessageView, NodeView } from '../model';
import { clientLines, clientsView } from './client';
import { compassSubject, compassView } from './compass';
import { type Drawing, pauseBadge } from './glyphs';
import { pressed } from './hands';
import { linksView } from './links';
import { memo } from './memo';
import { messageView } from './message';
import { placeAt } from './motion';
import { endIn, extentOf, type Name, namesOf } from './names';
import { nodeView } from './node';
import type { ViewArgs } from './types';

function heading(args: ViewArgs): Drawing {
  const { title } = args.layout.cluster;
  if (title === null) return nothing;
  const entry = compassSubject(args);
  return svg`<text class="t b" x=${title.x} y=${title.y} font-size="16">${args.t.panel.cluster}</text>
    ${entry === null ? nothing : svg`<text class="t2 end" x=${title.right} y=${title.y} font-size="13">${args.t.compassNote(entry)}</text>`}`;
}

/** Half a ring around 0,0, on the left (from 12 counter-clockwise to 6) or on the right. */
function halfRing(r: number, side: 'left' | 'right'): string {
  return `M0 ${-r}a${r} ${r} 0 0 ${side === 'left' ? 0 : 1} 0 ${2 * r}`;
}

/**
 * An election timer that can drain by turning alone: ink all around; over it a half ring of track that turns clockwise with what is gone; over that the
 * left half in ink until half is gone, and from then on the right half in track. The motion layer turns and shows them.
 */
function arc(node: NodeView, centre: Point, r: number, radius: number): Drawing {
  // Above the arc, or its turning half would pass over it.
  const pause =
    node.frozen && node.up ? svg`<g visibility="visible">${pauseBadge({ x: 0, y: 0 }, radius)}</g>` : nothing;
  const left = halfRing(r, 'left');
  const right = halfRing(r, 'right');
  const tick = node.timer === null ? 1 : timerMinimum(node.timer);
  return svg`<g data-arc=${node.id} transform="translate(${round(centre.x)} ${round(centre.y)})" visibility=${node.timer === null ? 'hidden' : 'visible'}>
    <circle class="nof pulse" visibility="visible" opacity="0" r=${r + 2}/>
    <circle class="nof arc" r=${r}/>
    <g class="drain"><path class="nof cover" d=${left}/><path class="nof track" d=${left}/></g>
    <g class="first"><path class="nof arc" d=${left}/></g>
    <g class="second" opacity="0"><path class="nof cover" d=${right}/><path class="nof track" d=${right}/></g>
    ${tick < 0.995 ? svg`<path class="ink" transform="rotate(${round(tick * 360)})" d=${`M0 ${5 - r}v-10`}/>` : nothing}
    ${pause}</g>`;
}

function arcs(args: ViewArgs): Drawing {
  const { cluster } = args.layout;
  return svg`<g class="arcs">${args.view.nodes.map((node, i) => {
    const centre = cluster.nodes[i]?.centre;
    return centre === undefined ? nothing : arc(node, centre, cluster.timerRadius, cluster.radius);
  })}</g>`;
}

/** What a message's drawing reads besides its own id; messages never change, but their doom and their name do. */
function messageSignature(args: ViewArgs, message: MessageView, name: Name | null): string {
  const chosen = args.ui.selected?.kind === 'message' && args.ui.selected.id === message.id;
  return `${message.doomed}${name?.side}${chosen}${args.t.lang}${args.layout.size}${args.view.nodes.length}`;
}

/** A new message's place; from then on the motion layer moves it. */
function firstPlace(args: ViewArgs, message: MessageView): string {
  const { x, y } = placeAt(args, message);
  return `translate(${round(x)} ${round(y)})`;
}

function messages(args: ViewArgs): Drawing {
  const { view, layout, ui } = args;
  const names = namesOf(view, layout, args.t, ui.selected?.kind === 'message' ? ui.selected.id : null);
  return svg`<g class="messages">${repeat(
    view.messages,
    (message) => message.id,
    (message) => {
      const ends = [endIn(view, message.from), endIn(view, message.to)] as const;
      const path = pathBetween(layout.cluster, ...ends, extentOf(message));
      const name = names.get(message.id) ?? null;
      return svg`<g class="message" data-message=${message.id} data-kind=${message.kind} data-doomed=${message.doomed}
        transform=${guard([message.id], () => firstPlace(args, message))}>${memo(
          messageSignature(args, message, name),
          () => messageView(args, message, path, name),
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
