/**
 * Serves ./dist for the whole run, at an address that the fixtures read from the environment. Two ways to make a test show that it waits for
 * what it looks at: `RAFTARIUM_LATE_MS=1500 npx playwright test` sends each file that a page fetches late up to so much later, as a slow host
 * does; `RAFTARIUM_CPU=4` (see the fixtures) gives the page a processor so much slower.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from '../../../scripts/lib/paths.mjs';
import { serveFolder } from '../../../scripts/lib/static-server.mjs';

export default async function serve(): Promise<() => Promise<void>> {
  if (!existsSync(join(dist, 'index.html'))) throw new Error('there is no page in dist/: `npm run build` makes it');
  const server = await serveFolder(dist, { before: later(Number(process.env.RAFTARIUM_LATE_MS ?? 0)) });
  process.env.RAFTARIUM_URL = server.url;
  return server.close;
}

/** Holds back the scripts and modules that no page names, each for between a fifth of `ms` and all of it. */
function later(ms: number): (file: string) => Promise<void> | undefined {
  const pages = readdirSync(dist).filter((name) => name.endsWith('.html'));
  const first = pages.map((name) => readFileSync(join(dist, name), 'utf8')).join();
  return (file) =>
    ms > 0 && /\.js$|lens.*\.wasm$/.test(file) && file.startsWith('assets') && !first.includes(file)
      ? new Promise((send) => setTimeout(send, ms * (0.2 + 0.8 * Math.random())))
      : undefined;
}
