/** Space-time: shown by its key, moved by mouse, touch and keys, and a press goes to its moment. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { leader, open, pass, place, submit } from './cluster';
import { expect, test } from './fixtures';

async function openSpaceTime(page: Page, query?: string): Promise<void> {
  await open(page, query);
  await leader(page);
  await submit(page, 'put x 1');
  await pass(page, 100);
  await page.getByRole('button', { name: 'Panels' }).click();
  await page
    .getByRole('menu')
    .getByText(/Space-time|时空图/)
    .click();
  await page.keyboard.press('Escape');
  await expect(picture(page)).toHaveAccessibleName(/[1-9]\d* messages.*n\d leads term 1/);
}

const picture = (page: Page) => page.getByRole('img', { name: /^Space-time/ });
const field = (page: Page) => page.getByRole('group', { name: /^Space-time/ });
const clock = (page: Page) => page.locator('[data-clock]');

test('a press goes to its moment; the messages say where they went', async ({ page }) => {
  await openSpaceTime(page);
  const before = await clock(page).textContent();
  const box = await place(field(page));
  await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.6);
  await expect(clock(page)).not.toHaveText(before ?? '');
});

test('keys choose a message and go to it; the arrows do not step the run', async ({ page }) => {
  await openSpaceTime(page);
  const before = await clock(page).textContent();
  await field(page).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.st-bar b')).toBeVisible();
  expect(await clock(page).textContent()).toBe(before);
  await page.keyboard.press('Enter');
  await expect(clock(page)).not.toHaveText(before ?? '');
});

test('below stands what the signs mean; of a message in hand, why it was sent, and a way back along that', async ({
  page,
}) => {
  await openSpaceTime(page);
  await pass(page, 100);
  await expect(page.getByRole('list', { name: 'What the signs mean' })).toContainText('lost');
  const table = page.getByText('The same as a table');
  const because = page.locator('.st-because');
  const take = async (name: RegExp) => {
    await table.click();
    await page.getByRole('row', { name }).last().getByRole('button').click();
    await table.click();
  };
  // The command came while n1 waited for answers: its entry left with each answer, and that is what is told.
  await take(/AppendEntries entry 2@/);
  await expect(because).toContainText(/Because reply \(match 1\) n\d → n1 ← AppendEntries \(entry 1@1\)/);
  await page.getByRole('button', { name: 'Follow the cause' }).click();
  await expect(page.locator('.st-bar b')).not.toHaveText('AppendEntries');
  await expect(because).toContainText('Because AppendEntries (entry 1@1)');
  await take(/put x 1/);
  await expect(because).toContainText('Nothing that is kept here caused it.');
});

test('zoom and the whole run: what is shown is said', async ({ page }) => {
  await openSpaceTime(page);
  const first = await picture(page).getAttribute('aria-label');
  await page.getByRole('button', { name: 'Show less time' }).click();
  await expect(picture(page)).not.toHaveAccessibleName(first ?? '');
  await page.getByRole('button', { name: 'Whole run' }).click();
  await expect(picture(page)).toHaveAccessibleName(/^Space-time from 0 ms/);
  await field(page).hover();
  await page.mouse.wheel(0, 400);
  await expect(picture(page)).toHaveAccessibleName(/^Space-time from 0 ms/);
});

test('the same as a table, and each row goes to its moment', async ({ page }) => {
  await openSpaceTime(page);
  await page.getByText('The same as a table').click();
  const table = page.getByRole('table', { name: 'The same as a table' });
  await expect(table.getByRole('row', { name: /AppendEntries/ }).first()).toBeVisible();
  const go = table.getByRole('button', { name: /^Go to/ }).first();
  const moment = (await go.textContent()) ?? '';
  await go.click();
  await expect(clock(page)).toHaveText(moment);
});

test('it is fetched only when it is shown, and axe finds nothing in it', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page);
  expect(asked.filter((url) => /lens|space-time/.test(url))).toEqual([]);
  await openSpaceTime(page, 'seed=7&autoplay=0&theme=dark');
  expect(asked.some((url) => /lens\.lzma/.test(url))).toBe(true);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations).toEqual([]);
});
