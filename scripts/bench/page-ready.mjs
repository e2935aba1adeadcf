/**
 * How long a first visit waits, by the clock on the wall, until the cluster is drawn and answers: from the request for the page to the frame after its
 * first picture. Nothing is kept from one visit to the next; the site is served from this machine, uncompressed. The median.
 */

const visits = 9;

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: ['page.ready', 'embed.ready'],
  measure: async (bench) => [
    { name: 'page.ready', value: await readyMs(bench, 'index.html'), unit: 'ms' },
    { name: 'embed.ready', value: await readyMs(bench, 'embed.html'), unit: 'ms' },
  ],
};

/**
 * @param {import('../lib/figures.mjs').Bench} bench
 * @param {string} path
 */
async function readyMs(bench, path) {
  const address = `${await bench.site()}${path}`;
  const first = await bench.page();
  /** @type {number[]} */
  const seen = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const visitor = await first.context().browser()?.newContext();
    const page = await visitor?.newPage();
    await page?.goto(address, { waitUntil: 'commit' });
    seen.push((await page?.evaluate(untilDrawn)) ?? Number.NaN);
    await visitor?.close();
  }
  await first.close();
  return seen.sort((a, b) => a - b)[Math.floor(visits / 2)] ?? Number.NaN;
}

/** In the page: the time since it was asked for, ms, one frame after there is a node that is drawn. */
function untilDrawn() {
  return /** @type {Promise<number>} */ (
    new Promise((done) => {
      const look = () => {
        const drawn = document.querySelector('[data-node="n1"]') !== null;
        requestAnimationFrame(drawn ? () => done(performance.now()) : look);
      };
      look();
    })
  );
}
