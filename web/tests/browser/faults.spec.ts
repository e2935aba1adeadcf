/** Bad input: a message that names the fault, and the run goes on. */

import type { Page } from '@playwright/test';
import { leader, open, openEmbed, submit } from './cluster';
import { expect, test } from './fixtures';

test('an unknown command is named, and time runs on', async ({ page }) => {
  await open(page);
  await submit(page, 'explode everything');
  await expect(page.getByRole('alert')).toContainText('explode');
  await expect(page.getByRole('alert')).toContainText('The run goes on.');
  await leader(page);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toBeEmpty();
});

test('an action by the element throws an Error that names what is wrong, and nothing changes', async ({ page }) => {
  await open(page);
  const answers = await page.evaluate(() => {
    const element = document.querySelector('raft-arium');
    if (!element) throw new Error('no element');
    const before = element.run;
    return ['explode n1', 'crash n9', 'cut n1', ''].map((text) => {
      try {
        element.act(text);
        return 'done';
      } catch (error) {
        return `${error instanceof Error} ${(error as Error).message} ${element.run === before}`;
      }
    });
  });
  expect(answers[0]).toMatch(/^true .*explode.* true$/);
  expect(answers[1]).toMatch(/^true .*n9.* true$/);
  expect(answers[2]).toMatch(/^true .+ true$/);
  expect(answers[3]).toMatch(/^true .+ true$/);
});

/** Goal: a script that hands over what is no text gets an Error, and the core lives on. (A number read as text was memory out of bounds.) */
test('what a script hands over that is no text, or no number, does no harm', async ({ page }) => {
  await open(page, 'seed=7&autoplay=0');
  const answers = await page.evaluate(async () => {
    const element = document.querySelector('raft-arium');
    if (!element) throw new Error('no element');
    const told: string[] = [];
    for (const value of [null, undefined, 5, {}] as unknown as string[]) {
      for (const give of [() => element.act(value), () => (element.run = value)]) {
        try {
          give();
          told.push('done');
        } catch (error) {
          told.push((error as Error).message);
        }
      }
      await element.openHash(value);
    }
    element.run = 'raftarium 1\nseed 7\n';
    element.advance(1000);
    element.advance('500' as unknown as number);
    element.advance(-700);
    element.advance(Number.NaN);
    return { told, nowUs: element.view?.nowUs };
  });
  expect(answers.told.filter((told) => !told.startsWith('line 1, column 1: '))).toEqual([]);
  expect(answers.nowUs).toBe(1500);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
});

test('a bad seed is named, and the run on the page goes on', async ({ page }) => {
  await open(page);
  await leader(page);
  const before = await page.evaluate(() => document.querySelector('raft-arium')?.run);
  const field = page.getByLabel('Seed');
  await field.fill('seven');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('seven');
  expect(await page.evaluate(() => document.querySelector('raft-arium')?.run)).toBe(before);
});

test('a bad seed in the address is named, and a fresh run goes on', async ({ page }) => {
  await open(page, 'seed=-1&autoplay=0');
  await expect(page.getByRole('alert')).toContainText('-1');
  await leader(page);
});

test('garbage in the hash is named, and a fresh run goes on', async ({ page }) => {
  await open(page, 'autoplay=0', '#%F0%9F%92%A9garbage');
  await expect(page.getByRole('alert')).toContainText('The link in the address is not a run');
  await expect(page.getByRole('alert')).toContainText('A new run was started.');
  await leader(page);
});

for (const [name, value] of [
  ['nodes', '12'],
  ['speed', 'fast'],
  ['theme', 'pink'],
  ['lang', 'fr'],
] as const) {
  test(`a parameter that cannot be meant is named: ${name}=${value}`, async ({ page }) => {
    await openEmbed(page, `${name}=${value}`);
    await expect(page.getByRole('alert')).toContainText(`“${name}”`);
    await expect(page.getByRole('alert')).toContainText(`"${value}"`);
  });
}

test('what is fetched late and cannot be fetched is told of, and time runs on', async ({ page, troubles }) => {
  await page.route('**/help-*.js', (route) => route.abort());
  await open(page);
  await page.getByRole('button', { name: 'Help' }).click();
  await expect(page.getByRole('alert')).toContainText('A part of the page could not be fetched:');
  troubles.length = 0;
  await leader(page);
});

/** The first request for each of these files is lost; the answer holds those that were. */
async function loseOnce(page: Page, files: RegExp): Promise<Set<string>> {
  const lost = new Set<string>();
  await page.route(files, (route) => {
    const url = route.request().url();
    if (lost.has(url)) return route.continue();
    lost.add(url);
    return route.abort();
  });
  return lost;
}

test('a panel that could not be fetched says so, and is asked for again: by its button, and when it is shown again', async ({
  page,
  troubles,
}) => {
  await loseOnce(page, /assets\/(inside|clients)-[\w-]{6,8}\.js/);
  await open(page);
  await page.keyboard.press('n');
  const inside = page.getByRole('region', { name: 'Inside', exact: true });
  await expect(inside).toContainText('A part of the page could not be fetched:');
  await inside.getByRole('button', { name: 'Try again' }).click();
  await expect(inside.getByRole('heading', { name: /^Inside n\d/ })).toBeVisible();
  await expect(page.getByRole('alert')).toBeEmpty();
  await page.keyboard.press('o');
  const clients = page.getByRole('region', { name: 'Stores and clients', exact: true });
  await expect(clients.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.keyboard.press('o');
  await expect(clients).toHaveCount(0);
  await page.keyboard.press('o');
  await expect(clients.getByRole('table').first()).toBeVisible();
  expect(troubles.splice(0)).toEqual(Array(2).fill(expect.stringContaining('ERR_FAILED')));
});

test('hands, details and rare marks that could not be fetched are asked for again', async ({ page, troubles }) => {
  const lost = await loseOnce(page, /assets\/(hands|detail|seldom)-[\w-]{6,8}\.js/);
  await page.clock.install();
  await open(page);
  await page.mouse.move(300, 300);
  await expect.poll(() => lost.size).toBe(1);
  await expect(page.getByRole('alert')).toContainText('A part of the page could not be fetched:');
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: 'Act on the cluster' })).toBeVisible();
  await page.clock.runFor(500);
  await expect.poll(() => lost.size).toBe(2);
  await page.clock.runFor(11_000);
  await page.keyboard.press('2');
  await page.clock.runFor(500);
  await expect(page.getByText('What it decided, and why')).toBeVisible();
  troubles.length = 0;
});

test('on a Chinese page the core’s fault is told in Chinese; a program that calls it gets its own words', async ({
  page,
}) => {
  await open(page, 'seed=7&autoplay=0&lang=zh');
  await submit(page, 'explode everything');
  await expect(page.getByRole('alert')).toContainText('未知命令 `explode`');
  const thrown = await page.evaluate(() => {
    try {
      document.querySelector('raft-arium')?.act('crash n9');
      return 'done';
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(thrown).toBe('there is no node n9: this cluster has n1 to n5');
});

test('a bad link changes nothing: what stood still stands still', async ({ page }) => {
  await open(page, 'seed=7');
  await page.keyboard.press('k');
  const now = () => page.evaluate(() => document.querySelector('raft-arium')?.view?.nowUs);
  const playing = () => page.evaluate(() => document.querySelector('raft-arium')?.playing);
  expect(await playing()).toBe(false);
  const before = await now();
  await page.evaluate(() => document.querySelector('raft-arium')?.openHash('#rubbish'));
  await expect(page.getByRole('alert')).toContainText('The link in the address is not a run');
  expect([await playing(), await now()]).toEqual([false, before]);
  await page.keyboard.press('k');
  await page.evaluate(() => document.querySelector('raft-arium')?.openHash('#rubbish'));
  expect(await playing()).toBe(true);
});
