/**
 * Tests in a real Chromium, against the built page, served from a folder below its host's root. `npm test` finds the browser
 * and builds the page first; typed alone, `npx playwright test` takes both as they are.
 */

import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './scripts/lib/browsers/chromium.mjs';

const executablePath = findChromium();

export default defineConfig({
  testDir: 'web/tests/browser',
  outputDir: 'test-results',
  globalSetup: './web/tests/browser/serve.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // Two cores: a third page would take time from the two that are being watched.
  workers: 2,
  // Pages animate in real time: on a busy machine a journey takes as long as it takes. No test that passes waits for these to end.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['line'], ['json', { outputFile: '.cache/reports/browser.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    colorScheme: 'light',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: chromiumArgs, ...(executablePath ? { executablePath } : {}) },
  },
});
