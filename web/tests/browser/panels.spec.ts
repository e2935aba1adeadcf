/** Panels: shown and hidden by a menu and by keys, kept for the next visit, one at a time on a narrow page. */

import AxeBuilder from '@axe-core/playwright';
import { leader, open } from './cluster';
import { expect, test } from './fixtures';

test('the menu hides and shows panels, stays open for the next, and closes by Escape', async ({ page }) => {
  await open(page);
  const button = page.getByRole('button', { name: 'Panels' });
  await button.click();
  const menu = page.getByRole('menu', { name: 'Panels' });
  const logs = menu.getByRole('menuitemcheckbox', { name: /Logs/ });
  await expect(logs).toHaveAttribute('aria-checked', 'true');
  await logs.click();
  await expect(logs).toHaveAttribute('aria-checked', 'false');
  await expect(page.getByRole('region', { name: 'Logs' })).toHaveCount(0);
  await page.keyboard.press('e');
  await expect(menu.getByRole('menuitemcheckbox', { name: /Events/ })).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('keys hide and show panels; the choice is there at the next visit', async ({ page }) => {
  await open(page);
  await page.keyboard.press('i');
  await page.keyboard.press('v');
  await expect(page.getByRole('region', { name: 'Inspector' })).toHaveCount(0);
  await expect(page.getByRole('table', { name: 'Stores' })).toHaveCount(0);
  await open(page);
  await expect(page.getByRole('region', { name: 'Inspector' })).toHaveCount(0);
  await expect(page.getByRole('table', { name: 'Stores' })).toHaveCount(0);
  await page.keyboard.press('i');
  await expect(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
});

test('the menu opens by M and is walked by arrow keys', async ({ page }) => {
  await open(page);
  await page.keyboard.press('m');
  const items = page.getByRole('menuitemcheckbox');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(items.last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Stores' })).toHaveCount(0);
  await page.mouse.click(300, 700);
  await expect(page.getByRole('menu')).toHaveCount(0);
});

test('on a slide one panel stands beside the cluster, chosen by the menu', async ({ page }) => {
  await page.setViewportSize({ width: 960, height: 540 });
  await open(page);
  await expect(page.getByRole('region', { name: 'Logs' })).toBeVisible();
  await page.getByRole('button', { name: 'Panels' }).click();
  await page.getByRole('menuitemradio', { name: /Inspector/ }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Logs' })).toHaveCount(0);
});

test('an entry of the log is explained in the inspector when it is pressed', async ({ page }) => {
  await open(page);
  const first = await leader(page);
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await page.locator(`[data-log="${first}"] [data-index="1"]`).click();
  await expect(inspector).toContainText(`${first} holds entry 1@`);
  await expect(inspector).toContainText('no-op');
});

test('a dialog that was opened leaves the pictures as they were: its style is its own', async ({ page }) => {
  await open(page);
  const looks = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.stage > *')].map((drawn) => {
        const { backgroundColor, borderTopWidth, padding } = getComputedStyle(drawn);
        return `${backgroundColor} ${borderTopWidth} ${padding}`;
      }),
    );
  const before = await looks();
  for (const name of ['Help', 'Share', 'Scenes']) {
    await page.getByRole('button', { name }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  expect(await looks()).toEqual(before);
});
