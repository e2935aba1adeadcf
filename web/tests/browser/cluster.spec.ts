/** What the page is for, done by clicking: elect, crash, partition, submit. */

import {
  act,
  clickLink,
  clickNode,
  leader,
  leaderInTime,
  link,
  node,
  nodes,
  open,
  pass,
  stored,
  submit,
} from './cluster';
import { expect, test } from './fixtures';

test('the page elects a leader by itself', async ({ page }) => {
  await open(page, 'speed=1');
  const first = await leaderInTime(page);
  await expect(page.getByRole('button', { name: new RegExp(`^${first}, leader, term \\d`) })).toBeVisible();
});

test('without any wish it plays, at 1/20: an election within ten seconds of a newcomer’s', async ({ page }) => {
  await page.goto('index.html');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(page.getByLabel('Speed')).toHaveValue('0.05');
  // The latest first timeout there can be, at this speed, is six seconds away; by the clock on the wall it may be longer here.
  await expect(page.locator('[data-clock]')).not.toHaveText('0 ms');
  await pass(page, 300);
  await expect(page.locator('[data-node]:is([data-role="candidate"], [data-role="leader"])').first()).toBeVisible();
});

test('crash the leader by a click: another is elected; click again: it comes back and follows', async ({ page }) => {
  await open(page);
  const first = await leader(page);
  await clickNode(page, first);
  await expect(node(page, first)).toHaveAttribute('data-up', 'false');
  const second = await leader(page, first);
  expect(second).not.toBe(first);
  await clickNode(page, first);
  await expect(node(page, first)).toHaveAttribute('data-up', 'true');
  await pass(page, 200);
  await expect(node(page, first)).toHaveAttribute('data-role', 'follower');
});

test('cut the majority from the minority by clicking links: only the majority commits', async ({ page }) => {
  await open(page);
  const old = await leader(page);
  const others = ['n1', 'n2', 'n3', 'n4', 'n5'].filter((id) => id !== old);
  // Not the node after the old leader: a client that gives up on the one asks the other, and is sent back.
  const minority = [old, others[1] ?? ''];
  const majority = others.filter((id) => !minority.includes(id));
  for (const a of minority) {
    for (const b of majority) {
      await clickLink(page, a, b);
      await expect(link(page, a, b)).toHaveAttribute('data-cut', /^(true|both)$/);
    }
  }
  expect(majority).toContain(await leader(page, old));
  const before = Math.max(...(await nodes(page)).filter(({ id }) => minority.includes(id)).map(({ commit }) => commit));
  await submit(page, 'put x 9');
  // The client asks the old leader first, and more than once, before it finds the new one.
  await pass(page, 10_000);
  const values = await stored(page, 'x');
  expect(majority.map((id) => values[id])).toEqual(['9', '9', '9']);
  const after = (await nodes(page)).filter(({ id }) => minority.includes(id));
  for (const one of after) {
    expect(one.commit).toBe(before);
    expect(one.store.some(({ key }) => key === 'x')).toBe(false);
  }
});

test('submit: the value reaches every store, and the log shows it committed', async ({ page }) => {
  await open(page);
  await leader(page);
  await submit(page, 'put x 42');
  await pass(page, 300);
  for (const id of ['n1', 'n2', 'n3', 'n4', 'n5']) {
    await expect(page.locator(`[data-cell="${id}"][data-key="x"]`)).toHaveText('42');
  }
  await expect(page.locator('[data-log="n1"] [data-index="2"]')).toHaveAttribute('data-committed', 'true');
  expect(Object.values(await stored(page, 'x'))).toEqual(['42', '42', '42', '42', '42']);
});

test('step: the clock stands still between steps, and each step is one event', async ({ page }) => {
  await open(page);
  const clock = page.locator('[data-clock]');
  await expect(clock).toHaveText('0 ms');
  await page.getByRole('button', { name: 'Next event' }).click();
  await expect(clock).not.toHaveText('0 ms');
  const first = await clock.textContent();
  await page.waitForTimeout(200);
  await expect(clock).toHaveText(first ?? '');
  await expect(page.locator('[data-feed] li')).not.toHaveCount(0);
});

test('speed and play by their controls', async ({ page }) => {
  await open(page);
  await page.getByLabel('Speed').selectOption('1');
  await page.getByRole('button', { name: 'Play' }).click();
  await leaderInTime(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  const clock = await page.locator('[data-clock]').textContent();
  await page.waitForTimeout(200);
  await expect(page.locator('[data-clock]')).toHaveText(clock ?? '');
});

test('a seed in its field opens that run from its start', async ({ page }) => {
  await open(page);
  await leader(page);
  const field = page.getByLabel('Seed');
  await field.fill('12345');
  await field.press('Enter');
  await expect.poll(() => page.evaluate(() => document.querySelector('raft-arium')?.run)).toContain('seed 12345');
  await expect(field).toHaveValue('12345');
  await page.getByRole('button', { name: 'New run' }).click();
  await expect(field).not.toHaveValue('12345');
});

test('the compositor carries the messages of a running picture; a standing one holds a box for each message and no other', async ({
  page,
}) => {
  await open(page, 'seed=7&autoplay=0&speed=0.01');
  await leader(page);
  await page.getByRole('button', { name: 'Play' }).click();
  const carried = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.message[data-message]')].map((box) => box.getAnimations().length),
    );
  await expect.poll(async () => (await carried()).length).toBeGreaterThan(0);
  expect((await carried()).filter((count) => count !== 1)).toEqual([]);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  const picture = await page.evaluate(() => ({
    drawn: [...document.querySelectorAll<HTMLElement>('.message')]
      .map((box) => box.getAttribute('data-message'))
      .sort(),
    flying: (document.querySelector('raft-arium')?.view?.messages ?? []).map((message) => message.id).sort(),
    moving: [...document.querySelectorAll('.message')].filter((box) => box.getAnimations().length > 0).length,
  }));
  expect(picture.drawn).toEqual(picture.flying);
  expect(picture.moving).toBe(0);
});

test('a message in flight stands on the link between its ends, at its part of the way', async ({ page }) => {
  await open(page);
  await leader(page);
  await page.evaluate(() => document.querySelector('raft-arium')?.act('client c1 put x 1'));
  const flying = await page.evaluate(() => {
    const element = document.querySelector('raft-arium');
    const count = () => element?.view?.messages.filter(({ kind }) => kind === 'appendEntries').length ?? 0;
    for (let i = 0; i < 100 && count() < 3; i += 1) element?.step();
    return count();
  });
  expect(flying).toBeGreaterThan(2);
  await expect(page.locator('.message[data-kind="appendEntries"]')).toHaveCount(flying);
  const off = await page.evaluate(() => {
    const { view } = document.querySelector('raft-arium') ?? {};
    const middle = (selector: string) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
    };
    return (view?.messages ?? [])
      .filter((message) => message.kind === 'appendEntries')
      .map((message) => {
        const at = middle(`[data-message="${message.id}"] .hit-box`);
        const [a, b] = [middle(`[data-node="${message.from}"] circle`), middle(`[data-node="${message.to}"] circle`)];
        const length = Math.hypot(b.x - a.x, b.y - a.y);
        return Math.abs((b.x - a.x) * (a.y - at.y) - (a.x - at.x) * (b.y - a.y)) / length;
      });
  });
  expect(off.length).toBeGreaterThan(2);
  expect(Math.max(...off)).toBeLessThan(2);
});

test('a box that carried a lost message serves the next one in full: nothing of the fall stays on it', async ({
  page,
}) => {
  await open(page, 'seed=7&autoplay=0&speed=0.05');
  const id = await leader(page);
  const lost = await page.evaluate((from) => {
    const element = document.querySelector('raft-arium');
    if (!element) throw new Error('no element');
    for (let i = 0; i < 200; i += 1) {
      const flying = element.view?.messages.find((message) => message.from === from && message.kind === 'heartbeat');
      if (flying !== undefined) {
        element.act(`cut ${flying.from} ${flying.to}`);
        // Deep in its fall, and not yet gone.
        const at = flying.sentUs + (flying.arriveUs - flying.sentUs) * 0.93;
        element.advance(Math.max(1, Math.floor(at - (element.view?.nowUs ?? 0))));
        return flying.id;
      }
      element.advance(1000);
    }
    throw new Error('no heartbeat');
  }, id);
  const fallen = page.locator(`[data-message="${lost}"]`);
  await expect.poll(() => fallen.evaluate((box: HTMLElement) => Number(box.style.opacity))).toBeLessThan(0.6);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(fallen).toHaveCount(0);
  const faint = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.message:not([data-message])')].map((box) => box.style.opacity),
  );
  expect(faint.length).toBeGreaterThan(0);
  expect(faint.filter((opacity) => opacity !== '')).toEqual([]);
});

test('the feed leaves nothing behind of the lines that go, forth and back', async ({ page }) => {
  await open(page);
  await leader(page);
  const size = () =>
    page.evaluate(async () => {
      await new Promise(requestAnimationFrame);
      const feed = document.querySelector('.feed');
      return { lines: feed?.querySelectorAll('li').length ?? 0, nodes: feed?.childNodes.length ?? 0 };
    });
  const fill = async (from: number) => {
    for (let i = from; i < from + 12; i += 1) {
      await act(page, `client c1 put x ${i}`);
      await pass(page, 200);
    }
  };
  await fill(0);
  const first = await size();
  await fill(12);
  expect(await size()).toEqual(first);
  expect(first.lines).toBe(80);
  const newest = await page.locator('.feed li').last().textContent();
  // The first of them goes back to the newest event itself.
  for (let i = 0; i < 2; i += 1) await page.getByRole('button', { name: 'Previous event' }).click();
  await expect(page.locator('.feed li').last()).not.toHaveText(newest ?? '');
  await page.getByRole('button', { name: 'Next event' }).click();
  await expect(page.locator('.feed li').last()).toHaveText(newest ?? '');
});
