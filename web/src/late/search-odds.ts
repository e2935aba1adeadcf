/**
 * The futures of a run as a curve: after each of its actions, in how many random futures something falls, without the rules and with every rule kept;
 * and the point of no return. Pure: what was counted in, a picture out. The counting is a worker's (`crates/search`).
 */

import { html, nothing, svg, type TemplateResult } from 'lit';
import type { OddsReport } from '../search-model';
import type { SearchWords } from './search-words';

/** Places, in the picture's units. */
const WIDTH = 520;
const LEFT = 34;
const TOP = 8;
const BASE = 84;
const FOOT = 104;

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

/** The curve as far as it is counted. */
export function oddsView(report: OddsReport, futures: number, words: SearchWords): TemplateResult {
  const { actions, done_prefixes: done } = report;
  const fallen = report.fallen.slice(0, done);
  const real = report.real.slice(0, done);
  const pitch = (WIDTH - LEFT - 4) / (actions + 1);
  const x = (prefix: number) => LEFT + prefix * pitch;
  const y = (count: number) => BASE - ((BASE - TOP) * count) / futures;
  const turn = pointOfNoReturn(fallen, futures);
  const counting = done <= actions;
  const says = counting
    ? words.counting(done, actions + 1)
    : turn === null
      ? words.noTurn
      : words.turn(turn, fallen[turn - 1] ?? 0, fallen[turn] ?? 0);
  const every = Math.ceil(actions / 16) || 1;
  return html`<figure class="se-odds stage" aria-label=${words.odds(futures)}><p><b>${words.odds(futures)}</b> ${says}${
    counting ? nothing : html` ${words.realOdds(Math.max(0, ...real))}`
  }</p>
    <svg viewBox="0 0 ${WIDTH} ${FOOT + 4}" width=${WIDTH} aria-hidden="true">
      ${[0, futures / 2, futures].map(
        (count) => svg`<path class="rule" d=${`M${LEFT} ${y(count)}H${WIDTH - 4}`}/>
          <text class="t2 end" x=${LEFT - 6} y=${y(count) + 4} font-size="12">${count}</text>`,
      )}
      ${turn === null ? nothing : svg`<path class="ink" d=${`M${x(turn)} ${TOP - 4}V${BASE}`}/>`}
      <path class="nof ink" d=${steps(real, x, y)}/><path class="nof alarm-s" d=${steps(fallen, x, y)}/>
      ${Array.from({ length: actions + 1 }, (_, i) =>
        i % every === 0
          ? svg`<text class="${i === turn ? 't b' : 't2'} mid" x=${x(i) + pitch / 2} y=${FOOT} font-size="12">${i}</text>`
          : nothing,
      )}
    </svg>
    <p class="visually-hidden">${words.counts(fallen.join(', '), real.join(', '))}</p></figure>`;
}
