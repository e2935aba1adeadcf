/** Serves ./dist for the whole run, at an address that the fixtures read from the environment. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from '../../../scripts/lib/paths.mjs';
import { serveFolder } from '../../../scripts/lib/static-server.mjs';

export default async function serve(): Promise<() => Promise<void>> {
  if (!existsSync(join(dist, 'index.html'))) throw new Error('there is no page in dist/: `npm run build` makes it');
  const server = await serveFolder(dist);
  process.env.RAFTARIUM_URL = server.url;
  return server.close;
}
