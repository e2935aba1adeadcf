/**
 * The marks of a search as a strip of small squares, and as a list: which situations its runs came through, how often, and which no run came to. Pure:
 * counts in, markup out.
 */

import { html, svg, type TemplateResult } from 'lit';
import type { Lang } from '../locales';
import { MARKS, type Mark } from './search-marks-words';
import { whole } from './search-views';
import type { SearchWords } from './search-words';

/** Places of the strip, in pixels: three rows. */
const ROWS = 3;
const CELL = { width: 5, height: 7, pitch: 7, line: 9 };
const COLUMNS = Math.ceil(MARKS.length / ROWS);

/** A mark and in how many runs it was reached. */
const told = ({ says, source }: Mark, runs: number, words: SearchWords, lang: Lang): string =>
  `${says[lang]} ${words.section(source)}. ${runs > 0 ? words.markRuns(whole(runs, lang), runs) : words.markNone}`;

/** Filled: reached. Open: not. */
const square = (reached: boolean, x: number, y: number, { width, height }: { width: number; height: number }) =>
  svg`<rect class=${reached ? 'fink' : 'nof line'} x=${x + (reached ? 0 : 0.5)} y=${y + (reached ? 0 : 0.5)} width=${width - (reached ? 0 : 1)} height=${height - (reached ? 0 : 1)}></rect>`;

/** How many marks were reached. */
export const reachedOf = (runs: readonly number[]): number => MARKS.filter((_, i) => (runs[i] ?? 0) > 0).length;

/** The strip, a button that shows the list; each square says which it is to a hand that rests on it. */
export function marksButton(
  runs: readonly number[],
  open: boolean,
  toggle: () => void,
  listId: string,
  words: SearchWords,
  lang: Lang,
): TemplateResult {
  return html`<button type="button" class="se-marks" aria-expanded=${open} aria-controls=${listId} @click=${toggle}>
    <svg width=${COLUMNS * CELL.pitch - 2} height=${ROWS * CELL.line - 2} aria-hidden="true">${MARKS.map((mark, i) => {
      const count = runs[i] ?? 0;
      const [x, y] = [(i % COLUMNS) * CELL.pitch, Math.floor(i / COLUMNS) * CELL.line];
      return svg`<g><title>${told(mark, count, words, lang)}</title><rect class="se-hit" x=${x} y=${y} width=${CELL.pitch} height=${CELL.line}></rect>${square(count > 0, x, y, CELL)}</g>`;
    })}</svg><span>${words.marks(reachedOf(runs), MARKS.length)}</span></button>`;
}

/** The list: what no run came to first, then the rest. */
export function marksList(runs: readonly number[], listId: string, words: SearchWords, lang: Lang): TemplateResult {
  const row = (mark: Mark) => {
    const count = runs[MARKS.indexOf(mark)] ?? 0;
    return html`<li><svg width="9" height="9" aria-hidden="true">${square(count > 0, 0, 0, { width: 9, height: 9 })}</svg><span>${mark.says[lang]}<small>${words.section(mark.source)} · ${count > 0 ? words.markRuns(whole(count, lang), count) : words.markNone}</small></span></li>`;
  };
  const part = (title: string, marks: readonly Mark[]) =>
    marks.length === 0 ? '' : html`<h4>${title}</h4><ul>${marks.map(row)}</ul>`;
  const reached = MARKS.filter((_, i) => (runs[i] ?? 0) > 0);
  const missing = MARKS.filter((mark) => !reached.includes(mark));
  return html`<section class="se-marklist" id=${listId} aria-label=${words.marksTitle}><p>${words.marksMean}</p>${part(words.notReached(missing.length), missing)}${part(words.reached(reached.length), reached)}</section>`;
}
