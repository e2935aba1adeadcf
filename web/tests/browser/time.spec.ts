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
  await expect.poll(() => run(page)).not.toContain('crash');
  await expect.poll(() => now(page)).toBeGreaterThan(500_000);
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
  await expect.poll(() => run(page)).not.toContain('crash');
});

test('B lists the other futures, and so does a button beside undo', async ({ page }) => {
  await open(page);
  await actInThePast(page);
  await page.getByRole('slider', { name: 'Moment of the run' }).fill('200000');
  await act(page, 'crash n5');
  await page.getByRole('button', { name: '2 other futures' }).click();
  const menu = page.getByRole('menu', { name: 'Go to another future' });
  await expect(menu.getByRole('menuitem')).toHaveText([/crash n3.*leaves this one at 200 ms/s, /nothing is done/]);
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await page.evaluate(() => document.querySelector<HTMLElement>('raft-arium')?.focus());
  await page.keyboard.press('b');
  await menu.getByRole('menuitem', { name: 'crash n3' }).click();
  await expect.poll(() => run(page)).toContain('@300000 crash n3');
  await expect.poll(() => run(page)).not.toContain('crash n5');
});

test('after a crash of the simulator the other futures are gone, and nothing else goes wrong', async ({
  page,
  troubles,
}) => {
  await open(page);
  await actInThePast(page);
  await page.getByRole('slider', { name: 'Moment of the run' }).focus();
  await expect(page.getByRole('button', { name: quiet })).toBeVisible();
  await page.evaluate(() => document.querySelector('raft-arium')?.forcePanic());
  await expect(page.getByRole('alertdialog', { name: 'The simulator has crashed' })).toBeVisible();
  expect(troubles.filter((trouble) => trouble.startsWith('uncaught'))).toEqual([]);
  troubles.length = 0;
  await page.getByRole('button', { name: 'Continue from the run' }).click();
  await expect(node(page, 'n3')).toHaveAttribute('data-up', 'false');
  await pass(page, 20);
  await expect(page.getByRole('button', { name: quiet })).toBeHidden();
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

test('the menu of time steps there and back, and stays open for the next step', async ({ page }) => {
  await open(page);
  await leader(page);
  const start = await now(page);
  await page.getByRole('button', { name: 'More ways to move in time' }).click();
  const menu = page.getByRole('menu', { name: 'Moving in time' });
  await menu.getByRole('menuitem', { name: 'Next Ready' }).click();
  await expect.poll(() => now(page)).toBeGreaterThan(start);
  const first = await now(page);
  await menu.getByRole('menuitem', { name: 'Next message that arrives' }).click();
  await expect.poll(() => now(page)).toBeGreaterThan(first);
  await menu.getByRole('menuitem', { name: 'Previous message' }).click();
  await expect.poll(() => now(page)).toBeLessThanOrEqual(first);
  await menu.getByRole('menuitem', { name: 'Beginning' }).click();
  await expect(page.locator('[data-clock]')).toHaveText('0 ms');
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
});

test('a skip goes to the next moment of note and back to the last, and says what it is', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Control+ArrowRight');
  const note = page.locator('[data-note]');
  await expect(note).toContainText(/Skipped to this\. n\d becomes leader of term 1/);
  const elected = await now(page);
  await page.keyboard.press('Control+ArrowRight');
  await expect(note).toContainText(/commits/);
  await page.keyboard.press('Control+ArrowLeft');
  await expect(note).toContainText('becomes leader of term 1');
  await expect.poll(() => now(page)).toBe(elected);
  await page.keyboard.press('Control+ArrowLeft');
  await expect(note).toContainText('Nothing of note has happened before this moment.');
  await expect.poll(() => now(page)).toBe(elected);
  await expect(page.locator('[data-live]')).toContainText('Nothing of note');
});

test('a skip that finds nothing leaves the run where it is, and says how far it looked', async ({ page }) => {
  await open(page, 'seed=7&autoplay=0&nodes=1');
  await leader(page);
  await pass(page, 500);
  const before = await now(page);
  await page.keyboard.press('Control+ArrowRight');
  await expect(page.locator('[data-note]')).toContainText('Nothing of note happens in the next 60 s of this run.');
  await expect.poll(() => now(page)).toBe(before);
});

test('it pauses by itself at what was chosen, says why, and remembers the choice', async ({ page }) => {
  await open(page, 'seed=7&autoplay=0&speed=1');
  await page.getByRole('button', { name: 'More ways to move in time' }).click();
  await page.getByRole('menuitem', { name: 'Pause automatically…' }).click();
  const choice = page.getByRole('menuitemcheckbox', { name: 'a leader is elected' });
  await choice.click();
  await expect(choice).toHaveAttribute('aria-checked', 'true');
  await page.keyboard.press('Escape');
  const paused = page.locator('[data-note]').filter({ hasText: /Paused\. n\d becomes leader of term \d/ });
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(paused).toBeVisible();
  const leads = await page.evaluate(() => {
    const element = document.querySelector('raft-arium');
    return { playing: element?.playing, roles: element?.view?.nodes.map(({ role }) => role) };
  });
  expect(leads.playing).toBe(false);
  expect(leads.roles).toContain('leader');
  await page.goto('index.html?seed=8&speed=1');
  await expect(paused).toBeVisible();
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

test('the clock says the moment of the record that was stepped to, and the slider reaches the very end', async ({
  page,
}) => {
  await open(page);
  await page.evaluate(() => document.querySelector('raft-arium')?.advance(150_777));
  const clock = page.locator('[data-clock]');
  for (let i = 0; i < 5; i += 1) {
    const before = await page.locator('.feed li').count();
    await page.getByRole('button', { name: 'Next event' }).click();
    await expect.poll(() => page.locator('.feed li').count()).toBeGreaterThan(before);
    await expect(clock).toHaveText((await page.locator('.feed time').last().textContent()) ?? '');
  }
  const now = () => page.evaluate(() => document.querySelector('raft-arium')?.view?.nowUs);
  await page.evaluate(() => document.querySelector('raft-arium')?.advance(20_777));
  const end = await now();
  await page.keyboard.press('Home');
  await expect.poll(now).toBe(0);
  await page.getByLabel('Moment of the run').press('End');
  await expect.poll(now).toBe(end);
});
