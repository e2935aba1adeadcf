/**
 * Which key means what. A pure table: the element listens, only while the player has the focus (WCAG 2.1.4), and does what is said here.
 * The habits are those of video players, and of presenter remotes (PageUp, PageDown, full stop).
 */

import type { PanelName } from './panels';

/** What a key asks for. */
export type KeyCommand =
  | {
      readonly do:
        | 'step'
        | 'stepBack'
        | 'undo'
        | 'redo'
        | 'slower'
        | 'faster'
        | 'help'
        | 'escape'
        | 'takeKeys'
        | 'panelsMenu'
        | 'partition';
    }
  /** What cannot wait for a fetch. */
  | { readonly do: 'togglePlay' }
  | { readonly do: 'focusCommand' }
  | { readonly do: 'time'; readonly wish: TimeWish; readonly by: 1 | -1 }
  | { readonly do: 'togglePanel'; readonly panel: PanelName }
  | { readonly do: 'selectNode'; readonly number: number }
  | { readonly do: 'selectMessage'; readonly by: 1 | -1 }
  | { readonly do: 'toggleNode' | 'timeoutNode' | 'align' }
  | { readonly do: 'deck'; readonly method: 'next' | 'prev' };

/** Where in time to go, or what of time to show: what `late/travel.ts` does. */
export type TimeWish =
  | 'ready'
  | 'message'
  | 'tick'
  | 'beat'
  | 'end'
  | 'branches'
  | 'screen'
  | 'moment'
  | 'page'
  | 'menu'
  | 'stops';

const time = (wish: TimeWish, by: 1 | -1): KeyCommand => ({ do: 'time', wish, by });

/** Who has the keys: the player, or the slide deck around it, which then gets the ones that turn pages. */
export type KeyOwner = 'self' | 'host' | 'off';

/** What of a `KeyboardEvent` matters here. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Where the focus is, as far as keys care: a text field or a list of choices takes all but Escape, a control takes Space and Enter. */
export type FocusPlace = 'player' | 'control' | 'slider' | 'text';

const PAGE_KEYS: Readonly<Record<string, 'next' | 'prev'>> = {
  ArrowRight: 'next',
  PageDown: 'next',
  ArrowLeft: 'prev',
  PageUp: 'prev',
};

/** What a slider does with keys itself. */
const SLIDER_KEYS: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End']);

const COMMANDS: Readonly<Record<string, KeyCommand>> = {
  ' ': { do: 'togglePlay' },
  k: { do: 'togglePlay' },
  ArrowRight: { do: 'step' },
  PageDown: time('page', 1),
  ArrowLeft: { do: 'stepBack' },
  PageUp: time('page', -1),
  ',': time('tick', -1),
  '.': time('tick', 1),
  j: time('beat', -1),
  l: time('beat', 1),
  Home: time('end', -1),
  0: time('end', -1),
  End: time('end', 1),
  b: time('branches', 1),
  f: time('screen', 1),
  '<': { do: 'slower' },
  '>': { do: 'faster' },
  x: { do: 'toggleNode' },
  t: { do: 'timeoutNode' },
  a: { do: 'align' },
  c: { do: 'focusCommand' },
  '[': { do: 'selectMessage', by: -1 },
  ']': { do: 'selectMessage', by: 1 },
  m: { do: 'panelsMenu' },
  p: { do: 'partition' },
  g: { do: 'togglePanel', panel: 'logs' },
  i: { do: 'togglePanel', panel: 'inspector' },
  s: { do: 'togglePanel', panel: 'spaceTime' },
  n: { do: 'togglePanel', panel: 'inside' },
  o: { do: 'togglePanel', panel: 'clients' },
  d: { do: 'togglePanel', panel: 'conditions' },
  r: { do: 'togglePanel', panel: 'search' },
  e: { do: 'togglePanel', panel: 'events' },
  v: { do: 'togglePanel', panel: 'stores' },
  '?': { do: 'help' },
  Escape: { do: 'escape' },
};

/** With a key held down the arrows go further, or less far. */
function arrow({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyPress): KeyCommand | null {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[key] as 1 | -1 | undefined;
  const wish = ctrlKey ? 'moment' : altKey ? 'message' : shiftKey ? 'ready' : null;
  return by && wish && !metaKey ? time(wish, by) : null;
}

/** The command of a key, or null when the key is not ours. */
export function keyCommand(press: KeyPress, place: FocusPlace, owner: KeyOwner): KeyCommand | null {
  const further = place !== 'text' && place !== 'slider' && owner === 'self' ? arrow(press) : null;
  if (further) {
    return further;
  }
  if (press.ctrlKey || press.metaKey || press.altKey) {
    const undoes = press.key.toLowerCase() === 'z' && !press.altKey && place !== 'text' && owner !== 'off';
    return undoes ? { do: press.shiftKey ? 'redo' : 'undo' } : null;
  }
  if (press.key === 'Escape') {
    return { do: 'escape' };
  }
  if (place === 'text' || owner === 'off') {
    return null;
  }
  if (place === 'slider' && SLIDER_KEYS.has(press.key)) {
    return null;
  }
  if (place === 'control' && (press.key === ' ' || press.key === 'Enter')) {
    return null;
  }
  if (owner === 'host') {
    const method = PAGE_KEYS[press.key];
    if (method !== undefined) {
      return { do: 'deck', method };
    }
    if (press.key === 'Enter') {
      return { do: 'takeKeys' };
    }
  }
  if (/^[1-9]$/.test(press.key)) {
    return { do: 'selectNode', number: Number(press.key) };
  }
  return COMMANDS[press.key.length === 1 ? press.key.toLowerCase() : press.key] ?? null;
}
