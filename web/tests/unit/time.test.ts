/** How often the clock is told: a frame of its own is what it costs. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TimeTeller } from '../../src/elements/time';
import type { ShellWords } from '../../src/locales/shell';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** How often a clock is told in two seconds of frames 40 ms apart, each of which draws something else or does not. */
function readings(running: boolean, drawn: boolean): number {
  let told = 0;
  const clock = {
    isConnected: true,
    replaceChildren: () => {
      told += 1;
    },
  };
  const root = { querySelector: (selector: string) => (selector === '[data-clock]' ? clock : null) };
  const teller = new TimeTeller(root as unknown as ParentNode);
  for (let nowUs = 0; nowUs < 50; nowUs += 1) {
    vi.advanceTimersByTime(40);
    teller.tell({ nowUs, spanUs: 50, running, words: {} as ShellWords }, drawn);
  }
  return told;
}

test('a running clock is told eight times a second with other things, five times alone', () => {
  expect(readings(true, true)).toBe(16);
  expect(readings(true, false)).toBe(10);
});

test('a clock that stands still is told at once, each time', () => {
  expect(readings(false, false)).toBe(50);
});
