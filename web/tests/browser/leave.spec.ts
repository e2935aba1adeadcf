/**
 * Players that leave a page take everything with them: twenty come, are used, and go; what listens at the window and the document, what works and what
 * is drawn is as it was before.
 */

import type { CDPSession, Page } from '@playwright/test';
import { open } from './cluster';
import { expect, test } from './fixtures';

/** What listens at an object of the page, by type. */
async function listenersOf(cdp: CDPSession, expression: string): Promise<string[]> {
  const { result } = await cdp.send('Runtime.evaluate', { expression });
  const { listeners } = await cdp.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
  return listeners.map(({ type }) => type).sort();
}

/** What of the page could keep a player, or work for it. */
async function kept(page: Page, cdp: CDPSession) {
  const ofWindow = await listenersOf(cdp, 'window');
  const ofDocument = await listenersOf(cdp, 'document');
  return { ofWindow, ofDocument, workers: page.workers().length };
}

/** All listeners, and all nodes of documents, once what can be collected is. */
async function all(cdp: CDPSession): Promise<{ listeners: number; nodes: number }> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const read = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { listeners: read('JSEventListeners'), nodes: read('Nodes') };
}

/** A second player comes, below the first, and is looked at. */
async function come(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const player = document.createElement('raft-arium');
    for (const [name, value] of Object.entries({ id: 'guest', seed: '8', ui: 'player', speed: '1' })) {
      player.setAttribute(name, value);
    }
    player.style.cssText = 'position:fixed;inset:0;width:960px;height:540px;background:white;z-index:9';
    document.body.append(player);
    await player.ready;
  });
  await expect(page.locator('#guest [data-node="n1"]')).toBeVisible();
}

/** Hands come near it. */
async function use(page: Page): Promise<void> {
  await page.mouse.move(5, 5);
  await page.mouse.move(300, 300);
  await expect(page.locator('#guest .cluster-act')).toBeAttached();
  await page.locator('#guest').getByRole('button', { name: 'Act on the cluster' }).click();
  await expect(page.locator('#guest').getByRole('menu')).toBeVisible();
}

const go = (page: Page) => page.evaluate(() => document.querySelector('#guest')?.remove());

test('twenty players come, are used and go, with a menu open and time running: nothing listens or works for them', async ({
  page,
}) => {
  await open(page);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const visit = async () => {
    await come(page);
    await use(page);
    await go(page);
    await expect(page.getByRole('menu')).toHaveCount(0);
  };
  // The parts that are fetched late come with the first of them, and stay.
  await visit();
  const before = await kept(page, cdp);
  const first = await all(cdp);
  for (let i = 0; i < 20; i += 1) await visit();
  expect(await kept(page, cdp)).toEqual(before);
  // A collection may leave a player or two: what is kept of all twenty is a leak.
  await expect.poll(async () => (await all(cdp)).listeners).toBeLessThan(first.listeners + 60);
  expect((await all(cdp)).nodes).toBeLessThan(first.nodes + 3000);
});

test('after a player has left with a menu open, the keys are those of the page again', async ({ page }) => {
  await open(page);
  await come(page);
  await use(page);
  await go(page);
  const taken = await page.evaluate(() => {
    const press = new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true });
    return !document.body.dispatchEvent(press);
  });
  expect(taken).toBe(false);
});

test('the workers of a search end with their player, though its panel was closed before', async ({ page }) => {
  await open(page);
  await come(page);
  await page.mouse.move(5, 5);
  await page.evaluate(() => document.querySelector<HTMLElement>('#guest')?.focus());
  await page.keyboard.press('r');
  const panel = page.locator('#guest raft-search');
  await panel.getByRole('switch').first().click();
  await panel.getByRole('button', { name: 'Search', exact: true }).click();
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  await page.evaluate(() => document.querySelector<HTMLElement>('#guest')?.focus());
  await page.keyboard.press('g');
  await expect(panel).toHaveCount(0);
  await go(page);
  await expect.poll(() => page.workers().length).toBe(0);
});
