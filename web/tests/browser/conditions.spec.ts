/** The panel of conditions: sliders are actions, undone and redone; timers play the run again from its start, and undo goes back. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { leader, node, open, pass, place } from './cluster';
import { expect, test } from './fixtures';

const panel = (page: Page) => page.getByRole('region', { name: 'Conditions' });
const slider = (page: Page, name: string) => panel(page).getByRole('slider', { name, exact: true });
const run = (page: Page) => page.evaluate(() => document.querySelector('raft-arium')?.run ?? '');

async function conditions(page: Page): Promise<void> {
  await open(page);
  await leader(page);
  await page.keyboard.press('d');
  await expect(panel(page)).toBeVisible();
}

test('latency, loss, disks and clocks are actions in the running world; undo and redo move the sliders', async ({
  page,
}) => {
  await conditions(page);
  await slider(page, 'Latency').fill('40');
  await expect.poll(() => run(page)).toContain('link all latency 40ms');
  await slider(page, 'Lost').fill('20');
  await expect.poll(() => run(page)).toContain('link all latency 40ms loss 20%');
  await slider(page, 'Disk sync of n2').fill('80');
  await slider(page, 'Clock of n3').fill('50');
  await expect.poll(() => run(page)).toMatch(/disk n2 sync 80ms\n@\d+ clock n3 rate 50%/);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(slider(page, 'Clock of n3')).toHaveValue('100');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(slider(page, 'Clock of n3')).toHaveValue('50');
});

test('by key: an arrow moves a slider and acts; the button makes the links normal again', async ({ page }) => {
  await conditions(page);
  await slider(page, 'Lost').focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider(page, 'Lost')).toHaveAttribute('aria-valuetext', '1 %');
  await expect.poll(() => run(page)).toContain('link all loss 1%');
  await panel(page).getByRole('button', { name: 'As at the start' }).click();
  await expect(slider(page, 'Lost')).toHaveValue('0');
  await expect.poll(() => run(page)).toContain('link all normal');
});

test('a timer plays the same actions again to the same moment, as it says; undo goes back to the run before, redo forth', async ({
  page,
}) => {
  await conditions(page);
  await page.evaluate(() => document.querySelector('raft-arium')?.act('crash n2'));
  await pass(page, 300);
  await expect(panel(page)).toContainText('plays this run again from its start, with the same actions');
  const before = await run(page);
  const nowUs = () => page.evaluate(() => document.querySelector('raft-arium')?.view?.nowUs);
  const atUs = await nowUs();
  await slider(page, 'Heartbeat').fill('100');
  await expect.poll(() => run(page)).toBe(before.replace('heartbeat 50ms', 'heartbeat 100ms'));
  await expect.poll(nowUs).toBe(atUs);
  await expect(node(page, 'n2')).toHaveAttribute('data-up', 'false');
  await slider(page, 'Election, shortest').fill('400');
  await expect.poll(() => run(page)).toContain('election 400ms');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => run(page)).toBe(before);
  await expect.poll(nowUs).toBe(atUs);
  // What was done before the timers were changed can still be taken back, and done again.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(node(page, 'n2')).toHaveAttribute('data-up', 'true');
  expect(await run(page)).not.toContain('crash');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(() => run(page)).toBe(before);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(() => run(page)).toContain('heartbeat 100ms');
  // What is done in the new run is taken back there first.
  await page.evaluate(() => document.querySelector('raft-arium')?.act('restart n2'));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => run(page)).toContain('heartbeat 100ms');
  await expect.poll(() => run(page)).not.toContain('restart');
});

test('timers that are legal and questionable are said to be so, in the language of the page', async ({ page }) => {
  await conditions(page);
  await expect(panel(page).locator('.cd-warning')).toHaveCount(0);
  await slider(page, 'Heartbeat').fill('100');
  await expect(panel(page).locator('.cd-warning')).toContainText('The heartbeat (100 ms) is not well below');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('.cd-warning')).toContainText('心跳间隔（100 ms）');
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a slider is dragged, and done when it is let go', async ({ page }) => {
    await open(page);
    await page.getByRole('tab', { name: 'Conditions' }).tap();
    const box = await place(slider(page, 'Lost'));
    const finger = await page.context().newCDPSession(page);
    const y = box.y + box.height / 2;
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: box.x + 8, y }] });
    await finger.send('Input.dispatchTouchEvent', {
      type: 'touchMove',
      touchPoints: [{ x: box.x + box.width / 2, y }],
    });
    expect(await run(page)).not.toContain('link all');
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(() => run(page)).toMatch(/link all loss \d+%/);
  });
});

test('PreVote is switched on while a run goes: the same cut then disturbs nobody, and undo shows what it was without', async ({
  page,
}) => {
  await conditions(page);
  const first = await leader(page);
  const alone = first === 'n5' ? 'n4' : 'n5';
  const term = () => node(page, alone).getAttribute('data-term').then(Number);
  await page.evaluate((id) => document.querySelector('raft-arium')?.act(`isolate ${id}`), alone);
  await pass(page, 1500);
  await expect.poll(term).toBeGreaterThan(1);
  const preVote = panel(page).getByRole('checkbox', { name: /^PreVote/ });
  await expect(preVote).not.toBeChecked();
  await preVote.check();
  await expect.poll(() => run(page)).toContain('prevote on');
  await expect.poll(term).toBe(1);
  await expect(node(page, alone)).toHaveAttribute('data-role', 'pre-candidate');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(preVote).not.toBeChecked();
  await expect.poll(term).toBeGreaterThan(1);
});
