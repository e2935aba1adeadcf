/**
 * The page at work, small: five nodes, a leader, a command twice a second, at the speed that the page starts with. Main-thread
 * time as Chromium counts it (thread ticks: other programs on the machine do not matter), and the time between frames.
 */

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
    const frame = await page.evaluate(frameP95, sceneSeconds);
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

/**
 * @param {import('@playwright/test').Page} page
 * @param {number} seconds
 * @returns {Promise<number>} Milliseconds of the main thread per second.
 */
async function mainThreadMs(page, seconds) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskSeconds = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    const read = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { at: performance.now(), used: read('TaskDuration') };
  };
  const before = await taskSeconds();
  await page.waitForTimeout(seconds * 1000);
  const after = await taskSeconds();
  await cdp.detach();
  return ((after.used - before.used) * 1_000_000) / (after.at - before.at);
}

/**
 * Runs in the page.
 * @param {number} seconds
 * @returns {Promise<number>} The 95th percentile of the time between two frames, in milliseconds.
 */
function frameP95(seconds) {
  return new Promise((done) => {
    /** @type {number[]} */
    const gaps = [];
    let last = performance.now();
    const end = last + seconds * 1000;
    const frame = (/** @type {number} */ now) => {
      gaps.push(now - last);
      last = now;
      if (now < end) requestAnimationFrame(frame);
      else done(gaps.sort((a, b) => a - b)[Math.floor(gaps.length * 0.95)] ?? Number.NaN);
    };
    requestAnimationFrame(frame);
  });
}
