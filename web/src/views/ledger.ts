/**
 * The log ledger: one row a node, aligned on the index. The axis obeys the rule of strokes too: solid up to the leader's commit, dashed after it.
 * A long log shows a window of columns; the newest entry is in view unless somebody scrolled.
 */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { apart, currentLeader, lastIndexOf, nodeOf } from '../format/cluster';
import { firstColumn, type Layout, layoutFor, type Size } from '../layout';
import { round } from '../layout/geometry';
import type { NodeView, View } from '../model';
import { type Drawing, dashedBox } from './glyphs';
import { isPress } from './hands';
import { rowView } from './ledger-row';
import { memo } from './memo';
import type { ViewArgs } from './types';

/** Logs that are further apart are compared where cells hold a term alone; entries. */
const APART_MAX = 4;

/** The layout for what there is to see. */
export function layoutOf(view: View, size: Size): Layout {
  return layoutFor(view.nodes.length, size, apart(view) > APART_MAX);
}

/** Whose beliefs stand above the logs: a selected node if it leads, else the leader of the latest term. */
export function believer(args: ViewArgs): NodeView | null {
  const { selected } = args.ui;
  const node = selected?.kind === 'node' ? nodeOf(args.view, selected.id) : undefined;
  return node?.up === true && node.role === 'leader' ? node : currentLeader(args.view);
}

function ruling(args: ViewArgs): Drawing {
  const { ledger } = args.layout;
  const foot = round(ledger.bottom);
  let columns = '';
  for (let i = 1; i <= ledger.columns; i += 1)
    columns += `M${ledger.columnsLeft + i * ledger.pitch} ${ledger.top}V${foot}`;
  const d = ledger.gutter.doubleRule;
  const high = ledger.title === null ? Math.max(0, ledger.top - 42) : 44;
  return svg`<path class="rule" d=${`${columns}M${d} ${high}V${foot}M${d + 3} ${high}V${foot}`}/>
    <path class="line-s" d=${`M${ledger.left} ${ledger.top}H${ledger.right}M${ledger.left} ${foot}H${ledger.right}`}/>`;
}

/** Index numbers, and the axis: 4 solid up to the leader's commit, then dashed. */
function axis(args: ViewArgs, first: number, commit: number, last: number): Drawing {
  const { ledger } = args.layout;
  const left = (index: number) => ledger.columnsLeft + 3 + (index - first) * ledger.pitch;
  const end = left(first + ledger.columns - 1) + ledger.box.width + (ledger.pitch - ledger.box.width) / 2 - 3;
  const done = Math.min(commit, first + ledger.columns - 1);
  const solidEnd = done < first ? null : left(done) + ledger.box.width;
  const dashStart = solidEnd === null ? left(first) : left(done + 1);
  const indexes = Array.from({ length: ledger.columns }, (_, i) => first + i);
  return svg`${indexes.map((index) => {
    const x = left(index) + ledger.box.width / 2;
    const held = index <= last;
    const tick = index > commit ? svg`<path class="line-s" d=${`M${x} ${ledger.axisY - 3.5}v7`}/>` : nothing;
    return svg`<text class="${held ? 't b' : 't2'} mid" x=${x} y=${ledger.indexY} font-size=${ledger.indexSize}>${index}</text>${tick}`;
  })}
    ${solidEnd === null ? nothing : svg`<path class="ink axis" d=${`M${left(first)} ${ledger.axisY}H${solidEnd}`}/>`}
    ${dashStart < end ? svg`<path class="ink unc" stroke-dasharray="5 4" d=${`M${dashStart} ${ledger.axisY}H${end}`}/>` : nothing}`;
}

/** Ways to the entries that are not in view; 24 high targets. */
function scrollers(args: ViewArgs, first: number, newest: number): Drawing {
  const { ledger } = args.layout;
  const y = ledger.indexY - 17;
  const x = ledger.gutter.doubleRule - 50;
  const chevron = (at: number, way: number) => `M${at - 2 * way} ${ledger.indexY - 10}l${4 * way} 5l${-4 * way} 5`;
  const earlier = svg`<g class="scroller" role="button" tabindex="0" data-scroll=${Math.max(1, first - ledger.columns + 1)} aria-label=${args.t.ledger.earlier(first - 1)}>
      <title>${args.t.ledger.earlier(first - 1)}</title><rect class="hit-box focus" x=${x} y=${y} width="46" height="24"/>
      <path class="ink nof" d=${chevron(x + 8, -1)}/><text class="t2 end" x=${x + 42} y=${ledger.indexY} font-size="13">${first - 1}</text></g>`;
  const end = ledger.columnsLeft + ledger.columns * ledger.pitch;
  const later = svg`<g class="scroller" role="button" tabindex="0" data-scroll="newest" aria-label=${args.t.ledger.newest}>
      <title>${args.t.ledger.newest}</title><rect class="hit-box focus" x=${end - 24} y=${ledger.axisY} width="24" height="24"/>
      <path class="ink nof" d=${`M${end - 14} ${ledger.axisY + 3}l4 4.5l-4 4.5m6-9l4 4.5l-4 4.5`}/></g>`;
  return svg`${first > 1 ? earlier : nothing}${first < newest ? later : nothing}`;
}

function heading(args: ViewArgs, leader: NodeView | null, first: number): Drawing {
  const { ledger } = args.layout;
  const { t } = args;
  const title =
    ledger.title === null
      ? nothing
      : svg`<text class="t b" x=${ledger.left} y=${ledger.title.y} font-size="16">${t.panel.logs}</text>
    <text class="t2 end pre" x=${ledger.right} y=${ledger.title.y} font-size="13">${leader === null ? '' : `${t.ledger.above(leader.id)}    `}${t.ledger.below}</text>`;
  const view = leader === null ? '' : ledger.beliefWords ? t.ledger.believes(leader.id) : t.ledger.view(leader.id);
  return svg`${title}
    ${first > 1 ? nothing : svg`<text class="t2" x=${ledger.left} y=${ledger.indexY} font-size=${ledger.labelSize}>${t.ledger.index}</text>`}
    <text class="t2" x=${ledger.beliefX} y=${ledger.indexY} font-size=${ledger.labelSize}>${view}</text>`;
}

function legendTop(args: ViewArgs, y: number): Drawing {
  const { legend } = args.t;
  const box = (x: number) => ({ x, y: y - 11, width: 22, height: 14 });
  const text = (x: number, words: string) => svg`<text class="t2" x=${x} y=${y} font-size="13">${words}</text>`;
  const sample = box(132);
  return svg`<rect class="fbg com" x="24" y=${y - 11} width="22" height="14" rx="1"/>${text(53, legend.committed)}
    ${dashedBox(sample.x, sample.y, 22, 14)}${text(161, legend.uncommitted)}
    <rect class="nof ink" x="254" y=${y - 11} width="22" height="14" rx="1"/><rect class="f4" x="256.5" y=${y - 8.5} width="17" height="9"/>${text(283, legend.synced)}
    <rect class="fsf ink" x="340" y=${y - 11} width="22" height="14" rx="1"/><rect class="nof s4" stroke-width="2.5" x="343.5" y=${y - 7.5} width="15" height="7"/>${text(369, legend.unsynced)}`;
}

function legend(args: ViewArgs): Drawing {
  const y = args.layout.ledger.legendY;
  if (y === null) return nothing;
  const { legend: words } = args.t;
  const low = y + 24;
  const text = (x: number, word: string) => svg`<text class="t2 pre" x=${x} y=${low} font-size="13">${word}</text>`;
  return svg`<g class="legend" aria-hidden="true">${legendTop(args, y)}
    <circle class="fink" cx="29" cy=${low - 5} r="4.5"/>${text(40, words.applied)}
    <rect class="fink" x="134" y=${low - 12} width="5" height="14"/>${text(146, words.commit)}
    <path class="fsf ink" d=${`M254 ${low - 10}h12l-6 10z`}/>${text(273, words.syncedTo)}
    ${text(369, words.states)}</g>`;
}

/** A press in the ledger: an entry, a node's name, or a way to scroll. */
function pressed(args: ViewArgs): (event: Event) => void {
  return (event) => {
    if (!isPress(event) || !(event.target instanceof Element)) return;
    // The click at the end of a drag chooses nothing.
    if (event.currentTarget !== null && drags.get(event.currentTarget)?.moved === true && event.type === 'click') {
      drags.delete(event.currentTarget);
      return;
    }
    const at = (name: string) => (event.target as Element).closest(`[${name}]`)?.getAttribute(name) ?? null;
    const scroll = at('data-scroll');
    const node = at('data-select');
    const index = at('data-index');
    const log = at('data-log');
    if (scroll !== null) {
      args.emit({ type: 'scrollLog', firstColumn: scroll === 'newest' ? null : Number(scroll) });
    } else if (node !== null) {
      args.emit({ type: 'select', what: { kind: 'node', id: node } });
    } else if (index !== null && log !== null) {
      args.emit({ type: 'select', what: { kind: 'entry', node: log, index: Number(index) } });
    } else {
      return;
    }
    if (event instanceof KeyboardEvent) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
}

/** Where the wheel leads: one column a notch, back to following at the right end. */
export function wheeled(first: number, newest: number, step: number): number | null {
  const next = Math.max(1, first + step);
  return next >= newest ? null : next;
}

/** A trackpad's pixels that make up for a notch of a wheel, and those that have gathered. */
const NOTCH_PX = 40;
let gathered = 0;

/** Notches of a wheel in what an event moved by: one for a whole one, and one for so many smaller pieces. */
export function notches(amount: number): number {
  gathered = Math.sign(gathered) === Math.sign(amount) ? gathered + amount : amount;
  const whole = Math.abs(gathered) < NOTCH_PX ? 0 : Math.sign(amount);
  if (whole !== 0) gathered = 0;
  return whole;
}

function turned(args: ViewArgs, first: number, newest: number): (event: WheelEvent) => void {
  return (event) => {
    const amount = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.shiftKey ? event.deltaY : 0;
    if (amount === 0 || newest === 1) return;
    event.preventDefault();
    const step = notches(event.deltaMode === 0 ? amount : amount * NOTCH_PX);
    if (step !== 0) args.emit({ type: 'scrollLog', firstColumn: wheeled(first, newest, step) });
  };
}

/** Where a drag began: the pointer's x, and the first column then. */
const drags = new WeakMap<EventTarget, { x: number; first: number; moved: boolean }>();

/** A finger or a mouse pulls the log sideways, a column at a time. */
function dragged(args: ViewArgs, first: number, newest: number): (event: PointerEvent) => void {
  return (event) => {
    const stage = event.currentTarget;
    if (!(stage instanceof HTMLElement) || newest === 1) return;
    if (event.type === 'pointerdown') {
      drags.set(stage, { x: event.clientX, first, moved: false });
      return;
    }
    if (event.buttons === 0) drags.delete(stage);
    const drag = drags.get(stage);
    if (drag === undefined) return;
    const { ledger } = args.layout;
    const pitch = (ledger.pitch * stage.clientWidth) / ledger.width;
    const wanted = drag.first + Math.round((drag.x - event.clientX) / pitch);
    if (wanted === drag.first && !drag.moved) return;
    drag.moved = true;
    const next = wheeled(wanted, newest, 0);
    if (next !== (first === newest ? null : first)) args.emit({ type: 'scrollLog', firstColumn: next });
  };
}

function frame(args: ViewArgs, leader: NodeView | null, first: number, newest: number): unknown {
  return svg`${heading(args, leader, first)}${ruling(args)}${axis(args, first, leader?.commit ?? highestCommit(args.view), lastIndexOf(args.view))}
    ${scrollers(args, first, newest)}${legend(args)}`;
}

function highestCommit(view: View): number {
  return Math.max(0, ...view.nodes.map((node) => node.commit));
}

/** The whole panel. */
export function ledgerView(args: ViewArgs): TemplateResult {
  const { view, layout, t, ui } = args;
  const { ledger } = layout;
  const last = lastIndexOf(view);
  const newest = firstColumn(ledger, last, null);
  const first = Math.min(newest, Math.max(view.logFrom, firstColumn(ledger, last, ui.firstColumn)));
  const leader = believer(args);
  const hand = pressed(args);
  const drag = dragged(args, first, newest);
  const key = `${leader?.id}${leader?.commit ?? highestCommit(view)},${first},${newest},${last}${t.lang}${ledger.columns}${view.nodes.length}`;
  const box = `0 0 ${ledger.width} ${ledger.height}`;
  // A layer for each row: the browser draws a row again only when that row changed.
  return html`<div class="stage ledger" role="group" aria-label=${t.panel.logs} @click=${hand} @keydown=${hand} @wheel=${turned(args, first, newest)}
    @pointerdown=${drag} @pointermove=${drag}>
    <svg class="layer" viewBox=${box}>${memo(key, () => frame(args, leader, first, newest))}</svg>
    ${view.nodes.map((node, i) => {
      const progress = leader?.progress.find((each) => each.node === node.id) ?? null;
      const row = { args, node, y: ledger.top + i * ledger.row, first, leader, progress };
      return html`<svg class="layer" viewBox=${box}>${rowView(row)}</svg>`;
    })}
  </div>`;
}
