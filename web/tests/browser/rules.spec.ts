/** The rules of Raft as switches: found in the cluster's menu, broken, seen to fall, restored, undone; on a slide the band says so too. */

import AxeBuilder from '@axe-core/playwright';
import { act, leader, open, openEmbed, pass } from './cluster';
import { expect, test } from './fixtures';

test('a rule is switched off, the band says so, its theorem falls, and real Raft is restored', async ({ page }) => {
  await open(page);
  await leader(page);
  await page.locator('.pane-cluster').hover();
  await page.locator('.cluster-act').click();
  await page.getByRole('menuitem', { name: 'Break a rule of Raft…' }).click();
  const rule = page.getByRole('switch', { name: /^Give one vote in a term/ });
  await expect(rule).toBeInViewport();
  await rule.click();
  const band = page.getByRole('status').filter({ hasText: 'Modified Raft' });
  await expect(band).toContainText('One rule is off: Give one vote in a term. This is not the protocol.');
  await page.getByRole('switch', { name: /^Vote only for an up-to-date log/ }).click();
  await expect(band).toContainText('2 rules are off');
  for (const node of ['n1', 'n2', 'n3', 'n4', 'n5']) {
    const leads = await page.evaluate(
      (id) => document.querySelector('raft-arium')?.view?.nodes.find((each) => each.id === id)?.role === 'leader',
      node,
    );
    if (!leads) await act(page, `timeout ${node}`);
  }
  await pass(page, 1_500);
  await expect(page.locator('[data-check="electionSafety"]')).toHaveAttribute('data-holds', 'false');
  await expect(page.locator('[data-rule="one-vote-a-term"] .fallen')).toHaveText([
    'One vote a term',
    'Election safety',
  ]);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await band.getByRole('button', { name: 'Restore real Raft' }).click();
  await expect(band).toHaveCount(0);
  await expect(rule).toBeChecked();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(band).toContainText('One rule is off');
});

test('what fell is told in Chinese on a Chinese page, and the band stands on a slide, which has no scroll bar for it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 960, height: 540 });
  await openEmbed(page, 'seed=7&autoplay=0&lang=zh');
  await act(page, 'break one-vote-a-term');
  for (const node of ['n1', 'n2', 'n3', 'n4']) await act(page, `timeout ${node}`);
  await pass(page, 1_500);
  await expect(page.getByRole('status').filter({ hasText: '改动过的 Raft' })).toContainText('每个任期只投一票');
  await expect(page.locator('.caption')).toContainText(/(都当选了任期|既投给)/);
  const over = () => document.documentElement.scrollHeight - document.documentElement.clientHeight;
  await expect.poll(() => page.evaluate(over)).toBe(0);
  await expect(page.getByRole('button', { name: '提交', exact: true })).toBeInViewport({ ratio: 1 });
});
