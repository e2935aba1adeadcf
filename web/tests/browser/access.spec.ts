/** axe finds nothing at WCAG 2.2 AA, in each theme, language and layout, and in each state that covers the page. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { leader, open, openEmbed, pass, submit } from './cluster';
import { expect, test } from './fixtures';

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(levels).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
  );
}

const sizes = { desktop: [1440, 900], slide: [960, 540], phone: [390, 844] } as const;

for (const theme of ['light', 'dark', 'projector']) {
  for (const [name, [width, height]] of Object.entries(sizes)) {
    test(`${theme}, ${name}, in both languages`, async ({ page }) => {
      test.setTimeout(90_000);
      await page.setViewportSize({ width, height });
      await open(page, `seed=7&autoplay=0&theme=${theme}&lang=en`);
      await leader(page);
      await submit(page, 'put x 1');
      await pass(page, 30);
      await expect(page.locator('[data-log="n1"] [data-index="2"]')).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await page.getByRole('button', { name: '中文' }).click();
      await expect(page.getByRole('button', { name: '提交', exact: true })).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });
  }
}

test('the embed', async ({ page }) => {
  await page.setViewportSize({ width: 960, height: 540 });
  await openEmbed(page, 'seed=7&autoplay=0');
  await leader(page);
  expect(await faults(page)).toEqual([]);
});

test('the help sheet', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Help' }).click();
  expect(await faults(page)).toEqual([]);
});

test('a fault, a crashed node and a cut link', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const element = document.querySelector('raft-arium');
    element?.act('crash n2');
    element?.act('cut n3 n4');
  });
  await submit(page, 'nonsense');
  await expect(page.getByRole('alert')).toContainText('nonsense');
  expect(await faults(page)).toEqual([]);
});

test('the crash card', async ({ page, troubles }) => {
  await open(page);
  await page.evaluate(() => document.querySelector('raft-arium')?.forcePanic());
  await expect(page.getByRole('alertdialog')).toBeVisible();
  troubles.length = 0;
  expect(await faults(page)).toEqual([]);
});

test('reduced motion: it does not play by itself', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, 'seed=7');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await expect(page.locator('[data-clock]')).toHaveText('0 ms');
});

test('every hand is at least 24 by 24 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('raft-arium :is(button, select, input, [data-node])')]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
      .map(({ element }) => element.outerHTML.slice(0, 100)),
  );
  expect(small).toEqual([]);
});
