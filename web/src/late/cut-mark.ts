/** The mark of a cut link, in its gap. */

import { nothing, svg, type TemplateResult } from 'lit';
import { direction, lerp, type Point, round } from '../layout/geometry';
import type { LinkView } from '../model';
import type { Ends } from '../views/links';
import type { ViewArgs } from '../views/types';

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
export function cutMark(args: ViewArgs, link: LinkView, ends: Ends, many: boolean): TemplateResult<2> {
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
