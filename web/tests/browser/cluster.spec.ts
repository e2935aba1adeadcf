/** What the page is for, done by clicking: elect, crash, partition, submit. */

import { clickLink, clickNode, leader, link, node, nodes, open, stored, submit } from './cluster';
import { expect, test } from './fixtures';

test('the page elects a leader by itself', async ({ page }) => {
  await open(page, 'speed=1');
  const first = await leader(page);
  await expect(page.getByRole('button', { name: new RegExp(`^${first}, leader, term \\d`) })).toBeVisible();
});

test('without any wish it plays at 1/20, and a newcomer sees an election within ten seconds', async ({ page }) => {
  await page.goto('index.html');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(page.locator('[data-node]:is([data-role="candidate"], [data-role="leader"])').first()).toBeVisible();
});

test('crash the leader by a click: another is elected; click again: it comes back and follows', async ({ page }) => {
  await open(page);
  const first = await leader(page);
  await clickNode(page, first);
  await expect(node(page, first)).toHaveAttribute('data-up', 'false');
  const second = await leader(page, first);
  expect(second).not.toBe(first);
  await clickNode(page, first);
  await expect(node(page, first)).toHaveAttribute('data-up', 'true');
  await expect(node(page, first)).toHaveAttribute('data-role', 'follower');
});

test('cut the majority from the minority by clicking links: only the majority commits', async ({ page }) => {
  await open(page);
  const old = await leader(page);
  const others = ['n1', 'n2', 'n3', 'n4', 'n5'].filter((id) => id !== old);
  const minority = [old, others[0] ?? ''];
  const majority = others.slice(1);
  for (const a of minority) {
    for (const b of majority) {
      await clickLink(page, a, b);
      await expect(link(page, a, b)).toHaveAttribute('data-cut', /^(true|both)$/);
    }
  }
  await expect
    .poll(async () => (await nodes(page)).some((one) => majority.includes(one.id) && one.role === 'leader'))
    .toBe(true);
  const before = Math.max(...(await nodes(page)).filter(({ id }) => minority.includes(id)).map(({ commit }) => commit));
  await submit(page, 'put x 9');
  await expect
    .poll(
      async () => {
        const values = await stored(page, 'x');
        return majority.map((id) => values[id]);
      },
      { timeout: 20_000 },
    )
    .toEqual(['9', '9', '9']);
  const after = (await nodes(page)).filter(({ id }) => minority.includes(id));
  for (const one of after) {
    expect(one.commit).toBe(before);
    expect(one.store.some(({ key }) => key === 'x')).toBe(false);
  }
});

test('submit: the value reaches every store, and the log shows it committed', async ({ page }) => {
  await open(page);
  await leader(page);
  await submit(page, 'put x 42');
  for (const id of ['n1', 'n2', 'n3', 'n4', 'n5']) {
    await expect(page.locator(`[data-cell="${id}"][data-key="x"]`)).toHaveText('42', { timeout: 20_000 });
  }
  await expect(page.locator('[data-log="n1"] [data-index="2"]')).toHaveAttribute('data-committed', 'true');
  expect(Object.values(await stored(page, 'x'))).toEqual(['42', '42', '42', '42', '42']);
});

test('step: the clock stands still between steps, and each step is one event', async ({ page }) => {
  await open(page, 'seed=7&autoplay=0');
  const clock = page.locator('[data-clock]');
  await expect(clock).toHaveText('0 ms');
  await page.getByRole('button', { name: 'Next event' }).click();
  await expect(clock).not.toHaveText('0 ms');
  const first = await clock.textContent();
  await page.waitForTimeout(200);
  await expect(clock).toHaveText(first ?? '');
  await expect(page.locator('[data-feed] li')).not.toHaveCount(0);
});

test('speed and play by their controls', async ({ page }) => {
  await open(page, 'seed=7&autoplay=0');
  await page.getByLabel('Speed').selectOption('1');
  await page.getByRole('button', { name: 'Play' }).click();
  await leader(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  const clock = await page.locator('[data-clock]').textContent();
  await page.waitForTimeout(200);
  await expect(page.locator('[data-clock]')).toHaveText(clock ?? '');
});

test('a seed in its field opens that run from its start', async ({ page }) => {
  await open(page);
  await leader(page);
  const field = page.getByLabel('Seed');
  await field.fill('12345');
  await field.press('Enter');
  await expect(field).toHaveValue('12345');
  expect(await page.evaluate(() => document.querySelector('raft-arium')?.run)).toContain('seed 12345');
  await page.getByRole('button', { name: 'New run' }).click();
  await expect(field).not.toHaveValue('12345');
});
