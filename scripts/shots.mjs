/** `npm run shots -- [FOLDER]`: pictures of the built page and embed, in three sizes, light and dark, for looking. `.cache/shots` if not told. */

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openBench } from './lib/bench.mjs';
import { cache } from './lib/paths.mjs';
import { main, step } from './lib/run.mjs';
import { ensureMachine } from './lib/setup.mjs';

const sizes = [
  { width: 1440, height: 900 },
  { width: 960, height: 540 },
  { width: 390, height: 844 },
];

await main(async () => {
  const folder = resolve(process.argv[2] ?? join(cache, 'shots'));
  mkdirSync(folder, { recursive: true });
  await ensureMachine();
  const { bench, close } = openBench();
  try {
    const site = await bench.site();
    for (const name of ['index', 'embed']) {
      for (const viewport of sizes) {
        for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
          const file = join(folder, `${name}-${viewport.width}x${viewport.height}-${colorScheme}.png`);
          await step(file, async () => {
            const page = await bench.page({ viewport, colorScheme, locale: 'en-GB' });
            await page.goto(`${site}${name}.html?seed=7`);
            // A leader, and some messages of its first second in flight.
            await page.waitForSelector('[data-node][data-role="leader"]', { timeout: 30_000 });
            await page.screenshot({ path: file });
            await page.context().browser()?.close();
          });
        }
      }
    }
  } finally {
    await close();
  }
});
