/** The core's benchmark crate as WebAssembly modules, for speed: the page's own module is built for size. */

import { join } from 'node:path';
import { at, wasmTarget } from './paths.mjs';
import { must } from './run.mjs';
import { forSpeed, optimised } from './wasm.mjs';

/**
 * @param {string[]} target What cargo shall build: `--lib`, or `--example` and its name.
 * @param {string} file Where that lies under the target's folder.
 * @returns {Promise<string>} The optimised module's file.
 */
export async function benchModule(target, file) {
  await must('cargo', [
    'build',
    '--locked',
    '--profile',
    'fast',
    '-p',
    'raft-bench',
    '--target',
    wasmTarget,
    ...target,
  ]);
  return optimised(join(at('target', wasmTarget, 'fast'), file), forSpeed);
}
