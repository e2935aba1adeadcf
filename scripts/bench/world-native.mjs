/**
 * The world, natively: a simulated hour of five nodes with a client at ten commands a second, checks on, keyframes and all; events a
 * second beside raft-rs' nodes around a plain queue, which neither checks nor remembers; and what the checks add.
 */

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: ['world.hour.native', 'world.events.native', 'world.checks.native'],
  measure: (bench) => bench.native(['-p', 'raft-bench', '--bin', 'raft-bench-world']),
};
