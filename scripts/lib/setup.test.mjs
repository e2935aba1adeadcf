/** What only a person can install is asked for in words; what is incomplete is noticed. */

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingPackages, rustTrouble } from './setup.mjs';

test('a Rust that is too old is told, with what brings a newer one', () => {
  expect(rustTrouble('rustc 1.84.1 (e71f9a9a9 2025-01-27)\n', '1.95')).toContain(
    '1.95 or newer is needed, this is rustc 1.84.1',
  );
  expect(rustTrouble('rustc 0.99.0', '1.95')).toContain('rustup update');
  for (const told of [
    'rustc 1.95.0 (59807616e 2026-04-14)',
    'rustc 1.100.0-nightly',
    'rustc 2.0.0',
    'mrustc of another kind',
  ]) {
    expect(rustTrouble(told, '1.95'), told).toBeUndefined();
  }
});

test('a package that was taken away is missed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packages-'));
  writeFileSync(
    join(folder, 'package.json'),
    '{"dependencies":{"here":"1.0.0"},"devDependencies":{"@scope/gone":"1.0.0"}}',
  );
  mkdirSync(join(folder, 'node_modules/here'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/here/package.json'), '{}');
  expect(missingPackages(folder)).toEqual(['@scope/gone']);
});
