/** Unit tests: what can be said of the page's code without a browser. Real browsers are in playwright.config.ts. */

import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';

/** A module that a test puts another in the place of need not be made: unit tests run in a clone where nothing is built yet. */
function unmadeModules(): Plugin {
  return {
    name: 'unmade-modules',
    enforce: 'pre',
    resolveId: {
      filter: { id: /[/]pkg-search[/]/ },
      handler: (id) => resolve(import.meta.dirname, id.slice(id.indexOf('pkg-search'))),
    },
  };
}

export default defineConfig({
  plugins: [unmadeModules()],
  test: {
    include: ['web/tests/unit/**/*.test.ts', 'web/src/**/*.test.ts', 'scripts/**/*.test.mjs'],
    environment: 'node',
    // Some start programs, and a busy machine is slow at that: no test is about time on the wall.
    testTimeout: 60_000,
  },
});
