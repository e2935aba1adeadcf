/** A scene on a slide: it waits at its sentences, its own buttons lead through it, and the deck's keys turn the page only when it has been told. */

import type { Frame, Page } from '@playwright/test';
import { openEmbed } from './cluster';
import { expect, test } from './fixtures';

test.use({ viewport: { width: 960, height: 540 } });

const where = () => {
  const player = document.querySelector('raft-arium');
  return { playing: player?.playing, nowUs: player?.view?.nowUs ?? 0 };
};
const way = (place: Page | Frame) => place.getByRole('group', { name: /^Scene: / });

test('it plays to its next sentence and waits there, and its buttons lead on and back', async ({ page }) => {
  await openEmbed(page, 'speed=2&autoplay=1', '#scene=split-vote');
  await expect(way(page)).toContainText('2/5');
  await expect.poll(() => page.evaluate(where).then(({ playing }) => playing)).toBe(false);
  const said = Number(await page.locator('[data-said]').getAttribute('data-said'));
  expect((await page.evaluate(where)).nowUs).toBe(said);
  await way(page).getByRole('button', { name: 'Next' }).click();
  await expect(way(page)).toContainText('3/5');
  await way(page).getByRole('button', { name: 'Back' }).click();
  await expect(way(page)).toContainText('2/5');
});

test('pictures alone, which have no line for sentences, play on', async ({ page }) => {
  await openEmbed(page, 'speed=2&autoplay=1&ui=none', '#scene=one-write');
  await expect.poll(() => page.evaluate(where).then(({ nowUs }) => nowUs)).toBeGreaterThan(400_000);
});

/** Opens a page with a scene in a frame whose keys are the deck's; its title is what the frame last said to it. */
async function openDeck(page: Page, site: string): Promise<Frame> {
  await page.route('**/host.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><title>host</title><iframe src="embed.html?speed=0.001&autoplay=0#scene=split-vote" width="960" height="540"></iframe>',
    }),
  );
  await page.goto(`${site}host.html`);
  await page.evaluate(() =>
    window.addEventListener('message', (event) => {
      document.title = String(event.data);
    }),
  );
  const frame = page.frames().find((each) => each.url().includes('embed.html'));
  if (!frame) throw new Error('there is no frame');
  await expect(way(frame)).toContainText('1/5');
  return frame;
}

test("the deck's keys go through the scene first, then turn the page", async ({ page, site }) => {
  const frame = await openDeck(page, site);
  await frame.locator('.caption').click();
  for (const place of ['2/5', '3/5', '4/5', '5/5']) {
    // The first press lets it play, the second goes to the sentence at once.
    await page.keyboard.press('PageDown');
    await expect.poll(() => frame.evaluate(where).then(({ playing }) => playing)).toBe(true);
    await page.keyboard.press('ArrowRight');
    await expect(way(frame)).toContainText(place);
  }
  await expect(page).toHaveTitle('host');
  await page.keyboard.press('PageDown');
  await expect(page).toHaveTitle('{"method":"next"}');
  await page.keyboard.press('PageUp');
  await expect(way(frame)).toContainText('4/5');
  await expect(page).toHaveTitle('{"method":"next"}');
});

test('at its beginning, and once a viewer has taken over, the keys turn the page', async ({ page, site }) => {
  const frame = await openDeck(page, site);
  await frame.locator('.caption').click();
  await page.keyboard.press('PageUp');
  await expect(page).toHaveTitle('{"method":"prev"}');
  await frame.evaluate(() => document.querySelector('raft-arium')?.act('crash n5'));
  await page.keyboard.press('PageDown');
  await expect(page).toHaveTitle('{"method":"next"}');
});
