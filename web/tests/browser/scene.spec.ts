/** Prepared runs, opened by name in the address. */

import { open } from './cluster';
import { expect, test } from './fixtures';

const run = () => document.querySelector('raft-arium')?.run ?? '';

test('a scene opens by its name in the address, and its list is fetched only then', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await open(page);
  expect(fetched.filter((url) => url.includes('scenes'))).toEqual([]);
  await page.evaluate(() => {
    location.hash = 'scene=figure-8';
  });
  await expect.poll(() => page.evaluate(run)).toContain('batch one');
  expect(fetched.filter((url) => url.includes('scenes'))).toHaveLength(1);
});

test('a scene stands still where the address says', async ({ page }) => {
  await open(page, '', '#scene=leader-crash&t=400000');
  await expect(page.locator('[data-clock]')).toHaveText('400 ms');
  expect(await page.evaluate(run)).toContain('crash n');
  expect(await page.evaluate(() => document.querySelector('raft-arium')?.playing)).toBe(false);
});

test('a scene that is not there is named beside those that are, and the run goes on', async ({ page }) => {
  await open(page);
  const before = await page.evaluate(run);
  await page.evaluate(() => {
    location.hash = 'scene=figure-9';
  });
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('There is no scene “figure-9”. There are: first-election, ');
  await expect(alert).toContainText('figure-8');
  expect(await page.evaluate(run)).toBe(before);
});

test('a link that another engine made plays, and says so', async ({ page }) => {
  await open(page, '', '#1.9~3~7&t=1000');
  await expect(page.getByRole('alert')).toContainText('Another version of the engine, 9, made this run');
  expect(await page.evaluate(run)).toContain('raftarium 1 engine 9');
});

test('nobody who asks why in Figure 8 is told that a majority of copies is a commit', async ({ page }) => {
  const inspector = page.locator('.pane-inspector .why');
  // (c): n1 leads term 4; then (d): it has crashed, and n5 asks for votes.
  for (const [atUs, why] of [
    [323_000, 'yet it is not committed: its term (2) is not the leader’s term (4). n5 could still be elected'],
    [345_000, 'It is not committed: n5 could be elected without it and overwrite it.'],
  ] as const) {
    await open(page, '', `#scene=figure-8&t=${atUs}`);
    await page.locator('[data-log="n3"] [data-index="2"]').click();
    await expect(inspector).toContainText(why);
  }
});

test('all logs of Figure 7 are in view at once, from the shortest to the end of the longest', async ({ page }) => {
  await open(page, '', '#scene=figure-7&t=412000');
  const cell = (id: string, index: number) => page.locator(`[data-log="${id}"] [data-index="${index}"]`);
  await expect(cell('n3', 4)).toBeVisible();
  await expect(cell('n7', 11)).toBeVisible();
  await expect(cell('n7', 11)).toHaveAttribute('data-term', '3');
  // A narrow cell is as good a handle as a wide one.
  await cell('n7', 7).click();
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('n7 holds entry 7@3');
});
