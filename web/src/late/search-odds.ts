/**
 * The futures of a run as a curve: after each of its actions, in how many random futures something falls, without the rules and with every rule kept;
 * and the point of no return. Pure: what was counted in, a picture out. The counting is a worker's (`crates/search`).
 */

import { html, nothing, svg, type TemplateResult } from 'lit';
import type { OddsReport } from '../search-model';
import { termFill } from '../views/glyphs';
import type { Row } from './search-play';
import type { SearchWords } from './search-words';

/** Places, in the picture's units. */
const LEFT = 34;
const TOP = 8;
const BASE = 84;
const CELL = { top: 90, height: 20 };
const FOOT = CELL.top + CELL.height;

/** The first action after which more than half of the futures fall, though before it no more than half did; null while there is none. */
export function pointOfNoReturn(fallen: readonly number[], futures: number): number | null {
  const lost = fallen.map((count) => count * 2 > futures);
  const last = lost.lastIndexOf(false);
  return last < 0 || last === fallen.length - 1 ? null : last + 1;
}

/** A step for each count. */
function steps(counts: readonly number[], x: (prefix: number) => number, y: (count: number) => number): string {
  return counts.map((count, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(count)}H${x(i + 1)}`).join('');
}

/** The first action of no return, once all is counted; null before, and where there is none. */
export function turnOf({ actions, done_prefixes: done, fallen }: OddsReport, futures: number): number | null {
  return done <= actions ? null : pointOfNoReturn(fallen, futures);
}

/** The actions below the curve, in the colours of their terms as in the story; `x` is where a prefix begins. */
function ruler(rows: readonly Row[], x: (prefix: number) => number, pitch: number, turn: number | null, start: string) {
  const acts = rows.filter(({ number }) => number !== null);
  const every = Math.ceil(20 / pitch);
  const middle = CELL.top + CELL.height - 5.5;
  return svg`<text class="t2 end" x=${x(1) - 6} y=${middle} font-size="12">${start}</text>${acts.map(
    ({ number, term }) => {
      const at = number ?? 0;
      const kind = `${term === 0 ? 'fbg' : termFill(term)} ink`;
      return svg`<rect class=${kind} x=${x(at)} y=${CELL.top} width=${pitch} height=${CELL.height} stroke-width=${at === turn ? 2.5 : 1}/>${
        at % every === 0 || at === turn
          ? svg`<text class="${term === 0 ? 't' : 'on'} mid ${at === turn ? 'b' : ''}" x=${x(at) + pitch / 2} y=${middle} font-size="12">${at}</text>`
          : nothing
      }`;
    },
  )}`;
}

/** The line of no return, what lies behind it, and its name on the side that has room. */
function turning(at: number, width: number, words: SearchWords): TemplateResult {
  const right = at < width / 2;
  return svg`<rect class="se-lost" x=${at} y=${TOP - 4} width=${width - 4 - at} height=${BASE - TOP + 4}/>
    <path class="ink" d=${`M${at} ${TOP - 4}V${FOOT}`}/>
    <text class="t b ${right ? '' : 'end'}" x=${at + (right ? 8 : -8)} y=${TOP + 22} font-size="13">${words.turnHere}</text>`;
}

/** The curve as far as it is counted, `width` units wide (pixels, where there is room), above the actions of the story. */
export function oddsView(
  report: OddsReport,
  futures: number,
  rows: readonly Row[],
  width: number,
  words: SearchWords,
): TemplateResult {
  const { actions, done_prefixes: done } = report;
  const fallen = report.fallen.slice(0, done);
  const real = report.real.slice(0, done);
  const pitch = (width - LEFT - 4) / (actions + 1);
  const x = (prefix: number) => LEFT + prefix * pitch;
  const y = (count: number) => BASE - ((BASE - TOP) * count) / futures;
  const turn = pointOfNoReturn(fallen, futures);
  const counting = done <= actions;
  const says = counting
    ? words.counting(done, actions + 1)
    : turn === null
      ? words.noTurn
      : words.turn(turn, fallen[turn - 1] ?? 0, fallen[turn] ?? 0);
  return html`<figure class="se-odds stage" aria-label=${words.odds(futures)}><p><b>${words.odds(futures)}</b> ${says}${
    counting ? nothing : html` ${words.realOdds(Math.max(0, ...real))}`
  }</p>
    <svg viewBox="0 0 ${width} ${FOOT + 4}" width=${width} aria-hidden="true">
      ${[0, futures / 2, futures].map(
        (count) => svg`<path class="rule" d=${`M${LEFT} ${y(count)}H${width - 4}`}/>
          <text class="t2 end" x=${LEFT - 6} y=${y(count) + 4} font-size="12">${count}</text>`,
      )}
      ${counting || turn === null ? nothing : turning(x(turn), width, words)}
      <path class="nof ink" d=${steps(real, x, y)}/><path class="nof alarm-s" d=${steps(fallen, x, y)}/>
      ${ruler(rows, x, pitch, counting ? null : turn, words.start)}
    </svg>
    <p class="visually-hidden">${words.counts(fallen.join(', '), real.join(', '))}</p></figure>`;
}
