/** Everything by keyboard, and only while the player has the focus. */

import type { Page } from '@playwright/test';
import { leader, node, open, pass, stored } from './cluster';
import { expect, test } from './fixtures';

const speed = () => document.querySelector('raft-arium')?.speed;
const playing = () => document.querySelector('raft-arium')?.playing;

test('play, step and speed', async ({ page }) => {
  await open(page);
  await page.keyboard.press('k');
  expect(await page.evaluate(playing)).toBe(true);
  await page.keyboard.press('Space');
  expect(await page.evaluate(playing)).toBe(false);
  const before = await page.locator('[data-clock]').textContent();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-clock]')).not.toHaveText(before ?? '');
  await page.keyboard.press('Shift+Period');
  await expect.poll(() => page.evaluate(speed)).toBe(0.1);
  await page.keyboard.press('Shift+Comma');
  await page.keyboard.press('Shift+Comma');
  await expect.poll(() => page.evaluate(speed)).toBe(0.02);
});

test('select a node, make it stand for election, crash it, restart it', async ({ page }) => {
  await open(page);
  await page.keyboard.press('3');
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('n3');
  await page.keyboard.press('t');
  expect(await leader(page)).toBe('n3');
  await page.keyboard.press('x');
  await expect(node(page, 'n3')).toHaveAttribute('data-up', 'false');
  await page.keyboard.press('x');
  await expect(node(page, 'n3')).toHaveAttribute('data-up', 'true');
});

test('a node that was reached by Tab is crashed by Enter; a link is cut', async ({ page }) => {
  await open(page);
  await node(page, 'n2').focus();
  await page.keyboard.press('Enter');
  await expect(node(page, 'n2')).toHaveAttribute('data-up', 'false');
  await page.locator('[data-link="n1-n3"]').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-link="n1-n3"]')).not.toHaveAttribute('data-cut', 'none');
});

test('C writes a command, Enter submits it, Escape gives the keys back', async ({ page }) => {
  await open(page);
  await leader(page);
  await page.keyboard.press('c');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('put x k3');
  await page.keyboard.press('Enter');
  await pass(page, 300);
  expect(Object.values(await stored(page, 'x'))).toEqual(Array(5).fill('k3'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('k');
  expect(await page.evaluate(playing)).toBe(true);
});

test('after a click on a node, Space plays and does not undo the click', async ({ page }) => {
  await open(page);
  await node(page, 'n1').locator('text').first().click();
  await expect(node(page, 'n1')).toHaveAttribute('data-up', 'false');
  await page.keyboard.press('Space');
  expect(await page.evaluate(playing)).toBe(true);
  await expect(node(page, 'n1')).toHaveAttribute('data-up', 'false');
});

test('the help sheet opens by ? and closes by Escape; the cluster waits for it', async ({ page }) => {
  await open(page, 'seed=7');
  await page.keyboard.press('Shift+Slash');
  const sheet = page.getByRole('dialog', { name: 'Keys and hands' });
  await expect(sheet).toBeVisible();
  await expect.poll(() => page.evaluate(playing)).toBe(false);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect.poll(() => page.evaluate(playing)).toBe(true);
});

test('keys do nothing while the focus is elsewhere', async ({ page }) => {
  await open(page);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('k');
  expect(await page.evaluate(playing)).toBe(false);
});

test('a screen reader is told what happened, in few words', async ({ page }) => {
  await open(page);
  await leader(page);
  await expect(page.locator('[aria-live="polite"][data-live]')).toContainText(/leader/);
});

test('back and forth in time, and an act taken back and done again', async ({ page }) => {
  await open(page);
  await leader(page);
  const clock = page.locator('[data-clock]');
  const there = (await clock.textContent()) ?? '';
  await page.keyboard.press('ArrowLeft');
  await expect(clock).not.toHaveText(there);
  await page.keyboard.press('2');
  await page.keyboard.press('x');
  await expect(node(page, 'n2')).toHaveAttribute('data-up', 'false');
  await page.keyboard.press('Control+z');
  await expect(node(page, 'n2')).toHaveAttribute('data-up', 'true');
  await page.keyboard.press('Control+Shift+z');
  await expect(node(page, 'n2')).toHaveAttribute('data-up', 'false');
});

test('Shift and the arrows go from Ready to Ready, finer than the events that are told', async ({ page }) => {
  await open(page);
  await leader(page);
  const now = () => page.evaluate(() => document.querySelector('raft-arium')?.view?.nowUs ?? 0);
  const start = await now();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(now).toBeGreaterThan(start);
  const first = await now();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(now).toBeGreaterThan(first);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(now).toBe(first);
});

/** Keys wait for ever in this page, or not at all, so that no test depends on the clock on the wall. No other wait of the page is so long. */
const patience = (page: Page, how: 'endless' | 'none') =>
  page.addInitScript((wished) => {
    const later = window.setTimeout;
    const patched = (run: () => void, after = 0) =>
      after < 10_000 ? later(run, after) : wished === 'none' ? later(run, 0) : 0;
    Object.assign(window, { setTimeout: patched });
  }, how);

test('keys wait for what a key has asked for and is being fetched, and mean nothing else meanwhile', async ({
  page,
}) => {
  let give = () => {};
  const asked = new Promise<void>((ready) => {
    give = ready;
  });
  await page.route('**/assets/{thing-menu,partition}-*', async (route) => {
    await asked;
    await route.continue();
  });
  await patience(page, 'endless');
  await open(page);
  const link = page.locator('[data-link="n1-n3"]');
  await link.focus();
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(link).toHaveAttribute('data-cut', 'none');
  give();
  await expect(link).toHaveAttribute('data-cut', 'n1>n3');
  await expect(page.getByRole('menu')).toHaveCount(0);
  expect(await page.evaluate(() => document.querySelector('raft-arium')?.run)).toMatch(/^@0 cut n1>n3$/m);
});

test('keys do not wait for ever for what does not come', async ({ page }) => {
  await page.route('**/assets/partition-*', () => {});
  await patience(page, 'none');
  await open(page);
  await page.keyboard.press('p');
  await page.keyboard.press('k');
  expect(await page.evaluate(playing)).toBe(true);
});

test('a list of choices keeps its keys; once something was chosen by mouse, or Escape was pressed, the player has them', async ({
  page,
}) => {
  await open(page);
  const speeds = page.getByLabel('Speed');
  const focused = () => page.evaluate(() => document.activeElement?.localName);
  const selected = () => page.locator('[data-node][aria-current="true"]').count();
  await page.keyboard.press('Tab');
  await speeds.focus();
  for (const key of ['5', 'x', 'Home']) await page.keyboard.press(key);
  expect(await selected()).toBe(0);
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('raft-arium');
  // As a mouse does it: the list of an open field is the system's own.
  await speeds.dispatchEvent('mousedown');
  await speeds.evaluate((field: HTMLSelectElement) => field.focus({ focusVisible: false } as FocusOptions));
  await speeds.selectOption('0.5');
  await expect.poll(focused).toBe('raft-arium');
  await page.keyboard.press('5');
  await expect.poll(selected).toBe(1);
});

test('the list of speeds shows the present one, whatever it is and whoever set it', async ({ page }) => {
  await open(page, 'seed=7&autoplay=0&speed=0.3');
  const speeds = page.getByLabel('Speed');
  const set = (value: string) =>
    page.evaluate((to) => document.querySelector('raft-arium')?.setAttribute('speed', to), value);
  await expect(speeds).toHaveValue('0.3');
  await page.keyboard.press('>');
  await expect(speeds).toHaveValue('0.5');
  await speeds.selectOption('2');
  await set('0.7');
  await expect(speeds).toHaveValue('0.7');
  await set('1');
  await expect(speeds).toHaveValue('1');
});
