/** What the templates of the shell are given: one state to draw, and the hands that a person has. Templates keep nothing themselves. */

import type { nothing, TemplateResult } from 'lit';
import type { KeyOwner, TimeWish } from '../controls/keyboard';
import type { PanelName } from '../controls/panels';
import type { Lang, Words } from '../locales';
import type { ShellWords, ThemeChoice } from '../locales/shell';
import type { FeedEvent, View } from '../model';
import type { Trap } from '../trap';
import type { Detail, Emit, Seldom, Size, UiState } from '../views';
import type { Fault } from './lab';
import type { LateName } from './late-panels';

/** How much of the page there is: everything, the player of a slide, or the pictures alone. */
export type Ui = 'full' | 'player' | 'none';

/** Everything the shell draws. */
export interface ShellState {
  /** Distinguishes the ids of two players on one page. */
  readonly uid: string;
  /** The shell's words, and the views' (`t`), in the language of the page. */
  readonly words: ShellWords;
  readonly t: Words;
  readonly lang: Lang;
  readonly theme: ThemeChoice;
  readonly ui: Ui;
  readonly size: Size;
  /** Little room below the pictures. */
  readonly tight: boolean;
  /** The panel that a narrow page shows. */
  readonly tab: PanelName;
  /** The panels that are in the page. */
  readonly panels: ReadonlySet<PanelName>;
  readonly view: View | null;
  readonly nowUs: number;
  /** How far forward a viewer can go at once, simulated µs. */
  readonly furthestUs: number;
  readonly playing: boolean;
  readonly speed: number;
  readonly feed: readonly FeedEvent[];
  readonly fault: Fault | null;
  readonly trap: Trap | null;
  /** What draws the crash card; null until it was fetched. */
  readonly card: ((state: ShellState, hands: ShellHands, said: string) => unknown) | null;
  readonly keyOwner: KeyOwner;
  /** What shows an entry, a link or a message; null until it was fetched. */
  readonly detail: Detail | null;
  /** What draws the seldom; null until it was fetched. */
  readonly seldom: Seldom | null;
  /** What the views are told of the page. */
  readonly viewUi: UiState;
  /** What speaks in the caption line besides the caption; null until something was fetched that does. */
  readonly line: ((state: ShellState, usual: unknown) => TemplateResult) | null;
  /** The tabs of a narrow page; null on others. */
  readonly tabs: ((state: ShellState, hands: ShellHands) => TemplateResult) | null;
  /** The content of a panel that is fetched when it is first shown. */
  late(name: LateName): TemplateResult | typeof nothing;
}

/** Everything a person can do to the shell. */
export interface ShellHands {
  togglePlay(): void;
  step(): void;
  stepBack(): void;
  /** Goes to a moment, as often as a slider says; `settle` when it has come to rest. */
  seek(atUs: number): void;
  settle(): void;
  /** Goes to the record whose line was pressed. */
  pressFeed(event: Event): void;
  /** Whether the feed tells of a record. */
  tells(event: FeedEvent): boolean;
  /** A hand has come near the transport. */
  near(): void;
  /** Goes elsewhere in time, back or forth, or shows what there is to go to. */
  time(wish: TimeWish, by: 1 | -1): void;
  undo(): void;
  redo(): void;
  setSpeed(speed: number): void;
  submit(command: string): boolean;
  openSeed(seed: string): void;
  fresh(): void;
  setLang(lang: Lang): void;
  setTheme(theme: ThemeChoice): void;
  /** Shows or hides a panel; on a narrow page, shows it in the others' place. */
  togglePanel(name: PanelName): unknown;
  /** Opens the menu of panels below its button. */
  panelsMenu(): void;
  share(): void;
  /** Opens the menu of prepared scenes. */
  scenes(): void;
  help(): void;
  dismiss(): void;
  goOn(): void;
  retry(): void;
  setKeyOwner(owner: KeyOwner): void;
  /** What a view asks for. */
  readonly emit: Emit;
}
