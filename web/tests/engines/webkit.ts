/** WebKitGTK's MiniBrowser, driven by WebKitWebDriver on a virtual screen: it has no headless mode. */

import { spawn } from 'node:child_process';
import { Builder, Capabilities, Key, Origin } from 'selenium-webdriver';
import type { WebKit } from '../../../scripts/lib/browsers/webkit.mjs';
import { freePort, untilAnswers } from '../../../scripts/lib/ports.mjs';
import { type Engine, windowSize } from './engine.ts';

/** Starts the screen, the driver and the browser; closing ends all three. */
export async function webkit({ driver, browser, screen }: WebKit): Promise<Engine> {
  const port = await freePort();
  const screenSize = `-screen 0 ${windowSize.width + 60}x${windowSize.height + 160}x24`;
  // A group of its own, so that closing reaches the screen and the driver behind the script that starts them.
  const driving = spawn(screen, ['-a', '-s', screenSize, driver, `--port=${port}`], {
    detached: true,
    stdio: 'ignore',
  });
  const endDriver = () => {
    if (driving.pid !== undefined && driving.exitCode === null) process.kill(-driving.pid, 'SIGTERM');
  };
  process.once('exit', endDriver);
  try {
    await untilAnswers(`http://127.0.0.1:${port}/status`);
    return await session(port, browser, endDriver);
  } catch (error) {
    endDriver();
    throw error;
  }
}

async function session(port: number, binary: string, endDriver: () => void): Promise<Engine> {
  const capabilities = new Capabilities()
    .set('browserName', 'MiniBrowser')
    .set('webkitgtk:browserOptions', { binary, args: ['--automation'] });
  const page = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
  await page.manage().window().setRect({ x: 0, y: 0, width: windowSize.width, height: windowSize.height });
  return {
    open: (url) => page.get(url),
    run: <T>(body: string, ...args: (string | number)[]) => page.executeScript<T>(body, ...args),
    clickAt: async (x, y) => {
      const at = { x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT };
      await page.actions().move(at).press().release().perform();
    },
    enter: async (text) => {
      await page.actions().sendKeys(text, Key.ENTER).perform();
    },
    close: async () => {
      await page.quit();
      endDriver();
    },
  };
}
