/**
 * The drawn vocabulary that more than one view uses. Colour is term, shape is kind, stroke is certainty, fill is durability; nothing else.
 */

import { nothing, svg, type TemplateResult } from 'lit';
import { termColour } from '../format/text';
import { brackets, fittedDashes, type Point, round } from '../layout/geometry';
import type { NodeView } from '../model';

export type Drawing = TemplateResult<2> | typeof nothing;

/** CSS class that fills with a term's colour; term 0 has none and stays paper. */
export function termFill(term: number): string {
  return `f${termColour(term)}`;
}

export function termStroke(term: number): string {
  return `s${termColour(term)}`;
}

/** The shape of a role: which ring a node wears. */
export type RingShape = 'plain' | 'dashed' | 'dotted' | 'double' | 'hatched' | 'crossed';

export function ringShape(node: NodeView): RingShape {
  if (!node.up) return 'crossed';
  switch (node.role) {
    case 'follower':
      return 'plain';
    case 'preCandidate':
      return 'dotted';
    case 'candidate':
      return 'dashed';
    case 'leader':
      return node.staleLeader ? 'hatched' : 'double';
    default:
      return node.role satisfies never;
  }
}

/** 45 degree lines, 5 apart, inside a circle. */
function hatch(c: Point, r: number): string {
  let path = '';
  for (let d = -r + 4; d < r; d += 5) {
    const half = Math.sqrt(r * r - d * d);
    const k = Math.SQRT1_2;
    path += `M${round(c.x + (d - half) * k)} ${round(c.y + (d + half) * k)}L${round(c.x + (d + half) * k)} ${round(c.y + (d - half) * k)}`;
  }
  return path;
}

function pennant(c: Point, ring: number, mast: number): Drawing {
  const cloth = mast * 0.75;
  const drop = mast / 4;
  return svg`<path class="ink fink" stroke-linejoin="round" d="M${round(c.x)} ${round(c.y - ring)}v${-mast}l${cloth} ${drop}l${-cloth} ${drop}"/>`;
}

/** A node's ring and disc without its text: role by ring, term by fill. `mast` is the leader's flagpole, 0 for none. */
export function nodeDisc(node: NodeView, c: Point, r: number, mast: number): TemplateResult<2> {
  const shape = ringShape(node);
  const x = round(c.x);
  const y = round(c.y);
  if (shape === 'crossed') {
    // The cross leaves the middle to the name.
    const k = round(r * Math.SQRT1_2);
    const arm = round(k * 0.4);
    const corner = (sx: number, sy: number) => `M${round(x + sx * k)} ${round(y + sy * k)}l${-sx * arm} ${-sy * arm}`;
    return svg`<circle class="fbg line" cx=${x} cy=${y} r=${r}/>
      <path class="line" d=${corner(-1, -1) + corner(1, -1) + corner(-1, 1) + corner(1, 1)}/>`;
  }
  const inner = r - (r < 20 ? 2.5 : 3.25);
  const leads = shape === 'double' || shape === 'hatched';
  const second = r + (r < 20 ? 4 : 6);
  return svg`<circle class="nof ink ${shape}" cx=${x} cy=${y} r=${r}/>
    ${discFill(node, x, y, inner)}
    ${shape === 'hatched' ? svg`<path class="hatch" d=${hatch(c, inner)}/>` : nothing}
    ${leads ? svg`<circle class="nof ink" cx=${x} cy=${y} r=${second}/>` : nothing}
    ${leads && mast > 0 ? pennant(c, second, mast) : nothing}`;
}

/** A voter's disc is full; a learner's only half, as it has no vote; who is no member has none. */
function discFill({ member, term }: NodeView, x: number, y: number, r: number): TemplateResult<2> {
  if (member === 'learner') {
    return svg`<circle class="fbg" cx=${x} cy=${y} r=${r}/><path class=${termFill(term)} d=${`M${x - r} ${y}a${r} ${r} 0 0 0 ${2 * r} 0z`}/>`;
  }
  return svg`<circle class=${member === 'outside' ? 'fbg' : termFill(term)} cx=${x} cy=${y} r=${r}/>`;
}

/** The pause glyph of a frozen node, on its upper right rim. */
export function pauseBadge(c: Point, r: number): TemplateResult<2> {
  const x = round(c.x + r * 0.76);
  const y = round(c.y - r * 0.76);
  return svg`<circle class="fbg ink" cx=${x} cy=${y} r="10"/><path class="ink pause" d="M${x - 3} ${y - 4.5}v9m6 0v-9"/>`;
}

/** Which text class reads on a node's disc. */
export function discText(node: NodeView): string {
  if (!node.up) return 't2 halo';
  if (node.member === 'learner' || node.member === 'outside') return 't halo';
  return node.term === 0 ? 't' : node.staleLeader ? `on halo-term ${termStroke(node.term)}` : 'on';
}

/** Four corners around a box: of the selection, or in alarm of a fallen theorem's witness. */
export function selectionMark(
  x: number,
  y: number,
  width: number,
  height: number,
  arm: number,
  stroke: 'acc' | 'alarm-s' = 'acc',
): TemplateResult<2> {
  return svg`<path class="nof ${stroke}" d=${brackets(x, y, width, height, arm)}/>`;
}

/** A dashed outline whose corners are closed. */
export function dashedBox(x: number, y: number, width: number, height: number, extra = ''): TemplateResult<2> {
  return svg`<rect class="nof ink unc ${extra}" x=${x} y=${y} width=${width} height=${height} stroke-dasharray=${fittedDashes(width, height)}/>`;
}

/** Check and cross inside a disc or square whose centre is 0,0. */
export const checkPath = 'M-5.5 .5l4 4.5l7-9';
export const crossPath = 'M-4.5-4.5l9 9m0-9l-9 9';

/** A rough width of a line of text, for centring what stands beside it: full-width glyphs count one em, others about half. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const character of text) em += (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : character === ' ' ? 0.24 : 0.5;
  return em * size;
}
