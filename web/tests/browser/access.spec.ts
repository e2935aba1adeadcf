/** axe finds nothing at WCAG 2.2 AA, in each theme, language and layout, and in each state that covers the page. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { PanelName } from '../../src/controls/panels';
import { shellEn } from '../../src/locales/shell-en';
import { shellZh } from '../../src/locales/shell-zh';
import { act, clickNode, leader, open, openEmbed, pass, submit } from './cluster';
import { expect, test } from './fixtures';

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const themes = ['dark', 'projector', 'light'] as const;

interface Axe {
  run(
    part: string,
    how: object,
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

/**
 * What axe finds on the page as it stands, or in a part of it: every rule, in every theme. Style sheets are not fetched once more for each look: the one
 * rule that reads them, about a page that works in one orientation only, has its own test.
 */
async function faults(page: Page, part = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await new AxeBuilder({ page }).include('head').analyze();
  const found: string[] = [];
  for (const theme of themes) {
    await page.evaluate((name) => document.querySelector('raft-arium')?.setAttribute('theme', name), theme);
    await expect(page.locator('raft-arium')).toHaveAttribute('data-theme', theme);
    const lines = await page.evaluate(
      async ([where, tags]) => {
        const { violations } = await (window as unknown as { axe: Axe }).axe.run(where as string, {
          runOnly: { type: 'tag', values: tags },
          resultTypes: ['violations'],
          preload: false,
        });
        return violations.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
        );
      },
      [part, levels] as const,
    );
    found.push(...lines.map((line) => `${theme}: ${part}: ${line}`));
  }
  return found;
}

const sizes = { desktop: [1440, 900], slide: [960, 540], phone: [390, 844] } as const;
/** The panels that are fetched late, and what is there when each is drawn. */
const late = {
  inside: '.in-top',
  spaceTime: 'canvas',
  clients: '.cl-lanes',
  conditions: '.cd-row',
  search: '.se-bar',
} as const satisfies Partial<Record<PanelName, string>>;

/** Two rules of Raft are off and four nodes stand at once: two of them will lead one term. */
const broken =
  'raftarium 1\nnodes 5\nseed 7\n@0 break one-vote-a-term\n@0 break voter-checks-log\n' +
  '@150ms timeout n1\n@150ms timeout n2\n@150ms timeout n3\n@150ms timeout n4\n';

/** Opens each sheet and menu by its button, looks at it alone, and closes it by Escape. */
async function inSheets(page: Page, words: typeof shellEn): Promise<string[]> {
  const found: string[] = [];
  for (const name of [words.help, words.share, words.scenes, words.panels]) {
    await page.getByRole('button', { name, exact: true }).click();
    const sheet = page.locator('dialog[open], [role="menu"]').first();
    await expect(sheet).toBeVisible();
    found.push(...(await faults(page, 'dialog[open], [role="menu"]')));
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  }
  await page.locator('[data-node="n2"]').dispatchEvent('contextmenu', { button: 2 });
  await expect(page.getByRole('menu')).toBeVisible();
  found.push(...(await faults(page, '[role="menu"]')));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  return found;
}

/** Shows the panels that are fetched late, one after the other, and looks at the pictures. */
async function inPanels(page: Page, key: Readonly<Record<keyof typeof late, string>>): Promise<string[]> {
  const found: string[] = [];
  // A narrow page scrolls behind its transport: all of it is looked at, not what of a panel happens to end there.
  const size = page.viewportSize();
  if (size !== null && size.width < 600) await page.setViewportSize({ width: size.width, height: 2400 });
  for (const [panel, drawn] of Object.entries(late)) {
    await page.evaluate(() => document.querySelector('raft-arium')?.focus());
    await page.keyboard.press(key[panel as keyof typeof late]);
    await expect(page.locator(drawn).first()).toBeVisible();
    found.push(...(await faults(page, 'main')));
    // A wide page hides it by its key; a narrower one shows the logs in its place.
    const wide = (await page.locator('raft-arium').getAttribute('data-size')) === 'desktop';
    await page.keyboard.press(wide ? key[panel as keyof typeof late] : 'g');
    await expect(page.locator(drawn)).toHaveCount(0);
  }
  if (size !== null) await page.setViewportSize(size);
  return found;
}

/** The hands that come late: the brush's bar, the menu of the cluster, the form of a command. */
async function inHands(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(() => document.querySelector('raft-arium')?.focus());
  await page.keyboard.press('p');
  await expect(page.locator('.brush-bar')).toBeVisible();
  found.push(...(await faults(page, '.pane-cluster')));
  await page.keyboard.press('Escape');
  await expect(page.locator('.brush-bar')).toHaveCount(0);
  await page.locator('.cluster-act').click();
  await expect(page.getByRole('menu')).toBeVisible();
  found.push(...(await faults(page, '[role="menu"]')));
  await page.locator('[data-item="ask"]').click();
  await expect(page.locator('.ask')).toBeVisible();
  found.push(...(await faults(page, '.ask')));
  await page.keyboard.press('Escape');
  return found;
}

/** A leader, a command, a node chosen, one crashed, one frozen, the others parted, a command that is none. */
async function makeTrouble(page: Page): Promise<void> {
  await leader(page);
  await submit(page, 'put x 1');
  await pass(page, 30);
  for (const text of ['crash n2', 'freeze n4', 'partition n1,n2 | n3,n4,n5']) await act(page, text);
  await clickNode(page, 'n2');
  await submit(page, 'nonsense');
  await expect(page.getByRole('alert')).toContainText('nonsense');
  await expect(page.locator('.torn')).toHaveCount(1);
}

for (const [name, [width, height]] of Object.entries(sizes)) {
  for (const [lang, words] of [
    ['en', shellEn],
    ['zh', shellZh],
  ] as const) {
    test(`${name}, ${lang}, in every theme: at rest, in trouble, in each sheet, menu and panel, and when a theorem has fallen`, async ({
      page,
    }) => {
      test.setTimeout(600_000);
      await page.setViewportSize({ width, height });
      await open(page, `seed=7&autoplay=0&theme=light&lang=${lang}`);
      await expect(page.getByRole('button', { name: words.submit, exact: true })).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await makeTrouble(page);
      expect(await faults(page)).toEqual([]);
      await page.getByRole('button', { name: words.dismiss }).click();
      expect(await inSheets(page, words)).toEqual([]);
      expect(await inPanels(page, { inside: 'n', spaceTime: 's', clients: 'o', conditions: 'd', search: 'r' })).toEqual(
        [],
      );
      expect(await inHands(page)).toEqual([]);
      await page.evaluate((text) => {
        const element = document.querySelector('raft-arium');
        if (element) element.run = text;
      }, broken);
      await pass(page, 1_500);
      await expect(page.locator('[data-check][data-holds="false"]').first()).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });
  }
}

test('a scene that was opened', async ({ page }) => {
  await open(page, 'autoplay=0', '#scene=figure-8');
  await expect(page.locator('[data-said]')).toBeVisible();
  await pass(page, 200);
  expect(await faults(page)).toEqual([]);
});

for (const lang of ['en', 'zh']) {
  test(`the embed, ${lang}, on a slide and in a narrow frame, with a scene that is told`, async ({ page }) => {
    for (const [width, height] of [
      [960, 540],
      [390, 700],
    ] as const) {
      await page.setViewportSize({ width, height });
      await openEmbed(page, `autoplay=0&lang=${lang}`, '#scene=figure-8&t=200000');
      await expect(page.locator('[data-said]')).toBeVisible();
      expect(await faults(page)).toEqual([]);
    }
  });
}

test('no style sheet holds the page in one orientation', async ({ page }) => {
  await open(page);
  const { violations } = await new AxeBuilder({ page }).withRules(['css-orientation-lock']).analyze();
  expect(violations).toEqual([]);
});

test('the help sheet', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Help' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
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
