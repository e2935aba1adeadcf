/** The moment in the address: a run and where it stands can be given away, reloaded and come back to. */

import { clickNode, drawn, leader, open } from './cluster';
import { expect, test } from './fixtures';

const picture = () => {
  const element = document.querySelector('raft-arium');
  return { run: element?.run, view: element?.view, playing: element?.playing };
};

test('a paused moment is in the address; opened elsewhere it is the same picture, standing still', async ({
  page,
  context,
}) => {
  await open(page);
  const first = await leader(page);
  await clickNode(page, first);
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  const here = await page.evaluate(picture);
  const hash = await page.evaluate(() => document.querySelector('raft-arium')?.momentHash ?? '');
  expect(hash).toMatch(/^#.+&t=\d+$/);
  await expect.poll(() => page.url()).toContain(hash);

  const other = await context.newPage();
  await other.goto(page.url());
  await drawn(other);
  await expect(other.locator('[data-clock]')).toHaveText((await page.locator('[data-clock]').textContent()) ?? '');
  await expect.poll(() => other.evaluate(picture)).toEqual({ ...here, playing: false });
});

test('a reload comes back to the same moment', async ({ page }) => {
  await open(page);
  await leader(page);
  await page.getByRole('button', { name: 'Next event' }).click();
  const before = await page.evaluate(picture);
  await page.reload();
  await drawn(page);
  await expect(page.locator('[data-clock]')).toHaveText(`${Math.floor((before.view?.nowUs ?? 0) / 1000)} ms`);
  await expect.poll(() => page.evaluate(picture)).toEqual(before);
});

test('while time runs the address changes at most every two seconds, and at once when the page loses the focus', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const writes: number[] = [];
    const replace = history.replaceState.bind(history);
    history.replaceState = (...args) => {
      writes.push(performance.now());
      replace(...args);
    };
    Object.assign(window, { writes });
  });
  await open(page, 'seed=7&autoplay=1&speed=0.001');
  // More than two would be written if each moment were; how many are told before the first write depends on the machine.
  await page.evaluate(() => {
    for (const id of ['n1', 'n2', 'n3', 'n4']) document.querySelector('raft-arium')?.act(`crash ${id}`);
  });
  const writes = () => page.evaluate(() => (window as unknown as { writes: number[] }).writes);
  await expect.poll(async () => (await writes()).length).toBeGreaterThan(1);
  const all = await writes();
  const gaps = all.slice(1).map((at, i) => at - (all[i] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(1990);
  await page.evaluate(() => document.querySelector('raft-arium')?.act('crash n5'));
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await page.reload();
  await drawn(page);
  await expect(page.locator('[data-node][data-up="false"]')).toHaveCount(5);
});

test('a hash that changes under the page opens that run; garbage is named and the run goes on', async ({ page }) => {
  await open(page);
  await page.evaluate(() => document.querySelector('raft-arium')?.act('crash n3'));
  const hash = await page.evaluate(() => document.querySelector('raft-arium')?.momentHash ?? '');
  await page.getByRole('button', { name: 'New run' }).click();
  await expect(page.locator('[data-node="n3"]')).toHaveAttribute('data-up', 'true');
  await page.evaluate((text) => {
    location.hash = text;
  }, hash);
  await expect(page.locator('[data-node="n3"]')).toHaveAttribute('data-up', 'false');
  const run = await page.evaluate(() => document.querySelector('raft-arium')?.run);
  await page.evaluate(() => {
    location.hash = 'no-run-at-all';
  });
  await expect(page.getByRole('alert')).toContainText('The link in the address is not a run');
  expect(await page.evaluate(() => document.querySelector('raft-arium')?.run)).toBe(run);
});

test('share puts the address of this moment on the clipboard', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await page.getByRole('button', { name: 'Next event' }).click();
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('status')).toHaveText('Link copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(copied).hash).toBe(await page.evaluate(() => document.querySelector('raft-arium')?.momentHash ?? ''));
});

test('the run property is a text that can be set; a bad one throws its fault', async ({ page }) => {
  await open(page);
  const answers = await page.evaluate(() => {
    const element = document.querySelector('raft-arium');
    if (!element) throw new Error('no element');
    element.run = 'raftarium 1\nnodes 3\nseed 9\n@100000 crash n2\n';
    element.advance(150_000);
    const up = element.view?.nodes.map((node) => node.up);
    let fault = '';
    try {
      element.run = 'raftarium 1\nnodes 3\nseed nine\n';
    } catch (error) {
      fault = (error as Error).message;
    }
    return { up, fault, seed: element.view?.seed };
  });
  expect(answers.up).toEqual([true, false, true]);
  expect(answers.fault).toContain('nine');
  expect(answers.seed).toBe('9');
});

test('the slider goes to any moment that was seen, and forward again to the same picture', async ({ page }) => {
  await open(page);
  await leader(page);
  const before = await page.evaluate(picture);
  const slider = page.getByRole('slider', { name: 'Moment of the run' });
  await slider.fill('100000');
  await expect(page.locator('[data-clock]')).toHaveText('100 ms');
  await expect(page.locator('[data-role="leader"]')).toHaveCount(0);
  await page.evaluate((us) => document.querySelector('raft-arium')?.advance(us), (before.view?.nowUs ?? 0) - 100_000);
  expect(await page.evaluate(picture)).toEqual(before);
});

test('undo and redo by their buttons', async ({ page }) => {
  await open(page);
  await clickNode(page, 'n4');
  await expect(page.locator('[data-node="n4"]')).toHaveAttribute('data-up', 'false');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('[data-node="n4"]')).toHaveAttribute('data-up', 'true');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(page.locator('[data-node="n4"]')).toHaveAttribute('data-up', 'false');
});

test('a press on a line of the feed goes to its moment', async ({ page }) => {
  await open(page);
  await leader(page);
  const line = page.locator('.feed li').first();
  const moment = (await line.locator('time').textContent()) ?? '';
  await line.click();
  await expect(page.locator('[data-clock]')).toHaveText(moment);
});
