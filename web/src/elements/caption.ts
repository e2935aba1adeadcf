/** The caption line: what is going on, in a sentence or two; or, before it in rank, a fault that a person should read. */

import { html, nothing, type TemplateResult } from 'lit';
import { captionView } from '../views';
import { icons } from './icons';
import type { Fault } from './lab';
import type { ShellHands, ShellState } from './shell';

/** Newest records that the caption may speak of. */
const RECORDS = 40;

/** Sentence and fault; the fault's region is always there, so that a screen reader hears it change. */
export function captionLine(state: ShellState, hands: ShellHands): TemplateResult {
  const { view, fault, words, t } = state;
  const say =
    view === null
      ? html`<p class="caption">${words.loading}</p>`
      : captionView({ view, events: state.feed.slice(-RECORDS), t, seldom: state.seldom });
  return html`<div class="caption-line">
    <div class="fault" role="alert">${fault === null ? nothing : faultText(fault, state, hands)}</div>
    ${state.line?.(state, say) ?? (fault === null ? say : nothing)}
  </div>`;
}

function faultText(fault: Fault, state: ShellState, hands: ShellHands): TemplateResult {
  const { words } = state;
  const intro = {
    act: words.faultAct,
    run: words.faultRun,
    hash: words.faultHash,
    scene: words.faultScene(fault.name ?? ''),
    engine: words.faultEngine(fault.name ?? ''),
    load: words.faultLoad,
    late: words.faultLate,
    attribute: words.faultAttribute(fault.name ?? ''),
  }[fault.what];
  const after = { goesOn: words.faultGoesOn, fresh: words.faultFresh, nothing: '' }[fault.after];
  const answer =
    fault.what === 'load'
      ? html`<button class="plain" type="button" @click=${hands.retry}>${words.retry}</button>`
      : html`<button class="plain" type="button" aria-label=${words.dismiss} title=${words.dismiss} @click=${hands.dismiss}>${icons.close}</button>`;
  return html`${icons.warning}<p tabindex="0"><b>${intro}</b> ${words.faultDetail(fault.detail)} <span class="then">${after}</span></p>${answer}`;
}
