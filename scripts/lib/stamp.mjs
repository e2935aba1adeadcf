/** Remembers what was made from what, so that a second call has nothing to do. Contents count, not dates: a fresh clone is no change. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
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

const fileOf = (/** @type {string} */ name) => join(cache, 'stamps', name);

/**
 * What is written down of a making: a hash, and the sizes of what came of it.
 * @param {string} hash
 * @param {string[]} outputs
 */
const stampOf = (hash, outputs) =>
  [hash, ...outputs.map((output) => statSync(output, { throwIfNoEntry: false })?.size ?? 'absent')].join(' ');

/**
 * Whether `name` was last made from this very `hash`, and its outputs are still the ones that were made then (told by their sizes: someone may have run
 * wasm-pack by hand).
 * @param {string} name
 * @param {string} hash
 * @param {string[]} outputs Absolute paths.
 */
export function isStamped(name, hash, outputs) {
  const file = fileOf(name);
  return existsSync(file) && readFileSync(file, 'utf8') === stampOf(hash, outputs);
}

/** @param {string} name What shall be made again, whatever was written down. */
export const forget = (name) => rmSync(fileOf(name), { force: true });

/**
 * Runs `make` unless `name` is stamped so, and stamps it.
 * @param {string} name
 * @param {string} hash
 * @param {string[]} outputs Absolute paths.
 * @param {() => Promise<void>} make
 * @returns {Promise<boolean>} Whether it was made now.
 */
export async function unlessStamped(name, hash, outputs, make) {
  if (isStamped(name, hash, outputs)) return false;
  forget(name);
  await make();
  mkdirSync(join(cache, 'stamps'), { recursive: true });
  writeFileSync(fileOf(name), stampOf(hash, outputs));
  return true;
}

/**
 * Makes a file whose name says all that it is made of, unless it is there. What was begun and not ended (Ctrl+C, a full disk) has another name.
 * @param {string} file Absolute path.
 * @param {(part: string) => Promise<void>} make Writes the file under the name it is given.
 */
export async function unlessThere(file, make) {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  try {
    await make(part);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
}
