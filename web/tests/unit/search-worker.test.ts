/** The worker that searches, on a module and a clock that the test makes: what it tells, when, and that a report is made only to be told. */

import { expect, it, vi } from 'vitest';
import type { Answer, Order } from '../../src/search-model';

/** A worker's script is no module to others: its types are of another world than this test's. */
const SCRIPT: string = '../../src/session-search-worker';

/** One slice of searching on the clock. */
const SLICE_MS = 24;

const made = { reports: 0, nowMs: 0, foundIn: 0, done: false, advances: 0 };

class Search {
  advance() {
    made.advances += 1;
    made.nowMs += SLICE_MS;
    if (made.advances === 40) made.foundIn = 7;
    if (made.advances === 43) made.done = true;
  }
  report() {
    made.reports += 1;
    return { runs: made.advances, found: made.foundIn === 0 ? null : { run_no: made.foundIn, shrinking: !made.done } };
  }
  foundIn = () => made.foundIn;
  isDone = () => made.done;
  resume() {
    Object.assign(made, { foundIn: 0, done: false });
  }
}

class Odds {
  left = 20;
  advance() {
    this.left -= 1;
    made.nowMs += SLICE_MS;
  }
  report() {
    made.reports += 1;
    return { done_prefixes: 20 - this.left };
  }
  isDone = () => this.left === 0;
}

vi.mock('../../../pkg-search/raftarium_search_bg.js', () => ({ Search, Odds, imports: {}, __wbg_set_wasm: () => {} }));
vi.mock('../../src/unpack', () => ({ compiled: async () => ({}) }));

/** The worker's side, and what it has told. */
async function worker() {
  const told: Answer[] = [];
  const desk = globalThis as unknown as {
    onmessage: (event: { data: Order }) => void;
    postMessage: (it: Answer) => void;
  };
  desk.postMessage = (answer) => told.push(answer);
  vi.spyOn(WebAssembly, 'instantiate').mockResolvedValue({ exports: {} } as never);
  vi.spyOn(performance, 'now').mockImplementation(() => made.nowMs);
  await import(/* @vite-ignore */ SCRIPT);
  return { told, order: (data: Order) => desk.onmessage({ data }) };
}

it('makes a report only to tell it: when it is time, at a find, at its end; then rests until it is asked to go on', async () => {
  const { told, order } = await worker();
  const job = { broken: '', nodes: 3, seed: '1' };
  order({ do: 'begin', url: 'x', job, gapMs: 250 });
  await vi.waitFor(() => expect(made.advances).toBe(43));
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ report: { found: { shrinking: false } } }));
  // The first slice, then one in eleven, and two tidings of the find.
  expect(told.map((answer) => answer.kind === 'report' && answer.report.runs)).toEqual([1, 12, 23, 34, 40, 43]);
  expect(made.reports).toBe(told.length);
  order({ do: 'goOn' });
  await vi.waitFor(() => expect(made.advances).toBeGreaterThan(50));
  expect(told[6]).toMatchObject({ report: { runs: 44, found: null } });
  order({ do: 'pause' });
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ report: { runs: made.advances } }));
  expect(made.reports).toBe(told.length);
});

it('counts futures the same way, and tells the last count', async () => {
  const { told, order } = await worker();
  const before = made.reports;
  told.length = 0;
  order({ do: 'count', url: 'x', run: '', futures: 1, gapMs: 250 });
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ odds: { done_prefixes: 20 } }));
  expect(told.map((answer) => answer.kind === 'odds' && answer.odds.done_prefixes)).toEqual([0, 11, 20]);
  expect(made.reports - before).toBe(told.length);
});
