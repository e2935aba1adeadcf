/**
 * Everything that `npm test` runs, in order: the quick and telling first. A suite runs programs, counts what they say, and
 * answers with numbers; it never skips itself.
 */

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { ensureChromium } from './browsers/chromium.mjs';
import { at, wasmTarget } from './paths.mjs';
import { run, Trouble } from './run.mjs';
import { ensureTool, tools } from './setup.mjs';
import { ensureSite } from './site.mjs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped Tests that their authors switched off.
 *
 * @typedef {Counts & { output: string }} Result The output is shown when anything failed.
 *
 * @typedef {object} Suite
 * @property {string} name A word, for `npm test -- NAME`.
 * @property {() => Promise<Result>} run
 */

/** Far more than any suite takes: a program that hangs is told as one, before whoever watches loses patience. */
const timeoutMs = 40 * 60_000;

/**
 * A program that is right or wrong as a whole.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<Result>}
 */
async function check(program, args, env = {}) {
  const { code, output } = await run(program, args, { env, timeoutMs });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, output };
}

/** @param {string} path @param {string[]} args A program of an npm package. */
const node = (path, ...args) => check(process.execPath, [at('node_modules', path), ...args]);

/** @returns {Promise<Result>} */
async function types() {
  const both = await Promise.all([
    node('typescript/bin/tsc', '-p', 'tsconfig.json'),
    node('typescript/bin/tsc', '-p', 'tsconfig.node.json'),
  ]);
  return { ...sum(both), output: both.map(({ output }) => output).join('') };
}

/** @returns {Promise<Result>} */
async function house() {
  const { complaints } = await import('./house-rules.mjs');
  const found = await complaints();
  return { passed: found.length ? 0 : 1, failed: found.length, skipped: 0, output: found.join('\n') };
}

/** Our crates' documentation: a link in it that leads nowhere is an error. */
const docs = () => check('cargo', ['doc', '--locked', '--workspace', '--no-deps'], { RUSTDOCFLAGS: '-D warnings' });

/**
 * Tests that cargo runs; every binary and every crate's doc examples closes with a line of its own.
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<Result>}
 */
async function cargoTests(args, env = {}) {
  const { code, output } = await run('cargo', ['test', '--locked', '--no-fail-fast', ...args], { env, timeoutMs });
  const result = { ...countCargo(output), output };
  // A build that fails runs no test and closes with no line.
  if (code !== 0 && result.failed === 0) result.failed = 1;
  return result;
}

/** @param {string} output */
export function countCargo(output) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const line of output.matchAll(/^test result: .*?(\d+) passed; (\d+) failed; (\d+) ignored/gm)) {
    counts.passed += Number(line[1]);
    counts.failed += Number(line[2]);
    counts.skipped += Number(line[3]);
  }
  return counts;
}

/** Tests in WebAssembly itself, under Node. */
async function wasmTests() {
  await ensureTool('wasm-bindgen-test-runner');
  return cargoTests(['-p', 'raftarium', '--target', wasmTarget], {
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: tools['wasm-bindgen-test-runner'],
  });
}

/**
 * A runner that leaves a report as JSON.
 * @template Report
 * @param {string} name Of the report.
 * @param {string[]} args
 * @param {(report: Report) => Counts} count
 * @returns {Promise<Result>}
 */
async function reporting(name, args, count) {
  const report = at('.cache/reports', `${name}.json`);
  rmSync(report, { force: true });
  const { code, output } = await run(process.execPath, args, { timeoutMs });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, output };
  const result = { ...count(JSON.parse(readFileSync(report, 'utf8'))), output };
  if (code !== 0 && result.failed === 0) result.failed = 1;
  return result;
}

/**
 * @param {string} name Of the report.
 * @param {string} config A file of Vitest's settings.
 */
const vitest = (name, config) =>
  reporting(
    name,
    [
      at('node_modules/vitest/vitest.mjs'),
      'run',
      `--config=${config}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=.cache/reports/${name}.json`,
    ],
    /** @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number }} report */
    (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests,
    }),
  );

/** @returns {Promise<Result>} */
async function browser() {
  process.env.RAFTARIUM_CHROMIUM = await ensureChromium();
  await ensureSite();
  return reporting(
    'browser',
    [at('node_modules/@playwright/test/cli.js'), 'test'],
    /** @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} report */
    ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }),
  );
}

/** @returns {Promise<Result>} The build is a test too: what cannot be built is told here, once. */
async function build() {
  await ensureSite();
  return { passed: 1, failed: 0, skipped: 0, output: '' };
}

/** Everything; and the core without the rules that can be broken, which nothing else here compiles. */
async function clippy() {
  const all = await check('cargo', ['clippy', '--locked', '--workspace', '--all-targets', '--', '-D', 'warnings']);
  if (all.failed) return all;
  return check('cargo', ['clippy', '--locked', '-p', 'raft-core', '--no-default-features', '--', '-D', 'warnings']);
}

/** @type {Suite[]} */
export const suites = [
  { name: 'fmt', run: () => check('cargo', ['fmt', '--all', '--check']) },
  { name: 'house', run: house },
  { name: 'biome', run: () => node('@biomejs/biome/bin/biome', 'ci', '--colors=off', '--error-on-warnings', '.') },
  { name: 'unit', run: () => vitest('unit', 'vitest.config.ts') },
  { name: 'build', run: build },
  { name: 'types', run: types },
  {
    name: 'clippy',
    run: clippy,
  },
  { name: 'docs', run: docs },
  { name: 'cargo', run: () => cargoTests(['--workspace']) },
  { name: 'wasm', run: wasmTests },
  { name: 'browser', run: browser },
];

/**
 * The journeys in other engines: not part of `npm test`, because they need two more browsers.
 * @type {Suite}
 */
export const engineSuite = { name: 'engines', run: () => vitest('engines', 'vitest.engines.config.ts') };

/**
 * @param {Counts[]} counts
 * @returns {Counts}
 */
export function sum(counts) {
  return counts.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * Runs a suite; what it throws is a failure of it, and so is silence.
 * @param {Suite} suite
 * @returns {Promise<Result>}
 */
export async function runSuite(suite) {
  try {
    const result = await suite.run();
    const silent = result.passed + result.failed === 0;
    return silent ? { ...result, failed: 1, output: `${result.output}\nNo test ran.` } : result;
  } catch (error) {
    const output = error instanceof Trouble ? error.message : String(error instanceof Error ? error.stack : error);
    return { passed: 0, failed: 1, skipped: 0, output };
  }
}
