/**
 * Messages in flight, drawn around 0,0 and moved by their group's transform. Shape is kind, fill is the message's term; they stand upright always.
 * A doomed one has a dashed outline and a cross.
 */

import { nothing, svg, type TemplateResult } from 'lit';
import { fittedDashes, type Point, round } from '../layout/geometry';
import type { CarriedEntryView, MessageView } from '../model';
import { checkPath, crossPath, type Drawing, termFill, termStroke } from './glyphs';
import { extentOf, type Name } from './names';
import type { ViewArgs } from './types';

/** "3@4", or "3–7" when several entries travel together. */
function chipText(entries: readonly CarriedEntryView[]): string {
  const first = entries[0];
  const last = entries[entries.length - 1];
  if (first === undefined || last === undefined) return '';
  return first === last ? `${first.index}@${first.term}` : `${first.index}–${last.index}`;
}

/** A tag whose nose points to where it goes; it carries its entries as a chip, dashed until the leader has committed them. */
function appendTag(message: MessageView, toRight: boolean): TemplateResult<2> {
  const s = toRight ? 1 : -1;
  const outline = message.doomed ? 'ink doomed' : 'ink';
  const fill = termFill(message.term);
  const [first] = message.entries;
  if (first === undefined) {
    return svg`<path class="${fill} ${outline}" stroke-linejoin="round" d=${`M${-15 * s}-7h${24 * s}l${6 * s} 7l${-6 * s} 7h${-24 * s}z`}/>`;
  }
  const x = toRight ? -22.5 : -6.5;
  const committed = message.commit !== null && first.index <= message.commit;
  const several = message.entries.length > 1;
  // The tag already shows the message's term: only an entry of another term brings its own colour.
  const own = first.term === message.term;
  return svg`<path class="${fill} ${outline}" stroke-linejoin="round" d=${`M${-27 * s}-14h${44 * s}l${10 * s} 14l${-10 * s} 14h${-44 * s}z`}/>
    ${several ? svg`<path class="ink nof chip-edge" d=${`M${x + 2.5} 11h29v-18`}/>` : nothing}
    <rect class="fsf" x=${x} y="-9" width="29" height="18"/>
    ${own ? nothing : svg`<rect class=${termFill(first.term)} x=${x + 2} y="-7" width="25" height="14"/>`}
    <rect class="nof ink chip" x=${x} y="-9" width="29" height="18" stroke-dasharray=${committed ? nothing : fittedDashes(29, 18, 3, 2)}/>
    <text class="${own ? 't' : 'on'} mid b" x=${x + 14.5} y="4.5" font-size=${several ? 12 : 13}>${chipText(message.entries)}</text>`;
}

function glyph(message: MessageView, toRight: boolean): TemplateResult<2> {
  const outline = message.doomed ? 'ink doomed' : 'ink';
  const fill = termFill(message.term);
  switch (message.kind) {
    case 'appendEntries':
      return appendTag(message, toRight);
    case 'appendEntriesResponse':
      return svg`<circle class="${fill} ${outline}" r="12"/><path class="nof onk" d=${message.rejected === true ? crossPath : checkPath}/>`;
    case 'heartbeat':
      return svg`<circle class="fbg" r="9"/><circle class="nof ink-s" r="9" stroke-width="8.5"/><circle class="nof ${termStroke(message.term)}" r="9" stroke-width="5"/>`;
    case 'heartbeatResponse':
      return svg`<circle class="${fill} ${outline}" r="8"/><path class="nof onk small" d="M-3.5 .3l2.6 2.9l4.6-5.9"/>`;
    case 'requestVote':
      return svg`<rect class="${fill} ${outline}" x="-11" y="-11" width="22" height="22" rx="1"/><text class="on mid b" y="6" font-size="17">?</text>`;
    case 'requestVoteResponse':
      return svg`<rect class="${fill} ${outline}" x="-11" y="-11" width="22" height="22" rx="1"/><path class="nof onk" d=${message.granted === true ? checkPath : crossPath}/>`;
    default:
      return message.kind satisfies never;
  }
}

/** The solid arrowhead ahead of the glyph, on its link. */
function arrowhead(u: Point, extent: Point): string {
  const clear = Math.min(extent.x / Math.max(0.001, Math.abs(u.x)), extent.y / Math.max(0.001, Math.abs(u.y)));
  const tip = Math.min(40, Math.max(extent.x === extent.y ? extent.x + 11 : 0, clear + 12));
  const base = tip - 9;
  const p = (along: number, aside: number) => `${round(u.x * along - u.y * aside)} ${round(u.y * along + u.x * aside)}`;
  return `M${p(tip, 0)}L${p(base, 5)}L${p(base, -5)}z`;
}

function nameView(name: Name): Drawing {
  const x = name.left ? -name.gap : name.gap;
  const side = name.left ? 'end' : '';
  return svg`<g class="name"><text class="t halo w5 ${side}" x=${x} y=${name.second === '' ? 5 : -3} font-size="14">${name.first}</text>
    ${name.second === '' ? nothing : svg`<text class="t2 halo ${side}" x=${x} y="14" font-size="14">${name.second}</text>`}</g>`;
}

/** One message. The group's `transform` and `opacity` belong to the motion layer. */
export function messageView(args: ViewArgs, message: MessageView, from: Point, to: Point, name: Name | null): Drawing {
  const { ui } = args;
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const u = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const extent = extentOf(message);
  const chosen = ui.selected?.kind === 'message' && ui.selected.id === message.id;
  const cross = message.doomed
    ? svg`<path class="nof ink" d=${`M${extent.x - 1}${-extent.y - 7}l8 8m0-8l-8 8`}/>`
    : nothing;
  return svg`${name === null ? nothing : nameView(name)}
    <path class="fink" d=${arrowhead(u, extent)}/>
    ${glyph(message, u.x >= 0)}${cross}
    <rect class=${chosen ? 'nof acc' : 'hit-box'} x=${-Math.max(14, extent.x + 5)} y=${-Math.max(14, extent.y + 5)} width=${2 * Math.max(14, extent.x + 5)} height=${2 * Math.max(14, extent.y + 5)}/>`;
}
