/**
 * Messages in flight, drawn around 0,0 and moved with the box they stand in. Shape is kind, fill is the message's term; they stand upright always.
 * A doomed one has a dashed outline and a cross.
 */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { ellipsis, shortCommand } from '../format/text';
import { fittedDashes, type Point, round, type Segment } from '../layout/geometry';
import { reachAlong } from '../layout/motion';
import type { CarriedEntryView, MessageView } from '../model';
import { checkPath, crossPath, termFill, termStroke } from './glyphs';
import { extentOf, type Name, nameAt } from './names';
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

/** A square for what is about votes; of a pre-vote its outline is dashed, as nothing is certain yet. */
function voteSquare(message: MessageView, pre: boolean, inside: TemplateResult<2>): TemplateResult<2> {
  const outline = pre || message.doomed ? 'ink doomed' : 'ink';
  return svg`<rect class="${termFill(message.term)} ${outline}" x="-11" y="-11" width="22" height="22" rx="1"/>${inside}`;
}

const question = svg`<text class="on mid b" y="6" font-size="17">?</text>`;

function answer(yes: boolean): TemplateResult<2> {
  return svg`<path class="nof onk" d=${yes ? checkPath : crossPath}/>`;
}

export function disc(message: MessageView, inside: TemplateResult<2>): TemplateResult<2> {
  return svg`<circle class="${termFill(message.term)} ${message.doomed ? 'ink doomed' : 'ink'}" r="12"/>${inside}`;
}

export function ring(message: MessageView): TemplateResult<2> {
  return svg`<circle class="fbg" r="9"/><circle class="nof ink-s" r="9" stroke-width="8.5"/><circle class="nof ${termStroke(message.term)}" r="9" stroke-width="5"/>`;
}

/** A slip of paper: clients have no term, so it has no colour. */
function slip(message: MessageView, extent: Point, text: string): TemplateResult<2> {
  const fill = message.term === 0 ? 'fsf' : termFill(message.term);
  const ink = message.term === 0 ? 't' : 'on';
  return svg`<rect class="${fill} ${message.doomed ? 'ink doomed' : 'ink'}" x=${-extent.x} y=${-extent.y} width=${2 * extent.x} height=${2 * extent.y} rx="2"/>
    <text class="${ink} mid m w5" y="4.5" font-size="13">${ellipsis(text, 5)}</text>`;
}

function glyph(message: MessageView, toRight: boolean): TemplateResult<2> {
  switch (message.kind) {
    case 'appendEntries':
      return appendTag(message, toRight);
    case 'appendEntriesResponse':
      return disc(message, answer(message.rejected !== true));
    case 'heartbeat':
      return ring(message);
    case 'heartbeatResponse':
      return svg`<circle class="${termFill(message.term)} ${message.doomed ? 'ink doomed' : 'ink'}" r="8"/><path class="nof onk small" d="M-3.5 .3l2.6 2.9l4.6-5.9"/>`;
    case 'requestVote':
    case 'requestPreVote':
      return voteSquare(message, message.kind === 'requestPreVote', question);
    case 'requestVoteResponse':
    case 'requestPreVoteResponse':
      return voteSquare(message, message.kind === 'requestPreVoteResponse', answer(message.granted === true));
    case 'installSnapshot':
    case 'timeoutNow':
    case 'transferLeader':
    case 'readIndex':
    case 'readIndexResponse':
      return disc(message, svg``);
    case 'clientRequest':
    case 'propose': {
      const command = message.command ?? message.entries[0]?.command ?? '';
      return slip(message, extentOf(message), shortCommand(command));
    }
    case 'clientReply':
      return svg`<rect class="fsf ${message.doomed ? 'ink doomed' : 'ink'}" x="-13" y="-9" width="26" height="18" rx="9"/>
        <path class="nof ink round reply" d=${message.rejected === true || message.granted === false ? 'M-3.5-3.5l7 7m0-7l-7 7' : 'M-4.5 .4l3.3 3.6l5.8-7.4'}/>`;
    default:
      return message.kind satisfies never;
  }
}

/** The solid arrowhead ahead of the glyph, on its link. */
function arrowhead(u: Point, extent: Point): string {
  const clear = reachAlong(extent, u);
  const tip = Math.min(40, Math.max(extent.x === extent.y ? extent.x + 11 : 0, clear + 12));
  const base = tip - 9;
  const p = (along: number, aside: number) => `${round(u.x * along - u.y * aside)} ${round(u.y * along + u.x * aside)}`;
  return `M${p(tip, 0)}L${p(base, 5)}L${p(base, -5)}z`;
}

/** A name's two lines; the motion layer may move them to another side. */
function nameView(name: Name): TemplateResult {
  const { anchor, x, y } = nameAt(name);
  return html`<svg class="name ${anchor}"><g transform="translate(${x} ${y})"><text class="t halo w5" font-size="14">${name.first}</text>
    ${name.second === '' ? nothing : svg`<text class="t2 halo" y="16" font-size="14">${name.second}</text>`}</g></svg>`;
}

/** One message around 0,0, its name first. */
export function messageView(
  { ui, seldom }: Pick<ViewArgs, 'ui' | 'seldom'>,
  message: MessageView,
  { from, to }: Segment,
  name: Name | null,
): TemplateResult {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const u = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const extent = extentOf(message);
  const chosen = ui.selected?.kind === 'message' && ui.selected.id === message.id;
  const cross = message.doomed
    ? svg`<path class="nof ink" d=${`M${extent.x - 1}${-extent.y - 7}l8 8m0-8l-8 8`}/>`
    : nothing;
  return html`${name === null ? nothing : nameView(name)}<svg>${(message.heldUs !== null && seldom?.held(u, extent)) || svg`<path class="fink" d=${arrowhead(u, extent)}/>`}
    ${seldom?.glyph(message) ?? glyph(message, u.x >= 0)}${cross}
    <rect class=${chosen ? 'hit-box acc' : 'hit-box'} x=${-Math.max(14, extent.x + 5)} y=${-Math.max(14, extent.y + 5)} width=${2 * Math.max(14, extent.x + 5)} height=${2 * Math.max(14, extent.y + 5)}/></svg>`;
}
