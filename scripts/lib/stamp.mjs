/** Remembers what was made from what, so that a second call has nothing to do. Contents count, not dates: a fresh clone is no change. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { at, cache, root } from './paths.mjs';

/** Folders that hold what is made, never what it is made from. */
const made = new Set(['target', 'node_modules', 'pkg', 'pkg-lens', 'pkg-search', 'dist', '.cache', '.git']);

/**
 * Every file under these paths, sorted; paths that are not there are left out.
 * @param {...string} paths Relative to the root.
 * @returns {string[]} Absolute paths.
 */
export function filesUnder(...paths) {
  return paths.flatMap((path) => walk(at(path))).sort();
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function walk(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !made.has(name))
    .flatMap((name) => walk(join(path, name)));
}

/**
 * One hash of names and contents.
 * @param {string[]} files Absolute paths.
 * @param {string} [salt] Anything else that the result depends on.
 */
export function hashFiles(files, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`\0${relative(root, file)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** @param {Uint8Array | string} bytes */
export const hashBytes = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * Runs `make` unless `name` was last made from this very `hash`, and its outputs are still the ones that were made then (told by
 * their sizes: someone may have run wasm-pack by hand).
 * @param {string} name
 * @param {string} hash
 * @param {string[]} outputs Absolute paths.
 * @param {() => Promise<void>} make
 * @returns {Promise<boolean>} Whether it was made now.
 */
export async function unlessStamped(name, hash, outputs, make) {
  const file = join(cache, 'stamps', name);
  const stamp = () =>
    [hash, ...outputs.map((output) => statSync(output, { throwIfNoEntry: false })?.size ?? 'absent')].join(' ');
  if (existsSync(file) && readFileSync(file, 'utf8') === stamp()) return false;
  rmSync(file, { force: true });
  await make();
  mkdirSync(join(cache, 'stamps'), { recursive: true });
  writeFileSync(file, stamp());
  return true;
}
