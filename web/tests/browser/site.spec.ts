/** The site as a whole: every built page opens from a folder of a plain host, under its own policy, and loads little. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dist, lensPkg, pkg } from '../../../scripts/lib/paths.mjs';
import { unpack } from '../../src/unpack.ts';
import { expect, test } from './fixtures.ts';

/** A ratchet: lower it whenever the page gets lighter; 150,000 was asked. */
const firstLoadBytesMax = 147_600;

const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));

for (const name of pages) {
  test(`${name} opens without a trouble and allows nothing but its own files`, async ({ page }) => {
    await page.goto(name, { waitUntil: 'networkidle' });
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe-inline');
  });
}

test(`the first load is under ${firstLoadBytesMax / 1000} kB gzipped, everything included`, async ({ page }) => {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).length)));
  await page.goto('index.html');
  // The network may be idle before the module is unpacked, and what the first picture needs is asked for.
  await expect(page.locator('[data-node="n1"]')).toBeVisible();
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  await page.waitForLoadState('networkidle');
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(total).toBeLessThan(firstLoadBytesMax);
});

for (const [name, module] of [
  ['raftarium', join(pkg, 'raftarium_bg.wasm')],
  ['raftarium_lens', join(lensPkg, 'raftarium_lens_bg.wasm')],
] as const) {
  test(`the site's ${name} unpacks to the module that was built`, async () => {
    const files = readdirSync(join(dist, 'assets')).filter((file) => file.startsWith(`${name}.lzma-`));
    expect(files).toHaveLength(1);
    const packed = new Blob([readFileSync(join(dist, 'assets', files[0] as string))]);
    const unpacked = await unpack(packed.stream());
    expect(Buffer.compare(unpacked, readFileSync(module))).toBe(0);
  });
}

test('a page asks for its module before its script has come, and only once', async ({ page }) => {
  const modules: string[] = [];
  page.on('request', (request) => /[/]raftarium\.lzma-/.test(request.url()) && modules.push(request.url()));
  await page.route('**/assets/page-*.js', async (route) => {
    await expect.poll(() => modules.length).toBe(1);
    await route.continue();
  });
  await page.goto('index.html');
  await expect(page.locator('[data-node="n1"]')).toBeVisible();
  expect(modules).toHaveLength(1);
});

test('every file of the site is asked for by a relative address', () => {
  const absolute = pages.filter((name) => /(?:src|href)="\/(?!\/)/.test(readFileSync(join(dist, name), 'utf8')));
  expect(absolute).toEqual([]);
});

test('a language whose words come later than the first picture of the run is waited for, and the page stays alive', async ({
  page,
}) => {
  await page.route('**/assets/chinese-*', async (route) => {
    await expect
      .poll(() => page.evaluate(() => document.querySelector('raft-arium')?.view?.seq ?? 0))
      .toBeGreaterThan(0);
    await route.continue();
  });
  await page.goto('index.html?seed=7&lang=zh');
  await expect(page.getByRole('button', { name: '提交', exact: true })).toBeVisible();
});
