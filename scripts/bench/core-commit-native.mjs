/**
 * Commands committed and applied on all nodes per second of CPU time, in memory, natively: ours beside two published cores.
 * `announced`: followers hear of each commit at once, by a message of its own; otherwise with the next one, as raft-io does it.
 */

const loads = ['3n', '5n'].flatMap((nodes) => ['b1', 'b64'].map((batch) => `${nodes}.${batch}`));

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: ['', 'announced.'].flatMap((news) => loads.map((load) => `core.commit.${news}${load}.native`)),
  measure: (bench) => bench.native(['-p', 'raft-bench', '--bin', 'raft-bench', '--', 'core.commit']),
};
