/** The static site: Vite's build into ./dist, made again only when something that it is made from has changed. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { at, dist, lensPkg, pkg, root, searchPkg } from './paths.mjs';
import { step } from './run.mjs';
import { filesUnder, hashBytes, hashFiles, unlessStamped } from './stamp.mjs';
import { ensureWasm } from './wasm.mjs';

/** ./dist, as new as everything in it. The machine must be ready. */
export async function ensureSite() {
  await ensureWasm();
  const pages = readdirSync(root).filter((name) => name.endsWith('.html'));
  const sources = filesUnder(
    ...pages,
    'web',
    'package-lock.json',
    'vite.config.ts',
    'vite.gallery.config.ts',
    'scripts/lib/glue.mjs',
    'scripts/lib/pack.mjs',
    'tsconfig.json',
  );
  // What is made is skipped by the walk; here it is an ingredient.
  const modules = [pkg, lensPkg, searchPkg].flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  await unlessStamped('site', hashBytes(hashFiles(sources) + hashFiles(modules)), [join(dist, 'index.html')], () =>
    step('building the page', async () => {
      const { build } = await import('vite');
      await build({ root, configFile: at('vite.config.ts'), logLevel: 'warn' });
      await build({ configFile: at('vite.gallery.config.ts'), logLevel: 'warn' });
    }),
  );
}
