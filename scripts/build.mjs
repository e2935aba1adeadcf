/** `npm run build`: the static site in ./dist. Copy it to any folder of any static host. */

import { main, seconds } from './lib/run.mjs';
import { ensureMachine } from './lib/setup.mjs';
import { ensureSite } from './lib/site.mjs';
import { compileFirstWasm } from './lib/wasm.mjs';

await main(async () => {
  const started = performance.now();
  await ensureMachine(compileFirstWasm);
  await ensureSite();
  console.log(`\nThe page is in dist/ (${seconds(started)}). Any static server will do: \`npm run serve\` is one.`);
});
