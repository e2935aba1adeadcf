/**
 * The caption line, as far as something that was fetched late speaks in it: a note that holds for the moment at which it was made, the sentences of a
 * scene, and buttons in a fixed place at its end. Without any of them the line says what it always says.
 */

import { html, nothing, type TemplateResult } from 'lit';
import type { Desk } from '../elements/desk';
import type { ShellState } from '../elements/shell';
import styles from './line.css?inline';
import { adoptLate } from './sheet';

/** Who else speaks in the line. */
export interface Speaker {
  /** Instead of the usual caption; null where it has nothing to say. */
  say(state: ShellState): TemplateResult | null;
  /** At the end of the line, in a fixed place. */
  tools(state: ShellState): TemplateResult | typeof nothing;
  /** One step of its own, forth or back; false when it takes none. */
  go(by: 1 | -1): boolean;
}

/** The line of one player. */
export class Line {
  speaker: Speaker | null = null;
  readonly #desk: Desk;
  #note: { readonly atUs: number; readonly text: string; readonly lead: string } | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    adoptLate(desk.host, styles);
    desk.line = (state, usual) => this.#draw(state, usual);
  }

  /** Says a sentence in place of the caption until time moves, and to a screen reader. */
  note(text: string, lead = ''): void {
    this.#note = { atUs: this.#desk.lab.nowUs, text, lead };
    this.#desk.tell(`${lead} ${text}`);
    this.#desk.host.requestUpdate();
  }

  draw(): void {
    this.#desk.host.requestUpdate();
  }

  #draw(state: ShellState, usual: unknown): TemplateResult {
    const { nowUs } = this.#desk.lab;
    if (this.#note?.atUs !== nowUs) {
      this.#note = null;
    }
    const said =
      this.#note === null
        ? this.speaker?.say(state)
        : html`<p class="caption" data-note><b>${this.#note.lead}</b> ${this.#note.text}</p>`;
    return html`<div class="line-said">${state.fault === null ? (said ?? usual) : nothing}</div>${this.speaker?.tools(state) ?? nothing}`;
  }
}

const lines = new WeakMap<Desk, Line>();

/** The line of a player. */
export function lineOf(desk: Desk): Line {
  const line = lines.get(desk) ?? new Line(desk);
  lines.set(desk, line);
  return line;
}
