/** The main journeys in Firefox and in WebKit: `npm run test:engines` finds the browsers, builds and serves the page, and calls this. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['web/tests/engines/**/*.spec.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One engine after the other: two at once would starve each other's animation.
    fileParallelism: false,
  },
});
