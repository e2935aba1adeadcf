/**
 * Makes a machine ready: checks what only a person can install (Node, Rust), and installs the rest. Each part returns at
 * once when there is nothing to do. Uses nothing outside Node itself, because it runs before there are any packages.
 */

import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { at, wasmTarget } from './paths.mjs';
import { must, run, step, Trouble, which } from './run.mjs';
import { filesUnder, forget, hashFiles, unlessStamped } from './stamp.mjs';

/** Vite's own demand. Major and minor version. */
const nodeMin = [20, 19];
const exe = process.platform === 'win32' ? '.exe' : '';
const toolFolder = at('crates/tools/target/debug');

/** The tools that crates/tools builds, by full path; each is there after `ensureTool`. */
export const tools = {
  'wasm-bindgen': `${toolFolder}/wasm-bindgen${exe}`,
  'wasm-bindgen-test-runner': `${toolFolder}/wasm-bindgen-test-runner${exe}`,
  'wasm-pack': `${toolFolder}/wasm-pack${exe}`,
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

/** Rust as new as the manifest asks for: cargo's own words, where it is older than its edition, lead elsewhere. */
export async function checkRust() {
  const asked = /^rust-version = "([\d.]+)"/m.exec(readFileSync(at('Cargo.toml'), 'utf8'))?.[1] ?? '';
  const { code, output } = await run('rustc', ['--version']);
  if (code !== 0) throw new Trouble(`\`rustc --version\` failed: is Rust installed? (https://rustup.rs)\n${output}`);
  const trouble = rustTrouble(output, asked);
  if (trouble) throw new Trouble(trouble);
}

/**
 * @param {string} told By `rustc --version`.
 * @param {string} asked A version, major and minor.
 * @returns {string | undefined} What is wrong, if anything is.
 */
export function rustTrouble(told, asked) {
  const [major, minor] = (/^rustc (\d+)\.(\d+)/.exec(told) ?? []).slice(1).map(Number);
  const [majorMin = 0, minorMin = 0] = asked.split('.').map(Number);
  // A compiler of another name knows best itself.
  if (major === undefined || minor === undefined) return undefined;
  if (major > majorMin || (major === majorMin && minor >= minorMin)) return undefined;
  return `Rust ${asked} or newer is needed, this is ${told.trim()}: \`rustup update stable\` brings it.`;
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

/**
 * What the lock file's own list does not tell: a package that somebody has taken away.
 * @param {string} folder With package.json.
 * @returns {string[]}
 */
export function missingPackages(folder) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const names = Object.keys({ ...dependencies, ...devDependencies });
  return names.filter((name) => !existsSync(join(folder, 'node_modules', name, 'package.json')));
}

/** node_modules as the lock file says. */
export async function ensurePackages() {
  const hash = hashFiles([at('package-lock.json')], process.versions.node.split('.')[0]);
  if (missingPackages(at()).length > 0) forget('packages');
  await unlessStamped('packages', hash, [at('node_modules/.package-lock.json')], () =>
    step('installing npm packages', async () => {
      await must(which('npm') ?? 'npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: at() });
    }),
  );
}

/**
 * A tool of crates/tools. Only wasm-bindgen is built by default: the others bring web servers and TLS, 249 crates instead of 43.
 * @param {keyof typeof tools} name
 */
export async function ensureTool(name) {
  const args = ['build', '--locked', '--bin', name, '--manifest-path', at('crates/tools/Cargo.toml')];
  const features = name === 'wasm-bindgen' ? [] : ['--features', name];
  await unlessStamped(name, hashFiles(filesUnder('crates/tools')), [tools[name]], () =>
    step(`building ${name} (first time only)`, async () => {
      // Whatever target folder or flags are set for the workspace, the tools stay where we look for them.
      await must('cargo', [...args, ...features], { env: { CARGO_TARGET_DIR: dirname(toolFolder) } });
    }),
  );
}

/**
 * All that a build of the page needs, at the same time: npm's download and cargo's compilations wait for different things, and half of a compilation
 * is one thread.
 * @param {() => Promise<void>} [alongside] What needs cargo alone.
 */
export async function ensureMachine(alongside) {
  checkNode();
  checkCargo();
  await checkRust();
  await ensureWasmTarget();
  await Promise.all([ensurePackages(), ensureTool('wasm-bindgen'), alongside?.()]);
}
