/**
 * Rust to ./pkg: cargo, wasm-bindgen, then binaryen's optimiser. `wasm-pack build` makes the same files by the same two steps (`check-readme.mjs` holds
 * that), but to compile it takes longer than to compile all of the page; its own optimiser step is off, since it downloads a program.
 */

import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, cache, lensPkg, pkg, root, searchPkg, target, wasmTarget } from './paths.mjs';
import { must, step } from './run.mjs';
import { tools } from './setup.mjs';
import { filesUnder, hashBytes, hashFiles, isStamped, unlessStamped, unlessThere } from './stamp.mjs';

/** Named one by one: with `--all-features` came a module that Node 20 refuses. */
const features = [
  '--enable-bulk-memory',
  '--enable-mutable-globals',
  '--enable-nontrapping-float-to-int',
  '--enable-sign-ext',
  '--enable-multivalue',
  '--enable-reference-types',
];

/**
 * The page's module, as gzip likes it. A function that is called once is not drawn into its caller, unless it is tiny: the
 * module is a little longer, and 9 kB shorter when gzipped. And like lies near like: gzip looks back no further than 32 kB.
 * No address is below 1,024 (there is the far end of the stack), so that offsets may move into the instructions; and nobody
 * reads which compiler made it.
 */
export const forSize = [
  '-O3',
  '--one-caller-inline-max-function-size=40',
  '--low-memory-unused',
  '--strip-producers',
  '--strip-target-features',
  '--reorder-functions-by-name',
  ...features,
];

/** Modules that are measured. */
export const forSpeed = ['-O3', ...features];

/** Everything that the module is made from. */
function sources() {
  return filesUnder('Cargo.toml', 'Cargo.lock', 'crates').filter((file) => !file.startsWith(at('crates/tools')));
}

/**
 * A module of the page.
 * @typedef {object} Module
 * @property {string} stamp Its name among the stamps.
 * @property {string} what Its name for people.
 * @property {string} crate Its package, of which its files are named after.
 * @property {string} folder Where its files go.
 * @property {string} profile Cargo's.
 * @property {string[]} optimiser The arguments of wasm-opt.
 */

/** ./pkg: the module that the page begins with. @type {Module} */
const first = {
  stamp: 'wasm',
  what: 'the Rust core',
  crate: 'raftarium',
  folder: pkg,
  profile: 'release',
  optimiser: forSize,
};

/** ./pkg-lens: the module that plays a run again and tells more of it. The page fetches it when it is first needed. @type {Module} */
const lens = {
  stamp: 'lens',
  what: 'the lens',
  crate: 'raftarium-lens',
  folder: lensPkg,
  profile: 'release',
  optimiser: forSize,
};

/** ./pkg-search: for workers of the page that look for counterexamples. It computes for minutes, so it is made for speed. @type {Module} */
const search = {
  stamp: 'search',
  what: 'the search',
  crate: 'raftarium-search',
  folder: searchPkg,
  profile: 'fast',
  optimiser: forSpeed,
};

/** Every module, as new as the Rust sources. */
export async function ensureWasm() {
  await ensureFirstWasm();
  await ensureLateWasm();
}

/** ./pkg: the module that the page begins with. */
export const ensureFirstWasm = () => ensureModule(first, ingredients());

/** The modules that the page fetches when they are first needed. */
export async function ensureLateWasm() {
  const hash = ingredients();
  await ensureModule(lens, hash);
  await ensureModule(search, hash);
}

/** The long part of `ensureFirstWasm`, which needs neither tools nor packages: to be done while those are made ready. */
export async function compileFirstWasm() {
  if (!isStamped(first.stamp, ingredients(), filesOf(first))) await compiled(first);
}

const ingredients = () => hashFiles(sources(), [...forSize, ...forSpeed].join(' '));

/** @param {Module} module */
function filesOf({ crate, folder }) {
  const name = crate.replaceAll('-', '_');
  return [`${name}_bg.wasm`, `${name}_bg.js`, `${name}.d.ts`].map((file) => join(folder, file));
}

/**
 * @param {Module} module
 * @param {string} hash Of what all modules are made from.
 */
async function ensureModule(module, hash) {
  const outputs = filesOf(module);
  await unlessStamped(module.stamp, hash, outputs, async () => {
    const file = await compiled(module);
    await step(`optimising ${module.what}`, async () => {
      await glueModule(file, module.folder);
      await optimise(outputs[0] ?? '', module.optimiser);
    });
  });
}

/** What this process has compiled. @type {Map<Module, Promise<string>>} */
const begun = new Map();

/** @param {Module} module */
function compiled(module) {
  const { what, crate, profile } = module;
  const file = `${crate.replaceAll('-', '_')}.wasm`;
  const result =
    begun.get(module) ??
    step(`compiling ${what} to WebAssembly`, () => cargoModule(profile, ['--lib', '-p', crate], file));
  begun.set(module, result);
  return result;
}

/**
 * The first of the two steps that `wasm-pack build` takes, too.
 * @param {string} profile Cargo's.
 * @param {string[]} what Cargo shall build.
 * @param {string} file Where that lies under the profile's folder.
 * @param {string} [cwd] The root of another copy of the repository.
 * @returns {Promise<string>} The module's file.
 */
export async function cargoModule(profile, what, file, cwd = root) {
  // Said aloud: a setting in somebody's home would put it elsewhere.
  const where = ['--profile', profile, '--target', wasmTarget, '--target-dir', target];
  await must('cargo', ['build', '--locked', ...what, ...where], { cwd });
  return join(target, wasmTarget, profile, file);
}

/**
 * The second step. The target is wasm-pack's own choice.
 * @param {string} file The module as the compiler made it.
 * @param {string} folder Where what a page loads goes.
 */
export async function glueModule(file, folder) {
  await must(tools['wasm-bindgen'], [file, '--out-dir', folder, '--typescript', '--target', 'bundler']);
}

/**
 * Replaces a module by its optimised form.
 * @param {string} file
 * @param {string[]} args The optimiser's.
 */
async function optimise(file, args) {
  copyFileSync(await optimised(file, args), file);
}

/**
 * Optimises a module; the result is kept by the hash of what went in.
 * @param {string} file
 * @param {string[]} args The optimiser's.
 * @returns {Promise<string>} The optimised module's file.
 */
export async function optimised(file, args) {
  const before = readFileSync(file);
  const kept = join(cache, 'optimised', `${hashBytes(args.join(' ') + hashBytes(before))}.wasm`);
  const wasmOpt = at('node_modules/binaryen/bin/wasm-opt');
  await unlessThere(kept, async (part) => {
    await must(process.execPath, [wasmOpt, file, '-o', part, ...args]);
  });
  return kept;
}
