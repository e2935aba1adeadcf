/**
 * What a screen reader is told: the sentences of the feed, coalesced. A region that changes at every event would never be read to
 * its end, so sentences are gathered and said together, the newest ones, with a count of those left out.
 */

/** Wall milliseconds between two things said. */
const GATHER_MS = 1500;

/** Sentences said at once; a listener cannot follow more. */
const SENTENCES_MAX = 3;

/** Gathers sentences and hands them over in one piece. */
export class Announcer {
  readonly #say: (text: string) => void;
  readonly #more: (count: number) => string;
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** `say` writes into the live region; `more` is the sentence for what was left out. */
  constructor(say: (text: string) => void, more: (count: number) => string) {
    this.#say = say;
    this.#more = more;
  }

  add(sentences: readonly string[]): void {
    if (sentences.length === 0) {
      return;
    }
    this.#waiting.push(...sentences);
    this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  stop(): void {
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    this.#waiting = [];
  }

  #flush(): void {
    this.#timer = null;
    const said = this.#waiting.slice(-SENTENCES_MAX);
    const left = this.#waiting.length - said.length;
    this.#waiting = [];
    this.#say([...(left > 0 ? [this.#more(left)] : []), ...said].join(' '));
  }
}
