/**
 * The page at work, small: five nodes, a leader, a command twice a second, at the speed that the page starts with. Main-thread
 * time as Chromium counts it (thread ticks: other programs on the machine do not matter), and the time between frames.
 */

import { frameGapP95, mainThreadMs } from '../lib/page-cost.mjs';

const sceneSeconds = 10;

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: ['page.cpu.small', 'page.frame.p95.small'],
  measure: async (bench) => {
    const page = await bench.page();
    await page.goto(`${await bench.site()}index.html`);
    await page.waitForSelector('[data-node][data-role="leader"]', { timeout: 30_000 });
    await startTraffic(page);
    const cpu = await mainThreadMs(page, sceneSeconds);
    const frame = await frameGapP95(page, sceneSeconds);
    await page.close();
    return [
      { name: 'page.cpu.small', value: cpu, unit: 'ms/s' },
      { name: 'page.frame.p95.small', value: frame, unit: 'ms' },
    ];
  },
};

/** @param {import('@playwright/test').Page} page A command every half second of wall time. */
async function startTraffic(page) {
  await page.evaluate(() => {
    let count = 0;
    const lab = /** @type {HTMLElement & { act(text: string): void }} */ (document.querySelector('raft-arium'));
    setInterval(() => lab.act(`client c1 put x ${++count}`), 500);
  });
}
