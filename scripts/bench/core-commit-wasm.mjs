/** The scenario of core-commit-native.mjs, compiled to WebAssembly and run under Node. */

import { readFileSync } from 'node:fs';
import { benchModule } from '../lib/core-bench.mjs';

/** @typedef {{ nodes: number, batch: number, announced: boolean }} Load */

/** @type {Load[]} */
const loads = [false, true].flatMap((announced) =>
  [3, 5].flatMap((nodes) => [1, 64].map((batch) => ({ nodes, batch, announced }))),
);

/** @param {Load} load */
const nameOf = ({ nodes, batch, announced }) => `core.commit.${announced ? 'announced.' : ''}${nodes}n.b${batch}.wasm`;

/** The module knows them as 1 and 2, and ours as 0. */
const peers = ['raft-rs 0.7.0', 'raft-io 1.0.0'];

/** Turns each core gets, in alternation; its best one counts. */
const turns = 5;

/** Proposals of a turn. */
const proposals = 100_000;

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: loads.map(nameOf),
  measure: async () => {
    const module = await WebAssembly.compile(readFileSync(await benchModule('fast', ['--lib'], 'raft_bench.wasm')));
    return loads.flatMap((load) => commit(module, load));
  },
};

/**
 * @param {WebAssembly.Module} module
 * @param {Load} load
 * @returns {import('../lib/figures.mjs').Figure[]} One a peer.
 */
function commit(module, load) {
  const ours = new Racer(module, 0, load);
  // raft-io cannot announce its commits: it is no peer where the others do.
  const others = peers.slice(0, load.announced ? 1 : 2).map((_, index) => new Racer(module, index + 1, load));
  for (let turn = 0; turn < turns; turn++) for (const racer of [ours, ...others]) racer.turn();
  return others.map(({ best }, index) => ({
    name: nameOf(load),
    value: Math.round(ours.best),
    unit: 'props/cpu-s',
    peer: peers[index] ?? '',
    peer_value: Math.round(best),
    ratio: Math.round((ours.best / best) * 1000) / 1000,
  }));
}

/** One core in an instance of its own, and its best turn so far. */
class Racer {
  best = 0;

  /**
   * @param {WebAssembly.Module} module
   * @param {number} which
   * @param {Load} load
   */
  constructor(module, which, { nodes, batch, announced }) {
    const { exports } = new WebAssembly.Instance(module, {});
    /** @type {(proposals: number) => number} */
    this.run = /** @type {any} */ (exports.bench_run);
    /** @type {any} */ (exports).bench_elect(which, nodes, batch, announced ? 1 : 0);
    this.run(proposals / 10);
  }

  turn() {
    const start = process.cpuUsage();
    const committed = this.run(proposals);
    const { user, system } = process.cpuUsage(start);
    this.best = Math.max(this.best, (committed * 1e6) / (user + system));
  }
}
