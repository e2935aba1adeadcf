/** What the pointer rests on is marked in the other views as well: stage, feed and space-time. */

import type { Locator, Page } from '@playwright/test';
import { leader, node, open, pass, place, submit, wakeHands } from './cluster';
import { expect, test } from './fixtures';

const look = (what: Locator, property: string) =>
  what.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

/** Two frames: what a move of the pointer marks is drawn with the next one. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

test('a node and the lines of the feed about it; a line of the feed and its nodes', async ({ page }) => {
  await open(page);
  await leader(page);
  await wakeHands(page);
  await page.mouse.move(700, 20);
  const line = page
    .locator('.feed li')
    .filter({ hasText: /^[\d ms]*n2 / })
    .last();
  const other = page
    .locator('.feed li')
    .filter({ hasText: /^[\d ms]*n4 / })
    .last();
  await line.scrollIntoViewIfNeeded();
  await expect.poll(() => look(line, 'box-shadow')).toBe('none');
  await node(page, 'n2').locator('text').first().hover();
  await expect.poll(() => look(line, 'box-shadow')).not.toBe('none');
  expect(await look(other, 'box-shadow')).toBe('none');
  await line.hover();
  const ring = node(page, 'n2').locator('.focus');
  await expect.poll(() => look(ring, 'stroke')).not.toBe('none');
  expect(await look(node(page, 'n3').locator('.focus'), 'stroke')).toBe('none');
  await page.mouse.move(700, 20);
  await expect.poll(() => look(ring, 'stroke')).toBe('none');
  await expect.poll(() => look(line, 'box-shadow')).toBe('none');
});

test('a message in space-time and its two ends on the stage; a message on the stage and its line in space-time', async ({
  page,
}) => {
  await open(page);
  await leader(page);
  await submit(page, 'put x 1');
  await pass(page, 4);
  await wakeHands(page);
  await page.mouse.move(700, 20);
  await page.evaluate(() => document.querySelector('raft-arium')?.focus());
  await page.keyboard.press('s');
  const field = page.getByRole('group', { name: /^Space-time/ });
  await expect(field.getByRole('img')).toHaveAccessibleName(/[1-9]\d* messages/);
  const box = await place(field);
  const marked = () =>
    page
      .locator('[data-node] .focus')
      .evaluateAll((all) => all.filter((one) => getComputedStyle(one).stroke !== 'none').length);
  // Along the middle of the picture there is a message somewhere.
  for (let x = 0.3; x < 0.86 && (await marked()) !== 2; x += 0.01) {
    await page.mouse.move(box.x + box.width * x, box.y + box.height * 0.6);
    await drawn(page);
  }
  expect(await marked()).toBe(2);
  const picture = () => field.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  await page.mouse.move(700, 20);
  await expect.poll(marked).toBe(0);
  await drawn(page);
  const before = await picture();
  await page.locator('.message[data-message] .hit-box').first().hover({ force: true });
  await expect.poll(picture).not.toBe(before);
});
