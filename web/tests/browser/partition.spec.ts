/** Partitions by hand: a line drawn across links, by mouse and by finger; nodes chosen in a bar, by key; islands in a node's menu. */

import type { Page } from '@playwright/test';
import { clickLink, link, middleOf, node, open, wakeHands } from './cluster';
import { expect, test } from './fixtures';

/** Nodes that this one can hear, by the links on the page. */
async function neighbours(page: Page, id: string): Promise<string[]> {
  const whole = await page
    .locator(`[data-link*="${id}"][data-cut="none"]`)
    .evaluateAll((all) => all.map((one) => (one as SVGElement).dataset.link ?? ''));
  return whole
    .flatMap((name) => name.split('-'))
    .filter((other) => other !== id)
    .sort();
}

/** From above the middle between n5 and n1 to below the middle between n2 and n3, on the page. */
async function acrossTheRing(page: Page): Promise<{ x: number; y: number }[]> {
  const middle = async (a: string, b: string) => {
    const [one, two] = [await middleOf(page, a), await middleOf(page, b)];
    return { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 };
  };
  const from = await middle('n5', 'n1');
  const to = await middle('n2', 'n3');
  const beyond = (a: typeof from, b: typeof from) => ({ x: b.x + (b.x - a.x) * 0.1, y: b.y + (b.y - a.y) * 0.1 });
  return [beyond(to, from), beyond(from, to)];
}

const islands = 'n1 n2 (2 of 5) | n3 n4 n5 (3 of 5, a majority)';

test('a line drawn with the mouse partitions, says so, and is undone and redone as one act', async ({ page }) => {
  await open(page);
  await wakeHands(page);
  const [from, to] = await acrossTheRing(page);
  if (from === undefined || to === undefined) throw new Error('a line has two ends');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await expect(page.locator('[data-live]')).toHaveText(`Islands: ${islands}`);
  await expect(link(page, 'n1', 'n3')).toHaveAttribute('data-cut', 'none');
  await page.mouse.up();
  await expect(page.locator('[data-live]')).toHaveText(`Partitioned. Islands: ${islands}`);
  await expect.poll(() => neighbours(page, 'n1')).toEqual(['n2']);
  await expect.poll(() => neighbours(page, 'n3')).toEqual(['n4', 'n5']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => neighbours(page, 'n1')).toEqual(['n2', 'n3', 'n4', 'n5']);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(() => neighbours(page, 'n1')).toEqual(['n2']);
});

test('Escape takes the line away; a click beside it still cuts a link, and a drag on a node draws nothing', async ({
  page,
}) => {
  await open(page);
  await wakeHands(page);
  const [from, to] = await acrossTheRing(page);
  if (from === undefined || to === undefined) throw new Error('a line has two ends');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page.locator('[data-live]')).toHaveText('Nothing was cut.');
  await expect.poll(() => neighbours(page, 'n1')).toHaveLength(4);
  await clickLink(page, 'n1', 'n3');
  await expect(link(page, 'n1', 'n3')).toHaveAttribute('data-cut', 'both');
  const { x, y } = await middleOf(page, 'n2');
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 200, y + 60, { steps: 8 });
  await expect(page.locator('.brush-line')).toHaveCount(0);
  await page.mouse.up();
});

test('by key alone: P, numbers, Enter; Escape leaves', async ({ page }) => {
  await open(page);
  await page.evaluate(() => document.querySelector('raft-arium')?.focus());
  await page.keyboard.press('p');
  const bar = page.getByRole('toolbar', { name: 'Partition' });
  await expect(bar).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('2');
  await expect(bar.getByRole('button', { name: 'n2' })).toHaveAttribute('aria-pressed', 'true');
  await expect(bar).toContainText('n3 n4 n5 (3 of 5, a majority) | n1 n2 (2 of 5)');
  await bar.getByRole('button', { name: 'Cut' }).focus();
  await page.keyboard.press('Enter');
  await expect(bar).toHaveCount(0);
  await expect.poll(() => neighbours(page, 'n2')).toEqual(['n1']);
  await page.keyboard.press('p');
  await expect(bar).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(node(page, 'n1')).toHaveAttribute('data-up', 'true');
});

test('by clicks alone: a node is put into an island by its menu', async ({ page }) => {
  await open(page);
  const middle = node(page, 'n4').locator('text').first();
  await middle.click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Partition: choose/ }).click();
  const bar = page.getByRole('toolbar', { name: 'Partition' });
  await expect(bar).toBeVisible();
  await node(page, 'n5').locator('text').first().click();
  await expect(node(page, 'n5')).toHaveAttribute('data-up', 'true');
  await bar.getByRole('button', { name: 'Cut' }).click();
  await expect.poll(() => neighbours(page, 'n4')).toEqual(['n5']);
  await middle.click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Put in the island of n1 n2 n3/ }).click();
  await expect.poll(() => neighbours(page, 'n4')).toEqual(['n1', 'n2', 'n3']);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 }, locale: 'zh-CN' });

  test('a line partitions, in Chinese too, and crashes nothing', async ({ page }) => {
    await open(page);
    await page.touchscreen.tap(4, 300);
    await expect(page.locator('.cluster-act')).toBeAttached();
    const [from, to] = await acrossTheRing(page);
    if (from === undefined || to === undefined) throw new Error('a line has two ends');
    // Sideways at first: up and down the page scrolls.
    const line = [from, { x: from.x + 40, y: from.y }, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, to];
    const finger = await page.context().newCDPSession(page);
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
    for (const at of line) {
      await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at] });
    }
    await expect(page.locator('[data-live]')).toContainText('孤岛：');
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(page.locator('[data-live]')).toContainText('已分区');
    await expect.poll(() => neighbours(page, 'n1')).toEqual(['n2']);
    for (const id of ['n1', 'n2', 'n3', 'n4', 'n5']) {
      await expect(node(page, id)).toHaveAttribute('data-up', 'true');
    }
  });
});
