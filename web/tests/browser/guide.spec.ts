/** The guide of a first visit: it points at the first leader, goes after the first election that was caused, and never comes again. */

import type { Page } from '@playwright/test';
import { act, clickNode, drawn, leader, leaderInTime, node, pass } from './cluster';
import { expect, test } from './fixtures';

const told = (page: Page) => page.locator('[data-guide]');

/** A first visit: no seed, no run in the address. */
async function visit(page: Page, query = ''): Promise<void> {
  await page.goto(`index.html?${query}`);
  await drawn(page);
}

test('a newcomer sees an election, is shown the leader, crashes it, and has caused another election', async ({
  page,
}) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await visit(page);
  expect(fetched.filter((url) => url.includes('guide'))).toEqual([]);
  const first = await leaderInTime(page);
  await expect(told(page)).toHaveText(`${first} was elected. Click it. It crashes, and the others elect another.`);
  const pointer = page.locator('.guide-pointer');
  await expect(pointer).toBeVisible();
  const off = async () => {
    const disc = node(page, first).locator('circle').first();
    const [around, within] = [await pointer.boundingBox(), await disc.boundingBox()];
    if (around === null || within === null) return Number.NaN;
    const x = around.x + around.width / 2 - within.x - within.width / 2;
    const y = around.y + around.height / 2 - within.y - within.height / 2;
    return Math.max(Math.abs(x), Math.abs(y));
  };
  await expect.poll(off).toBeLessThan(2);
  await clickNode(page, first);
  await expect(told(page)).toContainText(`You crashed ${first}.`);
  await expect(pointer).toBeHidden();
  const second = await leader(page, first);
  await expect(told(page)).toContainText(`${second} leads: you caused this election.`);
  await page.getByRole('button', { name: 'Skip the guide' }).click();
  await expect(told(page)).toBeHidden();
  await page.reload();
  await visit(page);
  await leader(page);
  await pass(page, 100);
  await expect(told(page)).toBeHidden();
});

test('it is skipped by its button, and the caption says what it always says', async ({ page }) => {
  await visit(page, 'autoplay=0');
  await leader(page);
  await expect(told(page)).toBeVisible();
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Skip the guide' }).press('Enter');
  await expect(told(page)).toBeHidden();
  await expect(page.locator('.guide-pointer')).toHaveCount(0);
  await expect(page.locator('[data-moment]')).toBeVisible();
  await visit(page, 'autoplay=0');
  await leader(page);
  await pass(page, 50);
  await expect(told(page)).toBeHidden();
});

test('whoever does something else needs no pointing at a leader: the caption tells what that leads to', async ({
  page,
}) => {
  await visit(page, 'autoplay=0');
  await leader(page);
  await expect(told(page)).toBeVisible();
  const follower = await page.locator('[data-node][data-role="follower"]').first().getAttribute('data-node');
  await act(page, `isolate ${follower}`);
  await expect(told(page)).toBeHidden();
  await expect(page.locator('.guide-pointer')).toHaveCount(0);
  await expect(page.locator('[data-moment]')).toBeVisible();
  await visit(page, 'autoplay=0');
  await leader(page);
  await pass(page, 50);
  await expect(told(page)).toBeHidden();
});

test('it stays away from runs of an address, from scenes and from slides', async ({ page }) => {
  for (const address of [
    'index.html?seed=7&autoplay=0',
    'embed.html?autoplay=0',
    'index.html?autoplay=0#scene=split-vote',
  ]) {
    await page.goto(address);
    await drawn(page);
    await leader(page);
    await pass(page, 50);
    await expect(told(page)).toHaveCount(0);
  }
});

test.describe('on a touch screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'zh-CN' });

  test('it speaks Chinese, and a tap crashes the leader', async ({ page }) => {
    await visit(page, 'autoplay=0');
    const first = await leader(page);
    await expect(told(page)).toContainText(`${first} 已当选。点击它。`);
    await node(page, first).locator('text').first().tap();
    await expect(told(page)).toContainText(`你让 ${first} 宕机了。`);
  });
});
