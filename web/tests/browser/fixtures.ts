/**
 * What every browser test starts from: `site` is the address of the built page's folder, and `page` fails its test when
 * anything went wrong behind it: an error or a warning of the console, an uncaught exception, a request to another origin, a
 * breach of the content security policy. Use `page.goto('index.html#...')`, relative to the folder.
 */

import { test as base, expect, type Page } from '@playwright/test';

export { expect };

interface Fixtures {
  /** Address of the folder that holds index.html, with a slash at its end. */
  site: string;
  /** What went wrong so far, a line each. A test that provokes an error empties this list after looking at it. */
  troubles: string[];
}

/** How many times slower the page's processor is than it is; see `serve.ts`. */
const slower = Number(process.env.RAFTARIUM_CPU ?? 1);

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  site: async ({}, use) => {
    const url = process.env.RAFTARIUM_URL;
    if (!url) throw new Error('RAFTARIUM_URL is not set: web/tests/browser/serve.ts sets it');
    await use(url);
  },
  baseURL: async ({ site }, use) => use(site),
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  troubles: async ({}, use) => {
    const troubles: string[] = [];
    await use(troubles);
    expect(troubles, 'nothing went wrong behind the page').toEqual([]);
  },
  page: async ({ page, site, troubles }, use) => {
    watch(page, new URL(site).origin, troubles);
    if (slower > 1) {
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
    }
    await use(page);
  },
});

/** Notes every trouble of a page, its frames and its workers. A breach of the policy is an error of the console. */
export function watch(page: Page, origin: string, troubles: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      troubles.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:|^wss?:/.test(url.protocol) && url.origin !== origin)
      troubles.push(`left the origin: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
}
