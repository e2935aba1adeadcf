/** The language of the page's tests: open it, find a node, click a link, wait for a leader. By role and name where a person would. */

import { expect, type Locator, type Page } from '@playwright/test';
import type {} from '../../src/elements/raft-arium';
import type { NodeView } from '../../src/model';

/** Opens the full page, standing still unless the query says otherwise; resolves when the cluster is drawn. */
export async function open(page: Page, query = 'seed=7&autoplay=0', hash = ''): Promise<void> {
  await page.goto(`index.html?${query}${hash}`);
  await drawn(page);
}

/** Opens the slide. */
export async function openEmbed(page: Page, query: string, hash = ''): Promise<void> {
  await page.goto(`embed.html?${query}${hash}`);
  await drawn(page);
}

export async function drawn(page: Page): Promise<void> {
  await expect(node(page, 'n1')).toBeVisible();
}

/** One action, in the words of the action language. */
export async function act(page: Page, text: string): Promise<void> {
  await page.evaluate((line) => document.querySelector('raft-arium')?.act(line), text);
}

/** A node on the ring. */
export function node(page: Page, id: string): Locator {
  return page.locator(`[data-node="${id}"]`);
}

/** A link between two nodes, whichever is named first. */
export function link(page: Page, a: string, b: string): Locator {
  return page.locator(`[data-link="${[a, b].sort().join('-')}"]`);
}

/** Where something is on the page, CSS pixels, once it stays there: words, fonts and panels that come late move what is beside them. */
export async function place(what: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  let box = await what.boundingBox();
  const stays = async () => {
    const before = box;
    box = await what.boundingBox();
    return box !== null && JSON.stringify(box) === JSON.stringify(before);
  };
  await expect.poll(stays, { message: 'it stays in its place', intervals: [50] }).toBe(true);
  if (box === null) throw new Error('it is not on the page');
  return box;
}

/** The middle of something that stays in its place. */
export async function middle(what: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await place(what);
  return { x: x + width / 2, y: y + height / 2 };
}

/** The middle of a node, where its name stands. */
export function middleOf(page: Page, id: string): Promise<{ x: number; y: number }> {
  return middle(node(page, id).locator('text').first());
}

/** Clicks a node in its middle. */
export async function clickNode(page: Page, id: string): Promise<void> {
  const { x, y } = await middleOf(page, id);
  await page.mouse.click(x, y);
}

/** The hands beyond clicks, such as lines across links, are fetched when a first hand comes near: it does, and they are waited for. */
export async function wakeHands(page: Page): Promise<void> {
  await page.mouse.move(300, 300);
  await expect(page.locator('.cluster-act')).toBeAttached();
}

/** Clicks a link where nothing else lies over it: links cross, and nodes and messages lie above them. */
export async function clickLink(page: Page, a: string, b: string): Promise<void> {
  const id = [a, b].sort().join('-');
  await middleOf(page, a);
  const point = await page.evaluate((name) => {
    const hit = document.querySelector<SVGGeometryElement>(`[data-link="${name}"] .hit`);
    const matrix = hit?.getScreenCTM();
    if (!hit || !matrix) return null;
    const length = hit.getTotalLength();
    for (let part = 0.02; part < 1; part += 0.02) {
      const at = hit.getPointAtLength(length * part).matrixTransform(matrix);
      if (document.elementFromPoint(at.x, at.y)?.closest('[data-link]') === hit.parentElement)
        return { x: at.x, y: at.y };
    }
    return null;
  }, id);
  if (point === null) throw new Error(`no point of the link ${id} is free`);
  await page.mouse.click(point.x, point.y);
}

/** The nodes as the view model has them. */
export function nodes(page: Page): Promise<NodeView[]> {
  return page.evaluate(() => document.querySelector('raft-arium')?.view?.nodes ?? []);
}

/** Lets simulated time pass at once, so that no test waits for a slow machine. */
export async function pass(page: Page, ms: number): Promise<void> {
  await page.evaluate((us) => document.querySelector('raft-arium')?.advance(us), ms * 1000);
}

/** Lets time pass until there is a leader that is up and not `other`, and names it. */
export async function leader(page: Page, other = ''): Promise<string> {
  const id = await page.evaluate((not) => {
    const element = document.querySelector('raft-arium');
    for (let i = 0; i < 500; i += 1) {
      const leads = element?.view?.nodes.find((one) => one.up && one.role === 'leader' && one.id !== not);
      if (leads) return leads.id;
      element?.advance(20_000);
    }
    throw new Error('ten simulated seconds and no leader');
  }, other);
  await expect(node(page, id)).toHaveAttribute('data-role', 'leader');
  return id;
}

/** Waits, by the clock on the wall, until the page has elected a leader by itself. */
export async function leaderInTime(page: Page): Promise<string> {
  const leading = page.locator('[data-node][data-up="true"][data-role="leader"]').first();
  await expect(leading).toBeVisible({ timeout: 60_000 });
  return (await leading.getAttribute('data-node')) ?? '';
}

/** Submits a command as a person does: into the field, and Enter. */
export async function submit(page: Page, command: string): Promise<void> {
  const field = page.getByLabel(/Client command|客户端命令/);
  await field.fill(command);
  await field.press('Enter');
}

/** What every node's store holds under a key; null where it holds nothing. */
export async function stored(page: Page, key: string): Promise<Record<string, string | null>> {
  const all = await nodes(page);
  return Object.fromEntries(all.map(({ id, store }) => [id, store.find((pair) => pair.key === key)?.value ?? null]));
}
