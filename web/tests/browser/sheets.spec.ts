/** The scenes with their pictures, and sharing: a link, the run's text, a QR code. */

import AxeBuilder from '@axe-core/playwright';
import { leader, node, open } from './cluster';
import { expect, test } from './fixtures';

test('the menu of scenes shows a picture of each, and opening one plays it', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Scenes' }).click();
  const sheet = page.getByRole('dialog', { name: 'Scenes' });
  const scenes = sheet.getByRole('button', { name: /./ }).filter({ has: page.locator('b') });
  await expect(scenes).toHaveCount(20);
  await expect(sheet.locator('svg circle.disc')).not.toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await sheet.getByRole('button', { name: /The leader crashes/ }).click();
  await expect(sheet).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.querySelector('raft-arium')?.run ?? '')).toContain('crash n');
});

test('sharing shows link, text and QR code; Escape closes it and crashes nothing', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await leader(page);
  await page.getByRole('button', { name: 'Share' }).click();
  const sheet = page.getByRole('dialog', { name: 'Share this moment' });
  const hash = await page.evaluate(() => document.querySelector('raft-arium')?.momentHash ?? '');
  await expect(sheet.getByLabel('Link', { exact: true })).toHaveValue(
    new RegExp(`${hash.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`),
  );
  await expect(sheet.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  await sheet.getByRole('button', { name: 'Copy: Run as text' }).click();
  await expect(sheet.getByRole('status')).toHaveText('Text copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('raftarium 1\n');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Share' })).toBeFocused();
  await expect(node(page, 'n1')).toHaveAttribute('data-up', 'true');
});

test('on a slide the whole QR code is in sight', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  for (const [width, height] of [
    [960, 540],
    [1920, 1080],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await open(page, 'seed=7&autoplay=0&theme=projector');
    await page.getByRole('button', { name: 'Share' }).click();
    await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('button', { name: 'Copy: Run as text' })).toBeInViewport({ ratio: 1 });
  }
});
