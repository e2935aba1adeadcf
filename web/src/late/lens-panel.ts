/**
 * What the panels that look through the lens have in common: what they are given at each drawing, and that they are drawn again when the lens has caught
 * up. What a panel shows is its own file's.
 */

import type { Lab } from '../elements/lab';
import type { ShellHands, ShellState } from '../elements/shell';
import type { History } from './history';
import { historyOf } from './history-of';
import { adoptLate } from './sheet';

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

  connectedCallback(): void {
    for (const text of this.styles) adoptLate(this, text);
    this.#stop = this.history?.listen(() => this.draw()) ?? null;
    this.history?.follow();
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }
}
