/**
 * What tells the time: the clock and the slider. A text or a thumb that changes is a layout and a paint, so while time runs they are told as often as
 * an eye can read them, if they can with a frame that is drawn anyway, and at once when it stands still. The templates leave them to this.
 */

import { clock } from '../format/text';
import type { ShellWords } from '../locales/shell';

/** Wall milliseconds between two readings of a running clock, and between two places of the slider; twice that where nothing else is drawn. */
const CLOCK_GAP_MS = 100;
const SEEK_GAP_MS = 250;

/** What there is to tell. */
export interface Time {
  readonly nowUs: number;
  /** How far any branch goes. */
  readonly spanUs: number;
  readonly running: boolean;
  readonly words: ShellWords;
}

/** Tells one player's time. */
export class TimeTeller {
  readonly #root: ParentNode;
  #clockMs = 0;
  #seekMs = 0;
  #clock: Element | null = null;
  #seek: HTMLInputElement | null = null;

  constructor(root: ParentNode) {
    this.#root = root;
  }

  /** `drawn`: other things change in this frame too. */
  tell(time: Time, drawn: boolean): void {
    const wallMs = performance.now();
    const gaps = drawn ? 1 : 2;
    if (!time.running || wallMs - this.#clockMs >= CLOCK_GAP_MS * gaps) {
      this.#clockMs = wallMs;
      this.#tellClock(time);
    }
    if (!time.running || wallMs - this.#seekMs >= SEEK_GAP_MS * gaps) {
      this.#seekMs = wallMs;
      this.#tellSeek(time);
    }
  }

  #tellClock({ nowUs }: Time): void {
    this.#clock = this.#clock?.isConnected ? this.#clock : this.#root.querySelector('[data-clock]');
    this.#clock?.replaceChildren(clock(nowUs));
  }

  #tellSeek({ nowUs, spanUs, words }: Time): void {
    const seek = this.#seek?.isConnected ? this.#seek : this.#root.querySelector<HTMLInputElement>('[data-seek]');
    this.#seek = seek;
    const max = String(Math.max(spanUs, 1));
    if (seek !== null && (seek.value !== String(nowUs) || seek.max !== max)) {
      seek.max = max;
      seek.value = String(nowUs);
      seek.setAttribute('aria-valuetext', words.seekValue(Math.floor(nowUs / 1000), Math.floor(spanUs / 1000)));
    }
  }
}
