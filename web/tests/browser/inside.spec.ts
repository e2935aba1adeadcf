/** Inside a node: opened by its key, stepped through card by card, and the run goes on to the node's next doing. */

import AxeBuilder from '@axe-core/playwright';
import { leader, open, pass, submit } from './cluster';
import { expect, test } from './fixtures';

test('a leader takes a command: the reader steps from inbox to advance', async ({ page }) => {
  await open(page);
  const id = await leader(page);
  await pass(page, 100);
  await page.keyboard.press(id.slice(1));
  await page.keyboard.press('n');
  const panel = page.getByRole('region', { name: 'Inside', exact: true });
  await expect(panel.getByRole('heading', { name: `Inside ${id}` })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Logs' })).toHaveCount(0);
  await submit(page, 'put x 1');
  const ready = panel.getByRole('region', { name: 'Ready' });
  await panel.getByRole('button', { name: /^1 Inbox/ }).click();
  await expect(panel.getByRole('button', { name: /^1 Inbox/ })).toHaveAttribute('aria-current', 'step');
  await panel.getByRole('button', { name: /^Next: 2/ }).click();
  await panel.getByRole('button', { name: /^Next: 3/ }).click();
  await expect(ready.locator('.set')).not.toHaveCount(0);
  const clock = page.locator('[data-clock]');
  const before = (await clock.textContent()) ?? '';
  await expect(async () => {
    await panel.locator('.in-narrator .primary').click();
    await expect(clock).not.toHaveText(before, { timeout: 500 });
  }).toPass();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id: rule, nodes }) => [rule, nodes[0]?.html])).toEqual([]);
});

for (const lang of ['en', 'zh'])
  test(`on a slide, ${lang}: the seven steps are on the rail, and no card is scrolled`, async ({ page }) => {
    await page.setViewportSize({ width: 960, height: 540 });
    await open(page, `seed=7&autoplay=0&lang=${lang}`);
    const id = await leader(page);
    await submit(page, 'put x 1');
    await pass(page, 100);
    await page.evaluate(() => document.querySelector('raft-arium')?.focus());
    await page.keyboard.press(id.slice(1));
    await page.keyboard.press('n');
    const rail = page.locator('.in-rail');
    await expect(rail.getByRole('button')).toHaveCount(7);
    const hidden = () =>
      page.locator('.pane-inside').evaluate((pane) => {
        const rows = [...pane.querySelectorAll('.in-rail button, .in-card, .in-log, .in-narrator')];
        const low = rows.filter((row) => row.getBoundingClientRect().bottom > pane.getBoundingClientRect().bottom + 1);
        return [pane.scrollHeight - pane.clientHeight, ...low.map(({ className }) => className)];
      });
    await rail.getByRole('button').first().click();
    for (let step = 0; step < 12; step += 1) {
      await expect.poll(hidden).toEqual([0]);
      await expect(rail.locator('[aria-current="step"]')).toHaveCount(1);
      await page.locator('.in-narrator .primary').click();
    }
  });

test('the logs come back in its place', async ({ page }) => {
  await open(page);
  await page.keyboard.press('n');
  await expect(page.getByRole('region', { name: 'Logs' })).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(page.getByRole('region', { name: 'Logs' })).toBeVisible();
});

test('when the lens traps its panel says so, the page goes on, and it can be tried again', async ({ page }) => {
  await page.addInitScript(() => {
    const instantiate = WebAssembly.instantiate;
    const state = { broken: true };
    Object.assign(window, { lensState: state });
    const patched = async (...args: Parameters<typeof instantiate>) => {
      const made = (await instantiate(...args)) as unknown as { exports: WebAssembly.Exports };
      if (!('lens_advance' in made.exports)) return made;
      const advance = made.exports.lens_advance as (...args: unknown[]) => unknown;
      const trap = (...given: unknown[]) => {
        if (state.broken) throw new WebAssembly.RuntimeError('unreachable');
        return advance(...given);
      };
      return { exports: { ...made.exports, lens_advance: trap } };
    };
    Object.assign(WebAssembly, { instantiate: patched });
  });
  await open(page);
  await leader(page);
  await page.evaluate(() => document.querySelector('raft-arium')?.focus());
  await page.keyboard.press('n');
  const said = page.getByRole('alert').filter({ hasText: 'The closer look at this run has failed' });
  await expect(said).toContainText('unreachable. The page and its run go on.');
  await page.getByRole('button', { name: 'Next event' }).click();
  await page.locator('[data-node="n2"] text').first().click();
  await expect(page.locator('[data-node="n2"]')).toHaveAttribute('data-up', 'false');
  await page.evaluate(() => Object.assign((window as unknown as { lensState: object }).lensState, { broken: false }));
  await said.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: /^Inside n/ })).toBeVisible();
  await expect(said).toHaveCount(0);
});
