/**
 * What the panels that look through the lens have in common: what they are given at each drawing, and that they are drawn again when the lens has caught
 * up. What a panel shows is its own file's.
 */

import { html, render, type TemplateResult } from 'lit';
import type { Lab } from '../elements/lab';
import type { ShellHands, ShellState } from '../elements/shell';
import type { History } from './history';
import { historyOf } from './history-of';
import lensStyles from './lens-panel.css?inline';
import { adoptLate } from './sheet';
import { lateWords } from './words';

/** What a panel is given at each drawing. */
export interface Model {
  readonly state: ShellState;
  readonly hands: ShellHands;
  readonly lab: Lab;
}

/** A panel; `styles` are the texts of its style sheets. */
export abstract class LensPanel extends HTMLElement {
  /** Null until it was drawn first. */
  protected given: Model | null = null;
  protected abstract readonly styles: readonly string[];
  #stop: (() => void) | null = null;

  /** Draws what it was given; nothing before. */
  protected abstract draw(): void;

  set model(model: Model) {
    this.given = model;
    this.history?.follow();
    this.draw();
  }

  protected get history(): History | null {
    return this.given === null ? null : historyOf(this.given.lab);
  }

  /** Puts the content into the panel; where the lens has failed, a sentence that says so. */
  protected show(content: TemplateResult): void {
    const { history, given } = this;
    if (history === null || given === null || history.failed === null) {
      render(content, this);
      return;
    }
    const words = lateWords(given.state.lang).lens;
    render(
      html`<div class="lens-fault" role="alert"><p><b>${words.failed}</b> ${given.state.words.faultDetail(history.failed)}.
        ${words.goesOn}</p><button type="button" @click=${() => history.retry()}>${given.state.words.retry}</button></div>`,
      this,
    );
  }

  connectedCallback(): void {
    for (const text of [lensStyles, ...this.styles]) adoptLate(this, text);
    this.#stop = this.history?.listen(() => this.draw()) ?? null;
    this.history?.follow();
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }
}
