/** Debian's and Ubuntu's packages, installed only where that needs no password and asks no question. */

import { must, run, step, which } from '../run.mjs';

let listsAreFresh = false;

/** @returns {Promise<string[] | undefined>} The words before `apt-get`; undefined where we may not install. */
async function aptCommand() {
  if (process.platform !== 'linux' || !which('apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  const silent = which('sudo') ? await run('sudo', ['-n', 'true']) : { code: 1 };
  return silent.code === 0 ? ['sudo', '-n'] : undefined;
}

/**
 * Installs packages where that is possible.
 * @param {string[]} packages
 * @returns {Promise<boolean>} Whether they are installed now.
 */
export async function installDebian(packages) {
  const before = await aptCommand();
  if (!before) return false;
  /** @param {string[]} args */
  const apt = (args) => {
    const [program = 'apt-get', ...rest] = [...before, 'apt-get', ...args];
    return must(program, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  };
  try {
    await step(`installing ${packages.join(', ')}`, async () => {
      if (!listsAreFresh) await apt(['update']);
      listsAreFresh = true;
      await apt(['install', '-y', '--no-install-recommends', ...packages]);
    });
    return true;
  } catch {
    return false;
  }
}
