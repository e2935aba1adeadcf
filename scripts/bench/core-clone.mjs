/** What it costs to keep a moment of the past: clones of five nodes with a thousand entries each, and of their logs alone. */

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: ['core.clone.logs', 'core.clone.nodes'],
  measure: (bench) => bench.native(['-p', 'raft-bench', '--bin', 'raft-bench', '--', 'core.clone']),
};
