/**
 * What a view is given and what it may say back. A view is a pure function of these arguments: it never mutates the model and never keeps state;
 * when somebody clicks, it emits an intent, and the element that owns it decides.
 */

import type { Layout } from '../layout';
import type { Lang, Words } from '../locales';
import type { FeedEvent, View } from '../model';

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
}

/** A view of the selected thing; null when there is none of its kind. */
export type Detail = (args: ViewArgs) => unknown;
