/** `npm run test:engines`: the main journeys in Firefox and in WebKit, against the built page. */

import { ensureFirefox } from './lib/browsers/firefox.mjs';
import { ensureWebKit } from './lib/browsers/webkit.mjs';
import { dist } from './lib/paths.mjs';
import { runAll } from './lib/report.mjs';
import { main } from './lib/run.mjs';
import { ensureMachine } from './lib/setup.mjs';
import { ensureSite } from './lib/site.mjs';
import { serveFolder } from './lib/static-server.mjs';
import { engineSuite } from './lib/suites.mjs';

await main(async () => {
  await ensureMachine();
  await ensureSite();
  process.env.RAFTARIUM_FIREFOX = await ensureFirefox();
  process.env.RAFTARIUM_WEBKIT = JSON.stringify(await ensureWebKit());
  const site = await serveFolder(dist);
  process.env.RAFTARIUM_URL = site.url;
  try {
    await runAll([engineSuite]);
  } finally {
    await site.close();
  }
});
