/**
 * Makes a machine ready: checks what only a person can install (Node, Rust), and installs the rest. Each part returns at
 * once when there is nothing to do. Uses nothing outside Node itself, because it runs before there are any packages.
 */

import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { at, wasmTarget } from './paths.mjs';
import { must, run, step, Trouble, which } from './run.mjs';
import { filesUnder, hashFiles, unlessStamped } from './stamp.mjs';

/** Vite's own demand. Major and minor version. */
const nodeMin = [20, 19];
const exe = process.platform === 'win32' ? '.exe' : '';
const toolFolder = at('crates/tools/target/debug');

/** The tools that crates/tools builds, by full path. */
export const tools = {
  wasmPack: `${toolFolder}/wasm-pack${exe}`,
  wasmBindgen: `${toolFolder}/wasm-bindgen${exe}`,
  testRunner: `${toolFolder}/wasm-bindgen-test-runner${exe}`,
};

/** Our tools first on PATH: wasm-pack calls wasm-bindgen by name. */
export const toolEnv = () => ({ PATH: `${toolFolder}${delimiter}${process.env.PATH ?? ''}` });

/** Node itself: everything below needs it. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [majorMin = 0, minorMin = 0] = nodeMin;
  if (major > majorMin || (major === majorMin && minor >= minorMin)) return;
  throw new Trouble(
    `Node ${nodeMin.join('.')} or newer is needed, this is ${process.versions.node}: see https://nodejs.org`,
  );
}

/** Cargo on PATH, or in rustup's own folder when a shell has not read its profile yet. */
export function checkCargo() {
  if (which('cargo')) return;
  const home = process.env.CARGO_HOME ?? `${process.env.HOME ?? process.env.USERPROFILE}/.cargo`;
  if (existsSync(`${home}/bin/cargo${exe}`)) {
    process.env.PATH = `${home}/bin${delimiter}${process.env.PATH ?? ''}`;
    return;
  }
  throw new Trouble(
    'Rust is needed and `cargo` was not found: install it from https://rustup.rs, then run this again.',
  );
}

/** The standard library for WebAssembly. */
export async function ensureWasmTarget() {
  const { code, output } = await run('rustc', ['--print', 'target-libdir', '--target', wasmTarget]);
  if (code === 0 && existsSync(output.trim())) return;
  if (!which('rustup')) {
    throw new Trouble(
      `Rust's ${wasmTarget} target is needed: install it as your Rust was installed (rustup: \`rustup target add ${wasmTarget}\`).`,
    );
  }
  await step(`adding Rust's ${wasmTarget} target`, () => must('rustup', ['target', 'add', wasmTarget]));
}

/** node_modules as the lock file says. */
export async function ensurePackages() {
  const hash = hashFiles([at('package-lock.json')], process.versions.node.split('.')[0]);
  await unlessStamped('packages', hash, [at('node_modules/.package-lock.json')], () =>
    step('installing npm packages', async () => {
      await must(which('npm') ?? 'npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: at() });
    }),
  );
}

/** wasm-pack, wasm-bindgen and its test runner. */
export async function ensureTools() {
  const sources = filesUnder('crates/tools');
  await unlessStamped('tools', hashFiles(sources), Object.values(tools), () =>
    step('building wasm-pack and wasm-bindgen (first time only, about a minute)', async () => {
      await must('cargo', ['build', '--locked', '--bins', '--manifest-path', at('crates/tools/Cargo.toml')], {
        // Whatever target folder or flags are set for the workspace, the tools stay where we look for them.
        env: { CARGO_TARGET_DIR: dirname(toolFolder) },
      });
    }),
  );
}

/** All of it: npm's download and cargo's compilation at the same time, because they wait for different things. */
export async function ensureMachine() {
  checkNode();
  checkCargo();
  await ensureWasmTarget();
  await Promise.all([ensurePackages(), ensureTools()]);
}
