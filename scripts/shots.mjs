/**
 * `npm run shots -- [FOLDER]`: pictures of the built page and embed, in three sizes, light and dark, for looking. `.cache/shots` if not
 * told. `npm run shots -- --readme`: the picture of the README, docs/page.png.
 */

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openBench } from './lib/bench.mjs';
import { at, cache } from './lib/paths.mjs';
import { main, step } from './lib/run.mjs';
import { ensureMachine } from './lib/setup.mjs';

/**
 * @typedef {object} Shot
 * @property {string} file
 * @property {string} address Below the site's folder.
 * @property {string} until A selector: what must be there first.
 * @property {{ width: number, height: number }} viewport
 * @property {'light' | 'dark'} colorScheme
 */

const sizes = [
  { width: 1440, height: 900 },
  { width: 960, height: 540 },
  { width: 390, height: 844 },
];

/**
 * A leader, and some messages of its first second in flight.
 * @param {string} folder
 * @returns {Shot[]}
 */
const everySize = (folder) =>
  ['index', 'embed'].flatMap((name) =>
    sizes.flatMap((viewport) =>
      /** @type {const} */ (['light', 'dark']).map((colorScheme) => ({
        file: join(folder, `${name}-${viewport.width}x${viewport.height}-${colorScheme}.png`),
        address: `${name}.html?seed=7`,
        until: '[data-node][data-role="leader"]',
        viewport,
        colorScheme,
      })),
    ),
  );

/** Figure 8, step (c): the moment in which the paper's commit rule can be seen, and what is chosen says why. @type {Shot} */
const readme = {
  file: at('docs/page.png'),
  address: 'index.html#scene=figure-8&t=330000',
  until: '.seek-paint .tc4',
  viewport: { width: 1440, height: 900 },
  colorScheme: 'light',
};

await main(async () => {
  const wished = process.argv[2];
  const folder = resolve(wished ?? join(cache, 'shots'));
  const shots = wished === '--readme' ? [readme] : everySize(folder);
  if (wished !== '--readme') mkdirSync(folder, { recursive: true });
  await ensureMachine();
  const { bench, close } = openBench();
  try {
    const site = await bench.site();
    for (const { file, address, until, viewport, colorScheme } of shots) {
      await step(file, async () => {
        const page = await bench.page({ viewport, colorScheme, locale: 'en-GB' });
        await page.goto(`${site}${address}`);
        await page.waitForSelector(until, { timeout: 30_000 });
        // What is fetched late: words, the sentence of a scene.
        await page.waitForLoadState('networkidle');
        await page.screenshot({ path: file });
        await page.context().browser()?.close();
      });
    }
  } finally {
    await close();
  }
});
