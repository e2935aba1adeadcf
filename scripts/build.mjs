/** `npm run build`: the static site in ./dist. Copy it to any folder of any static host. `-- --use-pkg` takes ./pkg as it is. */

import { existsSync } from 'node:fs';
import { at } from './lib/paths.mjs';
import { main, seconds, Trouble } from './lib/run.mjs';
import { checkNode, ensureMachine, ensurePackages } from './lib/setup.mjs';
import { buildSite, ensureSite } from './lib/site.mjs';

await main(async () => {
  const started = performance.now();
  if (process.argv.includes('--use-pkg')) {
    if (!existsSync(at('pkg/raftarium_bg.wasm'))) throw new Trouble('There is no ./pkg: run `wasm-pack build` first.');
    checkNode();
    await ensurePackages();
    await buildSite();
  } else {
    await ensureMachine();
    await ensureSite();
  }
  console.log(`\nThe page is in dist/ (${seconds(started)}). Any static server will do: \`npm run serve\` is one.`);
});
