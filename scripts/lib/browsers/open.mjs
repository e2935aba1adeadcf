/** A page in Chromium for the scripts that look at it or measure it. Tests have fixtures of their own. */

import { chromiumArgs } from './chromium.mjs';

/**
 * @typedef {import('@playwright/test').BrowserContextOptions} Look
 * @param {string} executablePath
 * @param {Look} [look] Size of the window, colours, language.
 * @returns {Promise<{ page: import('@playwright/test').Page, close: () => Promise<void> }>}
 */
export async function openPage(executablePath, look = { viewport: { width: 1440, height: 900 } }) {
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  const context = await browser.newContext(look);
  return { page: await context.newPage(), close: () => browser.close() };
}
