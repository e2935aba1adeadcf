/**
 * The page in the scenes that RaftScope was measured in, and in those that are hard: five nodes at a tenth of real speed with eight entries; nine
 * nodes under load with two hundred messages under way; a log of ten thousand entries; a hundred times real speed. And at rest: paused, and hidden.
 *
 * `page.cpu.*` is the main thread's own time, `page.frame.p95.*` its time within one sixtieth of a second, `page.gap.p95.*` the time between two frames
 * (16.7 is sixty a second).
 */

import { frameGapP95, frameWorkP95, mainThreadMs } from '../lib/page-cost.mjs';

const seconds = 8;

/** @typedef {import('@playwright/test').Page} Page */

const clients = [...Array(9).keys()].map((i) => `c${i + 1}`);

/** @param {Page} page @param {string[]} texts */
const act = (page, texts) =>
  page.evaluate((all) => {
    const lab = /** @type {HTMLElement & { act(text: string): void }} */ (document.querySelector('raft-arium'));
    for (const text of all) lab.act(text);
  }, texts);

/** @param {Page} page @param {number} ms Simulated. */
const pass = (page, ms) =>
  page.evaluate((us) => {
    const lab = /** @type {HTMLElement & { advance(us: number): void }} */ (document.querySelector('raft-arium'));
    for (let done = 0; done < us; done += 100_000) lab.advance(Math.min(100_000, us - done));
  }, ms * 1000);

/** @type {{ name: string, query: string, make: (page: Page) => Promise<void> }[]} */
const scenes = [
  {
    name: 'tenth',
    query: 'nodes=5&speed=0.1',
    make: async (page) => {
      await pass(page, 600);
      for (let i = 1; i < 8; i += 1) {
        await act(page, [`client c1 put x ${i}`]);
        await pass(page, 150);
      }
    },
  },
  {
    // Messages are long under way and heartbeats frequent: about two hundred are in flight at any time.
    name: 'busy',
    query: 'nodes=9&speed=0.1',
    make: async (page) => {
      await page.evaluate(() => {
        const lab = /** @type {HTMLElement & { run: string }} */ (document.querySelector('raft-arium'));
        lab.run =
          'raftarium 1\nnodes 9\nseed 7\nelection 2000ms..3000ms\nheartbeat 40ms\nlatency 180ms..230ms\nretry 9s\n';
      });
      await pass(page, 8000);
      await act(
        page,
        clients.map((client) => `load ${client} 50ms`),
      );
      await pass(page, 4000);
    },
  },
  {
    name: 'longlog',
    query: 'nodes=5&speed=0.1',
    make: async (page) => {
      await pass(page, 600);
      await act(
        page,
        clients.map((client) => `load ${client} 1ms`),
      );
      for (let i = 0; i < 400 && (await lastIndex(page)) < 10_000; i += 1) await pass(page, 2000);
      await act(
        page,
        clients.map((client) => `load ${client} off`),
      );
      await act(page, ['load c1 100ms']);
    },
  },
  {
    name: 'fast',
    query: 'nodes=5&speed=100',
    make: (page) => act(page, ['load c1 100ms']),
  },
];

/** @param {Page} page What is on the page, so that a reader can see that it is what was asked for. */
const describe = (page) =>
  page.evaluate(() => {
    const lab = /** @type {HTMLElement & { view: import('../../pkg/raftarium.js').View | null }} */ (
      document.querySelector('raft-arium')
    );
    const { nodes = [], messages = [] } = lab.view ?? {};
    return `${nodes.length} nodes, ${messages.length} messages, ${Math.max(0, ...nodes.map((each) => each.lastIndex))} entries`;
  });

/** @param {Page} page @returns {Promise<number>} */
const lastIndex = (page) =>
  page.evaluate(() => {
    const lab = /** @type {HTMLElement & { view: import('../../pkg/raftarium.js').View | null }} */ (
      document.querySelector('raft-arium')
    );
    return Math.max(0, ...(lab.view?.nodes.map((node) => node.lastIndex) ?? []));
  });

const names = scenes.flatMap(({ name }) => [`page.cpu.${name}`, `page.frame.p95.${name}`, `page.gap.p95.${name}`]);

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: [...names, 'page.cpu.paused', 'page.cpu.hidden'],
  measure: async (bench) => {
    const out = [];
    for (const scene of scenes) {
      const page = await bench.page();
      await page.goto(`${await bench.site()}index.html?seed=7&autoplay=0&${scene.query}`);
      await page.waitForSelector('[data-node]');
      await scene.make(page);
      console.error(`    ${scene.name}: ${await describe(page)}`);
      await play(page, 'play');
      out.push({ name: `page.cpu.${scene.name}`, value: await mainThreadMs(page, seconds), unit: 'ms/s' });
      out.push({ name: `page.frame.p95.${scene.name}`, value: await frameWorkP95(page, seconds), unit: 'ms' });
      out.push({ name: `page.gap.p95.${scene.name}`, value: await frameGapP95(page, seconds), unit: 'ms' });
      if (scene.name === 'tenth') out.push(...(await atRest(page)));
      await page.context().browser()?.close();
    }
    return out;
  },
};

/** @param {Page} page @param {'play' | 'pause'} what */
const play = (page, what) =>
  page.evaluate((name) => {
    const lab = /** @type {HTMLElement & { play(): void, pause(): void }} */ (document.querySelector('raft-arium'));
    lab[name]();
  }, what);

/** @param {Page} page */
async function atRest(page) {
  await play(page, 'pause');
  await page.waitForTimeout(500);
  const paused = await mainThreadMs(page, 4);
  await play(page, 'play');
  // Scrolled out of sight: what a slide's frame is told when its slide is left.
  await page.evaluate(() => {
    document.body.style.paddingTop = '300vh';
  });
  await page.waitForTimeout(500);
  const hidden = await mainThreadMs(page, 4);
  return [
    { name: 'page.cpu.paused', value: paused, unit: 'ms/s' },
    { name: 'page.cpu.hidden', value: hidden, unit: 'ms/s' },
  ];
}
