/** The menus of time: every way to go back and forth, and the choice of what to pause at. */

import type { TimeWish } from '../controls/keyboard';
import type { Desk } from '../elements/desk';
import { forks } from './branches';
import { type MenuItem, openMenu } from './menu';
import { MOMENTS } from './moments';
import { stops, toggleStop, watchStops } from './stops';
import { timeWords } from './time-words';

/** Ways to go, with the keys that do the same: there and back. */
const WAYS: readonly (readonly [TimeWish, on: string, back: string])[] = [
  ['moment', 'Ctrl →', 'Ctrl ←'],
  ['message', 'Alt →', 'Alt ←'],
  ['ready', 'Shift →', 'Shift ←'],
  ['beat', 'L', 'J'],
  ['tick', '.', ','],
  ['end', 'End', 'Home'],
];

/** Opens the menu of ways below, or above, an element. */
export function openTimeMenu(desk: Desk, anchor: Element): void {
  const words = timeWords[desk.state().lang];
  const way = ([wish, on, back]: (typeof WAYS)[number], i: number): MenuItem[] =>
    ([1, -1] as const).map((by) => ({
      label: words.ways[wish as keyof typeof words.ways][by > 0 ? 0 : 1],
      key: by > 0 ? on : back,
      apart: i === 1 && by > 0,
      run: () => desk.hands.time(wish, by),
    }));
  const items = (): MenuItem[] => [
    ...WAYS.flatMap(way),
    { label: words.pauseOn, apart: true, run: () => openStops(desk, anchor) },
    ...(forks(desk).length === 0
      ? []
      : [{ label: words.branchesTitle, key: 'B', run: () => desk.hands.time('branches', 1) }]),
    { label: words.fullScreen, key: 'F', run: () => desk.hands.time('screen', 1) },
  ];
  openMenu(desk.host, { label: words.menu, items, stays: true }, anchor.getBoundingClientRect());
}

/** Opens the choice of what to pause at. */
function openStops(desk: Desk, anchor: Element): void {
  const words = timeWords[desk.state().lang];
  watchStops(desk);
  const items = () =>
    MOMENTS.map((moment) => ({
      label: words.moments[moment],
      on: stops.has(moment),
      run: () => toggleStop(moment),
    }));
  const menu = { label: words.pauseTitle, titled: true, items, stays: true };
  openMenu(desk.host, menu, anchor.getBoundingClientRect());
}
