/** Hands by mouse and finger that have no file of their own: one way of a link, a message in flight, the feed of one node or kind, themes, speeds. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { act, clickLink, leader, link, middle, node, nodes, open, openEmbed, pass, submit, wakeHands } from './cluster';
import { expect, test } from './fixtures';

const run = (page: Page) => page.evaluate(() => document.querySelector('raft-arium')?.run ?? '');
const menu = (page: Page) => page.getByRole('menu');

/** Lets time pass until something is on its way to `to`, and names it. */
async function messageTo(page: Page, to: string): Promise<string> {
  const id = await page.evaluate((wanted) => {
    const element = document.querySelector('raft-arium');
    for (let i = 0; i < 300; i += 1) {
      const { messages = [], nowUs = 0 } = element?.view ?? {};
      // One that has left its node and is still far from the other.
      const found = messages.find(
        (one) => one.to === wanted && nowUs - one.sentUs > 3_000 && one.arriveUs - nowUs > 4_000,
      );
      if (found) return found.id;
      element?.advance(1_000);
    }
    throw new Error('nothing is sent');
  }, to);
  await expect(flying(page, id)).toBeVisible();
  return id;
}

/** Breaches of WCAG 2.2 AA on the page as it stands. */
async function breaches(page: Page): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  return violations.map(({ id, nodes: at }) => [id, at[0]?.html]);
}

const flying = (page: Page, id: string) => page.locator(`.cluster [data-message="${id}"] .hit-box`);

/** How many messages of a way and a kind are in flight. */
const copies = (page: Page, id: string) =>
  page.evaluate((name) => {
    const all = document.querySelector('raft-arium')?.view?.messages ?? [];
    const one = all.find((each) => each.id === name);
    return all.filter((each) => each.from === one?.from && each.to === one?.to && each.kind === one?.kind).length;
  }, id);

test('a click on a link cuts it both ways, with Alt one way; the next click heals it', async ({ page }) => {
  await open(page);
  await clickLink(page, 'n1', 'n2');
  await expect(link(page, 'n1', 'n2')).toHaveAttribute('data-cut', 'both');
  await clickLink(page, 'n1', 'n2');
  await expect(link(page, 'n1', 'n2')).toHaveAttribute('data-cut', 'none');
  await page.keyboard.down('Alt');
  await clickLink(page, 'n1', 'n2');
  await page.keyboard.up('Alt');
  await expect(link(page, 'n1', 'n2')).toHaveAttribute('data-cut', 'n1>n2');
});

test('a message that was clicked is held, released, duplicated, delivered and dropped by the inspector’s buttons', async ({
  page,
}) => {
  await open(page);
  const other = (await leader(page)) === 'n2' ? 'n3' : 'n2';
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const press = (name: string) => inspector.getByRole('button', { name, exact: true }).click();
  const first = await messageTo(page, other);
  const at = await middle(flying(page, first));
  await page.mouse.click(at.x, at.y);
  await press('Hold');
  await expect(page.locator('[data-parked]')).toHaveCount(1);
  expect(await breaches(page)).toEqual([]);
  await expect(menu(page)).toHaveCount(0);
  await press('Release');
  await expect(page.locator('[data-parked]')).toHaveCount(0);
  const before = await copies(page, first);
  await press('Duplicate');
  await expect.poll(() => copies(page, first)).toBe(before + 1);
  await press('Deliver now');
  await expect(flying(page, first)).toHaveCount(0);
  const second = await messageTo(page, other);
  const then = await middle(flying(page, second));
  await page.mouse.click(then.x, then.y);
  await press('Drop');
  await expect.poll(() => run(page)).toContain(`drop ${second}`);
  await expect(flying(page, second)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(flying(page, second)).toHaveCount(1);
});

test('the inspector tells of a node by its row, of a link by its menu, of an entry by a click, and why', async ({
  page,
}) => {
  await open(page);
  const lead = await leader(page);
  const other = lead === 'n2' ? 'n3' : 'n2';
  await submit(page, 'put x 1');
  await pass(page, 200);
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const logs = page.getByRole('region', { name: 'Logs' });
  await logs.getByRole('button', { name: new RegExp(`^${other},`) }).click();
  await expect(inspector.getByRole('heading', { name: other })).toBeVisible();
  await expect(inspector.locator('.why')).toContainText(/follow|leader/i);
  await expect(node(page, other)).toHaveAttribute('data-up', 'true');
  await page.locator(`[data-log="${other}"] [data-index="2"]`).click();
  await expect(inspector.locator('.why')).toContainText(/committed|disk/i);
  await act(page, `cut ${lead} ${other}`);
  await link(page, lead, other).focus();
  await page.keyboard.press('Shift+F10');
  await expect(menu(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector.getByRole('heading', { name: /^n\d–n\d$/ })).toBeVisible();
  await expect(inspector.locator('.why')).toContainText('hear nothing of each other');
});

test('on a slide, which has no inspector, a click on a message opens its menu', async ({ page }) => {
  await openEmbed(page, 'seed=7&autoplay=0');
  const other = (await leader(page)) === 'n2' ? 'n3' : 'n2';
  await wakeHands(page);
  const id = await messageTo(page, other);
  const at = await middle(flying(page, id));
  await page.mouse.click(at.x, at.y);
  await expect(menu(page).getByRole('menuitem')).toHaveText(['Deliver now', 'Hold', 'Drop', 'Duplicate']);
  await menu(page).getByRole('menuitem', { name: 'Hold' }).click();
  await expect.poll(() => run(page)).toContain(`hold ${id}`);
});

test('the feed tells of one node, of one kind, of both; an alarm always; the choice is undone', async ({ page }) => {
  await open(page);
  const lead = await leader(page);
  const other = lead === 'n2' ? 'n3' : 'n2';
  await submit(page, 'put x 1');
  await pass(page, 200);
  await act(page, `crash ${other}`);
  await wakeHands(page);
  const lines = page.locator('.feed > li');
  const told = () => lines.allTextContents();
  const all = (await told()).length;
  const choose = async (name: string) => {
    await page.getByRole('button', { name: /^Filter events/ }).click();
    await menu(page).getByRole('menuitemradio', { name, exact: true }).click();
    await page.keyboard.press('Escape');
    await expect(menu(page)).toHaveCount(0);
  };
  await choose(other);
  await expect(page.getByRole('button', { name: `Filter events: only ${other}` })).toBeVisible();
  expect(await breaches(page)).toEqual([]);
  const ofNode = await told();
  expect(ofNode.length).toBeLessThan(all);
  expect(ofNode.length).toBeGreaterThan(0);
  for (const line of ofNode) expect(line).toContain(other);
  await choose('faults');
  await expect(lines).toHaveCount((await told()).filter((line) => /crash/.test(line)).length);
  await expect(lines.last()).toContainText(/crash/i);
  await choose('All nodes and clients');
  await choose('elections');
  await expect(lines.last()).toContainText(/vote|lead|term|stand/i);
  for (const line of await told()) expect(line).not.toMatch(/put x|crash/);
  await page.getByRole('button', { name: 'Panels' }).click();
  await menu(page)
    .getByRole('menuitemcheckbox', { name: /^Events/ })
    .click();
  await menu(page)
    .getByRole('menuitemcheckbox', { name: /^Events/ })
    .click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Filter events: only elections' })).toBeVisible();
  await choose('All kinds');
  await expect(lines).toHaveCount(all);
});

test('languages and themes are switched live, and stay for the next visit', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('button', { name: '分享' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  const paper = () =>
    page.evaluate(() => getComputedStyle(document.querySelector('raft-arium') as Element).backgroundColor);
  await page.getByLabel('主题').selectOption({ label: '投影' });
  await expect.poll(paper).toBe('rgb(255, 255, 255)');
  await page.getByLabel('主题').selectOption({ label: '深色' });
  await expect.poll(paper).toBe('rgb(14, 18, 23)');
  await page.reload();
  await expect(page.getByRole('button', { name: '分享' })).toBeVisible();
  await expect.poll(paper).toBe('rgb(14, 18, 23)');
  await page.getByRole('button', { name: 'EN' }).click();
  await expect(page.getByRole('button', { name: 'Share' })).toBeVisible();
});

test('every speed from a thousandth to a hundred times can be chosen, and time goes as fast', async ({ page }) => {
  await open(page);
  const speeds = page.getByLabel('Speed');
  const offered = await speeds.getByRole('option').allTextContents();
  expect([offered.at(0), offered.at(-1)]).toEqual(['0.001×', '100×']);
  const speed = () => page.evaluate(() => document.querySelector('raft-arium')?.speed);
  for (const name of offered) {
    await speeds.selectOption({ label: name });
    expect(await speed()).toBe(Number.parseFloat(name));
  }
  const now = () => page.evaluate(() => document.querySelector('raft-arium')?.view?.nowUs ?? 0);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(now).toBeGreaterThan(3_000_000);
  await page.getByRole('button', { name: 'Pause' }).click();
});

test.describe('with a finger, on a phone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('a tap on a message opens its menu; the feed has its filter', async ({ page }) => {
    await open(page);
    const other = (await leader(page)) === 'n2' ? 'n3' : 'n2';
    await page.touchscreen.tap(200, 24);
    await expect(page.locator('.cluster-act')).toBeAttached();
    const id = await messageTo(page, other);
    const at = await middle(flying(page, id));
    await page.touchscreen.tap(at.x, at.y);
    await menu(page).getByRole('menuitem', { name: 'Drop' }).tap();
    await expect.poll(() => run(page)).toContain(`drop ${id}`);
    await page.getByRole('tab', { name: 'Events' }).tap();
    await page.getByRole('button', { name: 'Filter events' }).tap();
    await menu(page).getByRole('menuitemradio', { name: 'n1' }).tap();
    await expect(page.getByRole('button', { name: 'Filter events: only n1' })).toBeVisible();
    await page.keyboard.press('Escape');
    expect(await breaches(page)).toEqual([]);
    expect((await nodes(page)).length).toBe(5);
    await expect(node(page, 'n1')).toHaveAttribute('data-up', 'true');
  });
});
