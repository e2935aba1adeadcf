/** The line below: play, next event, speed, the clock, and the field for a client's command. */

import { html, nothing, type TemplateResult } from 'lit';
import { SPEEDS } from '../player';
import { icons } from './icons';
import type { ShellHands, ShellState } from './shell';

/** What the slider goes by, simulated µs. */
const SEEK_STEP_US = 1000;

/** The transport line of every player. */
export function transport(state: ShellState, hands: ShellHands): TemplateResult {
  return html`<div class="transport" @pointerenter=${hands.near} @focusin=${hands.near} role="group" aria-label=${state.words.controls}>
    ${playButtons(state, hands)} ${state.size === 'mobile' ? nothing : speedField(state, hands)} ${commandForm(state, hands)} ${keyChip(state, hands)}
    ${seekBar(state, hands)} ${history(state, hands)} ${state.size === 'mobile' ? nothing : clock(state)}
  </div>`;
}

/** Simulated time, which the element keeps true. */
export function clock(state: ShellState): TemplateResult {
  return html`<span class="clock"><span class="visually-hidden">${state.words.clock}</span><span data-clock></span></span>`;
}

function playButtons(state: ShellState, hands: ShellHands): TemplateResult {
  const { words, playing } = state;
  return html`<button class="step" type="button" aria-keyshortcuts="ArrowLeft" aria-label=${words.stepBack} title=${words.stepBack}
      ?disabled=${state.trap !== null} @click=${hands.stepBack}>${icons.stepBack}</button>
    <button class="play" type="button" aria-keyshortcuts="k" aria-label=${playing ? words.pause : words.play}
      ?disabled=${state.trap !== null} @click=${hands.togglePlay}>${playing ? icons.pause : icons.play}</button>
    <button class="step" type="button" aria-keyshortcuts="ArrowRight" aria-label=${words.step} title=${words.step}
      ?disabled=${state.trap !== null} @click=${hands.step}>${icons.step}</button>
    <button class="step" type="button" data-time aria-haspopup="menu" aria-label=${words.moreTime} title=${words.moreTime}
      ?disabled=${state.trap !== null} @click=${() => hands.time('menu', 1)}>${icons.more}</button>`;
}

/** Any moment that was seen, by a slider. Where it stands is kept true by the element, as the clock is: see `tellTime`. */
function seekBar(state: ShellState, hands: ShellHands): TemplateResult {
  const { words } = state;
  const seek = (event: Event) => {
    const { value, max } = event.target as HTMLInputElement;
    // The last step of the slider is seldom a whole one.
    hands.seek(Number(value) + SEEK_STEP_US > Number(max) ? Number(max) : Number(value));
  };
  return html`<span class="seek-box"><input class="seek" type="range" data-seek min="0" step=${SEEK_STEP_US} aria-label=${words.seek}
    ?disabled=${state.trap !== null}
    @input=${seek} @change=${hands.settle} /></span>`;
}

function history(state: ShellState, hands: ShellHands): TemplateResult {
  const { words } = state;
  const button = (
    name: string,
    icon: TemplateResult,
    click: () => void,
  ) => html`<button class="step" type="button" aria-label=${name} title=${name}
    ?disabled=${state.trap !== null} @click=${click}>${icon}</button>`;
  return html`<span class="history">${button(words.undo, icons.undo, hands.undo)}${button(words.redo, icons.redo, hands.redo)}</span>`;
}

/** The speeds to choose from, and the present one even when it is none of them. */
export function speedField(state: ShellState, hands: ShellHands): TemplateResult {
  const speeds = [...new Set([...SPEEDS, state.speed])].sort((a, b) => a - b);
  const change = (event: Event) => hands.setSpeed(Number((event.target as HTMLSelectElement).value));
  return html`<label class="speed"><span class="visually-hidden">${state.words.speed}</span>
    <select @change=${change}>${speeds.map(
      (speed) => html`<option value=${speed} .selected=${speed === state.speed}>${speed}×</option>`,
    )}</select></label>`;
}

function commandForm(state: ShellState, hands: ShellHands): TemplateResult {
  const { words, uid } = state;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem('command') as HTMLInputElement;
    if (hands.submit(field.value)) {
      field.value = nextCommand(field.value);
    }
  };
  return html`<form class="command" @submit=${submit}>
    <label for="${uid}-command">${words.command}</label>
    <input id="${uid}-command" name="command" type="text" value="put x 1" autocomplete="off" autocapitalize="off" spellcheck="false" />
    <button type="submit" ?disabled=${state.trap !== null}>${words.submit}</button>
  </form>`;
}

/** The command to offer after one was submitted: `put x 1` is followed by `put x 2`, so that each is told apart in the log. */
export function nextCommand(command: string): string {
  const found = /^(put\s+\S+\s+)(\d{1,6})$/.exec(command.trim());
  return found === null ? command : `${found[1]}${Number(found[2]) + 1}`;
}

/** On a slide: who has the keys, and a click to change it. */
function keyChip(state: ShellState, hands: ShellHands): TemplateResult | typeof nothing {
  const { words, keyOwner } = state;
  if (state.ui === 'full' || keyOwner === 'off' || window.parent === window) {
    return nothing;
  }
  const host = keyOwner === 'host';
  return html`<button class="key-chip" type="button" title=${host ? words.keysTake : words.keysGive}
    @click=${() => hands.setKeyOwner(host ? 'self' : 'host')}>${host ? words.keysHost : words.keysSelf}</button>`;
}
