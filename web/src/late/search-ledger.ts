/**
 * The logs of a cluster at one moment as a small picture: a row a node, its last entries as boxes with index and term, what a theorem's witnesses are
 * outlined in alarm. Pure: a view model in, SVG out. The large ledger, with beliefs and cursors, is `views/ledger.ts`.
 */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { entryId } from '../format/text';
import type { Words } from '../locales';
import type { EntryView, NodeView, View, ViolationView } from '../model';
import { type Drawing, dashedBox, discText, nodeDisc, termFill, termStroke } from '../views/glyphs';

/** Places, in the picture's units. */
const ROW = 32;
const TOP = 24;
const DISC_X = 46;
const LEFT = 72;
const BOX = { width: 48, height: 24, pitch: 52 };

/** Entries of a log that are shown. */
const COLUMNS = 4;

/** Which indexes are shown: the last ones of any log, and the one in question among them. */
export function indexesOf(view: View, asked: number | null): number[] {
  const last = Math.max(1, ...view.nodes.map(({ lastIndex }) => lastIndex));
  const end = asked === null ? last : Math.min(last, asked + COLUMNS - 1);
  const first = Math.max(1, end - COLUMNS + 1);
  return Array.from({ length: Math.min(COLUMNS, last - first + 1) }, (_, i) => first + i);
}

function entry(it: EntryView, x: number, y: number): Drawing {
  const { width, height } = BOX;
  const body = it.synced
    ? svg`<rect class=${termFill(it.term)} x=${x + 2} y=${y + 2} width=${width - 4} height=${height - 4}/>`
    : svg`<rect class="nof ${termStroke(it.term)}" stroke-width="3.5" x=${x + 4} y=${y + 4} width=${width - 8} height=${height - 8}/>`;
  const outline = it.committed
    ? svg`<rect class="nof com" x=${x} y=${y} width=${width} height=${height} rx="2"/>`
    : dashedBox(x, y, width, height);
  return svg`${body}${outline}<text class="${it.synced ? 'on' : 't'} mid b" x=${x + width / 2} y=${y + height / 2 + 4.5} font-size="13">${entryId(it)}</text>`;
}

const outlined = (x: number, y: number, width: number, height: number): Drawing =>
  svg`<rect class="nof alarm-s" x=${x} y=${y} width=${width} height=${height} rx="2"/>`;

/** A row; the witness' entry in question is outlined, and where there is none, the witness itself. */
function row(node: NodeView, i: number, indexes: readonly number[], fallen: ViolationView | null): Drawing {
  const y = TOP + i * ROW;
  const middle = y + ROW / 2;
  const top = middle - BOX.height / 2;
  const x = (index: number) => LEFT + indexes.indexOf(index) * BOX.pitch;
  const shown = node.log.filter(({ index }) => indexes.includes(index));
  const cut = indexes.filter((index) => index < node.firstIndex);
  const witness = fallen?.nodes.includes(node.id) === true;
  const asked = fallen?.index ?? null;
  const box = asked !== null && indexes.includes(asked);
  return svg`<text class="t b" x="0" y=${middle + 5} font-size="14">${node.id}</text>
    ${nodeDisc(node, { x: DISC_X, y: middle }, 10, 0)}
    ${node.up ? svg`<text class="${discText(node)} mid b" x=${DISC_X} y=${middle + 4.5} font-size="12">${node.term}</text>` : nothing}
    ${cut.map((index) => svg`<rect class="nof line" x=${x(index)} y=${top + 6} width=${BOX.width} height=${BOX.height - 12}/>`)}
    ${shown.map((each) => entry(each, x(each.index), top))}
    ${witness && box ? outlined(x(asked) - 3.5, top - 3.5, BOX.width + 7, BOX.height + 7) : nothing}
    ${witness && !box ? outlined(DISC_X - 17.5, middle - 15.5, 35, 31) : nothing}`;
}

/** What a screen reader is told of a row: as the large ledger says it, and the entries. */
function said(t: Words, node: NodeView, indexes: readonly number[]): string {
  const entries = node.log.filter(({ index }) => indexes.includes(index));
  return [t.nodeLabel(node), ...entries.map((each) => `${entryId(each)} ${t.inspector.entryState(each)}`)].join(', ');
}

/** The picture; `fallen` is what fell in it, null where nothing did. */
export function ledgerPicture(
  view: View,
  fallen: ViolationView | null,
  asked: number | null,
  t: Words,
  label: string,
): TemplateResult {
  const indexes = indexesOf(view, asked);
  const width = LEFT + indexes.length * BOX.pitch + 6;
  const height = TOP + view.nodes.length * ROW + 2;
  return html`<figure class="se-ledger stage" aria-label=${label}><svg viewBox="0 0 ${width} ${height}" width=${width} aria-hidden="true">
    ${indexes.map((index, i) => svg`<text class="t2 mid" x=${LEFT + i * BOX.pitch + BOX.width / 2} y="14" font-size="13">${index}</text>`)}
    ${view.nodes.map((node, i) => row(node, i, indexes, fallen))}</svg>
    <ul class="visually-hidden">${view.nodes.map((node) => html`<li>${said(t, node, indexes)}</li>`)}</ul></figure>`;
}
