/** `npm run serve`: the built page from ./dist, by the plain server that the tests use. `PORT` is honoured. */

import { existsSync } from 'node:fs';
import { dist } from './lib/paths.mjs';
import { main, Trouble } from './lib/run.mjs';
import { serveFolder } from './lib/static-server.mjs';

await main(async () => {
  if (!existsSync(dist)) throw new Trouble('There is no dist/ yet: `npm run build` makes it.');
  const { url } = await serveFolder(dist, { port: Number(process.env.PORT || 8080), mount: '/' });
  console.log(`Raftarium's built page is served at ${url} (Ctrl+C ends it)`);
});
