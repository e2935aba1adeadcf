/**
 * What ten minutes leave behind, by the clock on the wall: five nodes at the speed that the page starts with, a command twice a second. The heap
 * after a forced collection, once a minute; the listeners and the nodes of the document. The first minute is warming up. `RAFTARIUM_HEAP_MINUTES` sets
 * another length.
 */

const minutes = Number(process.env.RAFTARIUM_HEAP_MINUTES ?? 10);

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: ['page.heap', 'page.listeners'],
  measure: async (bench) => {
    const page = await bench.page();
    await page.goto(`${await bench.site()}index.html?seed=7`);
    await page.waitForSelector('[data-node][data-role="leader"]', { timeout: 60_000 });
    await page.evaluate(() => {
      let count = 0;
      const lab = /** @type {HTMLElement & { act(text: string): void }} */ (document.querySelector('raft-arium'));
      setInterval(() => lab.act(`client c1 put x ${++count}`), 500);
    });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    const look = async () => {
      await cdp.send('HeapProfiler.collectGarbage');
      const { metrics } = await cdp.send('Performance.getMetrics');
      const read = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
      return { mb: read('JSHeapUsedSize') / 1e6, listeners: read('JSEventListeners'), nodes: read('Nodes') };
    };
    const seen = [];
    for (let minute = 0; minute <= minutes; minute += 1) {
      if (minute > 0) await page.waitForTimeout(60_000);
      seen.push(await look());
      console.error(`    ${minute} min: ${JSON.stringify(seen.at(-1))}`);
    }
    const [, first = seen[0]] = seen;
    const last = seen.at(-1);
    const span = Math.max(1, minutes - 1);
    const grown = (/** @type {'mb' | 'listeners'} */ what) => ((last?.[what] ?? 0) - (first?.[what] ?? 0)) / span;
    await page.close();
    return [
      { name: 'page.heap', value: grown('mb'), unit: 'MB/min' },
      { name: 'page.listeners', value: grown('listeners'), unit: 'listeners/min' },
    ];
  },
};
