/**
 * Workers that search, as the page sees them: this file knows their script's address and the module's, both fetched when a search is started first.
 * The worker itself is `session-search-worker.ts`; what is done with what it finds is `late/search*.ts`.
 */

import moduleUrl from '../../pkg-search/raftarium_search_bg.wasm?url';
import type { Answer, Count, Hire, Order } from './search-model';
import scriptUrl from './session-search-worker.ts?worker&url';

/** What of Trusted Types is used here; TypeScript's library has no words for it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let trusted: string | null = null;

/** The script's address as the page's policy takes it: this one, and none that anybody made of text. */
function script(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const address = () => scriptUrl;
  trusted ??=
    trustedTypes?.createPolicy('raftarium-search', { createScriptURL: address }).createScriptURL('') ?? scriptUrl;
  return trusted;
}

/** Wall milliseconds between two reports of a count. */
const COUNT_GAP_MS = 250;

const moduleAddress = () => new URL(moduleUrl, import.meta.url).href;

/** A worker with its first order. */
function working(first: Order, heard: (answer: Answer) => void): Worker {
  const worker = new Worker(script(), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<Answer>) => heard(data);
  // Its script cannot be fetched, or something escaped it.
  worker.onerror = (event) => {
    event.preventDefault();
    heard({ kind: 'failed', detail: event.message || scriptUrl, trapped: false });
  };
  worker.postMessage(first);
  return worker;
}

export const hire: Hire = (job, gapMs, heard) => {
  const worker = working({ do: 'begin', url: moduleAddress(), job, gapMs }, heard);
  const order = (it: Order) => worker.postMessage(it);
  return {
    goOn: () => order({ do: 'goOn' }),
    pause: () => order({ do: 'pause' }),
    fire: () => worker.terminate(),
  };
};

export const count: Count = (run, futures, heard) => {
  const worker = working({ do: 'count', url: moduleAddress(), run, futures, gapMs: COUNT_GAP_MS }, heard);
  return { fire: () => worker.terminate() };
};
