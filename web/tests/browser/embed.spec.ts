/** On a slide: the parameters of embed.html, standing still while unseen, and the demo deck. */

import type { Frame, Page } from '@playwright/test';
import { drawn, leader, node, nodes, openEmbed } from './cluster';
import { expect, test } from './fixtures';

test.use({ viewport: { width: 960, height: 540 } });

const nowUs = () => document.querySelector('raft-arium')?.view?.nowUs ?? -1;

/** Simulated time after some wall time; equal to the first when it stands still. */
async function movesWithin(where: Page | Frame, ms: number): Promise<boolean> {
  const clock = () => document.querySelector('[data-clock]')?.textContent;
  const before = await where.evaluate(clock);
  await where.waitForTimeout(ms);
  return (await where.evaluate(clock)) !== before;
}

test('seed, nodes, speed, autoplay, theme and lang are taken from the address', async ({ page }) => {
  await openEmbed(page, 'seed=42&nodes=3&speed=0.5&autoplay=0&theme=dark&lang=zh');
  const element = await page.evaluate(() => {
    const it = document.querySelector('raft-arium');
    return { seed: it?.view?.seed, speed: it?.speed, playing: it?.playing, look: it?.look };
  });
  expect(element).toEqual({ seed: '42', speed: 0.5, playing: false, look: { lang: 'zh-CN', theme: 'dark' } });
  expect(await nodes(page)).toHaveLength(3);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('button', { name: '播放' })).toBeVisible();
});

test('the cluster and its log fill 960 x 540, with no header and nothing to scroll', async ({ page }) => {
  await openEmbed(page, 'seed=7');
  await expect(page.locator('header')).toHaveCount(0);
  const over = await page.evaluate(() => {
    const root = document.documentElement;
    return { x: root.scrollWidth - root.clientWidth, y: root.scrollHeight - root.clientHeight };
  });
  expect(over).toEqual({ x: 0, y: 0 });
  await expect(page.locator('[data-log="n5"]')).toBeInViewport({ ratio: 1 });
});

test('ui=none leaves the pictures alone', async ({ page }) => {
  await openEmbed(page, 'seed=7&ui=none&autoplay=0');
  await expect(page.getByRole('button', { name: /^(Play|Pause)$/ })).toHaveCount(0);
  await leader(page);
});

test('on a slide the same hands work: click a node', async ({ page }) => {
  await openEmbed(page, 'seed=7&autoplay=0');
  await node(page, 'n2').locator('text').first().click();
  await expect(node(page, 'n2')).toHaveAttribute('data-up', 'false');
});

test('paused, it asks for no frame at all', async ({ page }) => {
  await page.addInitScript(() => {
    const original = window.requestAnimationFrame;
    let asked = 0;
    window.requestAnimationFrame = (callback) => {
      asked += 1;
      document.documentElement.setAttribute('data-asked', String(asked));
      return original.call(window, callback);
    };
  });
  await openEmbed(page, 'seed=7&speed=1');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  // The last frame that was asked for before may still come.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  const before = await page.locator('html').getAttribute('data-asked');
  await page.waitForTimeout(500);
  await expect(page.locator('html')).toHaveAttribute('data-asked', before ?? '');
});

test('out of sight time stands still; back in sight it goes on without a leap', async ({ page, site }) => {
  await page.route('**/host.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><title>host</title><div id="above"></div><iframe src="embed.html?seed=7&speed=1&autoplay=visible" width="960" height="540"></iframe>',
    }),
  );
  await page.goto(`${site}host.html`);
  const frame = page.frames().find((each) => each.url().includes('embed.html'));
  if (!frame) throw new Error('there is no frame');
  await expect(frame.locator('[data-node="n1"]')).toBeVisible();
  await expect.poll(() => movesWithin(frame, 300)).toBe(true);
  await page.evaluate(() => document.getElementById('above')?.setAttribute('style', 'height: 5000px'));
  await expect.poll(() => movesWithin(frame, 500)).toBe(false);
  await page.waitForTimeout(500);
  const before = await frame.evaluate(nowUs);
  const shownMs = Date.now();
  await page.evaluate(() => document.getElementById('above')?.removeAttribute('style'));
  await expect.poll(() => frame.evaluate(nowUs)).toBeGreaterThan(before);
  const gainedUs = (await frame.evaluate(nowUs)) - before;
  // At speed 1, no more than the time since it is seen again: a leap would add the second it was out of sight.
  expect(gainedUs).toBeLessThanOrEqual((Date.now() - shownMs) * 1000);
});

test('a hidden tab stands still', async ({ page }) => {
  await openEmbed(page, 'seed=7&speed=1');
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  expect(await movesWithin(page, 400)).toBe(false);
});

const slide = (page: Page, index: number) => page.frameLocator(`.slides section:nth-of-type(${index + 1}) iframe`);

test.describe('the demo deck', () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test('each slide shows a cluster that runs only while it is seen, and keys turn pages from inside it', async ({
    page,
  }) => {
    await page.goto('web/demo/index.html');
    const first = slide(page, 0);
    await expect(first.locator('[data-node="n1"]')).toBeVisible();
    const frames = page.frames().filter((frame) => frame.url().includes('embed.html'));
    expect(frames).toHaveLength(3);
    const [one, two] = frames;
    if (!one || !two) throw new Error('two frames');
    await expect.poll(() => two.evaluate(nowUs)).toBeGreaterThanOrEqual(0);
    await expect.poll(() => movesWithin(one, 400)).toBe(true);
    await expect.poll(() => movesWithin(two, 400)).toBe(false);

    await first.locator('[data-node="n2"] text').first().click();
    await expect(first.locator('[data-node="n2"]')).toHaveAttribute('data-up', 'false');
    await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(/#\/1$/);
    await expect.poll(() => movesWithin(two, 300)).toBe(true);
    await expect.poll(() => movesWithin(one, 400)).toBe(false);
  });

  test('the first slide elects a leader', async ({ page }) => {
    await page.goto('web/demo/index.html');
    await expect(slide(page, 0).locator('[data-node][data-role="leader"]')).toBeVisible({ timeout: 60_000 });
  });

  test('the second slide falls into two islands, and is healed as it says: the minority gives way', async ({
    page,
  }) => {
    await page.goto('web/demo/index.html#/1');
    const second = slide(page, 1);
    await expect(second.locator('[data-link]:not([data-cut="none"])')).toHaveCount(6, { timeout: 60_000 });
    const pass = (us: number) =>
      second.locator('raft-arium').evaluate((lab: HTMLElementTagNameMap['raft-arium'], duration) => {
        lab.pause();
        lab.advance(duration);
      }, us);
    await pass(900_000);
    const entry = second.locator('[data-log="n1"] [data-index="2"]');
    await expect(entry).toHaveAttribute('data-committed', 'false');
    await expect(page.getByText('Heal all links', { exact: true })).toBeVisible();
    const box = await second.locator('.pane-cluster').boundingBox();
    if (!box) throw new Error('no cluster');
    await page.mouse.click(box.x + 40, box.y + box.height - 20, { button: 'right' });
    await second.getByRole('menuitem', { name: 'Heal all links' }).click();
    await pass(1_500_000);
    await expect(entry).toHaveAttribute('data-committed', 'true');
    await expect(entry).toHaveAttribute('data-term', '3');
  });
});

test.describe('the deck and its remote', () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test('a remote goes through the scene of a slide that nobody has clicked, and back out of it', async ({ page }) => {
    await page.addInitScript(() => {
      window.addEventListener('message', ({ data }) => {
        if (data?.raftarium === 'here') document.documentElement.dataset.here += '+';
      });
    });
    await page.goto('web/demo/index.html#/2');
    const third = slide(page, 2);
    const place = third.locator('.lesson-place');
    await expect(place).toHaveText('1/8');
    // All three frames have told the deck that they take its keys.
    await expect(page.locator('html')).toHaveAttribute('data-here', /\+.*\+.*\+/);
    const player = third.locator('raft-arium');
    const playing = () => player.evaluate((lab: HTMLElementTagNameMap['raft-arium']) => lab.playing);
    await page.keyboard.press('PageDown');
    // It plays to the next sentence; the next press goes there at once.
    await expect.poll(playing).toBe(true);
    await page.keyboard.press('PageDown');
    await expect(place).toHaveText('2/8');
    await expect(page).toHaveURL(/#\/2$/);
    await player.evaluate((lab: HTMLElementTagNameMap['raft-arium']) => lab.pause());
    const now = () => player.evaluate((lab: HTMLElementTagNameMap['raft-arium']) => lab.view?.nowUs ?? 0);
    // Back to the beginning of this sentence, unless it stands there, and then to the one before.
    for (let before = await now(); before > 0; before = await now()) {
      await page.keyboard.press('PageUp');
      await expect.poll(now).not.toBe(before);
    }
    await expect(place).toHaveText('1/8');
    await expect(page).toHaveURL(/#\/2$/);
    await page.keyboard.press('PageUp');
    await expect(page).toHaveURL(/#\/1$/);
    await page.keyboard.press('PageDown');
    await expect(page).toHaveURL(/#\/2$/);
  });
});

test('in a frame the keys that turn pages go to the deck, until they are taken by Enter', async ({ page, site }) => {
  await page.route('**/host.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><title>host</title><iframe src="embed.html?seed=7&autoplay=0" width="960" height="540"></iframe>',
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
  await frame.locator('.caption').click();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveTitle('{"method":"next"}');
  await page.keyboard.press('PageUp');
  await expect(page).toHaveTitle('{"method":"prev"}');
  await page.keyboard.press('Enter');
  await expect(frame.getByRole('button', { name: 'keys: player' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(frame.locator('[data-clock]')).not.toHaveText('0 ms');
});

test('the page at 960 x 540 is drawn', async ({ page }) => {
  await openEmbed(page, 'seed=7');
  await drawn(page);
});
