/** What menus do beyond faults: members, leadership, snapshots, commands for one node; what cannot be done says why. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { act, leader, node, nodes, open, pass, place, stored, wakeHands } from './cluster';
import { expect, test } from './fixtures';

const menu = (page: Page) => page.getByRole('menu');
const line = (page: Page, name: RegExp) => menu(page).getByRole('menuitem', { name });
const openMenu = (page: Page, id: string) => node(page, id).locator('text').first().click({ button: 'right' });

/** The menu of the whole cluster, by its button. */
async function clusterMenu(page: Page): Promise<void> {
  await wakeHands(page);
  await page.getByRole('button', { name: 'Act on the cluster' }).click();
  await expect(menu(page)).toBeVisible();
}

test('a node is added from the toolbar, promoted, and removed from its menu; each is undone and redone', async ({
  page,
}) => {
  await open(page);
  await leader(page);
  // A leader proposes a change of members once an entry of its own term is committed.
  await pass(page, 300);
  await clusterMenu(page);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes: [first] }) => [id, first?.html])).toEqual([]);
  await line(page, /^Add n6 as a learner/).click();
  await pass(page, 300);
  const member = async () => (await nodes(page)).find(({ id }) => id === 'n6')?.member ?? 'none';
  await expect.poll(member).toBe('learner');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(member).toBe('none');
  await page.getByRole('button', { name: 'Redo' }).click();
  await pass(page, 300);
  await openMenu(page, 'n6');
  await line(page, /^Promote/).click();
  await pass(page, 300);
  await expect.poll(member).toBe('voter');
  await openMenu(page, 'n6');
  await line(page, /^Remove/).click();
  await pass(page, 300);
  await expect.poll(member).toBe('outside');
});

test('leadership is transferred, and a snapshot taken', async ({ page }) => {
  await open(page);
  const first = await leader(page);
  const heir = first === 'n2' ? 'n3' : 'n2';
  await pass(page, 300);
  await openMenu(page, heir);
  await line(page, /^Transfer leadership here/).click();
  await pass(page, 200);
  expect(await leader(page, first)).toBe(heir);
  await openMenu(page, heir);
  await line(page, /^Compact: snapshot up to/).click();
  await pass(page, 50);
  expect((await nodes(page)).find(({ id }) => id === heir)?.firstIndex).toBeGreaterThan(1);
});

test('what cannot be done is there with its reason, and choosing it does nothing', async ({ page }) => {
  await open(page);
  const run = () => page.evaluate(() => document.querySelector('raft-arium')?.run);
  const before = await run();
  await openMenu(page, 'n2');
  const transfer = line(page, /^Transfer leadership here/);
  await expect(transfer).toHaveAttribute('aria-disabled', 'true');
  await expect(transfer).toContainText('there is no leader to ask');
  await transfer.click({ force: true });
  await expect(menu(page)).toBeVisible();
  expect(await run()).toBe(before);
});

test('a command with a value for one node, by keyboard alone', async ({ page }) => {
  await open(page);
  const lead = await leader(page);
  const other = lead === 'n4' ? 'n5' : 'n4';
  await page.evaluate(() => document.querySelector('raft-arium')?.focus());
  await page.keyboard.press(other.slice(1));
  await page.keyboard.press('Shift+F10');
  await expect(menu(page)).toBeVisible();
  await page.keyboard.press('a');
  await expect(line(page, /^Ask/)).toBeFocused();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Client command' });
  await expect(form.getByRole('combobox', { name: 'Ask' })).toHaveValue(other);
  await form.getByRole('textbox', { name: 'Command' }).fill('put colour blue');
  await page.keyboard.press('Enter');
  await expect(form).toHaveCount(0);
  await pass(page, 300);
  expect((await stored(page, 'colour'))[lead]).toBe('blue');
  expect(await page.evaluate(() => document.querySelector('raft-arium')?.run)).toContain(
    `client c1 put colour blue via ${other}`,
  );
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 }, locale: 'zh-CN' });

  test('a long press beside the nodes opens the menu of the cluster', async ({ page }) => {
    await open(page);
    await leader(page);
    const first = await place(page.locator('.cluster'));
    await page.touchscreen.tap(first.x + 3, first.y + first.height - 3);
    await expect(page.getByRole('button', { name: '操作集群' })).toBeVisible();
    const box = await place(page.locator('.cluster'));
    const at = { x: box.x + box.width / 2, y: box.y + box.height - 4 };
    const finger = await page.context().newCDPSession(page);
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
    await expect(menu(page)).toHaveAccessibleName('集群');
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await line(page, /^添加 n6，有投票权/).tap();
    await expect(node(page, 'n6')).toBeVisible();
  });
});

test('timers are aligned to a split vote and spread to none; the leader is restarted, and all that have crashed', async ({
  page,
}) => {
  await open(page);
  const role = (roles: string) => page.locator(`[data-node][data-role="${roles}"]`);
  await page.keyboard.press('a');
  await expect.poll(() => page.evaluate(() => document.querySelector('raft-arium')?.run)).toContain('timer n5');
  await pass(page, 310);
  expect((await nodes(page)).filter(({ votedFor, id }) => votedFor === id).length).toBeGreaterThan(1);
  await clusterMenu(page);
  await line(page, /^Spread the election timers/).click();
  const first = await leader(page);
  await pass(page, 100);
  await clusterMenu(page);
  await line(page, /^Restart the leader/).click();
  await expect(node(page, first)).toHaveAttribute('data-role', 'follower');
  await expect(node(page, first)).toHaveAttribute('data-up', 'true');
  await clusterMenu(page);
  await expect(line(page, /^Restart all that have crashed/)).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  for (const text of ['crash n1', 'crash n2']) await act(page, text);
  await clusterMenu(page);
  await line(page, /^Restart all that have crashed/).click();
  for (const id of ['n1', 'n2']) await expect(node(page, id)).toHaveAttribute('data-up', 'true');
  await expect(role('leader')).toHaveCount(0);
});
