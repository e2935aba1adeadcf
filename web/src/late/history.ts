/**
 * What the lens has told of the present run, from its start as far as anybody has been. It follows the lab: an act is done again in the
 * lens, another run or branch is played again from its start, in slices that leave the page time to answer. Oldest things are let go.
 */

import { type Lab, messageOf } from '../elements/lab';
import type { Lens, Mark, Passage, Round, Stand, Told } from '../lens-model';

/** What is kept of each kind, at most. */
const PASSAGES_MAX = 30_000;
const ROUNDS_MAX = 6_000;
const MARKS_MAX = 20_000;

/** Wall milliseconds of one slice of playing, and between two looks at a run that plays. */
const SLICE_MS = 10;
const LOOK_MS = 120;

/** The parts of a lab that a history follows. */
export type Followed = Pick<Lab, 'runText' | 'nowUs' | 'furthestUs'>;

/** A round, and when its writes were synced; null while they are not. */
export interface RoundKept extends Round {
  syncedUs: number | null;
}

/** Everything that is known of a run's past. */
export class History {
  passages: Passage[] = [];
  flying: Passage[] = [];
  stands: Stand[] = [];
  marks: Mark[] = [];
  rounds: RoundKept[] = [];
  /** Up to when everything is known, µs. */
  untilUs = 0;
  /** Grows with every change. */
  version = 0;
  /** Why the lens cannot look at this run, in its own words; null while it can. */
  failed: string | null = null;
  readonly #lab: Followed;
  readonly #open: (runText: string) => Promise<Lens>;
  readonly #listeners = new Set<() => void>();
  #lens: Lens | null = null;
  #text = '';
  /** The run at which it failed: it is not tried again by itself. */
  #failedAt: string | null = null;
  #busy = false;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(lab: Followed, open: (runText: string) => Promise<Lens>) {
    this.#lab = lab;
    this.#open = open;
  }

  /** Calls back when more is known, until the answer is called. */
  listen(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** The lab may have moved: catches up with it soon. */
  follow(): void {
    if (this.#timer === null && !this.#busy) {
      const waitMs = Math.max(0, this.#lookedMs + LOOK_MS - performance.now());
      this.#timer = setTimeout(() => {
        this.#timer = null;
        void this.catchUp();
      }, waitMs);
    }
  }

  /** Tries once more what has failed. */
  retry(): void {
    this.#failedAt = null;
    this.follow();
  }

  /** Plays to where the lab is. Resolves when it is there, or when the lens has failed: `failed` says why, and the page goes on. */
  async catchUp(): Promise<void> {
    if (this.#busy || this.#failedAt === this.#lab.runText) {
      return;
    }
    this.#busy = true;
    try {
      await this.#play();
      this.#tell(null);
    } catch (error) {
      this.#lens = null;
      this.#text = '';
      this.#failedAt = this.#lab.runText;
      this.#tell(messageOf(error));
    } finally {
      this.#busy = false;
      this.#lookedMs = performance.now();
    }
  }

  /** Says that the lens has failed, or works again. */
  #tell(failed: string | null): void {
    if (failed !== this.failed) {
      this.failed = failed;
      this.#changed();
    }
  }

  #changed(): void {
    this.version += 1;
    for (const changed of this.#listeners) {
      changed();
    }
  }

  async #play(): Promise<void> {
    while (true) {
      const { runText } = this.#lab;
      if (runText === '') {
        return;
      }
      const untilUs = Math.max(this.#lab.nowUs, this.#lab.furthestUs);
      const lens = await this.#lensFor(runText, untilUs);
      const there = lens.advance(untilUs, SLICE_MS);
      this.#add(lens.take());
      if (there && runText === this.#lab.runText) {
        return;
      }
      await new Promise((resume) => setTimeout(resume, 0));
    }
  }

  /** The lens with this run in it: the present one, if the run only goes on. */
  async #lensFor(runText: string, untilUs: number): Promise<Lens> {
    if (this.#lens !== null && runText === this.#text) {
      return this.#lens;
    }
    const more = this.#lens === null ? null : goesOn(this.#text, runText, this.#lens.now_us, untilUs);
    if (this.#lens !== null && more !== null) {
      for (const { atUs, action } of more) {
        this.#lens.advance(atUs, Number.POSITIVE_INFINITY);
        this.#lens.act(action);
      }
    } else {
      this.#lens?.free();
      this.#lens = null;
      this.#lens = await this.#open(runText);
      this.#forget();
    }
    this.#text = runText;
    return this.#lens;
  }

  #forget(): void {
    this.passages = [];
    this.flying = [];
    this.stands = [];
    this.marks = [];
    this.rounds = [];
    this.untilUs = 0;
  }

  #add(told: Told): void {
    this.passages = [...this.passages, ...told.passages].slice(-PASSAGES_MAX);
    this.flying = told.flying;
    this.stands = [...this.stands, ...told.stands].slice(-MARKS_MAX);
    this.marks = [...this.marks, ...told.marks].slice(-MARKS_MAX);
    this.rounds = [...this.rounds, ...told.rounds.map((round) => ({ ...round, syncedUs: null }))].slice(-ROUNDS_MAX);
    for (const { node, atUs } of told.syncs) {
      const round = this.rounds.findLast((each) => each.node === node && each.mustSync && each.atUs <= atUs);
      if (round !== undefined) {
        round.syncedUs ??= atUs;
      }
    }
    this.untilUs = told.untilUs;
    this.#changed();
  }
}

/** The actions by which a run goes on from another; null when it is another run, or was changed before `nowUs` or after `untilUs`. */
export function goesOn(
  before: string,
  after: string,
  nowUs: number,
  untilUs: number,
): { atUs: number; action: string }[] | null {
  if (!after.startsWith(before)) {
    return null;
  }
  const lines = after.slice(before.length).split('\n');
  const actions = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^@(\d+) (.+)$/.exec(line))
    .map((found) => (found === null ? null : { atUs: Number(found[1]), action: found[2] ?? '' }));
  return actions.every((each) => each !== null && each.atUs >= nowUs && each.atUs <= untilUs)
    ? (actions as { atUs: number; action: string }[])
    : null;
}
