/** Finds Firefox, or installs Debian's. Stock Firefox will do: it is driven over WebDriver BiDi. */

import { isProgram, Trouble, which } from '../run.mjs';
import { installDebian } from './debian.mjs';

/**
 * @returns {Promise<string>} Full path of the program.
 * @throws {Trouble} Says what to install.
 */
export async function ensureFirefox() {
  const wished = process.env.RAFTARIUM_FIREFOX;
  if (wished && isProgram(wished)) return wished;
  if (wished) throw new Trouble(`RAFTARIUM_FIREFOX is \`${wished}\`, and no program is there.`);
  const usual = '/Applications/Firefox.app/Contents/MacOS/firefox';
  const find = () => which('firefox-esr', 'firefox') ?? (isProgram(usual) ? usual : undefined);
  const found = find() ?? ((await installDebian(['firefox-esr'])) ? find() : undefined);
  if (found) return found;
  throw new Trouble(
    'Firefox is needed for the engine tests and could not be installed: install it, or set RAFTARIUM_FIREFOX to its path.',
  );
}
