/**
 * The past of futures that were left, for the strips that stand for them below the slider: each is played once by a lens of its own, in slices, and
 * only the terms are kept.
 */

import type { Branch } from '../elements/lab';
import type { Lens, Stand } from '../lens-model';

/** Wall milliseconds of one slice of playing. */
const SLICE_MS = 8;

/** Stands of branches, by what they are the past of. */
export class Ghosts {
  readonly #open: (runText: string) => Promise<Lens>;
  readonly #known = new Map<string, readonly Stand[]>();
  #chain = Promise.resolve();

  constructor(open: (runText: string) => Promise<Lens>) {
    this.#open = open;
  }

  /** What is known of a branch; what is not is found out, and then `changed` is called. */
  stands({ runText, untilUs }: Branch, changed: () => void): readonly Stand[] {
    const key = `${untilUs} ${runText}`;
    const known = this.#known.get(key);
    if (known === undefined) {
      this.#known.set(key, []);
      this.#chain = this.#chain.then(async () => {
        try {
          this.#known.set(key, await this.#play(runText, untilUs));
          changed();
        } catch (error) {
          // The strip stays blank; it can be pressed all the same.
          console.info('a branch could not be played again', error);
        }
      });
    }
    return known ?? [];
  }

  async #play(runText: string, untilUs: number): Promise<readonly Stand[]> {
    const lens = await this.#open(runText);
    try {
      const stands: Stand[] = [];
      let there = false;
      while (!there) {
        there = lens.advance(untilUs, SLICE_MS);
        stands.push(...lens.take().stands);
        await new Promise((resume) => setTimeout(resume, 0));
      }
      return stands;
    } finally {
      lens.free();
    }
  }
}
