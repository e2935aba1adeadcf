/**
 * What a search for a run that breaks a theorem tells, as generated from its Rust (`crates/search`), and the letters between the page and a worker
 * that searches. Types only: nothing of the module itself is imported here; see `session-search.ts` for that.
 */

import type { OddsReport, Report } from '../../pkg-search/raftarium_search';

export type { Found, OddsReport, Report } from '../../pkg-search/raftarium_search';

/** What one worker searches: without which rules (names, comma-separated; may be empty), in clusters of how many nodes, from which seed. */
export interface Job {
  readonly broken: string;
  readonly nodes: number;
  readonly seed: string;
}

/** What the page asks of a worker: `begin` or `count` once, at first. */
export type Order =
  /** `url` is the module's; `gapMs` the least wall time between two reports. */
  | { readonly do: 'begin'; readonly url: string; readonly job: Job; readonly gapMs: number }
  /** Counts the futures of a run, so many from each of its actions. */
  | {
      readonly do: 'count';
      readonly url: string;
      readonly run: string;
      readonly futures: number;
      readonly gapMs: number;
    }
  /** After a find that is shrunk, to the next one. */
  | { readonly do: 'goOn' }
  | { readonly do: 'pause' };

/** What a worker answers. */
export type Answer =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'odds'; readonly odds: OddsReport }
  /** It does nothing more. `trapped`: the module itself has failed; otherwise it could not be had, or the job is none. */
  | { readonly kind: 'failed'; readonly detail: string; readonly trapped: boolean };

/** A worker at its job. */
export interface Searcher {
  goOn(): void;
  pause(): void;
  /** Ends it at once. */
  fire(): void;
}

/** Gives a worker its job; it begins at once. */
export type Hire = (job: Job, gapMs: number, heard: (answer: Answer) => void) => Searcher;

/** Has a worker count the futures of a run; it ends by itself. */
export type Count = (run: string, futures: number, heard: (answer: Answer) => void) => Pick<Searcher, 'fire'>;
