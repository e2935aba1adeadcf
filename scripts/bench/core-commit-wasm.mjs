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

/** Turns each core gets, in alternation; its best one counts, and the median of the ratios, turn by turn, says how sure that is. */
const turns = 15;

/** Proposals of a turn. */
const proposals = 40_000;

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: loads.map(nameOf),
  measure: async () => {
    const module = await WebAssembly.compile(
      readFileSync(await benchModule('fast', ['--example', 'in_wasm'], 'examples/in_wasm.wasm')),
    );
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
  return others.map((other, index) => ({
    name: nameOf(load),
    value: Math.round(ours.best),
    unit: 'props/cpu-s',
    peer: peers[index] ?? '',
    peer_value: Math.round(other.best),
    ratio: thousandths(ours.best / other.best),
    ratio_median: thousandths(median(ours.turns.map((speed, turn) => speed / (other.turns[turn] ?? Number.NaN)))),
  }));
}

/** @param {number} number */
const thousandths = (number) => Math.round(number * 1000) / 1000;

/** @param {number[]} numbers */
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** One core in an instance of its own, and what it did in each turn so far. */
class Racer {
  /** @type {number[]} */
  turns = [];

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
    this.run(proposals);
  }

  turn() {
    const start = process.cpuUsage();
    const committed = this.run(proposals);
    const { user, system } = process.cpuUsage(start);
    this.turns.push((committed * 1e6) / (user + system));
  }

  get best() {
    return Math.max(...this.turns);
  }
}
