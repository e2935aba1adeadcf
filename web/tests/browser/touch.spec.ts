/** A touch screen: tap a node, a link, an entry, a parked message; pull the log sideways; the menu of a thing by a finger that stays. */

import type { Locator, Page } from '@playwright/test';
import { act, leader, link, middle, node, open, pass, place } from './cluster';
import { expect, test } from './fixtures';

test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

async function tap(page: Page, what: Locator): Promise<void> {
  const { x, y } = await middle(what);
  await page.touchscreen.tap(x, y);
}

test('a tap crashes a node and brings it back; a tap on a link cuts it', async ({ page }) => {
  await open(page);
  await tap(page, node(page, 'n3').locator('text').first());
  await expect(node(page, 'n3')).toHaveAttribute('data-up', 'false');
  await tap(page, node(page, 'n3').locator('text').first());
  await expect(node(page, 'n3')).toHaveAttribute('data-up', 'true');
  await tap(page, link(page, 'n3', 'n4').locator('.wire'));
  await expect(link(page, 'n3', 'n4')).toHaveAttribute('data-cut', 'both');
});

test('the whole log of five nodes is in sight beside the sentence of a scene', async ({ page }) => {
  await open(page, '', '#scene=figure-8&t=277500');
  await expect(page.locator('.lesson-title')).toHaveText('Figure 8');
  await expect(page.locator('.seek-over i')).toHaveCount(8);
  const last = await place(page.locator('[data-log="n5"] [data-index="2"]'));
  const transport = await place(page.locator('.transport'));
  expect(last.y + last.height).toBeLessThanOrEqual(transport.y);
});

test('a finger that is gone before the menu has come wanted none', async ({ page }) => {
  let give = () => {};
  const asked = new Promise<void>((ready) => {
    give = ready;
  });
  await page.route('**/assets/thing-menu-*', async (route) => {
    await asked;
    await route.continue();
  });
  await open(page);
  const fetched = page.waitForRequest('**/assets/thing-menu-*');
  await tap(page, node(page, 'n3').locator('text').first());
  await fetched;
  give();
  await expect(node(page, 'n3')).toHaveAttribute('data-up', 'false');
  // Longer than a finger must stay for a menu.
  await page.waitForTimeout(900);
  await expect(page.getByRole('menu')).toHaveCount(0);
});

test('a finger that stays on the empty cluster of a page just opened has its menu, though all of it is still to come', async ({
  page,
}) => {
  await page.route(/assets\/(hands|thing-menu)-/, async (route) => {
    await new Promise((go) => setTimeout(go, 700));
    await route.continue();
  });
  await open(page);
  const box = await place(page.locator('.stage.cluster'));
  const finger = await page.context().newCDPSession(page);
  const corner = { x: box.x + 12, y: box.y + box.height - 12 };
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [corner] });
  await expect(page.getByRole('menuitem', { name: 'Break a rule of Raft…' })).toBeVisible();
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect(page.getByRole('menu')).toHaveCount(1);
});

test('a tap on an entry explains it; the log is pulled sideways', async ({ page }) => {
  await open(page);
  await leader(page);
  for (let i = 0; i < 8; i += 1) {
    await act(page, `client c1 put x ${i}`);
    await pass(page, 150);
  }
  const entry = page.locator('[data-log="n1"] [data-index="9"]');
  await tap(page, entry);
  await page.getByRole('tab', { name: 'Inspector' }).tap();
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('entry 9@1');
  await page.getByRole('tab', { name: 'Logs' }).tap();
  const box = await place(entry);
  const finger = await page.context().newCDPSession(page);
  const at = (x: number) => [{ x, y: box.y + box.height / 2 }];
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(80) });
  for (let x = 100; x <= 300; x += 20) {
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(x) });
  }
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect(page.locator('[data-log="n1"] [data-index="5"]')).toBeVisible();
  await expect(entry).toHaveCount(0);
});

test('a parked message is chosen by a tap while the run goes on, and released from its menu', async ({ page }) => {
  await open(page, 'seed=7&autoplay=0&speed=0.05');
  const id = await leader(page);
  const other = id === 'n1' ? 'n2' : 'n1';
  const name = await page.evaluate(
    ([from, to]) => {
      const element = document.querySelector('raft-arium');
      const found = () => element?.view?.messages.find((one) => one.from === from && one.to === to)?.id;
      for (let i = 0; i < 200 && found() === undefined; i += 1) element?.advance(3_000);
      return found();
    },
    [id, other],
  );
  await act(page, `hold ${name}`);
  const parked = page.locator('[data-parked] .hit-box').first();
  await expect(page.locator('.stop')).toHaveCount(1);
  await page.evaluate(() => document.querySelector('raft-arium')?.play());
  await tap(page, parked);
  await expect(parked).toHaveClass(/acc/);
  const finger = await page.context().newCDPSession(page);
  const touchPoints = [await middle(parked)];
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await expect(page.getByRole('menu')).toBeVisible();
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.getByRole('menuitem', { name: 'Release' }).tap();
  await expect(page.locator('.stop')).toHaveCount(0);
});
