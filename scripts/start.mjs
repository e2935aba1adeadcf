/** `npm start`: makes the machine ready, builds what has changed, serves the page, prints its address. `PORT` is honoured. */

import { at, root } from './lib/paths.mjs';
import { main, seconds, Trouble } from './lib/run.mjs';
import { ensureMachine } from './lib/setup.mjs';
import { ensureFirstWasm, ensureLateWasm } from './lib/wasm.mjs';

await main(async () => {
  const started = performance.now();
  const port = portWished();
  await ensureMachine();
  await ensureFirstWasm();
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    configFile: at('vite.config.ts'),
    clearScreen: false,
    logLevel: 'warn',
    server: { port: port ?? 5173, strictPort: port !== undefined },
  });
  // The first picture needs one module of three: a first start takes a minute less when the others are made behind it. Who asks for one early waits.
  const late = ensureLateWasm();
  const waiting = server.config.plugins.find(({ name }) => name === 'missing-modules');
  if (waiting) waiting.api.made = late.catch(() => {});
  await server.listen();
  console.log(
    `\nRaftarium is served at ${server.resolvedUrls?.local[0]} (ready in ${seconds(started)}, Ctrl+C ends it)`,
  );
  await late;
});

/**
 * @returns {number | undefined} The port that the environment asks for.
 */
function portWished() {
  const text = process.env.PORT;
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new Trouble(`PORT must be a number from 0 to 65535, not \`${text}\`.`);
}
