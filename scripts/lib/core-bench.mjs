/** The core's benchmark crate as WebAssembly modules, for speed or, as the page's own module, for size. */

import { cargoModule, forSize, forSpeed, optimised } from './wasm.mjs';

/** The optimiser's arguments for what each of cargo's profiles builds. */
const optimiser = { fast: forSpeed, release: forSize };

/**
 * @param {'fast' | 'release'} profile Built for speed, or for size.
 * @param {string[]} what What cargo shall build: `--example` and its name.
 * @param {string} file Where that lies under the profile's folder.
 * @returns {Promise<string>} The optimised module's file.
 */
export async function benchModule(profile, what, file) {
  return optimised(await cargoModule(profile, ['-p', 'raft-bench', ...what], file), optimiser[profile]);
}
