/**
 * The lens module, as the page sees it: with `session.ts` the only file that imports a WebAssembly module. The lens plays a run again,
 * apart from the session that is on the page, and tells what the view model has no room for. It is fetched when it is first needed; when
 * it traps, the page goes on without it.
 */

import * as glue from '../../pkg-lens/raftarium_lens_bg.js';
import lensUrl from '../../pkg-lens/raftarium_lens_bg.wasm?url';
import type { Lens } from './lens-model';
import { compiled } from './unpack';

let loading: Promise<void> | null = null;
let memory: WebAssembly.Memory | null = null;

/** Begins a run at its start. Rejects when the module cannot be fetched, or the text is no run. */
export async function openLens(runText: string): Promise<Lens> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  await loading;
  return watched(new glue.Lens(runText));
}

/** Lenses of modules that have trapped: kept, as the glue would free a collected one in whatever module is there by then. */
const dead: Lens[] = [];

/** A lens whose module, once it has trapped, is not used again: the next lens gets a new one. */
function watched(lens: Lens): Lens {
  const guard = <Answer>(ask: () => Answer): Answer => {
    try {
      return ask();
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        loading = null;
        dead.push(lens);
      }
      throw error;
    }
  };
  return {
    get now_us() {
      return lens.now_us;
    },
    act: (text) => guard(() => lens.act(text)),
    advance: (untilUs, budgetMs) => guard(() => lens.advance(untilUs, budgetMs)),
    take: () => guard(() => lens.take()),
    free: () => lens.free(),
  };
}

async function load(): Promise<void> {
  const module = await compiled(lensUrl);
  const imports = { './raftarium_lens_bg.js': glue.imports };
  const { exports } = await WebAssembly.instantiate(module, imports);
  // As in `session.ts`: growing by nothing detaches the old buffer, so that the glue sees its cached views of it to be stale.
  memory?.grow(0);
  memory = exports.memory as WebAssembly.Memory;
  glue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as (() => void) | undefined)?.();
}
