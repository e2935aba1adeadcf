/**
 * Election timers: a ring of ink around each node that drains clockwise, and a pulse when a node's term changes. How much is left is set by the motion
 * layer as often as the world is asked (`placeArc`): a timer is slow, and counts ticks, so it needs no animation of its own.
 */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { type Point, ringFromNoon, round } from '../layout/geometry';
import { timerLeft, timerMinimum } from '../layout/motion';
import type { NodeView } from '../model';
import { type Drawing, pauseBadge } from './glyphs';
import { memo } from './memo';
import type { ViewArgs } from './types';

/** The whole ring in the units of its dash. */
const WHOLE = 1000;

/** Reduced motion: a ring drains in so many steps. */
const STEPS = 8;

function arc(node: NodeView, centre: Point, r: number, radius: number): Drawing {
  const { timer } = node;
  const pause = node.frozen && node.up ? pauseBadge(centre, radius) : nothing;
  const tick = timer === null ? 1 : round(timerMinimum(timer));
  const ring = ringFromNoon(centre, r);
  return memo(`${timer === null}${node.frozen && node.up}${tick}${ring}`, () =>
    timer === null
      ? pause
      : svg`<path class="nof track" d=${ring}/><path class="nof arc" d=${ring} pathLength=${WHOLE} stroke-dasharray="${WHOLE} ${WHOLE}"/>
    ${tick < 0.995 ? svg`<path class="ink" transform="translate(${round(centre.x)} ${round(centre.y)}) rotate(${round(tick * 360)})" d=${`M0 ${5 - r}v-10`}/>` : nothing}${pause}`,
  ) as Drawing;
}

/** The layer of all timers. */
export function arcsView(args: ViewArgs): Drawing {
  const { cluster } = args.layout;
  return svg`${args.view.nodes.map((node, i) => {
    const centre = cluster.nodes[i]?.centre;
    return centre === undefined
      ? nothing
      : svg`<g data-arc=${node.id}>${arc(node, centre, cluster.timerRadius, cluster.radius)}</g>`;
  })}`;
}

/** What the motion layer lets flash: a ring for each node. */
export function pulsesView(args: ViewArgs): TemplateResult {
  const r = args.layout.cluster.timerRadius + 2;
  return html`<div class="pulses">${args.view.nodes.map(() => html`<svg><circle class="nof pulse" r=${r}/></svg>`)}</div>`;
}

/** Draws what is left of a node's timer at a time. */
export function placeArc(group: Element, node: NodeView, nowUs: number, reduced: boolean): void {
  if (node.timer === null) return;
  const left = timerLeft(node.timer, nowUs);
  const ink = Math.round((reduced ? Math.ceil(left * STEPS) / STEPS : left) * WHOLE);
  const dashes = `${ink} ${WHOLE}`;
  const path = group.querySelector('.arc');
  if (path !== null && path.getAttribute('stroke-dasharray') !== dashes) path.setAttribute('stroke-dasharray', dashes);
}

const terms = new WeakMap<Element, number>();

/** One pulse of a node's ring when its term changes. */
export function pulse(ring: Element, node: NodeView, reduced: boolean): void {
  const before = terms.get(ring);
  terms.set(ring, node.term);
  if (before === undefined || before === node.term || reduced) return;
  const frames = [
    { opacity: 1, scale: 0.8 },
    { opacity: 0, scale: 1.2 },
  ];
  ring.animate(frames, { duration: 300, easing: 'ease-out' });
}
