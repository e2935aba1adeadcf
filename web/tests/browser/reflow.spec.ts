/** Pages that are not as we drew them: enlarged by the browser, narrow, from right to left, in the viewer's own colours, on paper. */

import type { Page } from '@playwright/test';
import { act, leader, middle, middleOf, open, openEmbed, pass, place, wakeHands } from './cluster';
import { expect, test } from './fixtures';

/** The controls of the lines above and below that are not whole in sight, or stand over each other. */
function squeezed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const host = document.querySelector('raft-arium') as HTMLElement;
    const own = host.getBoundingClientRect();
    const lines = ['.shell-header', '.transport', '.caption-lamps'];
    return lines.flatMap((line) => {
      const things = [...host.querySelectorAll(`${line} :is(button, input, select, label, h1, .clock)`)]
        .filter((each) => each.closest('button, label') === each || each.closest('button, label') === null)
        .map((each) => ({ name: each.className || each.tagName, box: each.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1);
      return things.flatMap(({ name, box }, i) => [
        ...(box.left < own.left - 1 || box.right > own.right + 1 ? [`${name} is not whole`] : []),
        ...things
          .slice(i + 1)
          .filter(
            (each) =>
              Math.min(box.right, each.box.right) - Math.max(box.left, each.box.left) > 2 &&
              Math.min(box.bottom, each.box.bottom) - Math.max(box.top, each.box.top) > 2,
          )
          .map((each) => `${name} and ${each.name} stand over each other`),
      ]);
    });
  });
}

for (const [what, width, height, lang] of [
  ['enlarged twice', 720, 450, 'en'],
  ['enlarged twice, in Chinese', 720, 450, 'zh'],
  ['just wider than a phone', 640, 400, 'en'],
  ['320 pixels wide', 320, 640, 'en'],
  ['320 pixels wide, in Chinese', 320, 640, 'zh'],
  ['enlarged four times', 320, 225, 'en'],
] as const) {
  test(`the page ${what}: every control is whole, and nothing is scrolled sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, `seed=7&autoplay=0&lang=${lang}`);
    await leader(page);
    await pass(page, 300);
    await expect(page.getByRole('button', { name: /^(Help|帮助)$/ })).toBeVisible();
    await page.evaluate(() => document.fonts.ready.then(() => {}));
    await expect.poll(() => squeezed(page)).toEqual([]);
    const sideways = () =>
      page.evaluate(() => {
        const host = document.querySelector('raft-arium') as HTMLElement;
        host.scrollLeft = 50;
        window.scrollTo(50, 0);
        return host.scrollLeft + window.scrollX;
      });
    expect(await sideways()).toBe(0);
    await page.getByRole('button', { name: /^(Submit|提交)$/ }).click();
    await expect.poll(() => page.evaluate(() => document.querySelector('raft-arium')?.run ?? '')).toContain('put x 1');
  });
}

test('on a phone lamps, speed and clock stand in one line', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const lang of ['en', 'zh']) {
    await open(page, `seed=7&autoplay=0&lang=${lang}`);
    const [lamps, clock] = [await middle(page.locator('.lamps')), await middle(page.locator('.clock'))];
    expect(Math.abs(lamps.y - clock.y)).toBeLessThan(8);
  }
});

test('on a page from right to left the player is as everywhere', async ({ page }) => {
  await open(page);
  await leader(page);
  const where = async () => [
    await middleOf(page, 'n2'),
    await place(page.getByRole('button', { name: 'Help' })),
    await place(page.locator('[data-log="n3"] text').first()),
    await place(page.locator('.feed > li').last()),
  ];
  const before = await where();
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  expect(await where()).toEqual(before);
});

test.describe('with forced colours', () => {
  test.use({ forcedColors: 'active', colorScheme: 'dark' });

  test('the picture has the viewer’s colours whatever the theme, terms keep theirs, and the slider is there', async ({
    page,
  }) => {
    await open(page, 'seed=7&autoplay=0&theme=light');
    await leader(page);
    await wakeHands(page);
    const colours = () =>
      page.evaluate(() => {
        const probe = document.createElement('i');
        probe.style.cssText = 'forced-color-adjust: none; color: CanvasText; background-color: Canvas';
        document.body.append(probe);
        const { color, backgroundColor } = getComputedStyle(probe);
        probe.remove();
        const style = (selector: string) => getComputedStyle(document.querySelector(selector) as Element);
        return {
          ink: style('.ledger .t').fill === color,
          paper: style('raft-arium').backgroundColor === backgroundColor,
          adjust: style('.seek').forcedColorAdjust,
          term: style('.cluster .f1').fill,
        };
      });
    await expect.poll(colours).toEqual({ ink: true, paper: true, adjust: 'none', term: 'rgb(191, 227, 250)' });
  });
});

test('on paper: ink on white, no buttons, and each message where it is on the screen; afterwards all is as before', async ({
  page,
}) => {
  await openEmbed(page, 'seed=7&autoplay=0&theme=dark');
  await leader(page);
  await act(page, 'client c1 put x 1');
  await pass(page, 11);
  await wakeHands(page);
  const message = page.locator('.moving .message .hit-box').first();
  const part = async () => {
    const [at, ring] = [await place(message), await place(page.locator('.stage.cluster'))];
    return [Math.round(at.x - ring.x), Math.round(at.y - ring.y)];
  };
  const before = await part();
  const paper = () =>
    page.evaluate(() => getComputedStyle(document.querySelector('raft-arium') as Element).backgroundColor);
  const onScreen = await paper();
  const play = page.getByRole('button', { name: 'Play', exact: true });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  // A sheet of another shape than the window.
  await page.setViewportSize({ width: 720, height: 1000 });
  expect(await paper()).toBe('rgb(251, 250, 247)');
  await expect(play).toBeHidden();
  await expect(page.getByText('Simulated time')).toBeAttached();
  expect(await part()).toEqual(before);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  expect(await paper()).toBe(onScreen);
  await expect(play).toBeVisible();
  await expect.poll(async () => (await place(page.locator('raft-arium'))).width).toBe(1440);
});
