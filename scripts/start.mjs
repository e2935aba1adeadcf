/** `npm start`: makes the machine ready, builds what has changed, serves the page, prints its address. `PORT` is honoured. */

import { at, root } from './lib/paths.mjs';
import { portTrouble, portWished } from './lib/ports.mjs';
import { main, seconds } from './lib/run.mjs';
import { ensureMachine } from './lib/setup.mjs';
import { compileFirstWasm, ensureFirstWasm, ensureLateWasm } from './lib/wasm.mjs';

await main(async () => {
  const started = performance.now();
  const port = portWished();
  await ensureMachine(compileFirstWasm);
  await ensureFirstWasm();
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    configFile: at('vite.config.ts'),
    clearScreen: false,
    logLevel: 'warn',
    server: { port: port ?? 5173, strictPort: port !== undefined },
  });
  const listening = server.listen();
  // The first picture needs one module of three: a first start takes a minute less when the others are made behind it. Who asks for one early waits.
  const late = listening.then(ensureLateWasm);
  const waiting = server.config.plugins.find(({ name }) => name === 'missing-modules');
  if (waiting) waiting.api.made = late.catch(() => {});
  try {
    await listening;
  } catch (error) {
    await server.close();
    throw portTrouble(error, port ?? 5173);
  }
  console.log(
    `\nRaftarium is served at ${server.resolvedUrls?.local[0]} (ready in ${seconds(started)}, Ctrl+C ends it)`,
  );
  await late;
});
