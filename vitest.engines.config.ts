/** The main journeys in Firefox and in WebKit: `npm run test:engines` finds the browsers, builds and serves the page, and calls this. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['web/tests/engines/**/*.spec.ts'],
    // A page animates in real time: on a busy machine a journey takes as long as it takes.
    testTimeout: 240_000,
    hookTimeout: 180_000,
    // One engine after the other: two at once would starve each other's animation.
    fileParallelism: false,
  },
});
