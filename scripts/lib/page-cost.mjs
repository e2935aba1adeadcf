/** What a page costs while it is looked at: main-thread time as Chromium counts it (thread ticks: other programs on the machine do not matter), and frames. */

/** A frame of a screen with sixty of them a second, µs. */
const frameUs = 1_000_000 / 60;

/**
 * @param {import('@playwright/test').Page} page
 * @param {number} seconds
 * @returns {Promise<number>} Milliseconds of the main thread per second.
 */
export async function mainThreadMs(page, seconds) {
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
 * @param {import('@playwright/test').Page} page
 * @param {number} seconds
 * @returns {Promise<number>} The 95th percentile of the time between two frames, in milliseconds.
 */
export function frameGapP95(page, seconds) {
  return page.evaluate(
    (long) =>
      new Promise((done) => {
        /** @type {number[]} */
        const gaps = [];
        let last = performance.now();
        const end = last + long * 1000;
        const frame = (/** @type {number} */ now) => {
          gaps.push(now - last);
          last = now;
          if (now < end) requestAnimationFrame(frame);
          else done(gaps.sort((a, b) => a - b)[Math.floor(gaps.length * 0.95)] ?? Number.NaN);
        };
        requestAnimationFrame(frame);
      }),
    seconds,
  );
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {number} seconds
 * @returns {Promise<number>} The 95th percentile of the main thread's own time within a frame's sixtieth of a second, in milliseconds.
 */
export async function frameWorkP95(page, seconds) {
  const browser = page.context().browser();
  if (browser === null) return Number.NaN;
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await page.waitForTimeout(seconds * 1000);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return p95OfFrames(traceEvents);
}

/**
 * @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args?: { name?: string } }} TraceEvent
 * @param {TraceEvent[]} events Of one traced page.
 */
export function p95OfFrames(events) {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const tasksOf = (/** @type {TraceEvent} */ main) =>
    events.filter(
      (each) => each.ph === 'X' && /RunTask$/.test(each.name) && each.pid === main.pid && each.tid === main.tid,
    );
  // The busiest page of those that were traced is the one that is looked at.
  const tasks = mains.map(tasksOf).sort((a, b) => b.length - a.length)[0] ?? [];
  const first = Math.min(...tasks.map(({ ts }) => ts));
  const last = Math.max(...tasks.map(({ ts }) => ts));
  const frames = new Float64Array(Math.max(1, Math.ceil((last - first) / frameUs)));
  for (const { ts, tdur, dur } of tasks) {
    const at = Math.min(frames.length - 1, Math.floor((ts - first) / frameUs));
    frames[at] = (frames[at] ?? 0) + (tdur ?? dur ?? 0) / 1000;
  }
  return frames.sort()[Math.floor(frames.length * 0.95)] ?? Number.NaN;
}
