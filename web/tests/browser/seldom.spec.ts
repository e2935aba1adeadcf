/** Marks that are fetched when they are first needed: torn paper and votes of islands, held messages, a joint configuration. */

import { act, leader, nodes, open, pass } from './cluster';
import { expect, test } from './fixtures';

test('a partition tears the paper, and each island says how many votes it has; healed, nothing is left', async ({
  page,
}) => {
  await open(page);
  await leader(page);
  await expect(page.locator('.torn')).toHaveCount(0);
  await act(page, 'partition n1,n2 | n3,n4,n5');
  await expect(page.locator('.torn')).toHaveAttribute('data-islands', '2');
  await expect(page.getByRole('img', { name: 'n1, n2: 2 votes of the 3 that a decision needs' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'n3, n4, n5: 3 votes of the 3 that a decision needs' })).toBeVisible();
  await act(page, 'crash n5');
  await expect(page.getByRole('img', { name: 'n3, n4, n5: 2 votes of the 3 that a decision needs' })).toBeVisible();
  await act(page, 'heal');
  await expect(page.locator('.torn')).toHaveCount(0);
});

test('a held message is parked before a buffer stop, stands while all else moves, and goes on from there', async ({
  page,
}) => {
  await open(page);
  const id = await leader(page);
  const other = id === 'n1' ? 'n2' : 'n1';
  await act(page, `hold ${id}>${other}`);
  await pass(page, 80);
  const parked = page.locator(`[data-message^="${id}>${other}"][data-parked]`).first();
  await expect(parked.locator('.stop')).toHaveCount(1);
  const place = () => parked.evaluate((box) => (box as HTMLElement).style.transform);
  const before = await place();
  await pass(page, 20);
  expect(await place()).toBe(before);
  await act(page, `release ${id}>${other}`);
  await expect(page.locator('[data-parked]')).toHaveCount(0);
  await expect(page.locator('.stop')).toHaveCount(0);
});

test('a joint configuration has a meter for each of its halves', async ({ page }) => {
  await open(page);
  const id = await leader(page);
  await pass(page, 80);
  const others = ['n1', 'n2', 'n3', 'n4', 'n5'].filter((each) => each !== id);
  await act(page, `member joint ${[id, ...others.slice(0, 2)].sort().join()}`);
  for (let i = 0; i < 100 && !(await nodes(page)).some(({ member }) => member === 'outgoing'); i += 1) {
    await pass(page, 2);
  }
  await expect(page.getByRole('img', { name: /Joint configuration: on . of 3 of the new voters/ })).toBeVisible();
});
