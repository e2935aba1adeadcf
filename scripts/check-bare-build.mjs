/**
 * The README's second way to the page, done by the letter in a copy of the repository: `wasm-pack build` typed at its root, with
 * no script of ours around it, then a build of the page from that ./pkg, served by a local server, opened in a browser.
 */

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './lib/browsers/chromium.mjs';
import { openPage } from './lib/browsers/open.mjs';
import { at } from './lib/paths.mjs';
import { main, must, step, Trouble } from './lib/run.mjs';
import { ensureMachine, toolEnv, tools } from './lib/setup.mjs';
import { serveFolder } from './lib/static-server.mjs';

await main(async () => {
  await ensureMachine();
  const copy = mkdtempSync(join(tmpdir(), 'raftarium-'));
  try {
    await copyTracked(copy);
    await step('wasm-pack build', () =>
      // The dependencies that the tests have compiled are taken as they are; what is new is the command itself.
      must(tools.wasmPack, ['build'], { cwd: copy, env: { ...toolEnv(), CARGO_TARGET_DIR: at('target') } }),
    );
    await step('building the page from it', () =>
      must(process.execPath, ['scripts/build.mjs', '--use-pkg'], { cwd: copy }),
    );
    await step('opening the page', () => openAndElect(join(copy, 'dist')));
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
  const manifest = readFileSync(join(folder, 'index.html'), 'utf8');
  if (!manifest.includes('Content-Security-Policy')) throw new Trouble('the built page has no policy');
  const server = await serveFolder(folder);
  const { page, close } = await openPage(await ensureChromium());
  try {
    await page.goto(`${server.url}index.html`);
    await page.waitForSelector('[data-node][data-role="leader"]', { timeout: 20_000 });
  } finally {
    await close();
    await server.close();
  }
}
