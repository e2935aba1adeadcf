/** Stock Firefox, driven over WebDriver BiDi. */

import puppeteer from 'puppeteer-core';
import { type Engine, windowSize } from './engine.ts';

/** Starts a headless Firefox with a fresh profile. */
export async function firefox(executablePath: string): Promise<Engine> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  await page.setViewport(windowSize);
  return {
    open: async (url) => {
      await page.goto(url, { waitUntil: 'load' });
    },
    run: <T>(body: string, ...args: (string | number)[]) =>
      page.evaluate(`(function () { ${body} }).apply(null, ${JSON.stringify(args)})`) as Promise<T>,
    clickAt: (x, y) => page.mouse.click(x, y),
    enter: async (text) => {
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
    close: () => browser.close(),
  };
}
