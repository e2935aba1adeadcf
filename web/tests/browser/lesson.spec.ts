/** A scene is told: sentences at their moments, Back and Next in a fixed place, and the viewer may take over at any time. */

import type { Page } from '@playwright/test';
import { clickNode, node, open } from './cluster';
import { expect, test } from './fixtures';

const element = () => {
  const player = document.querySelector('raft-arium');
  return {
    playing: player?.playing,
    nowUs: player?.view?.nowUs ?? 0,
    run: player?.run,
    hash: player?.momentHash ?? '',
  };
};
const said = (page: Page) => page.locator('[data-said]');
const way = (page: Page) => page.getByRole('group', { name: /^Scene: / });
const moment = (page: Page) => said(page).getAttribute('data-said').then(Number);

test('a scene of the menu plays to its next sentence and waits there; Next goes on, Back goes back', async ({
  page,
}) => {
  await open(page, 'speed=2&autoplay=1');
  await page.getByRole('button', { name: 'Scenes' }).click();
  await page.getByRole('button', { name: /^The first election/ }).click();
  await expect(way(page)).toHaveAttribute('aria-label', 'Scene: The first election');
  await expect(said(page)).toContainText("n3's timer has run out");
  await expect.poll(() => page.evaluate(element).then(({ playing }) => playing)).toBe(false);
  await expect.poll(async () => (await page.evaluate(element)).nowUs - (await moment(page))).toBe(0);
  await expect(way(page)).toContainText('2/4');
  await way(page).getByRole('button', { name: 'Next' }).click();
  await expect(said(page)).toContainText('A majority of all five has said yes');
  await expect(node(page, 'n3')).toHaveAttribute('data-role', 'leader');
  await way(page).getByRole('button', { name: 'Back' }).click();
  await expect(said(page)).toContainText('timer has run out');
  await expect(page.locator('[data-live]')).toContainText('majority');
});

test('a presenter goes through a scene with the keys of the remote', async ({ page }) => {
  await open(page, 'speed=0.001&autoplay=0', '#scene=one-write');
  await expect(way(page)).toContainText('1/7');
  const next = async (key: string, place: string) => {
    // The first press lets it play, the second goes to the sentence at once.
    await page.keyboard.press(key);
    await expect.poll(() => page.evaluate(element).then(({ playing }) => playing)).toBe(true);
    await page.keyboard.press(key);
    await expect(way(page)).toContainText(place);
  };
  await next('PageDown', '2/7');
  await next('.', '3/7');
  await expect(said(page)).toContainText('Appended');
  await page.keyboard.press('PageUp');
  await expect(way(page)).toContainText('2/7');
});

test('where a sentence speaks of an entry, the inspector says why it stands as it does', async ({ page }) => {
  await open(page, '', '#scene=figure-8&t=330000');
  await expect(said(page)).toContainText('n1 may not count it');
  await expect(page.locator('.pane-inspector')).toContainText('n3 holds entry 2@2; 3 of 5 have it');
});

test('whoever acts takes over, and finds the way back to the scene where it was left', async ({ page }) => {
  await open(page, '', '#scene=figure-8&t=200000');
  await expect(said(page)).toContainText('(c) n5 has crashed');
  const before = await page.evaluate(element);
  await clickNode(page, 'n4');
  await expect(said(page)).toBeHidden();
  await expect(node(page, 'n4')).toHaveAttribute('data-up', 'false');
  await page.getByRole('button', { name: 'Back to the scene' }).click();
  await expect(said(page)).toContainText('(c) n5 has crashed');
  await expect(node(page, 'n4')).toHaveAttribute('data-up', 'true');
  await expect.poll(() => page.evaluate(element)).toEqual(before);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(node(page, 'n4')).toHaveAttribute('data-up', 'false');
});

test('keys go on working where the button that was pressed is gone, or can do no more', async ({ page }) => {
  await open(page, 'speed=0.001&autoplay=0');
  await page.getByRole('button', { name: 'Scenes' }).click();
  await page.getByRole('button', { name: /^One write, end to end/ }).click();
  await expect(way(page)).toContainText('1/7');
  // Not back on the button of the scenes: Space plays.
  await page.keyboard.press('Space');
  await expect.poll(() => page.evaluate(element).then(({ playing }) => playing)).toBe(true);
  await page.keyboard.press('PageDown');
  await expect(way(page)).toContainText('2/7');
  await page.evaluate(() => document.querySelector('raft-arium')?.act('crash n3'));
  await page.getByRole('button', { name: 'Back to the scene' }).click();
  await expect(way(page)).toContainText('2/7');
  await page.keyboard.press('PageUp');
  await expect(way(page)).toContainText('1/7');
  await page.keyboard.press('End');
  await expect(way(page)).toContainText('2/7');
  await way(page).getByRole('button', { name: 'Back' }).click();
  await expect(way(page)).toContainText('1/7');
  await expect(way(page).getByRole('button', { name: 'Back' })).toBeDisabled();
  await expect(page.locator('raft-arium')).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys and hands' })).toBeVisible();
});

test('a moment of a scene is shared by the name of the scene, and opens with its sentence', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '', '#scene=two-leaders&t=150000');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/#scene=two-leaders&t=150000$/);
  await expect(page.getByRole('status')).toHaveText('Link copied');
  const here = await page.evaluate(element);
  const other = await context.newPage();
  await other.goto(await page.evaluate(() => navigator.clipboard.readText()));
  await expect(said(other)).toHaveText((await said(page).textContent()) ?? '');
  await expect.poll(() => other.evaluate(element)).toEqual(here);
  await other.close();
  await clickNode(page, 'n4');
  await expect
    .poll(async () => (await page.evaluate(element)).hash, 'a run of its own from now on')
    .not.toContain('scene=');
});

test('the sentences are Chinese on a Chinese page, at once', async ({ page }) => {
  await open(page, '', '#scene=figure-8&t=200000');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(said(page)).toContainText('n5 已宕机');
  await expect(page.getByRole('button', { name: '继续' })).toBeVisible();
});

test.describe('on a touch screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('Next is tapped', async ({ page }) => {
    await open(page, 'speed=5&autoplay=0', '#scene=split-vote');
    await way(page).getByRole('button', { name: 'Next' }).tap();
    await expect(way(page)).toContainText('2/5');
    await expect(said(page)).toContainText('n1 is down');
  });
});
