/**
 * The README's ways to the page, done by the letter. `npm start`, with a port. And `wasm-pack build` typed at the root of a copy of
 * the repository, with no script of ours around it, then `npm ci` and `npx vite`. Each ends in a browser that waits for a leader.
 */

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './lib/browsers/chromium.mjs';
import { openPage } from './lib/browsers/open.mjs';
import { at, target } from './lib/paths.mjs';
import { freePort, untilAnswers } from './lib/ports.mjs';
import { main, must, step, which } from './lib/run.mjs';
import { ensureMachine, ensureTool, toolEnv, tools } from './lib/setup.mjs';
import { cargoModule, ensureWasm, glueModule } from './lib/wasm.mjs';

await main(async () => {
  await ensureMachine();
  await ensureWasm();
  await step('npm start', () => servedPageElects(at(), 'npm', ['start']));
  const copy = mkdtempSync(join(tmpdir(), 'raftarium-'));
  try {
    await copyTracked(copy);
    await ensureTool('wasm-pack');
    // The dependencies that the tests have compiled are taken as they are; what is new is the command itself.
    const env = { ...toolEnv(), CARGO_TARGET_DIR: target };
    await step('wasm-pack build', () => must(tools['wasm-pack'], ['build', '--release'], { cwd: copy, env }));
    await step('the same by our own two steps', () => makesTheSame(copy));
    await step('npm ci', () => must(which('npm') ?? 'npm', ['ci', '--no-audit', '--no-fund'], { cwd: copy }));
    await step('npx vite', () => servedPageElects(copy, 'npx', ['vite', '--strictPort', '--port'], missesLens));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  console.log("The README's commands make a page that elects a leader.");
});

/** @param {string} folder Gets every file that git knows, as it is in the work tree: nothing that was made here. */
async function copyTracked(folder) {
  const names = (await must('git', ['ls-files', '-z'])).split('\0').filter(Boolean);
  for (const name of names.filter((name) => existsSync(at(name))))
    cpSync(at(name), join(folder, name), { recursive: true });
}

/**
 * `npm start` does without wasm-pack, and must make what it makes.
 * @param {string} copy Where wasm-pack has been.
 */
async function makesTheSame(copy) {
  const ours = join(copy, 'ours');
  await glueModule(await cargoModule('release', ['--lib', '-p', 'raftarium'], 'raftarium.wasm', copy), ours);
  for (const name of readdirSync(ours)) {
    if (readFileSync(join(ours, name)).equals(readFileSync(join(copy, 'pkg', name)))) continue;
    throw new Error(`${name} is not as wasm-pack makes it.`);
  }
}

/**
 * Runs a command that serves the page until it is ended, and opens that page.
 * @param {string} folder Where it is typed.
 * @param {string} program
 * @param {string[]} args A port is added when the last of them asks for one; `PORT` is set in any case.
 * @param {(page: import('@playwright/test').Page) => Promise<unknown>} [then] What else is looked at.
 */
async function servedPageElects(folder, program, args, then) {
  const port = `${await freePort()}`;
  const withPort = args.at(-1) === '--port' ? [...args, port] : args;
  // A group of its own: npm and npx start others, which must end with them.
  const serving = spawn(program, withPort, {
    cwd: folder,
    env: { ...process.env, PORT: port },
    stdio: 'ignore',
    detached: true,
  });
  const { page, close } = await openPage(await ensureChromium());
  try {
    await untilAnswers(`http://localhost:${port}/`);
    await page.goto(`http://localhost:${port}/`);
    await page.waitForSelector('[data-node][data-role="leader"]', { timeout: 30_000 });
    await then?.(page);
  } finally {
    await close();
    if (serving.pid !== undefined && serving.exitCode === null) process.kill(-serving.pid);
  }
}

/**
 * The bare command makes one of two modules: a panel that wants the other says what makes it.
 * @param {import('@playwright/test').Page} page
 */
async function missesLens(page) {
  await page.locator('raft-arium').focus();
  await page.keyboard.press('s');
  await page.locator('.lens-fault', { hasText: 'npm run wasm' }).waitFor({ timeout: 30_000 });
  // Vite's own report of an error lies over the whole page.
  if (await page.locator('vite-error-overlay').count()) throw new Error('The page is covered by an error of Vite.');
}
