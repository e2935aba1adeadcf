/**
 * Keeps the moment in the page's address, so that a reload or a bookmark finds it again. A change of address makes the browser fetch the page's icon
 * and tell its history, so while time runs it is told at most once in `GAP_MS`, and at once when the page loses the focus, to its address bar for
 * example. It knows no Raft: only hashes.
 */

/** Wall milliseconds between two changes of the address while time runs. */
const GAP_MS = 2000;

/** The player, as far as its address is concerned. */
interface Kept {
  readonly momentHash: string;
  readonly playing: boolean;
}

/** Writes hashes, and knows its own again. */
export class Address {
  readonly #kept: Kept;
  #written = window.location.hash;
  #writtenMs = Number.NEGATIVE_INFINITY;
  #timer: number | null = null;

  constructor(kept: Kept) {
    this.#kept = kept;
    window.addEventListener('blur', () => {
      if (this.#timer !== null) {
        this.#write();
      }
    });
  }

  /** Whether the present hash was written here: hearing of it must not open it again. */
  get isOwn(): boolean {
    return window.location.hash === this.#written;
  }

  /** The moment is worth keeping: at once while it stands still, soon while time runs. */
  keep(): void {
    const waitMs = this.#kept.playing ? this.#writtenMs + GAP_MS - performance.now() : 0;
    if (waitMs <= 0) {
      this.#write();
    } else {
      this.#timer ??= window.setTimeout(() => this.#write(), waitMs);
    }
  }

  #write(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    const hash = this.#kept.momentHash;
    // A run in which nothing was done or waited for yet is not worth an address, unless there was another one before it.
    if (window.location.hash !== '' || !hash.endsWith('&t=0')) {
      this.#written = hash;
      this.#writtenMs = performance.now();
      history.replaceState(null, '', hash);
    }
  }
}
