/** Many messages at once are drawn on a canvas while they run, and as boxes when they stand: the same picture either way. */

import type { Page } from '@playwright/test';
import { act, open } from './cluster';
import { expect, test } from './fixtures';

/** Nine nodes under load, messages long under way: about two hundred of them. */
const run = 'raftarium 1\nnodes 9\nseed 7\nelection 2000ms..3000ms\nheartbeat 40ms\nlatency 180ms..230ms\nretry 9s\n';

async function openCrowd(page: Page, query: string, load: boolean): Promise<void> {
  await open(page, `seed=7&autoplay=0&nodes=9&${query}`);
  const many = await page.evaluate(
    ([text, loads]) => {
      const element = document.querySelector('raft-arium');
      if (!element) throw new Error('no element');
      element.run = text;
      element.advance(8_000_000);
      for (let i = 1; i <= Number(loads); i += 1) element.act(`load c${i} 50ms`);
      element.advance(4_000_000);
      return element.view?.messages.length ?? 0;
    },
    [run, load ? 9 : 0] as const,
  );
  expect(many).toBeGreaterThan(64);
  await expect(page.locator('.message[data-message]')).toHaveCount(many);
}

const boxes = (page: Page) => page.locator('.message[data-message]');
const play = (page: Page) => page.getByRole('button', { name: 'Play', exact: true }).click();

test('a crowd that runs is one canvas; what stands still, or is held, is boxes', async ({ page }) => {
  await openCrowd(page, 'speed=0.01', true);
  const flying = await page.evaluate(() => document.querySelector('raft-arium')?.view?.messages ?? []);
  const held = flying.findLast(({ kind }) => kind === 'appendEntries')?.id ?? '';
  await act(page, `hold ${held}`);
  await play(page);
  await expect(page.locator('canvas.crowd')).toBeVisible();
  await expect(boxes(page)).toHaveCount(1);
  await expect(boxes(page)).toHaveAttribute('data-message', held);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.locator('canvas.crowd')).toHaveCount(0);
  const standing = await page.evaluate(() => document.querySelector('raft-arium')?.view?.messages.map(({ id }) => id));
  expect(await boxes(page).evaluateAll((all) => all.map((box) => box.getAttribute('data-message')).sort())).toEqual(
    standing?.sort(),
  );
  await expect(page.locator('.message:not([data-message])')).toHaveCount(0);
});

test('of a storm it draws what left first, and says how many more there are, in both languages', async ({ page }) => {
  await openCrowd(page, 'speed=0.01', false);
  await expect(page.locator('.crowd-rest')).toHaveCount(0);
  const many = await page.evaluate(() => {
    const element = document.querySelector('raft-arium');
    if (!element) throw new Error('no element');
    element.run = 'raftarium 1\nnodes 9\nseed 7\nelection 9000ms..10000ms\nheartbeat 20ms\nlatency 900ms..1000ms\n';
    element.advance(60_000_000);
    return element.view;
  });
  expect(many?.messages.length).toBe(256);
  expect(many?.messagesMore).toBeGreaterThan(200);
  const rest = new Intl.NumberFormat('en').format(many?.messagesMore ?? 0);
  await expect(page.locator('.crowd-rest')).toHaveText(`+${rest} messages that left later, not drawn`);
  await page
    .getByRole('radio', { name: '中文' })
    .or(page.getByRole('button', { name: '中文' }))
    .click();
  await expect(page.locator('.crowd-rest')).toHaveText(`另有 ${rest} 条后发的消息未画出`);
  await page.evaluate(() => document.querySelector('raft-arium')?.play());
  await expect(page.locator('canvas.crowd')).toBeVisible();
  await expect(page.locator('.crowd-rest')).toBeVisible();
});

/** Fills the canvas has under the middles of what was drawn there, as css colours. */
async function underneath(page: Page, places: { x: number; y: number }[]): Promise<(string | null)[]> {
  return page.evaluate((all) => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.crowd');
    const box = canvas?.getBoundingClientRect();
    const from = canvas?.getContext('2d');
    if (!canvas || !box || !from) return [];
    const { width, height } = canvas;
    const { data } = from.getImageData(0, 0, width, height);
    return all.map(({ x, y }) => {
      const across = Math.round(((x - box.left) / box.width) * width);
      const down = Math.round(((y - box.top) / box.height) * height);
      const [red, green, blue, alpha] = data.subarray(4 * (down * width + across));
      return alpha === 255 ? `rgb(${red}, ${green}, ${blue})` : null;
    });
  }, places);
}

for (const theme of ['light', 'dark']) {
  test(`its messages stand where their boxes stood, in the colour of their term: ${theme}`, async ({ page }) => {
    // Only heartbeats and their answers, so slowly that nothing moves by a pixel while it is looked at.
    await openCrowd(page, `speed=0.0001&theme=${theme}`, false);
    const standing = await page.evaluate(() => {
      const all = [...document.querySelectorAll('.message[data-message]')];
      const places = all.map((box) => box.querySelector('.hit-box')?.getBoundingClientRect() ?? new DOMRect());
      // Discs a little above their marks, where no other message lies.
      return all.flatMap((box, i) => {
        const disc = box.matches('[data-kind="heartbeatResponse"]') ? box.querySelector('circle') : null;
        const at = disc?.getBoundingClientRect() ?? new DOMRect();
        const [x, y] = [at.left + at.width / 2, at.top + at.height * 0.17];
        const covers = (one: DOMRect) =>
          one !== places[i] && x > one.left - 8 && x < one.right + 8 && y > one.top - 8 && y < one.bottom + 8;
        return disc === null || places.some(covers) ? [] : [{ x, y, fill: getComputedStyle(disc).fill }];
      });
    });
    expect(standing.length).toBeGreaterThan(2);
    await play(page);
    await expect(page.locator('canvas.crowd')).toBeVisible();
    expect(await underneath(page, standing)).toEqual(standing.map(({ fill }) => fill));
  });
}

test('on a slide that a deck enlarges it has as many pixels as the screen, and again when the deck is enlarged otherwise', async ({
  page,
  site,
}) => {
  const deck = `${site}deck-of-one.html`;
  const frame = `<iframe style="width:960px;height:540px;border:0;transform-origin:0 0;transform:scale(1.5)" src="embed.html?seed=7&autoplay=0&nodes=9&speed=0.01"></iframe>`;
  await page.route(deck, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html>${frame}` }));
  await page.goto(deck);
  const slide = page.frameLocator('iframe');
  await expect(slide.locator('[data-node="n1"]')).toBeVisible();
  await slide.locator('raft-arium').evaluate((element: HTMLElementTagNameMap['raft-arium'], text) => {
    element.run = text;
    element.advance(8_000_000);
    for (let i = 1; i <= 9; i += 1) element.act(`load c${i} 50ms`);
    element.advance(4_000_000);
    element.play();
  }, run);
  const canvas = slide.locator('canvas.crowd');
  await expect(canvas).toBeVisible();
  const finer = () =>
    canvas.evaluate((each: HTMLCanvasElement) => each.width / each.getBoundingClientRect().width / devicePixelRatio);
  await expect.poll(finer).toBeCloseTo(1.5, 1);
  await page.locator('iframe').evaluate((each: HTMLElement) => {
    each.style.transform = 'scale(2)';
  });
  await expect.poll(finer).toBeCloseTo(2, 1);
});
