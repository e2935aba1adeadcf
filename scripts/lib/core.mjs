/** The WebAssembly module in Node, as the page has it: from ./pkg, which wasm-bindgen wrote for a bundler. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pkg } from './paths.mjs';

/**
 * @typedef {object} LiveCore
 * @property {typeof import('../../pkg/raftarium.js')} core The one set of glue functions.
 * @property {WebAssembly.Memory} memory All that the instance behind it uses.
 *
 * @returns {Promise<LiveCore>} A fresh instance.
 */
export async function liveCore() {
  const glue = await import(pathToFileURL(join(pkg, 'raftarium_bg.js')).href);
  const { instance } = await WebAssembly.instantiate(readFileSync(join(pkg, 'raftarium_bg.wasm')), {
    './raftarium_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  return { core: glue, memory: /** @type {WebAssembly.Memory} */ (instance.exports.memory) };
}

/** @returns {Promise<typeof import('../../pkg/raftarium.js')>} A fresh instance behind the one set of glue functions. */
export const loadCore = async () => (await liveCore()).core;
