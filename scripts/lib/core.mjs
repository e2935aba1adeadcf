/** The WebAssembly module in Node, as the page has it: from ./pkg, which wasm-pack wrote for a bundler. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pkg } from './paths.mjs';

/** @returns {Promise<typeof import('../../pkg/raftarium.js')>} A fresh instance behind the one set of glue functions. */
export async function loadCore() {
  const glue = await import(pathToFileURL(join(pkg, 'raftarium_bg.js')).href);
  const { instance } = await WebAssembly.instantiate(readFileSync(join(pkg, 'raftarium_bg.wasm')), {
    './raftarium_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  return glue;
}
