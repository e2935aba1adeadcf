/** Unit tests: what can be said of the page's code without a browser. Real browsers are in playwright.config.ts. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['web/tests/unit/**/*.test.ts', 'web/src/**/*.test.ts', 'scripts/**/*.test.mjs'],
    environment: 'node',
    // Some start programs, and a busy machine is slow at that: no test is about time on the wall.
    testTimeout: 60_000,
  },
});
