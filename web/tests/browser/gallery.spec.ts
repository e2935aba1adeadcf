/** The gallery of situations is part of the built site, and nothing of it is part of the product's first load. */

import { open } from './cluster';
import { expect, test } from './fixtures';

test('the gallery shows every situation', async ({ page }) => {
  await page.goto('gallery/dev/gallery.html?size=desktop');
  await expect(page.locator('.frame')).toHaveCount(16);
  await expect(page.locator('.frame').first().locator('[data-node="n1"]')).toBeVisible();
});

test('the product asks for nothing of it', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page);
  expect(asked.filter((url) => url.includes('gallery'))).toEqual([]);
});
