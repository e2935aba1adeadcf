/** The quorum compass in the middle of the ring: one segment points at each node and is filled where that node holds the entry. */

import { nothing, svg } from 'lit';
import { compassEntry, entryAt, type Hold, holders, holds, nodeOf, votersOf, votes } from '../format/cluster';
import { entryId } from '../format/text';
import { arcPath, round } from '../layout/geometry';
import type { PositionView, View } from '../model';
import { type Drawing, termStroke } from './glyphs';
import type { Selection, ViewArgs } from './types';

/** The entry in hand, when an entry is selected and still there. */
export function selectedEntry(view: View, selected: Selection | null): PositionView | null {
  if (selected?.kind !== 'entry') return null;
  const node = nodeOf(view, selected.node);
  const entry = node && entryAt(node, selected.index);
  return entry === undefined ? null : { term: entry.term, index: entry.index };
}

/** The entry the compass is about; null before there is any. */
export function compassSubject(args: ViewArgs): PositionView | null {
  return compassEntry(args.view, selectedEntry(args.view, args.ui.selected));
}

function segment(args: ViewArgs, i: number, hold: Hold, stroke: string): Drawing {
  const { centre, compass } = args.layout.cluster;
  const count = args.view.nodes.length;
  const turn = (2 * Math.PI) / count;
  const gap = count === 1 ? 0.2 : Math.min(0.2443, 0.2443 * (5 / count));
  const half = (turn - gap) / 2;
  const edge = 1.5 / compass.radius;
  const path = (by: number) => arcPath(centre, compass.radius, turn * i - half - by, turn * i + half + by);
  const inner = hold === 'no' ? 'sbg' : stroke;
  return svg`<path class="nof ink-s" stroke-width=${compass.thickness + 3} d=${path(edge)}/>
    <path class="nof ${inner}" stroke-width=${compass.thickness} d=${path(0)}/>
    ${hold === 'unsynced' ? svg`<path class="nof sbg" stroke-width=${compass.thickness - 6} d=${path(-2 * edge)}/>` : nothing}`;
}

/** Holders are counted only where the entry would survive a crash, and only among the voters: that is what a commit counts. */
export function compassView(args: ViewArgs): Drawing {
  const { view, t } = args;
  const { centre, compass } = args.layout.cluster;
  const entry = compassSubject(args);
  if (entry === null) return nothing;
  const held = holders(view, entry).length;
  const voters = votersOf(view).length;
  const { x, y } = centre;
  return svg`<g role="img" aria-label=${t.compassLabel(entry, held, voters)} data-compass=${entryId(entry)} data-held=${held}>
    <circle class="fbg" cx=${x} cy=${y} r=${compass.radius + compass.thickness / 2 + 6}/>
    ${view.nodes.map((node, i) => (votes(node) ? segment(args, i, holds(node, entry), termStroke(entry.term)) : nothing))}
    <text class="t mid b" x=${x} y=${round(y + (compass.showEntry ? compass.size * 0.12 : compass.size * 0.34))} font-size=${compass.size}>${held}/${voters}</text>
    ${compass.showEntry ? svg`<text class="t2 mid" x=${x} y=${round(y + compass.size * 0.82)} font-size="14">${entryId(entry)}</text>` : nothing}
  </g>`;
}
