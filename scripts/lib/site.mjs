/** The static site: Vite's build into ./dist, made again only when something that it is made from has changed. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { at, dist, root } from './paths.mjs';
import { step } from './run.mjs';
import { filesUnder, hashBytes, hashFiles, unlessStamped } from './stamp.mjs';
import { ensureWasm } from './wasm.mjs';

/** ./dist, as new as everything in it. The machine must be ready. */
export async function ensureSite() {
  await ensureWasm();
  const pages = readdirSync(root).filter((name) => name.endsWith('.html'));
  const sources = filesUnder(...pages, 'web', 'package-lock.json', 'vite.config.ts', 'tsconfig.json');
  // ./pkg is skipped by the walk, because it is made; here it is an ingredient.
  const module = readdirSync(at('pkg')).map((name) => at('pkg', name));
  await unlessStamped('site', hashBytes(hashFiles(sources) + hashFiles(module)), [join(dist, 'index.html')], () =>
    step('building the page', async () => {
      const { build } = await import('vite');
      await build({ root, configFile: at('vite.config.ts'), logLevel: 'warn' });
    }),
  );
}
