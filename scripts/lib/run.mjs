/** Runs other programs, quietly: their output is kept, and shown only when they fail. */

import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';

/** Something a person can put right; `main` prints its message alone, without a stack. */
export class Trouble extends Error {}

/**
 * @typedef {object} Ran
 * @property {number} code Exit code; 127 when the program is not there, 124 when it ran out of time.
 * @property {string} output Standard output and error, in the order in which they came.
 *
 * @typedef {object} RunOptions
 * @property {Record<string, string>} [env] Added to our own environment.
 * @property {string} [cwd] The repository's root if absent.
 * @property {number} [timeoutMs] Ends the program after this time.
 * @property {boolean} [loud] Also show the output as it comes.
 */

/** What is kept as text has no colours in it. (Node warns when it is told both to colour and not to.) */
const plain = { NO_COLOR: '1', FORCE_COLOR: undefined, CARGO_TERM_COLOR: 'never' };

/**
 * Runs a program to its end. Never throws: the caller reads `code`.
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ran>}
 */
export function run(program, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...plain, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && program === 'npm',
    });
    /** @type {Buffer[]} */
    const chunks = [];
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(alarm);
      done({ code, output: Buffer.concat(chunks).toString('utf8') });
    };
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      chunks.push(chunk);
      if (options.loud) process.stdout.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const alarm = options.timeoutMs
      ? setTimeout(() => {
          child.kill('SIGKILL');
          // What the program itself had started may live on and hold the pipes: waiting for their end could be for ever.
          child.stdout.destroy();
          child.stderr.destroy();
          chunks.push(Buffer.from(`\n${program} had not ended after ${(options.timeoutMs ?? 0) / 1000} s.\n`));
          finish(124);
        }, options.timeoutMs)
      : undefined;
    child.on('error', (error) => {
      chunks.push(Buffer.from(`${program}: ${error.message}`));
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

/**
 * Runs a program that has to work.
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} Its output.
 * @throws {Trouble} With the program's output, when it fails.
 */
export async function must(program, args, options = {}) {
  const ran = await run(program, args, options);
  if (ran.code === 0) return ran.output;
  const said = options.loud ? '' : `${ran.output.trimEnd()}\n`;
  throw new Trouble(`${said}\`${[program, ...args].join(' ')}\` ended with code ${ran.code}.`);
}

/**
 * The full path of the first of these programs that is on PATH.
 * @param {...string} names
 * @returns {string | undefined}
 */
export function which(...names) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const found = endings.map((ending) => join(folder, name + ending)).find(isProgram);
      if (found) return found;
    }
  }
  return undefined;
}

/** @param {string} path */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Runs a command's main function, and turns what goes wrong into words and an exit code.
 * @param {() => Promise<void>} body
 */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Trouble ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

/**
 * Tells what is being done, does it, tells how long it took. Two may run at once: each line stands alone.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function step(what, body) {
  const started = performance.now();
  console.error(`  ${what} ...`);
  const result = await body();
  console.error(`  ${what}: ${seconds(started)}`);
  return result;
}

/**
 * Time since `started`, in words.
 * @param {number} started From `performance.now()`.
 */
export const seconds = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`;
