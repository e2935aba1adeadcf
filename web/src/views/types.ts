/**
 * What a view is given and what it may say back. A view is a pure function of these arguments: it never mutates the model and never keeps state;
 * when somebody clicks, it emits an intent, and the element that owns it decides.
 */

import type { Moment } from '../format/moment';
import type { Layout } from '../layout';
import type { Point } from '../layout/geometry';
import type { Lang, Sentence, Words } from '../locales';
import type { FeedEvent, LinkView, MessageView, NodeView, View } from '../model';
import type { Ends } from './links';

export type Theme = 'light' | 'dark' | 'projector';

/** What is in hand: the inspector explains it and brackets mark it. */
export type Selection =
  | { kind: 'node'; id: string }
  | { kind: 'link'; id: string }
  | { kind: 'entry'; node: string; index: number }
  | { kind: 'message'; id: string };

export interface UiState {
  selected: Selection | null;
  /** No travel: messages stand at 0, half or the end of their way. */
  reducedMotion: boolean;
  theme: Theme;
  lang: Lang;
  /** First log index on show in the ledger; null follows the newest entry. */
  firstColumn: number | null;
}

/** What a view asks for. `act` carries one line of the action language: `crash n1`, `cut n1 n2`. */
export type Intent =
  | { type: 'act'; text: string }
  | { type: 'select'; what: Selection | null }
  | { type: 'scrollLog'; firstColumn: number | null };

export type Emit = (intent: Intent) => void;

/** The one argument of every view. */
export interface ViewArgs {
  view: View;
  /** Simulated time to draw, in µs; at least `view.nowUs` while playing. */
  nowUs: number;
  layout: Layout;
  ui: UiState;
  t: Words;
  emit: Emit;
  /** Newest records, oldest first: the inspector's reasons. */
  events?: readonly FeedEvent[];
  /** What shows an entry, a link or a message in the inspector, and more of a node: it is fetched late. */
  detail?: Detail | null;
  /** What draws the seldom: it is fetched when `isSeldom` first says so. */
  seldom?: Seldom | null;
}

/** A view of the selected thing; null when there is none of its kind. */
export type Detail = (args: ViewArgs) => unknown;

/** Marks that most runs never need: `late/seldom.ts` has them. */
export interface Seldom {
  /** Torn paper between islands, below the links. */
  torn(args: ViewArgs): unknown;
  /** Of each island how many votes it has; in place of the compass, of a joint configuration, one meter each for its halves. */
  meters(args: ViewArgs, compass: unknown): unknown;
  /** What the caption says in a joint configuration, of both halves; null where it is said as ever. */
  caption(view: View, moment: Moment, t: Words): Sentence | null;
  /** The mark of a cut link; a word stands beside it unless there are `many`. */
  cut(args: ViewArgs, link: LinkView, ends: Ends, many: boolean): unknown;
  /** What is drawn of a message about snapshots, reads or handing over; null of the others. */
  glyph(message: MessageView): unknown;
  /** The buffer stop ahead of a message that is held; `u` is its direction. */
  held(u: Point, extent: Point): unknown;
  /** The entry from which on an append under way will cut this log; 0 for none. */
  cutFrom(view: View, node: NodeView): number;
  /** Scissors at the left edge of that entry's box. */
  scissors(layout: Layout, x: number, y: number, t: Words): unknown;
  /** The corner of a change of the configuration, in a box whose right edge is at `right`. */
  gear(right: number, y: number): unknown;
}
