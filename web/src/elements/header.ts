/** The line above the cluster: the name, the run's seed, language, theme, share, help. */

import { html, type TemplateResult } from 'lit';
import type { Lang } from '../locales';
import { type ThemeChoice, themeChoices } from '../locales/shell';
import { languageTags } from '../locales/speech';
import { icons, mark } from './icons';
import type { ShellHands, ShellState } from './shell';

/** The header of the full page. */
export function header(state: ShellState, hands: ShellHands): TemplateResult {
  const { words } = state;
  return html`<header class="shell-header">
    <h1 class="wordmark">${mark}<span>Raftarium</span></h1>
    ${seedForm(state, hands)}
    <button class="tool" type="button" data-scenes @click=${hands.scenes}>${icons.scenes}<span class="tool-name">${words.scenes}</span></button>
    <div class="spacer"></div>
    ${languages(state, hands)}
    ${themes(state, hands)}
    <button class="tool" type="button" data-panels aria-haspopup="menu" aria-keyshortcuts="m" @click=${hands.panelsMenu}>${icons.panels}<span class="tool-name">${words.panels}</span></button>
    <button class="tool" type="button" @click=${hands.share}>${icons.share}<span class="tool-name">${words.share}</span></button>
    <button class="tool" type="button" aria-keyshortcuts="?" @click=${hands.help}>${icons.help}<span class="tool-name">${words.help}</span></button>
  </header>`;
}

function seedForm(state: ShellState, hands: ShellHands): TemplateResult {
  const { words, uid } = state;
  const open = (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem('seed') as HTMLInputElement;
    hands.openSeed(field.value.trim());
  };
  return html`<form class="seed" @submit=${open}>
    <label for="${uid}-seed">${words.seed}</label>
    <input id="${uid}-seed" name="seed" type="text" inputmode="numeric" autocomplete="off" spellcheck="false"
      .value=${state.view?.seed ?? ''} />
    <button class="visually-hidden" type="submit" tabindex="-1">${words.seedOpen}</button>
    <button class="tool" type="button" @click=${hands.fresh}>${icons.fresh}<span class="tool-name">${words.newSeed}</span></button>
  </form>`;
}

/** The languages, each in its own words. */
export function languages(state: ShellState, hands: ShellHands): TemplateResult {
  const button = (lang: Lang, name: string) => html`<button
    type="button" lang=${languageTags[lang]} aria-pressed=${state.lang === lang}
    @click=${() => hands.setLang(lang)}>${name}</button>`;
  return html`<div class="languages" role="group" aria-label=${state.words.language}>${button('en', 'EN')}${button('zh', '中文')}</div>`;
}

function themes(state: ShellState, hands: ShellHands): TemplateResult {
  const { words } = state;
  const change = (event: Event) => hands.setTheme((event.target as HTMLSelectElement).value as ThemeChoice);
  return html`<label class="tool theme">${icons.theme}<span class="visually-hidden">${words.theme}</span>
    <select @change=${change}>${themeChoices.map(
      (theme) => html`<option value=${theme} .selected=${theme === state.theme}>${words.themes[theme]}</option>`,
    )}</select></label>`;
}
