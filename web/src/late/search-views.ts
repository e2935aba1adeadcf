/** What a search shows, part by part: figures, the lengths of the run as it is cut, the verdict, the story. Pure: what was told in, markup out. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { clock, entryId, termColour } from '../format/text';
import type { Lang, Words } from '../locales';
import type { CheckName, View, ViolationView } from '../model';
import type { Found } from '../search-model';
import { discText, nodeDisc, termFill } from '../views/glyphs';
import { actionSentence } from './action-words';
import { curvePicture, type Point, trendOf } from './search-curve';
import type { Row } from './search-play';
import type { Figures, Phase } from './search-pool';
import type { SearchWords } from './search-words';

/** Lengths that are drawn as bars. */
const BARS_MAX = 6;

/** Widths of a bar in pixels: of the run as it was found, and the least. */
const BAR = { most: 90, least: 8 };

/** A whole number as the language writes it. */
export const whole = (value: number, lang: Lang): string => Math.round(value).toLocaleString(lang);

/** A large number in a few characters. */
const short = (value: number, lang: Lang): string =>
  new Intl.NumberFormat(lang, { notation: 'compact', maximumSignificantDigits: 3 }).format(value);

/** Wall time of a search. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

/** The lengths that are drawn: the first, the last, and of those between as many as there is room for. */
export function barsOf(lengths: readonly number[]): number[] {
  if (lengths.length <= BARS_MAX) return [...lengths];
  const at = (i: number) => Math.round((i * (lengths.length - 1)) / (BARS_MAX - 1));
  return Array.from({ length: BARS_MAX }, (_, i) => lengths[at(i)] ?? 0);
}

/** The run as it was found and cut: a bar a length, the last one inked. */
export function lengthsView({ lengths }: Pick<Found, 'lengths'>, words: SearchWords): TemplateResult {
  const bars = barsOf(lengths);
  const most = Math.max(1, ...bars);
  const width = (length: number) => Math.max(BAR.least, Math.round((BAR.most * length) / most));
  return html`<ol class="se-lengths" aria-label=${words.lengths(lengths.join(', '))}>${bars.map(
    (length) => html`<li><span>${length}</span><i .style=${`width:${width(length)}px`}></i></li>`,
  )}</ol>`;
}

/** What the figures are made of. */
export interface Measured {
  readonly figures: Figures;
  readonly progress: readonly (number | null)[];
  readonly phase: Phase;
  readonly finder: number;
  readonly points: readonly Point[];
}

/** The curve of distinct states, in pixels. */
const CURVE = { width: 40, height: 26 };

/** In a sentence what the curve of states says; nothing while there were too few runs. */
export function trendView(points: readonly Point[], words: SearchWords): string {
  const trend = trendOf(points);
  if (trend === null) return '';
  const rate = (value: number) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
  return (trend.flat ? words.flat : words.rising)(rate(trend.late), rate(trend.average));
}

/** The strip of figures. */
export function figuresView(
  measured: Measured,
  words: SearchWords,
  lang: Lang,
  marks: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const { figures, progress, phase, finder, points } = measured;
  const count = progress.filter((each) => each !== null).length;
  const says = { searching: words.atWork(count), shrinking: words.oneCuts, found: words.oneFound(count) };
  const works = phase in says ? says[phase as keyof typeof says] : words.resting(count);
  const figure = (value: string, name: string, title: string = '') =>
    html`<div><b>${value}</b><span title=${title}>${name}</span></div>`;
  const rate = figures.ms > 0 ? (figures.events * 1000) / figures.ms : 0;
  return html`<div class="se-figures"><div><svg width=${progress.length * 14 - 4} height="28" aria-hidden="true">${progress.map(
    (
      share,
      i,
    ) => svg`<rect class=${i === finder ? 'falarm' : 'fink'} x=${i * 14} y=${28 - 28 * (share ?? 0)} width="10" height=${28 * (share ?? 0)}/>
      <rect class="nof line" x=${i * 14 + 0.75} y="0.75" width="8.5" height="26.5"/>`,
  )}</svg><span>${works}</span></div>
    ${figure(whole(figures.runs, lang), words.runs)}${figure(short(rate, lang), words.events)}
    <div><b>${figures.exact ? '' : '≈ '}${whole(figures.states, lang)} <svg width=${CURVE.width} height=${CURVE.height} aria-hidden="true">${curvePicture(points, CURVE.width, CURVE.height)}</svg></b><span
      title=${words.statesNote(progress.length)}>${words.states}</span></div>${marks}</div>
    <p class="se-trend">${trendView(points, words)}</p>`;
}

/** A node as it stands on the stage, small. */
function disc(view: View, id: string): TemplateResult | typeof nothing {
  const node = view.nodes.find((each) => each.id === id);
  return node === undefined
    ? nothing
    : html`<span class="se-witness"><svg width="34" height="34" viewBox="0 0 34 34" aria-hidden="true">${nodeDisc(node, { x: 17, y: 17 }, 11, 0)}${
        node.up
          ? svg`<text class="${discText(node)} mid b" x="17" y="21.5" font-size="12">${node.term}</text>`
          : nothing
      }</svg><b>${id}</b></span>`;
}

/** The entry in question, as the first witness that has it has it. */
function chip(view: View, { nodes, index }: ViolationView, words: SearchWords): TemplateResult | typeof nothing {
  if (index === null) return nothing;
  const logs = [...nodes.map((id) => view.nodes.find((each) => each.id === id)), ...view.nodes];
  const entry = logs.flatMap((node) => node?.log ?? []).find((each) => each.index === index);
  if (entry === undefined) return nothing;
  const id = entryId(entry);
  return html`<span class="se-chip" aria-label=${words.entry(id)} role="img"><svg width="52" height="26" aria-hidden="true"
    ><rect class="${termFill(entry.term)} ink" x="1" y="1" width="50" height="24" rx="2"/><text class="on mid b" x="26" y="18" font-size="13">${id}</text></svg></span>`;
}

/** Which theorem fell, how, and its witnesses: once it was played, with the glyphs of the stage. */
export function verdictView(found: Found, view: View | null, t: Words, words: SearchWords): TemplateResult {
  const check = found.property as CheckName;
  const { rest } = t.caption({ kind: 'fallen', check, text: found.violation });
  const fallen = view?.checks.find(({ name }) => name === check)?.violation ?? null;
  return html`<div class="se-verdict"><h4>${t.checkFallen(t.check[check] ?? check)}</h4><p>${rest}</p>${
    view === null || fallen === null
      ? nothing
      : html`<div class="se-witnesses" role="group" aria-label=${words.witnesses}>${chip(view, fallen, words)}${fallen.nodes.map((id) => disc(view, id))}</div>`
  }</div>`;
}

/** What the story needs to know of where it is told. */
export interface Teller {
  readonly t: Words;
  readonly words: SearchWords;
  /** The moment of the stage, µs; null while another run stands there. */
  readonly nowUs: number | null;
  readonly go: (atUs: number) => void;
  /** The action of no return, once it is known. */
  readonly turn: number | null;
}

/** What a row says: as the feed does, or what the action does. */
function sentence({ event, action }: Row, t: Words): TemplateResult | string {
  return event !== null ? t.event(event) : (actionSentence(action, t) ?? html`<code>${action}</code>`);
}

/** The run that was found, row by row; on the stage, each row leads to its moment. */
export function storyView(rows: readonly Row[], teller: Teller): TemplateResult {
  const { nowUs, go, words, turn } = teller;
  const here = nowUs === null ? -1 : rows.findLastIndex(({ atUs }) => atUs <= nowUs);
  return html`<ol class="se-story" aria-label=${words.story}>${rows.map((row, i) => {
    const fell = row.event?.what.kind === 'violated';
    const turns = row.number !== null && row.number === turn;
    const line = html`<b class=${`tc${termColour(row.term)}`}>${row.number ?? ''}</b><time>${clock(row.atUs)}</time><span>${sentence(row, teller.t)}${turns ? html` <em>${words.turnHere}</em>` : nothing}</span>`;
    const title = row.action || nothing;
    const kind = `${row.number === null ? 'outcome' : ''} ${fell ? 'fell' : ''} ${turns ? 'turn' : ''} ${i === here ? 'here' : ''}`;
    return html`<li class=${kind}>${
      nowUs === null
        ? html`<div title=${title}>${line}</div>`
        : html`<button type="button" title=${title} aria-current=${i === here ? 'step' : 'false'} @click=${() => go(row.atUs)}>${line}</button>`
    }</li>`;
  })}</ol>`;
}
