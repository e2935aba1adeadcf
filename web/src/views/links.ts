/** Links between nodes: a hairline, a fat transparent target over it, and two bars with a cross where it is cut. */

import { nothing, svg, type TemplateResult } from 'lit';
import { currentLeader, cutState, nodeOf } from '../format/cluster';
import { direction, lerp, type Point, round } from '../layout/geometry';
import { cutPart } from '../layout/motion';
import type { LinkView } from '../model';
import type { Drawing } from './glyphs';
import type { ViewArgs } from './types';

interface Ends {
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

/** A bar across the link, 8 to either side of `at`. */
function bar(at: Point, u: Point): string {
  return `M${round(at.x - u.y * 8)} ${round(at.y + u.x * 8)}L${round(at.x + u.y * 8)} ${round(at.y - u.x * 8)}`;
}

/** A solid arrowhead at `at` that points along `u`. */
function arrow(at: Point, u: Point): string {
  const tip = { x: at.x + u.x * 6, y: at.y + u.y * 6 };
  const back = { x: at.x - u.x * 5, y: at.y - u.y * 5 };
  return `M${round(tip.x)} ${round(tip.y)}L${round(back.x - u.y * 5)} ${round(back.y + u.x * 5)}L${round(back.x + u.y * 5)} ${round(back.y - u.x * 5)}z`;
}

/** Two bars and a cross; of a one-way cut one bar before the node that hears nothing, and an arrow for the way that is open. */
function cutMark(args: ViewArgs, link: LinkView, ends: Ends, many: boolean): TemplateResult<2> {
  const { a, b, cut } = ends;
  const u = direction(a, b);
  const at = lerp(a, b, cut);
  const off = (by: number): Point => ({ x: at.x + u.x * by, y: at.y + u.y * by });
  const x = `M${round(at.x - 5)} ${round(at.y - 5)}l10 10m0-10l-10 10`;
  const back = { x: -u.x, y: -u.y };
  const word = args.layout.cluster.words && !many;
  const left = at.x <= args.layout.cluster.centre.x;
  return svg`<path class="nof ink" d="${link.cutAB ? bar(off(14), u) : ''}${link.cutBA ? bar(off(-14), u) : ''}${x}"/>
    ${link.cutAB ? nothing : svg`<path class="fink" d=${arrow(off(16), u)}/>`}
    ${link.cutBA ? nothing : svg`<path class="fink" d=${arrow(off(-16), back)}/>`}
    ${word ? svg`<text class="t2 halo ${left ? 'end' : ''}" x=${round(at.x + (left ? -16 : 16))} y=${round(at.y + 12)} font-size="14">${args.t.cut}</text>` : nothing}`;
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
    ${whole ? nothing : cutMark(args, link, ends, many)}
  </g>`;
}

/** All links. A leader's own are a shade darker: there its messages run. */
export function linksView(args: ViewArgs): unknown {
  const leader = currentLeader(args.view)?.id ?? null;
  const cuts = args.view.links.filter((link) => link.cutAB || link.cutBA).length;
  return args.view.links.map((link) => linkView(args, link, leader, cuts > 2));
}
