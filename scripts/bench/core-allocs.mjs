/** How often a cluster of three asks the allocator for memory, per committed entry. */

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: ['core.allocs.3n.b1'],
  measure: (bench) => bench.native(['-p', 'raft-bench', '--bin', 'raft-bench-allocs']),
};
