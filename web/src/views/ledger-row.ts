/**
 * One node's row in the ledger. Above the boxes is what the leader believes of the node (match, next), below them what the node itself knows
 * (applied, commit, synced).
 */

import { nothing, svg } from 'lit';
import type { LedgerLayout } from '../layout';
import { round } from '../layout/geometry';
import type { EntryView, NodeView, ProgressView } from '../model';
import { entryBox } from './entry';
import { type Drawing, discText, nodeDisc, pauseBadge, selectionMark, textWidth } from './glyphs';
import { memo } from './memo';
import { roleHandle, roleWord } from './node';
import type { ViewArgs } from './types';

/** What a row is drawn from. */
export interface Row {
  args: ViewArgs;
  node: NodeView;
  /** Top of the row. */
  y: number;
  /** First index on show. */
  first: number;
  /** The leader whose beliefs are shown, and its belief of this node. */
  leader: NodeView | null;
  progress: ProgressView | null;
}

/** Left edge of the box of an index. */
function boxX({ args, first }: Row, index: number): number {
  const { columnsLeft, pitch } = args.layout.ledger;
  return columnsLeft + 3 + (index - first) * pitch;
}

function shown({ args, first }: Row, index: number): boolean {
  return index >= first && index < first + args.layout.ledger.columns;
}

/** The width into which a role's word must be pressed so that it ends before the double rule; nothing when it fits. */
function squeeze(word: string, g: LedgerLayout['gutter']): number | typeof nothing {
  const room = g.doubleRule - g.nameX - 6;
  return textWidth(word, g.roleSize) > room ? room : nothing;
}

function gutter({ args, node, y }: Row): Drawing {
  const { gutter: g, rowStyle, boxTop, box } = args.layout.ledger;
  const middle = y + boxTop + box.height / 2;
  const c = { x: g.glyphX, y: middle };
  const withRole = rowStyle === 'full';
  const size = g.radius >= 15 ? 15 : 13;
  const role = roleWord(args.t, node);
  return svg`${nodeDisc(node, c, g.radius, g.radius >= 15 && rowStyle !== 'box' ? 10 : 0)}
    <text class="${discText(node)} mid b" x=${c.x} y=${round(c.y + size * 0.34)} font-size=${size}>${node.term}</text>
    ${node.frozen && node.up ? pauseBadge(c, g.radius - 2) : nothing}
    <text class="t b" x=${g.nameX} y=${round(middle + (withRole ? -3 : g.nameSize * 0.34))} font-size=${g.nameSize}>${node.id}</text>
    ${withRole ? svg`<text class="t2" x=${g.nameX} y=${round(middle + 13)} font-size=${g.roleSize} textLength=${squeeze(role, g)} lengthAdjust="spacingAndGlyphs">${role}</text>` : nothing}`;
}

function entry(row: Row, each: EntryView): Drawing {
  const { args, node, y } = row;
  const { ledger } = args.layout;
  const x = boxX(row, each.index);
  const top = y + ledger.boxTop;
  const { selected } = args.ui;
  const chosen = selected?.kind === 'entry' && selected.node === node.id && selected.index === each.index;
  const committed = node.commit >= each.index;
  return svg`<g class="entry" data-index=${each.index} data-term=${each.term} data-committed=${committed} data-synced=${each.synced}
    data-applied=${each.applied}><title>${args.t.ledger.entryLabel(node, each)}</title>
    <rect class="hit-box" x=${x} y=${top} width=${ledger.box.width} height=${ledger.box.height}/>
    ${entryBox(each, ledger, args.t, x, top)}
    ${(each.kind === 'confChange' && args.seldom?.gear(x + ledger.box.width - 3, top + 3)) || nothing}
    ${chosen ? selectionMark(x - 4, top - 4, ledger.box.width + 8, ledger.box.height + 8, 8) : nothing}</g>`;
}

/** What a snapshot stands for: one long box in the place of the entries that the log no longer has (Fig. 12 of the paper). */
function prefix(row: Row): Drawing {
  const { args, node, y, first } = row;
  const { ledger } = args.layout;
  const last = Math.min(node.firstIndex - 1, first + ledger.columns - 1);
  if (last < first) return nothing;
  const x = boxX(row, first);
  const top = y + ledger.boxTop;
  const width = boxX(row, last) + ledger.box.width - x;
  const words = args.t.ledger.snapshot(node.firstIndex - 1);
  return svg`<g data-snapshot=${node.firstIndex - 1}><title>${words}</title><rect class="fsf ink com" x=${x} y=${top} width=${width} height=${ledger.box.height} rx="1"/>
    <text class="t2 mid" x=${x + width / 2} y=${round(top + ledger.box.height / 2 + 5)} font-size="13">${width < 90 ? `≤${node.firstIndex - 1}` : words}</text></g>`;
}

/** Where an append under way will cut the log. */
function scissors(row: Row): unknown {
  const { args, node, y } = row;
  const from = args.seldom?.cutFrom(args.view, node) ?? 0;
  return from > 0 && shown(row, from) ? args.seldom?.scissors(args.layout, boxX(row, from), y, args.t) : nothing;
}

/** Applied, commit and synced, each in its own lane of a column so that they never overlap. */
function rail(row: Row): Drawing {
  const { args, node, y, first } = row;
  const { ledger } = args.layout;
  if (ledger.rowStyle === 'box') return nothing;
  const at = y + ledger.boxTop + ledger.box.height + ledger.railBelow;
  const middle = (index: number) => boxX(row, index) + ledger.box.width / 2;
  const lane = Math.round(ledger.pitch / 4) + 1;
  const last = Math.min(node.lastIndex, first + ledger.columns - 1);
  const line =
    last >= first
      ? svg`<path class="rule" d=${`M${boxX(row, first)} ${at}H${boxX(row, last) + ledger.box.width}`}/>`
      : nothing;
  const { applied, commit, synced } = node;
  return svg`${line}
    ${applied > 0 && shown(row, applied) ? svg`<circle class="fink" cx=${middle(applied) - lane} cy=${at} r="4.5"/>` : nothing}
    ${commit > 0 && shown(row, commit) ? svg`<rect class="fink" x=${middle(commit) - 2.5} y=${at - 6} width="5" height="12"/>` : nothing}
    ${synced > 0 && shown(row, synced) ? svg`<path class="fsf ink" d=${`M${middle(synced) + lane - 6} ${at - 5}h12l-6 10z`}/>` : nothing}`;
}

/** Match diamond, next triangle and, while entries are sent ahead, the window between them. */
function beliefs(row: Row): Drawing {
  const { args, y, progress, first } = row;
  const { ledger, cluster } = args.layout;
  if (progress === null || ledger.rowStyle !== 'full') return nothing;
  const at = y + 11;
  const { matchIndex, nextIndex } = progress;
  // Between narrow columns there is no room for words.
  const size = ledger.dense ? 0 : 13;
  const matchX = boxX(row, matchIndex) + 10;
  const nextX = boxX(row, nextIndex);
  const match = shown(row, matchIndex);
  const gapped = progress.state === 'replicate' && nextIndex > matchIndex + 1;
  const from = match ? matchX + (cluster.words && size > 0 ? 53 : 8) : boxX(row, first) + 2;
  const to = Math.min(nextX - 6, boxX(row, first + ledger.columns) - 6);
  return svg`${match ? svg`<path class="fink" d=${`M${matchX} ${at - 5}l5 5l-5 5l-5-5z`}/>` : nothing}
    ${match ? svg`<text class="t2" x=${matchX + 10} y=${at + 4} font-size=${size}>${args.t.ledger.match}</text>` : nothing}
    ${match ? nothing : svg`<text class="t2 end" x=${ledger.gutter.doubleRule - 8} y=${at + 4} font-size="13">${args.t.ledger.match} ${matchIndex}</text>`}
    ${gapped && to > from ? svg`<path class="line-s" d=${`M${from} ${at}H${to}`}/>` : nothing}
    ${shown(row, nextIndex) ? svg`<path class="fsf ink" d=${`M${nextX} ${at - 5}l8 5l-8 5z`}/><text class="t2 halo-thin" x=${nextX + 14} y=${at + 4} font-size=${size}>${args.t.ledger.next}</text>` : nothing}`;
}

const states = ['probe', 'replicate', 'snapshot'] as const;

function inFlight({ args, node, progress }: Row): string {
  const { ledger } = args.t;
  if (progress === null) return '';
  if (!node.up) return ledger.noAnswer;
  if (progress.inFlight > 0) return ledger.inFlight(progress.inFlight);
  return progress.paused ? ledger.paused : ledger.idle;
}

/** The chip P R S with the current letter reversed, and how many appends are under way. */
function chip(row: Row): Drawing {
  const { args, node, y, progress, leader } = row;
  const { ledger } = args.layout;
  const middle = y + ledger.boxTop + ledger.box.height / 2;
  const x = ledger.beliefX;
  if (leader?.id === node.id) {
    return ledger.beliefWords
      ? nothing
      : svg`<text class="t2" x=${x} y=${round(middle + 5)} font-size="13">${args.t.ledger.itself}</text>`;
  }
  if (progress === null || leader === null) return nothing;
  if (ledger.beliefWords) {
    const { match, next } = args.t.ledger;
    return svg`<text class="t" x=${x} y=${round(middle - 3)} font-size=${ledger.labelSize}>${match} ${progress.matchIndex}</text>
      <text class="t2" x=${x} y=${round(middle + 15)} font-size=${ledger.labelSize}>${next} ${progress.nextIndex}</text>`;
  }
  const tall = ledger.rowStyle === 'full';
  const top = middle - (tall ? 14 : 11);
  return svg`<g aria-label=${args.t.ledger.progressLabel(leader.id, progress)} role="img" data-progress=${node.id} data-state=${progress.state}>
    ${states.map((state, i) => {
      const left = x + i * 24;
      const letter = state.charAt(0).toUpperCase();
      const now = state === progress.state;
      return svg`${now ? svg`<rect class="fink" x=${left} y=${round(top)} width="22" height="22" rx="2"/>` : nothing}
        <text class="${now ? 'inv b' : 't3'} mid" x=${left + 11} y=${round(top + 16.4)} font-size="15">${letter}</text>`;
    })}
    ${tall ? svg`<text class="t2" x=${x} y=${round(top + 37)} font-size="13">${inFlight(row)}</text>` : nothing}</g>`;
}

/** The store in words, for readers of the DOM: "x=1 y=2". Not drawn here; the inspector and the row's name speak it. */
function store({ node }: Row): Drawing {
  const text = node.store.map((pair) => `${pair.key}=${pair.value}`).join(' ');
  return svg`<desc data-store=${node.id}>${text}</desc>`;
}

/** Everything a row's drawing reads, so that an unchanged row costs nothing. */
function signature(row: Row): string {
  const { args, node, first, leader, progress } = row;
  const { selected } = args.ui;
  const chosen = selected?.kind === 'entry' && selected.node === node.id ? selected.index : '';
  let log = '';
  for (const each of node.log) {
    if (shown(row, each.index))
      log += `${each.index}.${each.term}${each.kind}${each.command}${each.synced}${each.applied};`;
  }
  const belief =
    progress === null
      ? ''
      : `${progress.state}${progress.matchIndex},${progress.nextIndex},${progress.inFlight}${progress.paused}`;
  const pairs = node.store.map((pair) => `${pair.key}=${pair.value}`).join();
  return `${node.up}${node.member}${node.frozen}${node.role}${node.staleLeader}${node.term}|${node.commit},${node.applied},${node.synced},${node.firstIndex},${node.lastIndex}|${first}|${log}|${belief}|${leader?.id}|${chosen}|${pairs}|${args.seldom?.cutFrom(args.view, node)}|${args.t.lang}${args.layout.ledger.columns}${args.view.nodes.length}`;
}

function drawRow(row: Row): unknown {
  const { args, node, y } = row;
  const { ledger } = args.layout;
  const line = y + ledger.row;
  return svg`${store(row)}
    <g class="row-name" role="button" tabindex="0" data-select=${node.id} aria-label=${`${node.id}, ${args.t.ledger.rowLabel(node)}`}>
      <rect class="hit-box focus" x=${ledger.left - 4} y=${y + 4} width=${ledger.gutter.doubleRule - ledger.left} height=${ledger.row - 8}/>
      ${gutter(row)}</g>
    ${prefix(row)}${node.log.filter((each) => shown(row, each.index)).map((each) => entry(row, each))}
    ${rail(row)}${beliefs(row)}${chip(row)}${scissors(row)}
    ${line < ledger.bottom - 1 ? svg`<path class="rule" d=${`M${ledger.left} ${round(line)}H${ledger.right}`}/>` : nothing}`;
}

/** One row of the ledger. */
export function rowView(row: Row): Drawing {
  const { node } = row;
  return svg`<g class="row" data-log=${node.id} data-commit=${node.commit} data-applied=${node.applied} data-last=${node.lastIndex} data-row-role=${roleHandle(node)}>
    ${memo(signature(row), () => drawRow(row))}</g>`;
}
