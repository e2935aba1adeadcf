/** Where things are. Every other script takes its paths from here. */

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, wherever the command was typed. (Spelled so that a Node that is too old still gets as far as being told.) */
export const root = resolve(fileURLToPath(import.meta.url), '../../..');

/** @param {string[]} parts */
export const at = (...parts) => resolve(root, ...parts);

/** Ours to delete: stamps, optimised modules, logs, downloaded browsers. Never committed. */
export const cache = at('.cache');

/** The glue and the module that the page imports. */
export const pkg = at('pkg');

/** The same of the lens, which the page fetches later. */
export const lensPkg = at('pkg-lens');

/** And of the search, which a worker of the page fetches. */
export const searchPkg = at('pkg-search');

/** The static site that `npm run build` makes. */
export const dist = at('dist');

/** The target that the page's half of the Rust code is compiled for. */
export const wasmTarget = 'wasm32-unknown-unknown';

/** Where cargo puts what it compiles. */
export const target = resolve(process.env.CARGO_TARGET_DIR || at('target'));
