/**
 * The worker that searches: with the `session*.ts` beside it the only file that imports a WebAssembly module. It searches in slices, so that an order
 * reaches it, and tells at most once in a while how far it is. It knows no page and no rule: the search is the module's (`crates/search`).
 */

import type { Search } from '../../pkg-search/raftarium_search';
import * as glue from '../../pkg-search/raftarium_search_bg.js';
import type { Answer, Order } from './search-model';
import { isTrap } from './trap';
import { compiled } from './unpack';

/** Wall milliseconds of one slice: an order waits no longer. */
const SLICE_MS = 24;

/** The worker's side of the letters. */
interface Desk {
  onmessage: ((event: MessageEvent<Order>) => void) | null;
  postMessage(answer: Answer): void;
}

const page = globalThis as unknown as Desk;
let search: Search | null = null;
let runs = false;
let looping = false;
let gapMs = 0;
let toldMs = Number.NEGATIVE_INFINITY;
/** What was told last of a find, its run and whether it is cut: another state of it is told at once. */
let toldFind = '0 false';

/** Lets the orders in that have come meanwhile: a timer would wait four milliseconds for nothing. */
function breathe(): Promise<void> {
  return new Promise((resume) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resume();
    };
    port2.postMessage(0);
  });
}

/** Tells how far it is: at once of a find and of its end, otherwise when it is time, or `now`. A report is made only to be sent: it holds a whole run. */
function tell(now: boolean): void {
  if (search === null) return;
  const done = search.isDone();
  const find = `${search.foundIn()} ${done}`;
  const nowMs = performance.now();
  if (now || find !== toldFind || nowMs - toldMs >= gapMs) {
    toldFind = find;
    toldMs = nowMs;
    page.postMessage({ kind: 'report', report: search.report() });
  }
  // A find stands until the page wants the next.
  if (done) runs = false;
}

async function loop(): Promise<void> {
  if (looping) return;
  looping = true;
  while (runs && search !== null) {
    search.advance(SLICE_MS);
    tell(false);
    await breathe();
  }
  looping = false;
}

async function load(url: string): Promise<void> {
  const imports = { './raftarium_search_bg.js': glue.imports };
  const { exports } = await WebAssembly.instantiate(await compiled(url), imports);
  glue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as (() => void) | undefined)?.();
}

async function begin({ url, job, gapMs: gap }: Extract<Order, { do: 'begin' }>): Promise<void> {
  gapMs = gap;
  runs = true;
  await load(url);
  search = new glue.Search(job.broken, job.nodes, job.seed);
  await loop();
}

/** Counts to the end; nobody lets it rest, it is ended. */
async function count({ url, run, futures, gapMs: gap }: Extract<Order, { do: 'count' }>): Promise<void> {
  await load(url);
  const odds = new glue.Odds(run, futures);
  for (let lastMs = 0; ; ) {
    const done = odds.isDone();
    if (done || performance.now() - lastMs >= gap) {
      lastMs = performance.now();
      page.postMessage({ kind: 'odds', odds: odds.report() });
    }
    if (done) return;
    odds.advance(SLICE_MS);
    await breathe();
  }
}

async function take(order: Order): Promise<void> {
  switch (order.do) {
    case 'begin':
      return begin(order);
    case 'count':
      return count(order);
    case 'goOn': {
      if (search?.isDone()) search.resume();
      runs = true;
      return loop();
    }
    case 'pause':
      runs = false;
      return tell(true);
    default:
      return order satisfies never;
  }
}

page.onmessage = ({ data }) => {
  take(data).catch((error: unknown) => {
    search = null;
    runs = false;
    const detail = error instanceof Error ? error.message : String(error);
    page.postMessage({ kind: 'failed', detail, trapped: isTrap(error) });
  });
};
