/** Edges between panels: dragged by mouse and finger, moved by keys, remembered, put back; stores keep all their columns. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { leader, open, place } from './cluster';
import { expect, test } from './fixtures';

const edge = (page: Page, name: string) => page.getByRole('separator', { name });
const region = (page: Page, name: string) => page.getByRole('region', { name }).first();
const width = async (page: Page, name: string) => (await region(page, name).boundingBox())?.width ?? 0;
const height = async (page: Page, name: string) => (await region(page, name).boundingBox())?.height ?? 0;

/** The page with its edges, which come with the first hand. */
async function withEdges(page: Page): Promise<void> {
  await open(page);
  await page.mouse.move(300, 300);
  await expect(edge(page, 'Width of the cluster')).toBeAttached();
}

test('an edge is dragged, and is where it was left at the next visit; a double click puts it back', async ({
  page,
}) => {
  await withEdges(page);
  const box = await place(edge(page, 'Width of the cluster'));
  const before = await width(page, 'Cluster');
  const at = { x: box.x + box.width / 2, y: box.y + 60 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + 120, at.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => width(page, 'Cluster')).toBeCloseTo(before + 120, -1);
  await open(page);
  await expect.poll(() => width(page, 'Cluster')).toBeCloseTo(before + 120, -1);
  await edge(page, 'Width of the cluster').dblclick({ position: { x: 6, y: 60 } });
  await expect.poll(() => width(page, 'Cluster')).toBeCloseTo(before, -1);
});

test('by key: arrows move an edge, Home goes to its limit, Enter puts it back', async ({ page }) => {
  await withEdges(page);
  const strip = edge(page, 'Height of the panels below');
  const events = () => height(page, 'Events');
  const before = (await place(region(page, 'Events'))).height;
  await strip.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await expect.poll(events).toBeCloseTo(before + 80, -1);
  const share = Number(await strip.getAttribute('aria-valuenow'));
  expect(share).toBeGreaterThan(0);
  await page.keyboard.press('End');
  await expect.poll(events).toBeLessThan(before - 20);
  await page.keyboard.press('Enter');
  await expect.poll(events).toBeCloseTo(before, -1);
  await edge(page, 'Width of logs and inspector').focus();
  const inspector = await width(page, 'Logs');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => width(page, 'Logs')).toBeLessThan(inspector);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});

test('what has no room has no edge: on a slide there is none, and none beside a hidden panel', async ({ page }) => {
  await withEdges(page);
  await page.keyboard.press('i');
  await expect(edge(page, 'Width of logs and inspector')).toBeHidden();
  await page.setViewportSize({ width: 960, height: 540 });
  await expect(edge(page, 'Width of the cluster')).toBeHidden();
});

test('three panels in the strip leave the stores all their columns', async ({ page }) => {
  await open(page);
  await leader(page);
  await page.keyboard.press('s');
  await expect(page.getByRole('region', { name: 'Space-time' }).locator('canvas')).toBeVisible();
  const last = page.getByRole('table', { name: 'Stores' }).getByRole('columnheader', { name: 'n5' });
  await expect
    .poll(async () => {
      const box = await last.boundingBox();
      return box === null ? Number.NaN : box.x + box.width;
    })
    .toBeLessThanOrEqual(1440);
  await expect(last).toBeInViewport({ ratio: 1 });
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true });

  test('an edge is dragged', async ({ page }) => {
    await withEdges(page);
    const box = await place(edge(page, 'Width of the cluster'));
    const before = await width(page, 'Cluster');
    const at = { x: box.x + box.width / 2, y: box.y + 80 };
    const finger = await page.context().newCDPSession(page);
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: at.x - 60, y: at.y }] });
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(() => width(page, 'Cluster')).toBeCloseTo(before - 60, -1);
  });
});

test('the second mouse button moves no edge', async ({ page }) => {
  await withEdges(page);
  const { x, y, width: wide } = await place(edge(page, 'Width of the cluster'));
  const before = await width(page, 'Cluster');
  await page.mouse.move(x + wide / 2, y + 60);
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(x + 80, y + 60, { steps: 4 });
  await page.mouse.up({ button: 'right' });
  expect(await width(page, 'Cluster')).toBe(before);
});
