/**
 * The crash card: shown when the core has trapped. It says what is known, gives the run back as a link, and goes on from it. It is fetched
 * when it is first needed.
 */

import { html, type TemplateResult } from 'lit';
import { icons } from '../elements/icons';
import type { Lab } from '../elements/lab';
import type { ShellHands, ShellState } from '../elements/shell';
import { addressOf } from './address';
import styles from './crash-card.css?inline';
import { crashWords } from './crash-words';
import { adoptLate } from './sheet';

/** What draws the card, with its style where the player stands. */
export function cardFor(host: HTMLElement, lab: Lab): NonNullable<ShellState['card']> {
  adoptLate(host, styles);
  return (state, hands, said) => crashCard(state, hands, said, addressOf(host, lab.momentHash));
}

/** The card; the picture of the last good moment stays in sight behind it. */
function crashCard(state: ShellState, hands: ShellHands, said: string, address: string): TemplateResult {
  const { uid } = state;
  const words = crashWords[state.lang];
  const copy = async (event: Event) => {
    const button = event.currentTarget as HTMLButtonElement;
    try {
      await navigator.clipboard.writeText(address);
      button.textContent = words.copied;
    } catch {
      (button.parentElement?.querySelector('input') as HTMLInputElement | null)?.select();
    }
  };
  return html`<div class="crash-card" role="alertdialog" aria-labelledby="${uid}-crash" aria-describedby="${uid}-crash-what">
    <h2 id="${uid}-crash">${icons.warning}${words.crashTitle}</h2>
    <p id="${uid}-crash-what">${words.crashWhat}</p>
    <p class="crash-said"><span class="visually-hidden">${words.crashDetail}</span><code>${said}</code></p>
    <div class="crash-link">
      <label for="${uid}-crash-link">${words.crashLink}</label>
      <input id="${uid}-crash-link" readonly .value=${address} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
      <button class="plain" type="button" @click=${copy}>${words.copy}</button>
    </div>
    <div class="crash-hands">
      <button class="primary" type="button" data-go-on @click=${hands.goOn}>${words.crashGoOn}</button>
      <button class="plain" type="button" @click=${hands.fresh}>${state.words.newSeed}</button>
    </div>
  </div>`;
}
