/**
 * The panel of conditions: sliders for what the world does to a cluster. What can change in a running world is an action; what only the
 * header of a run can hold plays the run again (`other-run.ts`). What holds now is read off the run (`conditions-now.ts`).
 */

import { html, nothing, render, type TemplateResult } from 'lit';
import { icons } from '../elements/icons';
import { type Lab, messageOf } from '../elements/lab';
import type { ShellHands, ShellState } from '../elements/shell';
import styles from './conditions.css?inline';
import {
  type Conditions,
  conditionsAt,
  NORMAL,
  type Quality,
  qualityText,
  spanOf,
  withSetting,
} from './conditions-now';
import { type ConditionsWords, conditionsWords } from './conditions-words';
import type { Model } from './lens-panel';
import { playAgain } from './other-run';
import { rulesOff, rulesSection } from './rules';
import rules from './rules.css?inline';
import { adoptLate } from './sheet';
import strip from './strip.css?inline';

/** One slider. */
interface Slider {
  /** Its name: of its row, and where that is not enough, for a screen reader. */
  readonly name: string;
  readonly label?: string;
  readonly max: number;
  readonly min?: number;
  readonly step: number;
  readonly unit: 'ms' | '%';
  readonly value: number;
  /** What is said of the value while nobody drags. */
  readonly says?: string;
  set(value: number): void;
}

/** Settings of a run's header with two values: the usual one, and the one that a tick stands for. */
const SWITCHES = [
  ['prevote', 'off', 'on'],
  ['checkquorum', 'off', 'on'],
  ['batch', 'many', 'one'],
  ['storage', 'plain', 'async'],
] as const;

class ConditionsPanel extends HTMLElement {
  #given: Model | null = null;
  /** The slider in hand and where it stands: it is done when it is let go. */
  #held: { name: string; value: number } | null = null;

  set model(model: Model) {
    this.#given = model;
    this.#draw();
  }

  connectedCallback(): void {
    adoptLate(this, strip);
    adoptLate(this, styles);
    adoptLate(this, rules);
    this.#draw();
  }

  #draw(): void {
    if (this.#given !== null && this.isConnected) {
      render(this.#template(this.#given), this);
    }
  }

  #template({ state, lab, hands }: Model): TemplateResult {
    const words = conditionsWords(state.lang);
    const now = conditionsAt(lab.runText, lab.nowUs);
    const nodes = state.view?.nodes ?? [];
    const off = rulesOff(lab.runText, lab.nowUs);
    return html`<section class="cd-links"><h3>${words.links}</h3>${this.#links(words, now)}</section>
      <section class="cd-nodes"><h3>${words.nodes}</h3><div class="cd-grid"><span></span><b>${words.sync}</b><b>${words.rate}</b>${nodes.map(
        ({ id }) => html`<b>${id}</b>${this.#sync(words, now, id)}${this.#rate(words, now, id)}`,
      )}</div></section>
      <section class="cd-timers"><h3>${words.timers}</h3>${this.#timers(words, now)}
        <h3>${words.protocol}</h3>${this.#protocol(words, now)}<p>${words.fixed}</p>${(state.view?.warnings ?? []).map((each) => html`<p class="cd-warning">${icons.warning} ${words.warning(each)}</p>`)}</section>
      ${rulesSection(state, hands, off, () => this.#search(off))}`;
  }

  /** To the search for what falls without these rules. */
  #search(off: ReadonlySet<string>): void {
    const { lab, state, hands } = this.#given ?? {};
    if (lab === undefined || state === undefined || hands === undefined) return;
    import('./search-for').then(
      ({ searchFor }) => searchFor(lab, state, hands, off),
      (error: unknown) => lab.report({ what: 'late', detail: messageOf(error), after: 'nothing' }),
    );
  }

  #links(words: ConditionsWords, now: Conditions): TemplateResult {
    const { links, header, own } = now;
    const set = (change: Partial<Quality>) => this.#act(`link all ${qualityText({ ...links, ...change })}`);
    const latency = links.latency ?? header.get('latency') ?? '';
    const [fromUs] = spanOf(latency);
    const slider = (name: string, value: number, change: (value: number) => Partial<Quality>) =>
      this.#row({ name, max: 100, step: 1, unit: '%', value, set: (next) => set(change(next)) });
    return html`${this.#row({
      name: words.latency,
      max: 300,
      step: 5,
      unit: 'ms',
      value: fromUs / 1000,
      says: latency.replace(/(\d+)ms\.\.(\d+)ms/, '$1–$2 ms').replace(/^(\d+)ms$/, '$1 ms'),
      set: (value) => set({ latency: `${value}ms` }),
    })}
      ${slider(words.loss, links.loss, (loss) => ({ loss }))}${slider(words.duplicate, links.duplicate, (duplicate) => ({ duplicate }))}
      <label class="cd-check"><input type="checkbox" .checked=${links.reorder} @change=${(event: Event) =>
        set({ reorder: (event.target as HTMLInputElement).checked })}> ${words.reorder}</label>
      <button class="plain" type="button" ?disabled=${qualityText(links) === 'normal' && own.length === 0}
        @click=${() => this.#act(`link all ${qualityText(NORMAL)}`)}>${words.normal}</button>
      ${own.length === 0 ? nothing : html`<p>${words.own(own.join(', '))}</p>`}`;
  }

  #sync(words: ConditionsWords, now: Conditions, node: string): TemplateResult {
    const usual = spanOf(now.header.get('sync') ?? '')[0];
    return this.#slider({
      name: words.syncOf(node),
      label: words.syncOf(node),
      max: 200,
      step: 1,
      unit: 'ms',
      value: (now.syncUs.get(node) ?? usual) / 1000,
      set: (value) => this.#act(`disk ${node} sync ${value}ms`),
    });
  }

  #rate(words: ConditionsWords, now: Conditions, node: string): TemplateResult {
    return this.#slider({
      name: words.rateOf(node),
      label: words.rateOf(node),
      max: 300,
      step: 10,
      unit: '%',
      value: now.rate.get(node) ?? 100,
      set: (value) => this.#act(`clock ${node} rate ${value}%`),
    });
  }

  /** What only the header holds. */
  #timers(words: ConditionsWords, { header }: Conditions): TemplateResult {
    const ms = (key: string, end: 0 | 1 = 0) => spanOf(header.get(key) ?? '')[end] / 1000;
    const tick = Math.max(1, ms('tick'));
    const [from, to] = [ms('election'), ms('election', 1)];
    const span = (a: number, b: number) => (a === b ? `${a}ms` : `${a}ms..${b}ms`);
    const row = (name: string, value: number, min: number, max: number, key: string, text: (value: number) => string) =>
      this.#row({ name, value, min, max, step: tick, unit: 'ms', set: (next) => this.#again(key, text(next)) });
    return html`${row(words.heartbeat, ms('heartbeat'), tick, Math.max(tick, from - tick), 'heartbeat', (value) => `${value}ms`)}
      ${row(words.electionMin, from, ms('heartbeat') + tick, 1000, 'election', (value) => span(value, Math.max(value, to)))}
      ${row(words.electionMax, to, ms('heartbeat') + tick, 2000, 'election', (value) => span(Math.min(from, value), value))}
      ${row(words.retry, ms('retry'), tick, 2000, 'retry', (value) => `${value}ms`)}`;
  }

  /** What the header switches on and off. */
  #protocol(words: ConditionsWords, { header }: Conditions): TemplateResult[] {
    return SWITCHES.map(([key, usual, other]) => {
      const change = (event: Event) => {
        const field = event.target as HTMLInputElement;
        this.#again(key, field.checked ? other : usual);
        this.#draw();
      };
      return html`<label class="cd-check"><input type="checkbox" .checked=${header.get(key) === other} @change=${change}>
        <span>${words.switches[key]}</span></label>`;
    });
  }

  #row(slider: Slider): TemplateResult {
    return html`<label class="cd-row"><span>${slider.name}</span>${this.#slider(slider)}</label>`;
  }

  #slider({ name, label, min, max, step, unit, value, says, set }: Slider): TemplateResult {
    const held = this.#held?.name === name ? this.#held.value : null;
    const told = held === null && says !== undefined ? says : `${held ?? value} ${unit}`;
    const input = (event: Event) => {
      this.#held = { name, value: Number((event.target as HTMLInputElement).value) };
      this.#draw();
    };
    const change = (event: Event) => {
      const field = event.target as HTMLInputElement;
      this.#held = null;
      set(Number(field.value));
      this.#draw();
      // Where it was not done, the slider goes back.
      field.value = field.getAttribute('data-value') ?? field.value;
    };
    return html`<span class="cd-slider"><input type="range" min=${min ?? 0} max=${Math.max(max, value)} step=${step} .value=${String(value)}
      data-value=${value} aria-label=${label ?? name} aria-valuetext=${told} @input=${input} @change=${change}><output>${told}</output></span>`;
  }

  #act(text: string): void {
    this.#given?.hands.emit({ type: 'act', text });
  }

  /** The same actions under another setting. */
  #again(key: string, value: string): void {
    const { lab, hands } = this.#given ?? {};
    if (lab === undefined) {
      return;
    }
    try {
      playAgain(lab, withSetting(lab.runText, key, value));
      hands?.settle();
    } catch (error) {
      lab.report({ what: 'run', detail: messageOf(error), after: 'goesOn' });
    }
  }
}

if (customElements.get('raft-conditions') === undefined) {
  customElements.define('raft-conditions', ConditionsPanel);
}

/** The panel's content. */
export function draw(state: ShellState, hands: ShellHands, lab: Lab): TemplateResult {
  return html`<raft-conditions .model=${{ state, hands, lab }}></raft-conditions>`;
}
