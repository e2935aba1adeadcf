/** `npm run serve`: the built page from ./dist, by the plain server that the tests use. `PORT` is honoured. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './lib/paths.mjs';
import { portTrouble, portWished } from './lib/ports.mjs';
import { main, Trouble } from './lib/run.mjs';
import { serveFolder } from './lib/static-server.mjs';

await main(async () => {
  const port = portWished() ?? 8080;
  if (!existsSync(join(dist, 'index.html')))
    throw new Trouble('There is no page in dist/ yet: `npm run build` makes it.');
  const { url } = await serveFolder(dist, { port, mount: '/' }).catch((error) =>
    Promise.reject(portTrouble(error, port)),
  );
  console.log(`Raftarium's built page is served at ${url} (Ctrl+C ends it)`);
});
