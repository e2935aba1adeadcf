/**
 * What the lens tells, as generated from its Rust (`crates/lens/src/told.rs`). Types only: nothing of the module itself is imported here;
 * see `session-lens.ts` for that.
 */

import type { Lens as RawLens } from '../../pkg-lens/raftarium_lens';

export type {
  Card,
  CoreStand,
  EntryCard,
  ItemCard,
  Mark,
  MarkKind,
  Passage,
  Round,
  Stand,
  Told,
} from '../../pkg-lens/raftarium_lens';

/** A run that is played again. */
export type Lens = Pick<RawLens, 'act' | 'advance' | 'now_us' | 'take' | 'free'>;
