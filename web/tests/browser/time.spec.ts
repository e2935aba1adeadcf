/** Moving in time: futures that were left, and steps of every length in both directions, by hand, by key and by finger. */

import type { Page } from '@playwright/test';
import { leader, node, open, pass } from './cluster';
import { expect, test } from './fixtures';

const now = (page: Page) => page.evaluate(() => document.querySelector('raft-arium')?.view?.nowUs ?? 0);
const run = (page: Page) => page.evaluate(() => document.querySelector('raft-arium')?.run ?? '');
const act = (page: Page, text: string) =>
  page.evaluate((what) => document.querySelector('raft-arium')?.act(what), text);

/** A second is seen, then n3 crashes at 300 ms: the second that was seen is another future now. */
async function actInThePast(page: Page): Promise<void> {
  await leader(page);
  await pass(page, 1000 - (await now(page)) / 1000);
  await page.getByRole('slider', { name: 'Moment of the run' }).fill('300000');
  await act(page, 'crash n3');
}

const quiet = /^Other future from 300 ms: nothing is done, seen until 1000 ms$/;

test('acting in the past leaves the old future as a strip, one click away', async ({ page }) => {
  await open(page);
  await actInThePast(page);
  const strip = page.getByRole('button', { name: quiet });
  await expect(strip).toBeVisible();
  await expect(strip.locator('rect.tc1').first()).toBeAttached();
  await strip.click();
  await expect(node(page, 'n3')).toHaveAttribute('data-up', 'true');
  expect(await run(page)).not.toContain('crash');
  expect(await now(page)).toBeGreaterThan(500_000);
  await expect(page.getByRole('button', { name: /^Other future from 300 ms: crash n3/ })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(node(page, 'n3')).toHaveAttribute('data-up', 'false');
});

test('a strip is reached by Tab, and Enter goes to where it leaves the run', async ({ page }) => {
  await open(page);
  await actInThePast(page);
  await page.getByRole('slider', { name: 'Moment of the run' }).focus();
  await expect(page.getByRole('button', { name: quiet })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-clock]')).toHaveText('300 ms');
  expect(await run(page)).not.toContain('crash');
});

test('B lists the other futures, and so does a button beside undo', async ({ page }) => {
  await open(page);
  await actInThePast(page);
  await page.getByRole('slider', { name: 'Moment of the run' }).fill('200000');
  await act(page, 'crash n5');
  await page.getByRole('button', { name: '2 other futures' }).click();
  const menu = page.getByRole('menu', { name: 'Go to another future' });
  await expect(menu.getByRole('menuitem')).toHaveText([/crash n3.*leaves this one at 200 ms/s, /Nothing is done/]);
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await page.evaluate(() => document.querySelector<HTMLElement>('raft-arium')?.focus());
  await page.keyboard.press('b');
  await menu.getByRole('menuitem', { name: 'crash n3' }).click();
  expect(await run(page)).toContain('@300000 crash n3');
  expect(await run(page)).not.toContain('crash n5');
});

test('a tick, a heartbeat and the ends of the run by key', async ({ page }) => {
  await open(page);
  await leader(page);
  const clock = page.locator('[data-clock]');
  const start = await now(page);
  const timing = await page.evaluate(() => document.querySelector('raft-arium')?.view?.timing);
  const { tickUs = 0, heartbeatUs = 0 } = timing ?? {};
  for (const [key, us] of [
    ['.', tickUs],
    ['l', tickUs + heartbeatUs],
    ['j', tickUs],
    [',', 0],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => now(page), key).toBe(start + us);
  }
  await page.keyboard.press('Home');
  await expect(clock).toHaveText('0 ms');
  await page.keyboard.press('End');
  await expect.poll(() => now(page)).toBe(start + tickUs + heartbeatUs);
  await page.keyboard.press('0');
  await expect(clock).toHaveText('0 ms');
});

test('Alt and the arrows go from message to message, there and back', async ({ page }) => {
  await open(page);
  await leader(page);
  const arrived = () => page.evaluate(() => document.querySelector('raft-arium')?.view?.messages.length ?? 0);
  const start = await now(page);
  const flying = await arrived();
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => now(page)).toBeGreaterThan(start);
  const first = await now(page);
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => now(page)).toBeGreaterThan(first);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => now(page)).toBe(first);
  expect(page.url()).toContain('index.html');
  expect(flying).toBeGreaterThan(0);
});

test.describe('on a touch screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('a strip of another future is tapped', async ({ page }) => {
    await open(page);
    await actInThePast(page);
    await page.getByRole('button', { name: quiet }).tap();
    await expect(node(page, 'n3')).toHaveAttribute('data-up', 'true');
  });
});
