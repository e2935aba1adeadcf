/** By keyboard alone, from the first key to the last: crash the leader, partition, submit, rewind, share. And what a screen reader hears of it. */

import type { Page } from '@playwright/test';
import { leaderInTime, node, nodes, open } from './cluster';
import { expect, test } from './fixtures';

const clock = (page: Page) => page.locator('[data-clock]');
const live = (page: Page) => page.locator('[data-live]');

/** Tab until the focus is on a button of this name, as a person without a mouse must; not further than round the page. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 80; i += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
    );
    if (here?.trim() === name) return;
  }
  throw new Error(`no way by Tab to “${name}”`);
}

test('crash the leader, partition, submit, rewind, share', async ({ page }) => {
  await open(page, 'seed=7&autoplay=0&speed=1');
  await page.keyboard.press('Space');
  const first = await leaderInTime(page);
  await page.keyboard.press(first.slice(1));
  await page.keyboard.press('x');
  await expect(node(page, first)).toHaveAttribute('data-up', 'false');
  const second = await leaderInTime(page);
  expect(second).not.toBe(first);
  await page.keyboard.press('x');
  await expect(node(page, first)).toHaveAttribute('data-up', 'true');

  // The old leader alone on the other side.
  await page.keyboard.press('p');
  await expect(page.getByRole('toolbar', { name: 'Partition' })).toBeVisible();
  await page.keyboard.press(first.slice(1));
  await tabTo(page, 'Cut');
  await page.keyboard.press('Enter');
  await expect(page.locator(`[data-link*="${first}"][data-cut="both"]`)).toHaveCount(4);
  await expect(page.locator('.torn')).toHaveAttribute('data-islands', '2');

  await page.keyboard.press('c');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('put x 9');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const have = async () => (await nodes(page)).filter(({ store }) => store.some(({ value }) => value === '9')).length;
  await expect.poll(have).toBe(4);

  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  const before = await clock(page).textContent();
  await page.keyboard.press('j');
  await expect(clock(page)).not.toHaveText(before ?? '');
  await page.keyboard.press('Home');
  await expect(clock(page)).toHaveText('0 ms');
  await page.keyboard.press('End');
  await expect(clock(page)).not.toHaveText('0 ms');

  await tabTo(page, 'Share');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Share this moment' });
  await expect(sheet.getByLabel('Link', { exact: true })).toHaveValue(/#1~5~7~/);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('the live region says what happened in one piece, the newest three and how many more', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const region = document.querySelector('[data-live]');
    new MutationObserver(() => said.push(region?.textContent ?? '')).observe(region ?? document, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await expect(live(page)).toHaveAttribute('aria-live', 'polite');
  // An election and a crash, with all that comes of them: dozens of records in one instant of the wall's clock.
  await page.evaluate(() => {
    const element = document.querySelector('raft-arium');
    for (let i = 0; i < 30; i += 1) element?.advance(20_000);
    element?.act('crash n1');
  });
  await expect(live(page)).toContainText(/^\d+ more events\. .*n1.*/);
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said.filter((text) => text !== ''));
  expect(said.length).toBeLessThanOrEqual(2);
  for (const text of said) expect(text.split(/(?<=\.) /).length).toBeLessThanOrEqual(8);
});
