/** What the glue's addition names. */

import { expect, test } from 'vitest';
import { withImports } from './glue.mjs';

test('the imports of a module are the functions that wasm-bindgen wrote for it, and no others', () => {
  const glue =
    'export class Session {}\nexport function start() {}\nexport function __wbg_now_1(a) {}\n' +
    'export function __wbindgen_init_externref_table() {}\nexport function __wbg_set_wasm(val) {}\n';
  expect(withImports(glue)).toBe(`${glue}\nexport const imports = { __wbg_now_1, __wbindgen_init_externref_table };\n`);
});
