/** The panel of stores and clients: maps with their index, operations from call to return, by mouse, finger and key. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { leader, open, pass } from './cluster';
import { expect, test } from './fixtures';

const act = (page: Page, text: string) =>
  page.evaluate((action) => document.querySelector('raft-arium')?.act(action), text);
const panel = (page: Page) => page.getByRole('region', { name: 'Stores and clients' });
const bars = (page: Page) => panel(page).locator('[data-call]');

/** A write that is answered, one that asks a follower first, and one that stays open. */
async function threeCalls(page: Page): Promise<{ lead: string; other: string }> {
  await open(page);
  const lead = await leader(page);
  const other = lead === 'n1' ? 'n2' : 'n1';
  await act(page, 'client c1 put x 1');
  await pass(page, 150);
  await act(page, `client c1 put x 2 via ${other}`);
  await pass(page, 150);
  await act(page, `isolate ${lead}`);
  await act(page, `client c2 get x via ${lead}`);
  await pass(page, 30);
  return { lead, other };
}

test('operations are bars from call to return; one that waits is open, and says so', async ({ page }) => {
  const { lead, other } = await threeCalls(page);
  await page.keyboard.press('o');
  await expect(
    panel(page).getByRole('button', { name: /^c1 put x 1, called \d+ ms, answered \d+ ms: ok/ }),
  ).toBeVisible();
  const open2 = panel(page).getByRole('button', { name: /^c2 get x, called \d+ ms, not answered yet/ });
  await expect(open2).toBeVisible();
  await panel(page)
    .getByRole('button', { name: /^c1 put x 2/ })
    .click();
  await expect(panel(page)).toContainText(`asked ${other}`);
  await expect(panel(page)).toContainText(`${other} does not lead`);
  await expect(panel(page)).toContainText(`asked ${lead}`);
  await expect(panel(page).getByRole('table', { name: 'Stores' })).toContainText('applied');
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});

test('undo takes an operation away, redo brings it back', async ({ page }) => {
  await open(page);
  await leader(page);
  await act(page, 'client c1 put x 1');
  await pass(page, 100);
  await page.keyboard.press('o');
  await expect(bars(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(bars(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Redo' }).click();
  await pass(page, 100);
  await expect(bars(page)).toHaveCount(1);
});

test('by key: arrows walk the bars, Enter shows one; the table goes to its moment', async ({ page }) => {
  await threeCalls(page);
  await page.keyboard.press('o');
  await expect(bars(page)).toHaveCount(3);
  await bars(page).last().focus();
  await page.keyboard.press('ArrowLeft');
  await expect(bars(page).nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(bars(page).nth(1)).toHaveAttribute('aria-pressed', 'true');
  await panel(page).getByText('The same as a table').click();
  const goTo = panel(page)
    .getByRole('button', { name: /^Go to/ })
    .first();
  await expect(goTo).toHaveText(/^\d+ ms/);
  const ms = Number((await goTo.textContent())?.split(' ')[0]);
  await goTo.click();
  await expect
    .poll(() => page.evaluate(() => Math.round((document.querySelector('raft-arium')?.view?.nowUs ?? 0) / 1000)))
    .toBe(ms);
  // What came later has not happened yet.
  await expect(bars(page)).toHaveCount(1);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('the panel is a tab, and a bar is tapped', async ({ page }) => {
    await threeCalls(page);
    await page.getByRole('tab', { name: 'Stores and clients' }).tap();
    await panel(page)
      .getByRole('button', { name: /^c1 put x 2/ })
      .tap();
    await expect(panel(page)).toContainText('does not lead');
  });
});
