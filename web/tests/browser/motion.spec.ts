/** Motion: even without reduced motion it is only where a message is; with it there are three places and no travel. */

import type { Page } from '@playwright/test';
import { leader, open, pass } from './cluster';
import { expect, test } from './fixtures';

/** At how many places a message is seen on its whole way: so slowly that a machine with few frames a second sees several too. */
async function places(page: Page): Promise<number> {
  await open(page, 'seed=7&autoplay=0&speed=0.005');
  await leader(page);
  for (let i = 0; i < 40; i += 1) {
    const set = await page.evaluate(() => {
      const { nowUs = 0, messages = [] } = document.querySelector('raft-arium')?.view ?? {};
      return messages.some(({ kind, sentUs }) => kind === 'heartbeat' && nowUs - sentUs < 4_000);
    });
    if (set) break;
    await pass(page, 3);
  }
  return page.evaluate(async () => {
    const element = document.querySelector('raft-arium');
    const id = element?.view?.messages.findLast(({ kind }) => kind === 'heartbeat')?.id;
    const box = document.querySelector(`[data-message="${id}"]`);
    const seen = new Set<string>();
    element?.play();
    while (box?.getAttribute('data-message') === id && box !== null && id !== undefined) {
      await new Promise(requestAnimationFrame);
      if (box.getAttribute('data-message') === id) seen.add(getComputedStyle(box).transform);
    }
    element?.pause();
    return seen.size;
  });
}

test('a message travels', async ({ page }) => {
  expect(await places(page)).toBeGreaterThan(5);
});

test('with reduced motion a message stands at the start, the middle and the end of its way', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const seen = await places(page);
  expect(seen).toBeGreaterThanOrEqual(2);
  expect(seen).toBeLessThanOrEqual(3);
});
