/** Links between nodes: a hairline, a fat transparent target over it, and a gap where it is cut; what marks the cut is fetched late. */

import { nothing, svg } from 'lit';
import { currentLeader, cutState, nodeOf } from '../format/cluster';
import { direction, lerp, type Point, round } from '../layout/geometry';
import { cutPart } from '../layout/motion';
import type { LinkView } from '../model';
import type { Drawing } from './glyphs';
import type { ViewArgs } from './types';

export interface Ends {
  a: Point;
  b: Point;
  /** Part of the way from a to b where a cut is drawn. */
  cut: number;
}

function endsOf(args: ViewArgs, link: LinkView): Ends | null {
  const { nodes } = args.view;
  const from = nodes.findIndex((node) => node.id === link.a);
  const to = nodes.findIndex((node) => node.id === link.b);
  const a = args.layout.cluster.nodes[from]?.centre;
  const b = args.layout.cluster.nodes[to]?.centre;
  return a === undefined || b === undefined ? null : { a, b, cut: cutPart(args.layout.cluster, from, to) };
}

function lineBetween(a: Point, b: Point): string {
  return `M${round(a.x)} ${round(a.y)}L${round(b.x)} ${round(b.y)}`;
}

function up(args: ViewArgs, id: string): boolean {
  return nodeOf(args.view, id)?.up === true;
}

function linkView(args: ViewArgs, link: LinkView, leader: string | null, many: boolean): Drawing {
  const ends = endsOf(args, link);
  if (ends === null) return nothing;
  const { a, b, cut } = ends;
  const state = cutState(link);
  const u = direction(a, b);
  const gap = (by: number): Point => {
    const at = lerp(a, b, cut);
    return { x: at.x + u.x * by, y: at.y + u.y * by };
  };
  const whole = state === 'none';
  const busy = whole && (link.a === leader || link.b === leader) && up(args, link.a) && up(args, link.b);
  const selected = args.ui.selected?.kind === 'link' && args.ui.selected.id === link.id;
  const line = whole ? lineBetween(a, b) : lineBetween(a, gap(-15)) + lineBetween(gap(15), b);
  return svg`<g class="link" data-link=${link.id} data-cut=${state} role="button" tabindex="0" aria-label=${args.t.linkLabel(link)}>
    <title>${args.t.linkAction(link)}</title>
    <path class="hit" d=${lineBetween(a, b)}/>
    <path class="wire ${busy ? 'line-s' : 'rule'} ${selected ? 'chosen' : ''}" d=${line}/>
    ${whole ? nothing : args.seldom?.cut(args, link, ends, many)}
  </g>`;
}

/** All links. A leader's own are a shade darker: there its messages run. */
export function linksView(args: ViewArgs): unknown {
  const leader = currentLeader(args.view)?.id ?? null;
  const cuts = args.view.links.filter((link) => link.cutAB || link.cutBA).length;
  return args.view.links.map((link) => linkView(args, link, leader, cuts > 2));
}
