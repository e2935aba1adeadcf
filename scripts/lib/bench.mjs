/** What measurements share: the built page on a local server, and browsers. Made when first asked for. */

import { ensureChromium } from './browsers/chromium.mjs';
import { openPage } from './browsers/open.mjs';
import { loadCore } from './core.mjs';
import { dist } from './paths.mjs';
import { must } from './run.mjs';
import { ensureSite } from './site.mjs';
import { serveFolder } from './static-server.mjs';
import { ensureWasm } from './wasm.mjs';

/** @returns {{ bench: import('./figures.mjs').Bench, close: () => Promise<void> }} */
export function openBench() {
  /** @type {(() => Promise<void>)[]} */
  const closers = [];
  /** @type {Promise<string> | undefined} */
  let site;
  const serve = async () => {
    await ensureSite();
    const server = await serveFolder(dist);
    closers.push(server.close);
    return server.url;
  };
  return {
    bench: {
      site: () => {
        site ??= serve();
        return site;
      },
      page: async (look) => {
        const { page, close } = await openPage(await ensureChromium(), look);
        closers.push(close);
        return page;
      },
      core: async () => {
        await ensureWasm();
        return loadCore();
      },
      native: async (args) => {
        const output = await must('cargo', ['run', '--profile', 'fast', '--locked', '--quiet', ...args]);
        return output
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .map((line) => JSON.parse(line));
      },
    },
    close: async () => {
      for (const closer of closers.reverse()) await closer();
    },
  };
}
