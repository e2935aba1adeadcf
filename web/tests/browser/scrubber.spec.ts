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
