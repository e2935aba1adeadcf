/**
 * Finds Chromium, or installs one: the environment's choice, what is on PATH or where systems put it, Playwright's own, Debian's
 * package, npm's. A test run without a browser is a failure that says what to install, never a skip.
 */

import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { at, cache } from '../paths.mjs';
import { isProgram, must, run, step, Trouble, which } from '../run.mjs';
import { installDebian } from './debian.mjs';

/** Newest of npm's Chromium packages that runs on Node 20; on Linux only. */
const npmChromium = '@sparticuz/chromium@147.0.2';
const npmFolder = join(cache, 'npm-chromium');

/** No browser of ours calls home. (Playwright itself turns the sandbox off, so that root may run it.) */
export const chromiumArgs = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/**
 * The Chromium that is already here, if any.
 * @returns {string | undefined} Its full path.
 * @throws {Trouble} When the environment names one that is not there.
 */
export function findChromium() {
  for (const name of ['RAFTARIUM_CHROMIUM', 'CHROME_PATH']) {
    const wished = process.env[name];
    if (!wished) continue;
    if (isProgram(wished)) return wished;
    throw new Trouble(`${name} is \`${wished}\`, and no program is there.`);
  }
  const usual = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return which('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ?? usual.find(isProgram);
}

/**
 * A Chromium, installed if need be. npm packages must be there.
 * @returns {Promise<string>} Its full path.
 * @throws {Trouble} Says what to install.
 */
export async function ensureChromium() {
  for (const find of [findChromium, playwrights, debians, npms]) {
    const found = await find();
    if (found && (await starts(found))) return found;
  }
  throw new Trouble(
    'Chromium is needed for the browser tests and could not be installed: install Chromium or Chrome, or set RAFTARIUM_CHROMIUM to its path.',
  );
}

/**
 * Whether a program of that name is a browser: on some systems it is a note that another package is missing.
 * @param {string} program
 * @param {number} [timeoutMs]
 */
export async function starts(program, timeoutMs = 60_000) {
  // Elsewhere it would open a window.
  if (process.platform !== 'linux') return true;
  const { code, output } = await run(program, ['--headless', '--no-sandbox', '--version'], { timeoutMs });
  if (code !== 0) console.error(`  ${program} does not start, and is left out: ${output.trim()}`);
  return code === 0;
}

/** Playwright's own build: the one here, or its download where its host answers at once. */
async function playwrights() {
  const { chromium } = await import('@playwright/test');
  if (isProgram(chromium.executablePath())) return chromium.executablePath();
  const answers = await fetch('https://cdn.playwright.dev', { method: 'HEAD', signal: AbortSignal.timeout(3000) }).then(
    () => true,
    () => false,
  );
  if (!answers) return undefined;
  const cli = at('node_modules/@playwright/test/cli.js');
  const ran = await step("downloading Playwright's Chromium", () =>
    run(process.execPath, [cli, 'install', 'chromium'], { timeoutMs: 180_000 }),
  );
  return ran.code === 0 && isProgram(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

async function debians() {
  return (await installDebian(['chromium'])) ? which('chromium', 'chromium-browser') : undefined;
}

/** A Chromium packed into an npm package, for machines on which we may install nothing. It needs a desktop's libraries. */
async function npms() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  mkdirSync(npmFolder, { recursive: true });
  const load = createRequire(join(npmFolder, 'load.cjs'));
  try {
    if (!existsSync(join(npmFolder, 'node_modules/@sparticuz/chromium/package.json'))) {
      await step("installing npm's Chromium", () =>
        must(which('npm') ?? 'npm', ['install', '--no-audit', '--no-fund', '--prefix', npmFolder, npmChromium]),
      );
    }
    return /** @type {string} */ (await load('@sparticuz/chromium').executablePath());
  } catch {
    return undefined;
  }
}
