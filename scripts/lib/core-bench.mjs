/** The core's benchmark crate as WebAssembly modules, for speed or, as the page's own module, for size. */

import { join } from 'node:path';
import { at, wasmTarget } from './paths.mjs';
import { must } from './run.mjs';
import { forSize, forSpeed, optimised } from './wasm.mjs';

/** The optimiser's arguments for what each of cargo's profiles builds. */
const optimiser = { fast: forSpeed, release: forSize };

/**
 * @param {'fast' | 'release'} profile Built for speed, or for size.
 * @param {string[]} target What cargo shall build: `--example` and its name.
 * @param {string} file Where that lies under the target's folder.
 * @returns {Promise<string>} The optimised module's file.
 */
export async function benchModule(profile, target, file) {
  const where = ['-p', 'raft-bench', '--target', wasmTarget, ...target];
  await must('cargo', ['build', '--locked', '--profile', profile, ...where]);
  return optimised(join(at('target', wasmTarget, profile), file), optimiser[profile]);
}
