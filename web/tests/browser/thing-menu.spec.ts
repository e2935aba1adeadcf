/** The menu of a node, a link, a message: by the second mouse button, by the keyboard, by a finger that stays; the same lines for all. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { leader, middle, middleOf, node, open } from './cluster';
import { expect, test } from './fixtures';

const menu = (page: Page) => page.getByRole('menu');

/** The lines of a thing's menu, once it is there: it is fetched when it is first asked for. */
async function lines(page: Page, thing: string): Promise<string[]> {
  await expect(menu(page)).toHaveAccessibleName(thing);
  await expect(menu(page).getByRole('menuitem').first()).toBeFocused();
  return menu(page).getByRole('menuitem').allTextContents();
}

async function closed(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
}

test('the second mouse button on a node: freeze it, thaw it, isolate it', async ({ page }) => {
  await open(page);
  const middle = node(page, 'n2').locator('text').first();
  await middle.click({ button: 'right' });
  await expect(menu(page)).toHaveAccessibleName('n2');
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await menu(page)
    .getByRole('menuitem', { name: /^Freeze/ })
    .click();
  await expect(node(page, 'n2')).toHaveAttribute('data-frozen', 'true');
  await middle.click({ button: 'right' });
  await menu(page).getByRole('menuitem', { name: 'Thaw' }).click();
  await expect(node(page, 'n2')).toHaveAttribute('data-frozen', 'false');
  await middle.click({ button: 'right' });
  await menu(page)
    .getByRole('menuitem', { name: /^Isolate/ })
    .click();
  for (const id of ['n1-n2', 'n2-n3', 'n2-n4', 'n2-n5']) {
    await expect(page.locator(`[data-link="${id}"]`)).toHaveAttribute('data-cut', 'both');
  }
});

test('by keyboard: the same lines, and the menu of a link cuts one way', async ({ page }) => {
  await open(page);
  await node(page, 'n2').locator('text').first().click({ button: 'right' });
  const byMouse = await lines(page, 'n2');
  expect(byMouse.length).toBeGreaterThan(5);
  await closed(page);
  await page.evaluate(() => document.querySelector('raft-arium')?.focus());
  await page.keyboard.press('2');
  await page.keyboard.press('Shift+F10');
  expect(await lines(page, 'n2')).toEqual(byMouse);
  await closed(page);
  await page.locator('[data-link="n1-n3"]').focus();
  await page.keyboard.press('Shift+F10');
  await lines(page, 'n1-n3');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-link="n1-n3"]')).toHaveAttribute('data-cut', 'n1>n3');
});

test('a message is selected by keyboard, and dropped from its menu', async ({ page }) => {
  await open(page);
  await leader(page);
  await page.evaluate(() => {
    const element = document.querySelector('raft-arium');
    for (let i = 0; i < 100 && element?.view?.messages.length === 0; i += 1) element.advance(1000);
  });
  await page.keyboard.press(']');
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByRole('heading')).toHaveText(/heartbeat|AppendEntries|reply/);
  await page.keyboard.press('Shift+F10');
  await expect(menu(page)).toHaveAccessibleName(/\d/);
  const id = ((await menu(page).getAttribute('aria-label')) ?? '').split(' ').at(-1) ?? '';
  await menu(page).getByRole('menuitem', { name: 'Drop' }).click();
  await expect(page.locator(`[data-message="${id}"]`)).toHaveCount(0);
  await expect(page.locator('.feed')).toContainText('dropped');
});

test('release is offered of a way that is held, and of no other', async ({ page }) => {
  await open(page);
  const openLink = async () => {
    await page.locator('[data-link="n1-n3"] .hit').dispatchEvent('contextmenu', { button: 2, bubbles: true });
    await lines(page, 'n1-n3');
  };
  await openLink();
  await expect(menu(page).getByRole('menuitem', { name: /^Release/ })).toHaveCount(0);
  await menu(page)
    .getByRole('menuitem', { name: /^Hold.*from n1 to n3/ })
    .click();
  await openLink();
  await menu(page)
    .getByRole('menuitem', { name: /^Release.*n1 → n3/ })
    .click();
  await openLink();
  await expect(menu(page).getByRole('menuitem', { name: /^Release/ })).toHaveCount(0);
});

test('every line of the menus that is offered can be done, and undone', async ({ page }) => {
  await open(page);
  await leader(page);
  await page.evaluate(() => document.querySelector('raft-arium')?.advance(300_000));
  for (const thing of ['[data-node="n2"] text', '[data-link="n1-n3"] .hit', '[data-client="c1"] text']) {
    await page.locator(thing).first().dispatchEvent('contextmenu', { button: 2, bubbles: true });
    await expect(menu(page)).toBeVisible();
    const texts = await menu(page)
      .locator('[data-item]:not([aria-disabled])')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.item ?? ''));
    await page.keyboard.press('Escape');
    await page.evaluate(() => document.querySelector('raft-arium')?.focus());
    const run = () => page.evaluate(() => document.querySelector('raft-arium')?.run);
    const before = await run();
    for (const text of texts.filter((each) => each.includes(' '))) {
      await page.evaluate((action) => document.querySelector('raft-arium')?.act(action), text);
      expect(await run()).toContain(text);
      await page.keyboard.press('Control+z');
      await expect.poll(run).toBe(before);
    }
  }
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a press that stays opens the menu and crashes nothing', async ({ page }) => {
    await open(page);
    const at = await middleOf(page, 'n3');
    const finger = await page.context().newCDPSession(page);
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
    await expect(menu(page)).toHaveAccessibleName('n3');
    const crash = await middle(
      menu(page)
        .getByRole('menuitem', { name: /^Crash/ })
        .first(),
    );
    await expect(node(page, 'n3')).toHaveAttribute('data-up', 'true');
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    // At once: what the long press clicks means nothing, but this is another one.
    await page.touchscreen.tap(crash.x, crash.y);
    await expect(node(page, 'n3')).toHaveAttribute('data-up', 'false');
  });

  test('keys are the menu’s, though the finger has left the focus elsewhere', async ({ page }) => {
    await open(page);
    const at = await middleOf(page, 'n3');
    const finger = await page.context().newCDPSession(page);
    const press = async () => {
      await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
      await expect(menu(page)).toHaveAccessibleName('n3');
      await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await page.evaluate(() => document.querySelector('raft-arium')?.focus());
    };
    await press();
    await page.keyboard.press('Escape');
    await expect(menu(page)).toHaveCount(0);
    await press();
    await page.keyboard.press('ArrowUp');
    await expect(menu(page).getByRole('menuitem').last()).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu(page)).toHaveCount(0);
    await expect(node(page, 'n3')).toHaveAttribute('data-up', 'true');
  });

  test('what a long press clicks means nothing, but the next press is another one, however soon', async ({ page }) => {
    await open(page);
    await page.evaluate(async () => {
      const finger = { bubbles: true, pointerType: 'touch', isPrimary: true };
      document.querySelector('[data-node="n3"] text')?.dispatchEvent(new PointerEvent('pointerdown', finger));
      const item = () => document.querySelector<HTMLElement>('[data-item="crash n3"]');
      while (item() === null) await new Promise(requestAnimationFrame);
      item()?.dispatchEvent(new PointerEvent('pointerup', finger));
      item()?.dispatchEvent(new PointerEvent('pointerdown', finger));
      item()?.click();
    });
    await expect(node(page, 'n3')).toHaveAttribute('data-up', 'false');
  });
});
