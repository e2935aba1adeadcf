/** Which of the voters hold an entry, in a line: one box each, and a bar after the majority. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { entryAt, holds, votersOf } from '../format/cluster';
import { round } from '../layout/geometry';
import type { NodeView, PositionView } from '../model';
import { type Drawing, dashedBox, termFill, termStroke } from '../views/glyphs';
import type { ViewArgs } from '../views/types';

const width = 272;

function box(node: NodeView, entry: PositionView, x: number, side: number): Drawing {
  const here = entryAt(node, entry.index);
  const has = holds(node, entry) !== 'no';
  const name = svg`<text class="${has ? 't b' : 't2'} mid" x=${round(x + side / 2)} y="56" font-size="13">${node.id}</text>`;
  if (here === undefined) {
    return svg`<rect class="nof rule" x=${x} y="8" width=${side} height="30"/>${name}`;
  }
  const body = here.synced
    ? svg`<rect class=${termFill(here.term)} x=${x + 3} y="11" width=${side - 6} height="24"/>`
    : svg`<rect class="nof ${termStroke(here.term)}" stroke-width="4" x=${x + 5} y="13" width=${side - 10} height="20"/>`;
  const frame = here.committed
    ? svg`<rect class="nof com" x=${x} y="8" width=${side} height="30" rx="2"/>`
    : dashedBox(x, 8, side, 30);
  return svg`${body}${frame}<text class="${here.synced ? 'on' : 't'} mid b" x=${round(x + side / 2)} y="28.6" font-size="16">${here.term}</text>${name}`;
}

/** Holders stand in node order; the bar stands after as many boxes as a majority needs. */
export function holdersStrip(args: ViewArgs, entry: PositionView): TemplateResult {
  const { quorum } = args.view;
  const nodes = votersOf(args.view);
  const pitch = Math.min(55, (width - 4) / nodes.length);
  const side = Math.min(46, pitch - 5);
  const bar = round(1 + quorum * pitch - (pitch - side) / 2);
  const order = [...nodes].sort((a, b) => Number(holds(b, entry) !== 'no') - Number(holds(a, entry) !== 'no'));
  const after = bar > 130;
  return html`<svg class="holders" viewBox="0 0 ${width} 84" role="img" aria-label=${args.t.inspector.holders}>
    ${order.map((node, i) => box(node, entry, round(1 + i * pitch), side))}
    ${nodes.length > 1 ? svg`<path class="ink" d=${`M${bar} 2V84`}/><text class="t2 ${after ? 'end' : ''}" x=${bar + (after ? -5 : 5)} y="80" font-size="13">${args.t.inspector.majority(nodes.length)}</text>` : nothing}
  </svg>`;
}
