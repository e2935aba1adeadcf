/**
 * A storm of hands: presses, drags, keys and words in an order that a seed decides, at three sizes. Nothing may go wrong behind the page (the fixtures
 * watch), the crash card may not come, and whatever has become of the run, its link must show the same picture on a fresh page.
 * `RAFTARIUM_STORM=1 npx playwright test storm` makes another storm for each number.
 */

import type { Page } from '@playwright/test';
import { drawn } from './cluster';
import { expect, test } from './fixtures';

/** Numbers below 1, the same for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Keys of the player, and some of the browser; none that leaves the page. */
const KEYS = [
  ...'12345xfptkjlaginsodevuc?[]+-'.split(''),
  ...[
    'Space',
    'Escape',
    'Enter',
    'Tab',
    'ArrowLeft',
    'ArrowRight',
    'Shift+ArrowLeft',
    'Shift+ArrowRight',
    'Home',
    'End',
  ],
  ...['Control+z', 'Control+Shift+z', 'Shift+F10', 'PageDown', 'PageUp'],
];

const ACTIONS = [
  'crash n1',
  'restart n1',
  'isolate n3',
  'heal',
  'cut n1 n2',
  'load c1 40ms',
  'load c1 off',
  'client c2 append y 4',
];

/** Everything that can be pressed in a player. */
const PRESSED =
  'raft-arium :is(button, [role="button"], [data-node], [data-link] .hit, .entry, [data-message], [data-client])';

/** The moves of a storm; each is told in `told`. */
function movesOf(page: Page, random: () => number, told: string[]): (() => Promise<unknown>)[] {
  const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  const place = () => [random() * size.width, random() * size.height] as const;
  const key = async () => {
    const name = one(KEYS);
    told.push(name);
    await page.keyboard.press(name);
  };
  const press = async () => {
    const [share, button] = [random(), random() < 0.12 ? ('right' as const) : ('left' as const)];
    const at = await page.evaluate(
      ([all, part]) => {
        const boxes = [...document.querySelectorAll(all)].map((each) => each.getBoundingClientRect());
        const seen = boxes.filter(({ width }) => width > 0);
        const { left, top, width, height } = seen[Math.floor(part * seen.length)] ?? new DOMRect();
        return { x: left + width / 2, y: top + height / 2 };
      },
      [PRESSED, share] as const,
    );
    told.push(`${button} ${Math.round(at.x)},${Math.round(at.y)}`);
    await page.mouse.click(at.x, at.y, { button });
  };
  const drag = async () => {
    const [from, to] = [place(), place()];
    told.push(`drag ${from.map(Math.round)} to ${to.map(Math.round)}`);
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 4 });
    await page.mouse.up();
  };
  const act = async () => {
    const text = one(ACTIONS);
    told.push(text);
    // What the world refuses now is refused.
    await page.evaluate((action) => {
      try {
        document.querySelector('raft-arium')?.act(action);
      } catch {}
    }, text);
  };
  const pass = async () => {
    const us = Math.round(random() * 1e6);
    told.push(`${us} us`);
    await page.evaluate((by) => document.querySelector('raft-arium')?.advance(by), us);
  };
  return [key, key, key, press, press, press, drag, act, pass];
}

/** What is seen of the cluster, and what it is made from. */
const pictureOf = (page: Page) =>
  page.evaluate(() => {
    const player = document.querySelector('raft-arium');
    const of = (name: string, ...more: string[]) =>
      [...document.querySelectorAll(`[${name}]`)].map((each) =>
        [name, ...more].map((at) => each.getAttribute(at)).join(),
      );
    const { nowUs, nodes = [], links = [], messages = [] } = player?.view ?? {};
    const view = {
      nowUs,
      nodes: nodes.map(({ log: _, ...node }) => node),
      links,
      messages,
    };
    return {
      view,
      drawn: [of('data-node', 'data-role', 'data-up'), of('data-message').sort(), of('data-link', 'data-cut')],
    };
  });

const hashOf = (page: Page) => page.evaluate(() => document.querySelector('raft-arium')?.momentHash ?? '');

for (const [name, width, height, address] of [
  ['page', 1440, 900, 'index.html?seed=11&autoplay=0'],
  ['slide', 960, 540, 'embed.html?seed=12&autoplay=0'],
  ['phone', 390, 844, 'index.html?seed=13&autoplay=0'],
] as const) {
  test(`a storm of hands over the ${name} breaks nothing, and its link shows the same picture`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto(address);
    await drawn(page);
    const told: string[] = [];
    const random = numbers(width + Number(process.env.RAFTARIUM_STORM ?? 0));
    const moves = movesOf(page, random, told);
    for (let i = 0; i < 60; i += 1) {
      await moves[Math.floor(random() * moves.length)]?.();
      await expect(page.locator('[data-go-on]'), told.join(' | ')).toHaveCount(0);
    }
    await page.evaluate(() => document.querySelector('raft-arium')?.pause());
    const hash = await hashOf(page);
    const here = await pictureOf(page);
    await page.goto('about:blank');
    await page.goto(`${address}${hash}`);
    await drawn(page);
    await expect.poll(() => hashOf(page)).toBe(hash);
    await expect.poll(() => pictureOf(page), { message: told.join(' | ') }).toEqual(here);
  });
}
