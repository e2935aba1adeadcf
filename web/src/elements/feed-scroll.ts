/** The feed's scrolling: its newest line stays in sight, unless somebody has scrolled away to read an older one. */

/** Pixels from the foot within which a reader still follows. */
const FOOT_PX = 40;

/** Watches one player's feed, which is redrawn and may come and go with the layout. */
export class FeedScroll {
  readonly #host: HTMLElement;
  #following = true;
  #lastSeq = -1;

  constructor(host: HTMLElement) {
    this.#host = host;
    // Scrolling does not bubble; it is seen on its way down. Asking only then spares a layout at every drawing.
    host.addEventListener('scroll', (event) => this.#scrolled(event), { capture: true, passive: true });
  }

  /** After a drawing; `lastSeq` is the number of the newest record. */
  drawn(lastSeq: number): void {
    if (this.#following && lastSeq !== this.#lastSeq) {
      const feed = this.#host.querySelector('[data-feed]');
      if (feed !== null) {
        feed.scrollTop = feed.scrollHeight;
      }
    }
    this.#lastSeq = lastSeq;
  }

  #scrolled(event: Event): void {
    const { target } = event;
    if (target instanceof HTMLElement && target.matches('[data-feed]')) {
      this.#following = target.scrollHeight - target.scrollTop - target.clientHeight < FOOT_PX;
    }
  }
}
