/** What a first visit loads, everything included, gzipped as a good host would: `page.load.gz` and `embed.load.gz`. */

import { gzipSync } from 'node:zlib';

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: ['page.load.gz', 'embed.load.gz'],
  measure: async (bench) => [
    { name: 'page.load.gz', value: await loadBytes(bench, 'index.html'), unit: 'bytes' },
    { name: 'embed.load.gz', value: await loadBytes(bench, 'embed.html'), unit: 'bytes' },
  ],
};

/**
 * @param {import('../lib/figures.mjs').Bench} bench
 * @param {string} path
 */
async function loadBytes(bench, path) {
  const site = await bench.site();
  const page = await bench.page();
  /** @type {Promise<number>[]} */
  const sizes = [];
  page.on('response', (response) => sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).length)));
  await page.goto(site + path);
  // On a busy machine the network may be idle before the module is unpacked, and what the first picture needs is asked for.
  await page.waitForSelector('[data-node="n1"]');
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  await page.waitForLoadState('networkidle');
  // What the page fetches from now on belongs to what comes after, and its body is gone once the page is closed.
  page.removeAllListeners('response');
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await page.close();
  return total;
}
