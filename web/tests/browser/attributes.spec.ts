/** The element in a page that changes its attributes, moves it to another place, and has a second one. */

import type { Page } from '@playwright/test';
import { leader, node, open, wakeHands } from './cluster';
import { expect, test } from './fixtures';

const speed = () => document.querySelector('raft-arium')?.speed;

test('what the viewer chose holds when the page changes something else, and what it cannot mean is named', async ({
  page,
}) => {
  await open(page);
  await page.getByLabel('Speed').selectOption('1');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('button', { name: '播放', exact: true })).toBeVisible();
  await page.evaluate(() => {
    localStorage.clear();
    document.querySelector('raft-arium')?.setAttribute('theme', 'dark');
  });
  await expect(page.locator('raft-arium')).toHaveAttribute('data-theme', 'dark');
  expect(await page.evaluate(speed)).toBe(1);
  await expect(page.getByRole('button', { name: '播放', exact: true })).toBeVisible();
  await page.evaluate(() => document.querySelector('raft-arium')?.setAttribute('speed', 'fast'));
  await expect(page.getByRole('alert')).toContainText('fast');
  await page.evaluate(() => document.querySelector('raft-arium')?.setAttribute('speed', '0.2'));
  expect(await page.evaluate(speed)).toBe(0.2);
});

test('a player that is moved to another place goes on there; one that is taken out gives its run back', async ({
  page,
}) => {
  await open(page);
  await leader(page);
  const run = () =>
    page.evaluate(() => {
      const element = document.querySelector('raft-arium');
      return [element?.run, element?.view?.nowUs];
    });
  await page.evaluate(() => document.querySelector('raft-arium')?.act('crash n2'));
  const before = await run();
  await page.evaluate(() => {
    const element = document.querySelector('raft-arium') as Element;
    const place = document.createElement('div');
    element.before(place);
    place.append(element);
  });
  expect(await run()).toEqual(before);
  await expect(node(page, 'n2')).toHaveAttribute('data-up', 'false');
  await node(page, 'n2').locator('text').first().click();
  await expect(node(page, 'n2')).toHaveAttribute('data-up', 'true');
  const out = await page.evaluate(async () => {
    const element = document.querySelector('raft-arium');
    element?.remove();
    await null;
    return [element?.run, element?.view];
  });
  expect(out).toEqual(['', null]);
});

/** The page with two players, one below the other, each with half of its height. */
async function openTwo(page: Page, ui: string): Promise<void> {
  await open(page);
  await page.evaluate(async (how) => {
    const first = document.querySelector('raft-arium') as HTMLElement;
    const second = document.createElement('raft-arium');
    for (const [name, value] of Object.entries({ seed: '7', autoplay: '0', ui: how })) second.setAttribute(name, value);
    for (const each of [first, second]) each.style.cssText = 'position: relative; display: block; height: 50vh';
    first.after(second);
    await second.ready;
  }, ui);
}

test('two players have no id in common, whatever is open; a name leads to the field of its own player', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 1800 });
  await openTwo(page, 'full');
  const player = (which: number) => page.locator('raft-arium').nth(which);
  for (const which of [0, 1]) {
    await player(which).getByRole('button', { name: 'Share' }).click();
    await expect(player(which).getByRole('dialog', { name: 'Share this moment' })).toBeVisible();
  }
  await player(1).evaluate((element) => (element as HTMLElement).focus());
  await page.keyboard.press('1');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Ask n1…' }).click();
  await expect(page.getByRole('dialog', { name: 'Client command' })).toBeVisible();
  const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
  expect(ids.length).toBeGreaterThan(8);
  expect(new Set(ids).size).toBe(ids.length);
  const named = 'aria-describedby,aria-labelledby,aria-controls,for'.split(',');
  const astray = await page
    .locator(named.map((name) => `[${name}]`).join())
    .evaluateAll(
      (all, names) =>
        all.flatMap((element) =>
          names
            .flatMap((name) => element.getAttribute(name)?.split(' ') ?? [])
            .filter((id) => document.getElementById(id)?.closest('raft-arium') !== element.closest('raft-arium')),
        ),
      named,
    );
  expect(astray).toEqual([]);
});

test('what is pointed at in one player is not marked in another', async ({ page }) => {
  await openTwo(page, 'player');
  const ring = (player: number) =>
    page
      .locator('raft-arium')
      .nth(player)
      .locator('[data-node="n3"] .focus')
      .evaluate((element) => getComputedStyle(element).stroke);
  await wakeHands(page);
  await page.locator('raft-arium').first().locator('[data-node="n3"] text').first().hover();
  await expect.poll(() => ring(0)).not.toBe('none');
  expect(await ring(1)).toBe('none');
});
