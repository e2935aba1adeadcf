/**
 * The workers of one search, and what they have told: how far it is, what fell, what failed. One find at a time: while its finder shrinks it, and
 * after, the others rest. It knows workers only as `Searcher`s, so that tests can play them.
 */

import type { Answer, Found, Hire, Job, Report, Searcher } from '../search-model';
import { type Point, withPoint } from './search-curve';

/**
 * `idle`: nothing was begun; `searching`; `shrinking`: something fell and is being cut; `found`: it is cut as far as it goes;
 * `paused`: of either; `failed`: no worker is left.
 */
export type Phase = 'idle' | 'searching' | 'shrinking' | 'found' | 'paused' | 'failed';

/** What is searched: the rules that are off, the size of the clusters, the first worker's seed. */
export interface Wish {
  readonly off: readonly string[];
  readonly nodes: number;
  readonly seed: bigint;
}

/** Why a worker ended. */
export interface Failure {
  readonly seed: string;
  readonly detail: string;
  readonly trapped: boolean;
}

/** The figures of all workers together. */
export interface Figures {
  readonly runs: number;
  readonly events: number;
  /** Distinct states, each worker's counted for itself. */
  readonly states: number;
  /** Whether that is their number, and no estimate. */
  readonly exact: boolean;
  /** In how many runs each mark was reached. */
  readonly marks: readonly number[];
  /** Wall milliseconds of searching and shrinking, pauses left out. */
  readonly ms: number;
}

interface Worker {
  readonly job: Job;
  readonly at: Searcher;
  report: Report | null;
  /** Ended by a failure. */
  gone: boolean;
}

/** All workers together send at most so many reports a second. */
const REPORTS_A_SECOND = 4;

/** Seeds are below this. */
const SEEDS = 1n << 64n;

export class Pool {
  phase: Phase = 'idle';
  /** What is being searched, or was; null before. */
  wish: Wish | null = null;
  /** The last find; a later one takes its place. */
  found: Found | null = null;
  /** Which worker found it, and after how many milliseconds of searching. */
  finder = -1;
  foundMs = 0;
  failure: Failure | null = null;
  /** Distinct states over the runs of this search. */
  points: readonly Point[] = [];
  readonly #hire: Hire;
  readonly #now: () => number;
  readonly #changed: () => void;
  #workers: Worker[] = [];
  #ms = 0;
  #sinceMs: number | null = null;
  /** Counts searches: letters of one that was ended are not read. */
  #life = 0;
  /** What to go on with after a pause. */
  #rests: 'searching' | 'shrinking' = 'searching';

  constructor(hire: Hire, changed: () => void, now = () => performance.now()) {
    this.#hire = hire;
    this.#changed = changed;
    this.#now = now;
  }

  get running(): boolean {
    return this.phase === 'searching' || this.phase === 'shrinking';
  }

  get figures(): Figures {
    const sum = (of: (report: Report) => number) =>
      this.#workers.reduce((all, { report }) => all + (report === null ? 0 : of(report)), 0);
    return {
      runs: sum(({ runs }) => runs),
      events: sum(({ events }) => events),
      states: sum(({ states }) => states),
      exact: this.#workers.every(({ report }) => report?.states_exact !== false),
      marks: this.#marks(),
      ms: this.#ms + (this.#sinceMs === null ? 0 : this.#now() - this.#sinceMs),
    };
  }

  #marks(): number[] {
    const all: number[] = [];
    for (const { report } of this.#workers) {
      report?.marks.forEach((runs, i) => {
        all[i] = (all[i] ?? 0) + runs;
      });
    }
    return all;
  }

  /** How far each worker is in its present run, 0 to 1; null of one that has told nothing yet or has ended. */
  get progress(): (number | null)[] {
    return this.#workers.map(({ report, gone }) => (gone ? null : (report?.progress ?? null)));
  }

  /** Begins a search from its start with so many workers, each with a seed of its own. */
  begin(wish: Wish, count: number): void {
    this.end();
    this.wish = wish;
    this.phase = 'searching';
    this.#sinceMs = this.#now();
    const life = this.#life;
    const gapMs = (1000 / REPORTS_A_SECOND) * count;
    for (let i = 0; i < count; i += 1) {
      const seed = ((wish.seed + BigInt(i)) % SEEDS).toString();
      const job = { broken: wish.off.join(), nodes: wish.nodes, seed };
      const at = this.#hire(job, gapMs, (answer) => life === this.#life && this.#hear(i, answer));
      this.#workers.push({ job, at, report: null, gone: false });
    }
    this.#changed();
  }

  /** Lets them rest. */
  pause(): void {
    if (this.running) {
      this.#rests = this.phase === 'shrinking' ? 'shrinking' : 'searching';
      this.#rest('paused');
      for (const { at, gone } of this.#workers) if (!gone) at.pause();
      this.#changed();
    }
  }

  /** After a pause, or from a find to the next. */
  goOn(): void {
    if (this.phase !== 'paused' && this.phase !== 'found') return;
    this.phase = this.phase === 'found' ? 'searching' : this.#rests;
    this.#sinceMs = this.#now();
    const shrinks = this.phase === 'shrinking';
    if (!shrinks) this.finder = -1;
    this.#workers.forEach(({ at, gone }, i) => {
      if (!gone && (!shrinks || i === this.finder)) at.goOn();
    });
    this.#changed();
  }

  /** Sends everybody home; what was found stays told until the next search. */
  end(): void {
    for (const { at } of this.#workers) at.fire();
    this.#workers = [];
    this.#life += 1;
    this.#ms = 0;
    this.#sinceMs = null;
    this.phase = 'idle';
    this.found = null;
    this.finder = -1;
    this.failure = null;
    this.points = [];
  }

  #rest(phase: Phase): void {
    if (this.#sinceMs !== null) this.#ms += this.#now() - this.#sinceMs;
    this.#sinceMs = null;
    this.phase = phase;
  }

  #hear(i: number, answer: Answer): void {
    const worker = this.#workers[i];
    if (worker === undefined) return;
    if (answer.kind === 'failed') {
      this.#lose(i, worker, answer.detail, answer.trapped);
    } else if (answer.kind === 'report') {
      worker.report = answer.report;
      const { runs, states } = this.figures;
      this.points = withPoint(this.points, { runs, states });
      if (answer.report.found !== null) this.#heed(i, answer.report.found);
    }
    this.#changed();
  }

  /** A find, or more of it. A second one waits for its turn: its finder rests with the others, and tells of it again when they go on. */
  #heed(i: number, found: Found): void {
    const rests = this.phase === 'paused' && this.#rests === 'searching';
    if (this.finder === -1 && (rests || this.phase === 'searching')) {
      this.finder = i;
      this.foundMs = this.figures.ms;
      this.#rests = 'shrinking';
      this.phase = rests ? 'paused' : 'shrinking';
      this.#workers.forEach(({ at, gone }, other) => {
        if (other !== i && !gone) at.pause();
      });
    }
    if (this.finder !== i) return;
    this.found = found;
    if (!found.shrinking) this.#rest('found');
  }

  #lose(i: number, worker: Worker, detail: string, trapped: boolean): void {
    worker.gone = true;
    worker.at.fire();
    this.failure = { seed: worker.job.seed, detail, trapped };
    if (this.#workers.every(({ gone }) => gone)) {
      this.#rest('failed');
    } else if (this.finder === i && this.phase === 'shrinking') {
      // What it had found stands, as far as it was cut; the others can go on.
      this.#rest('found');
    }
  }
}
