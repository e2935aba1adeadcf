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

test('a message that arrived is out of sight, and its box is carried once more; one that is lost on its way is gone at once', async ({
  page,
}) => {
  await open(page, 'seed=7&autoplay=0&speed=0.02');
  await leader(page);
  const seen = await page.evaluate(async () => {
    const element = document.querySelector('raft-arium');
    const stage = document.querySelector('.stage.cluster')?.getBoundingClientRect();
    const carried = new WeakMap<Animation, string>();
    // The clock of a frame is that of its start: what has just arrived may be in sight in this one, not in the next ones.
    const frames = new WeakMap<Element, number>();
    const out = { arrived: 0, inSight: 0, again: 0 };
    element?.play();
    for (let i = 0; i < 3000 && (out.arrived < 40 || out.again < 4); i += 1) {
      await new Promise(requestAnimationFrame);
      const boxes = document.querySelectorAll<HTMLElement>('.message');
      for (const box of boxes) {
        const id = box.getAttribute('data-message');
        const [running] = box.getAnimations();
        if (id === null) {
          out.arrived += 1;
          const shown = box.getBoundingClientRect().right > (stage?.left ?? 0);
          frames.set(box, shown ? (frames.get(box) ?? 0) + 1 : 0);
          out.inSight = Math.max(out.inSight, frames.get(box) ?? 0);
        } else if (running !== undefined) {
          const before = carried.get(running);
          out.again += before !== undefined && before !== id ? 1 : 0;
          carried.set(running, id);
        }
      }
    }
    return out;
  });
  expect(seen.arrived).toBeGreaterThanOrEqual(40);
  expect(seen.again).toBeGreaterThanOrEqual(4);
  expect(seen.inSight).toBeLessThan(3);
  const lost = await page.evaluate(async () => {
    const element = document.querySelector('raft-arium');
    for (let frames = 0; frames < 3000; frames += 1) {
      await new Promise(requestAnimationFrame);
      const { messages = [], nowUs = 0 } = element?.view ?? {};
      const flying = messages.find(({ arriveUs }) => arriveUs - nowUs > 4000);
      const box = document.querySelector<HTMLElement>(`[data-message="${flying?.id}"]`);
      if (flying === undefined || box === null) continue;
      element?.act(`drop ${flying.id}`);
      await new Promise(requestAnimationFrame);
      return { id: box.getAttribute('data-message'), right: box.getBoundingClientRect().right };
    }
    return null;
  });
  expect(lost?.id ?? null).toBeNull();
  expect(lost?.right).toBeLessThan(0);
});
