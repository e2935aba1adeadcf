/** The core alone as a WebAssembly module, built and optimised as the page's is, as brotli sends it. */

import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { benchModule } from '../lib/core-bench.mjs';

/** @type {import('../lib/figures.mjs').Figures} */
export const figures = {
  names: ['core.size.brotli'],
  measure: async () => {
    const file = await benchModule('release', ['--example', 'core_alone'], 'examples/core_alone.wasm');
    return [{ name: 'core.size.brotli', value: brotliCompressSync(readFileSync(file)).length, unit: 'bytes' }];
  },
};
