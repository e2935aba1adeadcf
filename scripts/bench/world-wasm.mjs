/**
 * The world in the page's own module (which is built for size), under Node: a simulated hour of five nodes with a client at ten
 * commands a second, checks on; then going to random instants of it, and the memory that all its history takes. The peer's module, a
 * plain queue around raft-rs' nodes, is built for speed.
 */

import { readFileSync } from 'node:fs';
import { liveCore } from '../lib/core.mjs';
import { benchModule } from '../lib/core-bench.mjs';
import { ensureWasm } from '../lib/wasm.mjs';

const runText = 'raftarium 1\nnodes 5\nseed 7\n@1s load c1 100ms\n';
const hourUs = 3_600_000_000;
const seeks = 200;

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: ['world.hour.wasm', 'world.seek.p95', 'world.memory', 'world.events.wasm'],
  measure: async () => {
    await ensureWasm();
    const { core, memory } = await liveCore();
    const session = new core.Session(runText);
    const hourMs = cpuMs(() => session.advance(hourUs, Number.POSITIVE_INFINITY));
    const times = instants().map((atUs) => cpuMs(() => session.seek(atUs)));
    const bytes = memory.buffer.byteLength;
    const events = session.event_count;
    const peer = await plainWorld();
    const rate = Math.round((events / hourMs) * 1000);
    return [
      { name: 'world.hour.wasm', value: hourMs / 1000, unit: 's' },
      { name: 'world.seek.p95', value: percentile(times, 95), unit: 'ms' },
      { name: 'world.memory', value: bytes / 1e6, unit: 'MB' },
      {
        name: 'world.events.wasm',
        value: rate,
        unit: 'events/cpu-s',
        peer: 'raft-rs 0.7.0',
        peer_value: peer,
        ratio: Math.round((rate / peer) * 1000) / 1000,
      },
    ];
  },
};

/** CPU time of this process that a call takes. @param {() => unknown} call */
function cpuMs(call) {
  const start = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The same instants every time, all over the hour, in no order. */
function instants() {
  let state = 7;
  return Array.from({ length: seeks }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.round((state / 2_147_483_647) * hourUs);
  });
}

/**
 * @param {number[]} values
 * @param {number} percent
 */
const percentile = (values, percent) =>
  values.toSorted((a, b) => a - b)[Math.ceil((values.length * percent) / 100) - 1] ?? Number.NaN;

/** Events per second of CPU time of raft-rs' nodes around a plain queue. */
async function plainWorld() {
  const { instance } = await WebAssembly.instantiate(
    readFileSync(await benchModule('fast', ['--example', 'in_wasm'], 'examples/in_wasm.wasm')),
    {},
  );
  const play = /** @type {(seconds: number) => number} */ (instance.exports.bench_plain_world);
  play(60);
  let events = 0;
  const ms = cpuMs(() => {
    events = play(600);
  });
  return Math.round((events / ms) * 1000);
}
