/** The slider is painted with the run's terms when a hand comes near, and not before. */

import { leader, open, pass } from './cluster';
import { expect, test } from './fixtures';

test('terms, crashes and elections are painted behind the slider', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page);
  const first = await leader(page);
  expect(asked.filter((url) => /scrubber|lens/.test(url))).toEqual([]);
  await page.getByRole('button', { name: 'Next event' }).hover();
  await expect(page.locator('.seek-paint rect.tc1')).not.toHaveCount(0);
  await page.evaluate((id) => document.querySelector('raft-arium')?.act(`crash ${id}`), first);
  await leader(page, first);
  await pass(page, 50);
  await expect(page.locator('.seek-paint .down')).toHaveCount(1);
  await expect(page.locator('.seek-paint rect.tc2')).not.toHaveCount(0);
});

test('a scene is painted at once, from its first sentence to its last, and the slider goes to any of them', async ({
  page,
}) => {
  await open(page, '', '#scene=figure-8&t=277500');
  await expect(page.locator('.lesson-title')).toHaveText('Figure 8');
  const steps = page.locator('.seek-over i');
  await expect(steps).toHaveCount(8);
  await expect(page.locator('.seek-over i.said')).toHaveCount(4);
  await expect(page.locator('.seek-paint rect.tc4')).not.toHaveCount(0);
  // What has not been seen is not told before its time.
  await expect(page.locator('.seek-paint rect.tc5')).toHaveCount(0);
  await page.getByRole('slider', { name: 'Moment of the run' }).press('End');
  await expect(page.locator('[data-said]')).toContainText('Had n1 counted it in (c)');
  await expect(page.locator('.seek-over i.said')).toHaveCount(8);
  await expect(page.locator('.seek-paint rect.tc5')).not.toHaveCount(0);
});
