/** The line below the space-time picture: what its signs mean, or, of the message in hand, what it was sent for and a way back along that. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Passage } from '../lens-model';
import type { Words } from '../locales';
import type { MessageView } from '../model';
import type { Cause } from './space-time-cause';
import type { LateWords } from './words';

const ARROW = 'M1 9h18';

/** The signs, in the order of the words. */
const SIGNS = {
  append: svg`<path class="st-s" d="M1 9h22"/><rect class="st-f st-s" x="6" y="5" width="13" height="8" rx="4"/>`,
  vote: svg`<path class="st-s" d="M1 9h22"/><rect class="st-f st-s" x="7" y="4" width="10" height="10"/>`,
  request: svg`<path class="st-s wide" d=${ARROW}/><path class="st-i st-s" d="M17 5l6 4-6 4z"/>`,
  reply: svg`<path class="st-s" d=${ARROW}/><path class="st-n st-s" d="M17 5l6 4-6 4z"/>`,
  lost: svg`<path class="st-s" d="M1 9h13M10 5l8 8M18 5l-8 8"/>`,
  held: svg`<rect class="st-f st-s" x="3" y="3" width="18" height="12" rx="6"/><path class="st-s wide" d="M10 6v6M14 6v6"/>`,
  leads: svg`<rect class="st-f st-s wide" x="1" y="3" width="22" height="12"/>`,
} as const;

export type Sign = keyof typeof SIGNS;

/** What the signs mean. */
export function legend(words: LateWords['spaceTime']): TemplateResult {
  return html`<ul class="st-foot st-legend" aria-label=${words.legend}>${(Object.keys(SIGNS) as Sign[]).map(
    (sign) => html`<li><svg width="24" height="18" aria-hidden="true">${SIGNS[sign]}</svg>${words.signs[sign]}</li>`,
  )}</ul>`;
}

/** What the message in hand was sent for; `follow` takes the nearest message among it into hand. */
export function because(
  chain: readonly Cause[],
  follow: (passage: Passage) => void,
  words: LateWords['spaceTime'],
  t: Words,
): TemplateResult {
  const [first] = chain;
  const said = (cause: Cause) =>
    'by' in cause
      ? words.by[cause.by](cause.node)
      : `${nameOf(cause.passage, t)} ${cause.passage.card.from} → ${cause.passage.card.to}`;
  return html`<div class="st-foot st-because"><p>${
    first === undefined ? words.noCause : html`${words.because} <b>${chain.map(said).join(' ← ')}</b>`
  }</p>${
    first !== undefined && 'passage' in first
      ? html`<button type="button" @click=${() => follow(first.passage)}>${words.followCause}</button>`
      : nothing
  }</div>`;
}

function nameOf({ card }: Passage, t: Words): string {
  const detail = card.command ?? t.messageDetail(card as unknown as MessageView);
  return detail === '' ? t.message[card.kind] : `${t.message[card.kind]} (${detail})`;
}
