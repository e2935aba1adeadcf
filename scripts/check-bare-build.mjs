/**
 * The README's second way to the page, done by the letter in a copy of the repository: `wasm-pack build` typed at its root, with
 * no script of ours around it, then `npm ci` and Vite, and a browser that waits for a leader.
 */

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './lib/browsers/chromium.mjs';
import { openPage } from './lib/browsers/open.mjs';
import { at } from './lib/paths.mjs';
import { freePort, untilAnswers } from './lib/ports.mjs';
import { main, must, step, which } from './lib/run.mjs';
import { ensureMachine, toolEnv, tools } from './lib/setup.mjs';

await main(async () => {
  await ensureMachine();
  const copy = mkdtempSync(join(tmpdir(), 'raftarium-'));
  try {
    await copyTracked(copy);
    await step('wasm-pack build', () =>
      // The dependencies that the tests have compiled are taken as they are; what is new is the command itself.
      must(tools.wasmPack, ['build'], { cwd: copy, env: { ...toolEnv(), CARGO_TARGET_DIR: at('target') } }),
    );
    await step('npm ci', () => must(which('npm') ?? 'npm', ['ci', '--no-audit', '--no-fund'], { cwd: copy }));
    await step('opening the page that Vite serves', () => openAndElect(copy));
    console.log('The bare wasm-pack build makes a page that elects a leader.');
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

/** @param {string} folder Gets every file that git knows, as it is in the work tree: nothing that was made here. */
async function copyTracked(folder) {
  const names = (await must('git', ['ls-files', '-z'])).split('\0').filter(Boolean);
  for (const name of names.filter((name) => existsSync(at(name))))
    cpSync(at(name), join(folder, name), { recursive: true });
}

/** @param {string} folder */
async function openAndElect(folder) {
  const port = await freePort();
  const vite = spawn(process.execPath, ['node_modules/vite/bin/vite.js', '--port', `${port}`, '--strictPort'], {
    cwd: folder,
    stdio: 'ignore',
  });
  const { page, close } = await openPage(await ensureChromium());
  try {
    await untilAnswers(`http://localhost:${port}/`);
    await page.goto(`http://localhost:${port}/`);
    await page.waitForSelector('[data-node][data-role="leader"]', { timeout: 30_000 });
  } finally {
    await close();
    vite.kill();
  }
}
