/** A program that bears a browser's name is tried before it is taken for one. */

import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { starts } from './chromium.mjs';

test.runIf(process.platform === 'linux')('a browser that is only a note about a package is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chromium-'));
  /** @param {string} name @param {string} script */
  const program = (name, script) => {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  expect(await starts(program('real', 'echo Chromium 1.2.3'))).toBe(true);
  expect(await starts(program('stub', 'echo "install the snap" >&2; exit 1'))).toBe(false);
  expect(await starts(program('stuck', 'exec sleep 30'), 500)).toBe(false);
  expect(await starts(join(folder, 'gone'))).toBe(false);
});
