/**
 * The search in the browser: a rule is switched off, workers find a run in which a theorem falls and cut it down, it is opened on the stage, and undo
 * leads back. What is found is not foretold; that something is, is.
 */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { act, leader, open, openEmbed, pass, place } from './cluster';
import { expect, test } from './fixtures';

const run = (page: Page) => page.evaluate(() => document.querySelector('raft-arium')?.run ?? '');

/** Shows the panel by its key. */
async function show(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector('raft-arium')?.focus());
  await page.keyboard.press('r');
  await expect(page.locator('.se-bar')).toBeVisible();
}

/** Switches a rule off and searches until the find is cut as far as it goes. */
async function find(page: Page, rule: RegExp, label = 'Search'): Promise<void> {
  await page.locator('raft-search').getByRole('switch', { name: rule }).click();
  await page.locator('raft-search').getByRole('button', { name: label, exact: true }).click();
  await expect(page.locator('.se-story')).toBeVisible({ timeout: 200_000 });
}

test('a rule is switched off, a counterexample is found in this browser, cut down, opened, and undo leads back', async ({
  page,
}) => {
  await open(page);
  await leader(page);
  await act(page, 'crash n1');
  const before = await run(page);
  await show(page);
  await find(page, /^Give one vote in a term/);
  expect(await run(page), 'the stage is untouched').toBe(before);
  const panel = page.locator('raft-search');
  await expect(panel.getByRole('heading', { name: /has fallen$/ })).toBeVisible();
  await expect(panel.locator('.se-headline')).toContainText(/Found in [\d.]+ s/);
  const lengths = (await panel.locator('.se-lengths li span').allTextContents()).map(Number);
  expect(lengths.length).toBeGreaterThan(1);
  expect([...lengths].sort((a, b) => b - a)).toEqual(lengths);
  await expect(panel.getByRole('status').filter({ hasText: `cut to ${lengths.at(-1)} action` })).toBeAttached();
  await expect(panel.locator('.se-story li:not(.outcome)')).toHaveCount(lengths.at(-1) ?? 0);
  // Real Raft beside it: the same actions, and no witness.
  await expect(panel.locator('.se-ledger')).toHaveCount(2);
  await expect(panel.getByText('every rule kept')).toBeVisible();
  await expect(panel.locator('.se-ledger').first().locator('.alarm-s')).toHaveCount(0);
  await expect(panel.locator('.se-ledger').last().locator('.alarm-s').first()).toBeVisible();

  // Its futures are counted, those of real Raft too.
  await panel.getByRole('button', { name: 'Count its futures' }).click();
  await expect(panel.locator('.se-odds')).toContainText('Real Raft: 0 throughout.', { timeout: 200_000 });
  await expect(panel.getByRole('button', { name: 'Count its futures' })).toHaveCount(0);

  await panel.getByRole('button', { name: 'Open this run' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Modified Raft' })).toContainText('Give one vote in a term');
  await expect(page.locator('[data-holds="false"]')).toHaveCount(0);
  await panel.getByRole('button', { name: 'Go to the fall' }).click();
  await expect(page.locator('[data-holds="false"]').first()).toBeVisible();
  await expect(page.locator('.caption')).toContainText('has fallen');
  // A row of the story leads the stage and both ledgers to its moment.
  await expect(panel.locator('.se-both')).toContainText('it has fallen');
  await panel.locator('.se-story button').first().click();
  await expect(page.locator('[data-holds="false"]')).toHaveCount(0);
  await expect(panel.locator('.se-both')).toContainText('it still holds');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => run(page)).toBe(before);
  await expect(page.getByRole('status').filter({ hasText: 'Modified Raft' })).toHaveCount(0);
});

test('with every rule on it says that nothing fell and that this is no proof; it rests when paused, and when its panel is closed', async ({
  page,
}) => {
  await open(page);
  await show(page);
  const panel = page.locator('raft-search');
  const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();
  const runs = async () => Number((await panel.locator('.se-figures b').first().textContent())?.replaceAll(',', ''));
  await panel.getByLabel('Seed').fill('1');
  await press('Search');
  await expect.poll(runs).toBeGreaterThan(0);
  await expect(panel.locator('.se-headline')).toContainText('That is no proof');
  await press('Pause search');
  await expect(panel.getByRole('button', { name: 'Go on' })).toBeVisible();
  await expect(panel.locator('.se-headline')).toContainText('The search rests');
  // The last letters come; then the figures stand.
  await page.waitForTimeout(500);
  const rested = await runs();
  await page.waitForTimeout(1000);
  expect(await runs()).toBe(rested);
  await press('Go on');
  await expect.poll(runs).toBeGreaterThan(rested);
  // On a page that nobody sees it rests too, and goes on by itself.
  const see = (state: string) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await see('hidden');
  await expect(panel.getByRole('button', { name: 'Go on' })).toBeVisible();
  await see('visible');
  await expect(panel.getByRole('button', { name: 'Pause search' })).toBeVisible();
  await page.evaluate(() => document.querySelector('raft-arium')?.focus());
  await page.keyboard.press('r');
  await expect(panel).toHaveCount(0);
  await show(page);
  await expect(panel.getByRole('button', { name: 'Go on' })).toBeVisible();
});

test('a search says what its runs came through and whether new states still come; what it cannot find it says beforehand', async ({
  page,
}) => {
  await open(page);
  await show(page);
  const panel = page.locator('raft-search');
  const press = panel.getByRole('button', { name: 'Search', exact: true });
  await panel.getByRole('switch', { name: /^Forget what followers matched on election/ }).click();
  await expect(press).toHaveAccessibleDescription(/^Choose 5 nodes/);
  await panel.getByRole('radio', { name: '5' }).check();
  await expect(press).toHaveAccessibleDescription('');
  await panel.getByRole('switch', { name: /^Forget what followers matched on election/ }).click();
  await panel.getByRole('switch', { name: /^Late answers about cut entries/ }).click();
  await expect(press).toHaveAccessibleDescription(/^Nothing can fall/);
  await press.click();
  const marks = panel.getByRole('button', { name: /^\d+ of \d+ marks$/ });
  await expect(marks).toHaveAccessibleName(/^[1-9]\d* of /, { timeout: 60_000 });
  await expect(panel.locator('.se-trend')).toContainText(/a run, on average/, { timeout: 60_000 });
  await panel.getByRole('button', { name: 'Pause search' }).click();
  await expect(panel.getByRole('button', { name: 'Go on' })).toBeVisible();
  await page.waitForTimeout(500);
  // By the keyboard the list opens and closes; it has every square of the strip, what was reached and what was not.
  await marks.focus();
  await page.keyboard.press('Enter');
  const list = panel.getByRole('region', { name: 'Marks' });
  await expect(list).toBeVisible();
  const [reached, all] = ((await marks.locator('span').textContent()) ?? '').match(/\d+/g)?.map(Number) ?? [];
  await expect(list.getByRole('listitem')).toHaveCount(all ?? 0);
  await expect(list.getByRole('listitem').filter({ hasText: /in [\d,]+ runs?$/ })).toHaveCount(reached ?? 0);
  await expect(marks.locator('title')).toHaveCount(all ?? 0);
  await expect(list.getByRole('heading', { name: `Reached: ${reached}` })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(list).toHaveCount(0);
});

test('what no search finds is shown by a schedule made by hand', async ({ page }) => {
  await open(page);
  const before = await run(page);
  await show(page);
  const panel = page.locator('raft-search');
  await expect(panel.getByRole('button', { name: 'Open that run' })).toHaveCount(0);
  const rule = panel.getByRole('switch', { name: /^Count no answers of an older term/ });
  await rule.scrollIntoViewIfNeeded();
  const { y: above } = await place(rule);
  await rule.click();
  await expect(panel.getByRole('button', { name: 'Open that run' })).toBeVisible();
  expect((await place(rule)).y, 'the switch stays under the hand').toBeCloseTo(above, 0);
  await panel.getByRole('button', { name: 'Open that run' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Modified Raft' })).toContainText('Count no answers');
  await expect(page.locator('[data-holds="false"]')).toHaveCount(0);
  await pass(page, 1000);
  await expect(page.locator('[data-holds="false"]').first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => run(page)).toBe(before);
});

test('workers end with their player, the panel open or closed', async ({ page }) => {
  await open(page);
  const remove = () => page.evaluate(() => document.querySelector('raft-arium')?.remove());
  const begin = async () => {
    await show(page);
    await page.locator('raft-search').getByRole('button', { name: 'Search', exact: true }).click();
    await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  };
  await begin();
  await page.evaluate(() => document.querySelector('raft-arium')?.focus());
  await page.keyboard.press('r');
  await expect(page.locator('raft-search')).toHaveCount(0);
  expect(page.workers().length, 'closed, it rests').toBeGreaterThan(0);
  await remove();
  await expect.poll(() => page.workers().length).toBe(0);
  await open(page);
  await begin();
  await remove();
  await expect.poll(() => page.workers().length).toBe(0);
});

test('what was found is readable by everybody: axe, in each theme, and in Chinese', async ({ page }) => {
  await open(page, 'seed=7&autoplay=0&lang=zh');
  await show(page);
  await find(page, /^每个任期只投一票/, '搜索');
  await expect(page.locator('raft-search')).toContainText(/缩短到 \d+ 个动作/);
  await expect(page.locator('.se-verdict')).toContainText('被破坏');
  for (const theme of ['dark', 'projector', 'light']) {
    await page.evaluate((name) => document.querySelector('raft-arium')?.setAttribute('theme', name), theme);
    await expect(page.locator('raft-arium')).toHaveAttribute('data-theme', theme);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id, nodes }) => [theme, id, nodes[0]?.html])).toEqual([]);
  }
});

test('on a slide the band of a broken rule leads to the search, which takes the rule over, and back to the logs', async ({
  page,
}) => {
  await page.setViewportSize({ width: 960, height: 540 });
  await openEmbed(page, 'seed=7&autoplay=0');
  await act(page, 'break retries-recognised');
  await page.getByRole('button', { name: 'Search for what falls' }).click();
  const panel = page.locator('raft-search');
  await expect(panel.getByRole('switch', { name: /^Run each request number once/ })).not.toBeChecked();
  await expect(panel.getByRole('switch', { name: /^Give one vote in a term/ })).toBeChecked();
  await panel.getByRole('button', { name: 'Logs' }).click();
  await expect(page.locator('.pane-logs')).toBeVisible();
});

test('a search whose module cannot be fetched says so, with the seed, and the page goes on', async ({
  page,
  troubles,
}) => {
  await page.route('**/raftarium_search.lzma-*', (route) => route.abort());
  await open(page);
  await show(page);
  const panel = page.locator('raft-search');
  await panel.getByLabel('Seed').fill('4711');
  await panel.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(panel.getByRole('alert')).toContainText(/has ended, with seed 47\d\d:/);
  await expect(panel.getByRole('alert')).toContainText('The page and its run go on.');
  await expect(panel.getByRole('button', { name: 'Search', exact: true })).toBeEnabled();
  troubles.length = 0;
});
