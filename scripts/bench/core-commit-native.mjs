/** Commands committed and applied on all nodes per second of CPU time, in memory, natively: ours beside two published cores. */

const names = ['3n', '5n'].flatMap((nodes) => ['b1', 'b64'].map((batch) => `core.commit.${nodes}.${batch}.native`));

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names,
  measure: (bench) => bench.native(['-p', 'raft-bench', '--bin', 'raft-bench', '--', 'core.commit']),
};
