/** Finds WebKitGTK with its WebDriver and a virtual screen, or installs Debian's packages of them. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isProgram, Trouble, which } from '../run.mjs';
import { installDebian } from './debian.mjs';

/**
 * @typedef {object} WebKit
 * @property {string} driver WebKitWebDriver.
 * @property {string} browser MiniBrowser, WebKitGTK's small browser.
 * @property {string} screen xvfb-run: MiniBrowser has no headless mode.
 */

/** @returns {WebKit | undefined} */
function findWebKit() {
  const driver = which('WebKitWebDriver');
  const screen = which('xvfb-run');
  const browser = which('MiniBrowser') ?? miniBrowser();
  return driver && screen && browser ? { driver, screen, browser } : undefined;
}

/** Debian keeps it among the libraries of the machine's kind, in a folder with the interface's version in its name. */
function miniBrowser() {
  const libraries = subfolders('/usr/lib', (name) => name.endsWith('-linux-gnu'));
  return ['/usr/lib', '/usr/libexec', ...libraries]
    .flatMap((folder) => subfolders(folder, (name) => name.startsWith('webkit')))
    .map((folder) => join(folder, 'MiniBrowser'))
    .find(isProgram);
}

/**
 * @param {string} folder
 * @param {(name: string) => boolean} wanted
 */
function subfolders(folder, wanted) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(wanted)
    .map((name) => join(folder, name));
}

/**
 * @returns {Promise<WebKit>}
 * @throws {Trouble} Says what to install.
 */
export async function ensureWebKit() {
  const found =
    findWebKit() ?? ((await installDebian(['webkit2gtk-driver', 'xvfb', 'xauth'])) ? findWebKit() : undefined);
  if (found) return found;
  throw new Trouble(
    'WebKitGTK is needed for the engine tests and could not be installed: on Debian or Ubuntu, `apt-get install webkit2gtk-driver xvfb`.',
  );
}
