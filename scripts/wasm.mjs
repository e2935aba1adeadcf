/** `npm run wasm`: brings ./pkg, ./pkg-lens and ./pkg-search up to date with the Rust sources, and nothing else. */

import { main } from './lib/run.mjs';
import { ensureMachine } from './lib/setup.mjs';
import { compileFirstWasm, ensureWasm } from './lib/wasm.mjs';

await main(async () => {
  await ensureMachine(compileFirstWasm);
  await ensureWasm();
});
