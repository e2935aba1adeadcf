/** The next index of a follower, moved by hand: the flag is dragged by mouse and finger, or the menu moves it; undone and redone. */

import type { Page } from '@playwright/test';
import { leader, middle, node, nodes, open, pass, place } from './cluster';
import { expect, test } from './fixtures';

const act = (page: Page, text: string) =>
  page.evaluate((action) => document.querySelector('raft-arium')?.act(action), text);
const run = (page: Page) => page.evaluate(() => document.querySelector('raft-arium')?.run ?? '');

/** What the leader believes of a follower. */
const nextOf = (page: Page, lead: string, id: string) =>
  page.evaluate(
    ([from, to]) =>
      document
        .querySelector('raft-arium')
        ?.view?.nodes.find((one) => one.id === from)
        ?.progress.find((each) => each.node === to)?.nextIndex,
    [lead, id],
  );

/** A follower that is cut off: its leader sends on and on, and hears of nothing, so that the next index can be moved back. */
async function behind(page: Page, query = 'seed=7&autoplay=0'): Promise<{ lead: string; other: string }> {
  await open(page, query);
  const lead = await leader(page);
  const other = lead === 'n2' ? 'n3' : 'n2';
  await pass(page, 200);
  await act(page, `isolate ${other}`);
  for (const value of [1, 2, 3]) {
    await act(page, `client c1 put x ${value}`);
    await pass(page, 100);
  }
  await page.mouse.move(300, 300);
  await expect(page.getByRole('button', { name: 'Act on the cluster' })).toBeVisible();
  return { lead, other };
}

/** Where the flag of an index stands on the page, and how far apart two indexes are. */
async function flag(page: Page, id: string, index: number): Promise<{ x: number; y: number; pitch: number }> {
  const column = (wanted: number) => place(page.locator(`[data-log] [data-index="${wanted}"] .hit-box`).first());
  const [one, two] = [await column(1), await column(2)];
  const row = await place(page.locator(`[data-log="${id}"] [data-index="1"] .hit-box`));
  const pitch = two.x - one.x;
  return { x: one.x + (index - 1) * pitch + 4, y: row.y - 11, pitch };
}

test('the flag is dragged back, no further than what the follower is known to hold; undo and redo', async ({
  page,
}) => {
  const { lead, other } = await behind(page);
  const before = (await nextOf(page, lead, other)) ?? 0;
  const { x, y, pitch } = await flag(page, other, before);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 30 * pitch, y, { steps: 5 });
  await expect(page.locator('[data-live]')).toHaveText(`next of ${other}: 2`);
  await page.mouse.up();
  await expect.poll(() => run(page)).toContain(`next ${other} 2`);
  await pass(page, 5);
  expect(await nextOf(page, lead, other)).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => run(page)).not.toContain('next n');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(() => run(page)).toContain(`next ${other} 2`);
});

test('by key: the menu moves it, and says why where it cannot', async ({ page }) => {
  const { lead, other } = await behind(page);
  const before = (await nextOf(page, lead, other)) ?? 0;
  await page.evaluate(() => document.querySelector('raft-arium')?.focus());
  await page.keyboard.press(other.slice(1));
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: /^Next index on/ })).toContainText('log ends there');
  await page.getByRole('menuitem', { name: `Next index back to ${before - 1}` }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => run(page)).toContain(`next ${other} ${before - 1}`);
  await pass(page, 5);
  expect(await nextOf(page, lead, other)).toBe(before - 1);
});

/** Where the words are that say a follower's next index, on slides and phones. */
async function wordsOf(page: Page, id: string): Promise<{ x: number; y: number; pitch: number }> {
  const words = await middle(page.locator(`[data-log="${id}"] text`, { hasText: /^next \d+$/ }));
  const column = (index: number) => place(page.locator(`[data-log] [data-index="${index}"] .hit-box`).first());
  const last = (await nodes(page)).reduce((most, { lastIndex }) => Math.max(most, lastIndex), 0);
  return { ...words, pitch: (await column(last)).x - (await column(last - 1)).x };
}

test('on a slide its words are the handle: they are dragged back by a column, and on again', async ({ page }) => {
  await page.setViewportSize({ width: 960, height: 540 });
  const { lead, other } = await behind(page);
  const before = (await nextOf(page, lead, other)) ?? 0;
  const { x, y, pitch } = await wordsOf(page, other);
  const dragBy = async (columns: number) => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + columns * pitch, y, { steps: 5 });
    await page.mouse.up();
  };
  await page.mouse.move(x, y);
  await expect(page.locator('.ledger')).toHaveCSS('cursor', 'ew-resize');
  await dragBy(-1);
  await expect.poll(() => run(page)).toContain(`next ${other} ${before - 1}`);
  await pass(page, 5);
  expect(await nextOf(page, lead, other)).toBe(before - 1);
  await dragBy(9);
  await expect.poll(() => run(page)).toContain(`next ${other} ${before}\n`);
  await page.mouse.click(x, y);
  await expect(page.getByRole('menu')).toHaveCount(0);
});

/** The mark of what the leader knows of a follower, by what it is called; and how far apart two columns are. */
async function markOf(page: Page, lead: string, other: string): Promise<{ x: number; y: number; pitch: number }> {
  const mark = page.getByRole('img', { name: new RegExp(`^${lead} .*${other}|${other}.* ${lead}`) });
  const column = (index: number) => place(page.locator(`[data-log] [data-index="${index}"] .hit-box`).first());
  return { ...(await middle(mark)), pitch: (await column(2)).x - (await column(1)).x };
}

for (const count of [7, 9]) {
  test(`of ${count} nodes the mark of P, R and S is the handle: it shows the flag under a mouse, and is dragged`, async ({
    page,
  }) => {
    const { lead, other } = await behind(page, `seed=7&autoplay=0&nodes=${count}`);
    const before = (await nextOf(page, lead, other)) ?? 0;
    const { x, y, pitch } = await markOf(page, lead, other);
    await page.mouse.move(x, y);
    await expect(page.locator('.next-flag')).toBeVisible();
    await expect(page.locator('.layer:has(.next-flag) text')).toHaveText(String(before));
    await act(page, `next ${other} ${before - 1}`);
    await expect(page.locator('.layer:has(.next-flag) text')).toHaveText(String(before - 1));
    // What was done is told a moment later; what the drag tells comes after it.
    await expect(page.locator('[data-live]')).toContainText(`next ${other} ${before - 1}`);
    await page.mouse.down();
    await page.mouse.move(x + pitch, y, { steps: 5 });
    await expect(page.locator('[data-live]')).toHaveText(`next of ${other}: ${before}`);
    await page.mouse.up();
    await expect.poll(() => run(page)).toContain(`next ${other} ${before}\n`);
    await page.mouse.move(300, 300);
    await expect(page.locator('.next-flag')).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => run(page)).not.toContain(`next ${other} ${before}\n`);
  });
}

test.describe('with a finger, on a phone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('its words are dragged', async ({ page }) => {
    const { lead, other } = await behind(page);
    const before = (await nextOf(page, lead, other)) ?? 0;
    const { x, y, pitch } = await wordsOf(page, other);
    const finger = await page.context().newCDPSession(page);
    const to = (by: number) => [{ x: x - by, y }];
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: to(0) });
    for (const part of [0.3, 0.7, 1.4, 2]) {
      await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: to(pitch * part) });
    }
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(() => run(page)).toContain(`next ${other} ${before - 2}`);
    await expect(node(page, other)).toHaveAttribute('data-up', 'true');
  });
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true });

  test('the flag is dragged', async ({ page }) => {
    const { lead, other } = await behind(page);
    const { x, y, pitch } = await flag(page, other, (await nextOf(page, lead, other)) ?? 0);
    const finger = await page.context().newCDPSession(page);
    const to = (by: number) => [{ x: x - by, y }];
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: to(0) });
    for (const part of [0.3, 0.7, 1]) {
      await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: to(pitch * part) });
    }
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(() => run(page)).toContain(`next ${other} `);
    await expect(node(page, other)).toHaveAttribute('data-up', 'true');
  });

  test('of nine nodes the mark is dragged', async ({ page }) => {
    const { lead, other } = await behind(page, 'seed=7&autoplay=0&nodes=9');
    const before = (await nextOf(page, lead, other)) ?? 0;
    const { x, y, pitch } = await markOf(page, lead, other);
    const finger = await page.context().newCDPSession(page);
    const to = (by: number) => [{ x: x - by, y }];
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: to(0) });
    for (const part of [0.3, 0.7, 1.4, 2]) {
      await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: to(pitch * part) });
    }
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(() => run(page)).toContain(`next ${other} ${before - 2}`);
    await expect(page.locator('.next-flag')).toHaveCount(0);
  });
});
