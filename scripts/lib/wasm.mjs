/** Rust to ./pkg: wasm-pack in release, then binaryen's optimiser. wasm-pack's own optimiser step is off: it downloads a program. */

import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, cache, lensPkg, pkg, searchPkg } from './paths.mjs';
import { must, step } from './run.mjs';
import { toolEnv, tools } from './setup.mjs';
import { filesUnder, hashBytes, hashFiles, unlessStamped } from './stamp.mjs';

const moduleFile = join(pkg, 'raftarium_bg.wasm');
const lensFile = join(lensPkg, 'raftarium_lens_bg.wasm');
const searchFile = join(searchPkg, 'raftarium_search_bg.wasm');

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

/** Every module, as new as the Rust sources. */
export async function ensureWasm() {
  await ensureFirstWasm();
  await ensureLateWasm();
}

const ingredients = () => hashFiles(sources(), forSize.join(' '));

/** ./pkg: the module that the page begins with. */
export async function ensureFirstWasm() {
  const hash = ingredients();
  const outputs = [moduleFile, join(pkg, 'raftarium_bg.js'), join(pkg, 'raftarium.d.ts')];
  await unlessStamped('wasm', hash, outputs, async () => {
    await step('compiling the Rust core to WebAssembly', () =>
      must(tools.wasmPack, ['build', '--release', '--mode', 'no-install', '--no-pack', '--out-dir', 'pkg'], {
        env: toolEnv(),
      }),
    );
    await step('optimising the module', () => optimise(moduleFile, forSize));
  });
}

/** The modules that the page fetches when they are first needed. */
export async function ensureLateWasm() {
  const hash = ingredients();
  await ensureLens(hash);
  await ensureSearch(hash);
}

/**
 * ./pkg-lens: the module that plays a run again and tells more of it. The page fetches it when it is first needed.
 * @param {string} hash Of what both modules are made from.
 */
async function ensureLens(hash) {
  const outputs = [lensFile, join(lensPkg, 'raftarium_lens_bg.js'), join(lensPkg, 'raftarium_lens.d.ts')];
  await unlessStamped('lens', hash, outputs, async () => {
    await step('compiling the lens to WebAssembly', () =>
      must(
        tools.wasmPack,
        ['build', at('crates/lens'), '--release', '--mode', 'no-install', '--no-pack', '--out-dir', lensPkg],
        { env: toolEnv() },
      ),
    );
    await step('optimising the lens', () => optimise(lensFile, forSize));
  });
}

/**
 * ./pkg-search: the module with which workers of the page look for counterexamples. It computes for minutes, so it is made for speed.
 * @param {string} hash Of what all modules are made from.
 */
async function ensureSearch(hash) {
  const outputs = [searchFile, join(searchPkg, 'raftarium_search_bg.js'), join(searchPkg, 'raftarium_search.d.ts')];
  await unlessStamped('search', hash, outputs, async () => {
    await step('compiling the search to WebAssembly', () =>
      must(
        tools.wasmPack,
        [
          'build',
          at('crates/search'),
          '--profile',
          'fast',
          '--mode',
          'no-install',
          '--no-pack',
          '--out-dir',
          searchPkg,
        ],
        { env: toolEnv() },
      ),
    );
    await step('optimising the search', () => optimise(searchFile, forSpeed));
  });
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
  if (!existsSync(kept)) {
    mkdirSync(join(cache, 'optimised'), { recursive: true });
    const wasmOpt = at('node_modules/binaryen/bin/wasm-opt');
    await must(process.execPath, [wasmOpt, file, '-o', kept, ...args]);
  }
  return kept;
}
