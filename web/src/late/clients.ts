/**
 * The panel of stores and clients: each node's map with the index it reflects, and beside it a lane for each client, its operations as
 * bars from call to return. What was called and answered comes from the lens (`history.ts`, `calls.ts`).
 */

import { html, nothing, render, type TemplateResult } from 'lit';
import type { Lab } from '../elements/lab';
import type { ShellHands, ShellState } from '../elements/shell';
import { stores } from '../elements/stores';
import { clock, duration } from '../format/text';
import { axisOf, type Call, callsOf, overlap, retries } from './calls';
import styles from './clients.css?inline';
import { type ClientsWords, clientsWords } from './clients-words';
import { LensPanel } from './lens-panel';
import strip from './strip.css?inline';

/** Operations that are shown at first, of all clients together; bars in the page at most; rows of the table at most. */
const LATEST = 8;
const BARS = 240;
const ROWS = 60;

/** The least time that the lanes show, µs; part of it that lies after now. */
const SPAN_US = 100_000;
const AFTER = 0.04;

class Clients extends LensPanel {
  protected readonly styles = [strip, styles];
  #whole = false;
  #chosen: string | null = null;
  #tableOpen = false;

  protected draw(): void {
    if (this.given !== null && this.isConnected) {
      render(this.#template(this.given.state), this);
    }
  }

  #template(state: ShellState): TemplateResult {
    const words = clientsWords(state.lang);
    const calls = callsOf(this.history?.marks ?? [], state.nowUs);
    const whole = (on: boolean) => () => {
      this.#whole = on;
      this.draw();
    };
    const button = (
      name: string,
      text: string,
      on: boolean,
    ) => html`<button type="button" title=${name} aria-label=${name}
      aria-pressed=${this.#whole === on} @click=${whole(on)}>${text}</button>`;
    return html`<div class="cl-stores pane-scroll" tabindex="0" role="group" aria-label=${state.words.stores}>${stores(state)}</div>
      <div class="cl-calls"><div class="cl-bar"><p>${this.#says(words, calls)}</p>${button(words.whole, '↔', true)}${button(words.latest, '⇥', false)}</div>
        ${this.#lanes(state, words, calls)}
        <details class="cl-table" @toggle=${(event: Event) => this.#toggleTable(event)}><summary>${words.table}</summary>${
          this.#tableOpen ? this.#table(words, calls) : nothing
        }</details></div>`;
  }

  #says(words: ClientsWords, calls: readonly Call[]): TemplateResult | string {
    const call = calls.find(({ id }) => id === this.#chosen);
    if (call === undefined) {
      return this.history?.version === 0 ? words.waiting : calls.length === 0 ? words.none : words.hint;
    }
    const turns = call.turns.map(
      ({ kind, node, atUs }, i) => `${i === 0 ? '' : `${clock(atUs)} `}${words[kind](node)}`,
    );
    const end = call.toUs === null ? words.open : words.answered(call.answer ?? '', duration(call.toUs - call.fromUs));
    const same = calls.filter((each) => each !== call && overlap(each, call)).length;
    return html`${words.called(call.client, clock(call.fromUs))} <b>${call.command}</b>; ${turns.join(', ')}; ${[end, same > 0 ? words.concurrent(same) : ''].join(' ')}`;
  }

  /** A lane a client, over the same time. */
  #lanes(state: ShellState, words: ClientsWords, calls: readonly Call[]): TemplateResult {
    const first = this.#whole ? 0 : ((calls.at(-LATEST) ?? calls[0])?.fromUs ?? 0);
    const wide = Math.max(SPAN_US, (state.nowUs - first) * (1 + AFTER));
    const fromUs = state.nowUs - wide * (1 - AFTER);
    const part = (us: number) => Math.round(((us - fromUs) / wide) * 10_000) / 100;
    const shown = calls.filter(({ toUs }) => (toUs ?? state.nowUs) >= fromUs).slice(-BARS);
    const chosen = calls.find(({ id }) => id === this.#chosen) ?? null;
    const clients = state.view?.clients ?? [];
    const tabbed = shown.find(({ id }) => id === this.#chosen) ?? shown.at(-1);
    return html`<div class="cl-lanes" role="group" aria-label="${words.calls}. ${words.keys}" @keydown=${onKey}>
      ${clients.map(
        ({ id, queued }) =>
          html`<div class="cl-lane"><span class="cl-name"><b>${id}</b>${
            queued > 0 ? html`<small>${words.queued(queued)}</small>` : nothing
          }</span><div class="cl-track">${shown
            .filter(({ client }) => client === id)
            .map((call) =>
              this.#bar(state, words, call, chosen, part, call === tabbed),
            )}<i class="cl-now" .style=${`left:${part(state.nowUs)}%`}></i></div></div>`,
      )}
      <div class="cl-axis" aria-hidden="true"><div>${axisOf(fromUs, state.nowUs, 6).map(
        (at) => html`<span .style=${`left:${part(at)}%`}>${clock(at)}</span>`,
      )}</div></div></div>`;
  }

  #bar(
    state: ShellState,
    words: ClientsWords,
    call: Call,
    chosen: Call | null,
    part: (us: number) => number,
    tabbed: boolean,
  ): TemplateResult {
    const endUs = call.toUs ?? state.nowUs;
    const left = Math.max(0, part(call.fromUs));
    const width = part(endUs) - left;
    const at = (us: number) =>
      `left:${Math.max(0, Math.min(100, ((us - call.fromUs) / (endUs - call.fromUs || 1)) * 100))}%`;
    const name = words.bar(
      call.client,
      call.command,
      clock(call.fromUs),
      call.toUs === null ? null : clock(call.toUs),
      call.answer,
    );
    const same = chosen !== null && chosen !== call && overlap(chosen, call);
    const choose = () => {
      this.#chosen = this.#chosen === call.id ? null : call.id;
      this.draw();
    };
    return html`<button type="button" class="cl-op ${call.toUs === null ? 'is-open' : ''} ${same ? 'is-with' : ''}" data-call=${call.id}
      aria-label=${name} title=${name} aria-pressed=${chosen === call} tabindex=${tabbed ? 0 : -1}
      .style=${`left:${left}%;width:${width}%`} @click=${choose}>${call.turns
        .slice(1)
        .map((turn) => html`<i class="cl-turn is-${turn.kind}" .style=${at(turn.atUs)}></i>`)}<span>${call.command}${
        call.answer === null ? '' : ` → ${call.answer}`
      }</span></button>`;
  }

  #table(words: ClientsWords, calls: readonly Call[]): TemplateResult {
    const go = (us: number) =>
      html`<button type="button" aria-label=${words.goTo(clock(us))} @click=${() => this.#goTo(us)}>${clock(us)}</button>`;
    return html`<table aria-label=${words.table}><thead><tr>${words.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${calls.slice(-ROWS).map(
        (call) => html`<tr><td>${call.client}</td><td>${call.command}</td><td>${go(call.fromUs)}</td>
          <td>${call.toUs === null ? '–' : go(call.toUs)}</td><td>${retries(call)}</td><td>${call.answer ?? '–'}</td></tr>`,
      )}</tbody></table>`;
  }

  #goTo(us: number): void {
    this.given?.hands.seek(us);
    this.given?.hands.settle();
  }

  #toggleTable(event: Event): void {
    this.#tableOpen = (event.currentTarget as HTMLDetailsElement).open;
    this.draw();
  }
}

/** Arrow keys walk the bars: left and right in time, whichever client's. */
function onKey(event: KeyboardEvent): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const here = event.target as HTMLElement;
  if (by === undefined || here.dataset.call === undefined) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const bars = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('.cl-op')].sort(
    (a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left,
  );
  bars[bars.indexOf(here) + by]?.focus();
}

if (customElements.get('raft-clients') === undefined) {
  customElements.define('raft-clients', Clients);
}

/** The panel's content. */
export function draw(state: ShellState, hands: ShellHands, lab: Lab): TemplateResult {
  return html`<raft-clients .model=${{ state, hands, lab }}></raft-clients>`;
}
