/**
 * A custom element that draws itself with Lit's templates into its own light DOM, at most once for all that changes in one turn of the
 * event loop. This is what the player needs of `LitElement`, which has reactive properties, styles and a shadow root as well (2 kB).
 */

import { render } from 'lit';

/** Draws when it is connected, and whenever `requestUpdate()` was called since. */
export abstract class DrawnElement extends HTMLElement {
  #queued = false;

  /** What the element is to look like now. */
  protected abstract render(): unknown;

  /** After each drawing. */
  protected abstract updated(): void;

  /** The element is drawn soon, if it is in a page then. */
  requestUpdate(): void {
    if (this.#queued) {
      return;
    }
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (this.isConnected) {
        render(this.render(), this);
        this.updated();
      }
    });
  }

  connectedCallback(): void {
    this.requestUpdate();
  }
}
