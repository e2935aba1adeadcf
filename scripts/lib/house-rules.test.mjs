/** Each house rule is broken once, and once kept. */

import { expect, test } from 'vitest';
import { deadLinks, impurities, tooLong, withoutHeader, wrongArrows, wrongImports } from './house-rules.mjs';

/** @param {string} path @param {string} text */
const file = (path, text) => [{ path, text }];

test('a file may have 500 lines and not 501', () => {
  expect(tooLong(file('web/a.ts', 'x\n'.repeat(500)))).toEqual([]);
  expect(tooLong(file('web/a.ts', 'x\n'.repeat(501)))).toHaveLength(1);
});

test('a file opens by saying what it is', () => {
  expect(withoutHeader(file('crates/raft/src/a.rs', '//! A.\n'))).toEqual([]);
  expect(withoutHeader(file('crates/raft/src/a.rs', 'use a;\n'))).toHaveLength(1);
  expect(withoutHeader(file('web/src/a.ts', "import 'a';\n"))).toHaveLength(1);
});

test('the core and the world know no hash maps, floats or clocks, except in words', () => {
  expect(impurities(file('crates/sim/src/a.rs', '// not a HashMap\nlet a = 1; // f64\n'))).toEqual([]);
  expect(impurities(file('crates/raft/src/a.rs', 'use std::collections::HashMap;\n'))).toHaveLength(1);
  expect(impurities(file('crates/sim/src/a.rs', 'let a: f64 = 1.0;\nlet b = Instant::now();\n'))).toHaveLength(2);
  expect(impurities(file('crates/wasm/src/a.rs', 'let a: f64 = 1.0;\n'))).toEqual([]);
});

test('only the session imports the module, and a view knows only its model', () => {
  const module = "import * as glue from '../../pkg/raftarium_bg.js';\n";
  expect(wrongImports(file('web/src/session.ts', module))).toEqual([]);
  expect(wrongImports(file('web/src/session-card.ts', module))).toEqual([]);
  expect(wrongImports(file('web/src/player.ts', module))).toHaveLength(1);
  expect(wrongImports(file('web/src/player.ts', "const m = await import('../../pkg/raftarium.js');\n"))).toHaveLength(
    1,
  );
  expect(wrongImports(file('web/src/model.ts', "import type { View } from '../../pkg/raftarium.js';\n"))).toEqual([]);
  expect(wrongImports(file('web/src/views/ring.ts', "import { open } from '../session.ts';\n"))).toHaveLength(1);
});

test('arrows between crates point one way', () => {
  const raft = { name: 'raft-core', path: '/x', kind: null };
  expect(wrongArrows([{ name: 'raftarium-sim', dependencies: [raft] }])).toEqual([]);
  expect(wrongArrows([{ name: 'raftarium-cli', dependencies: [raft] }])).toHaveLength(1);
  expect(wrongArrows([{ name: 'raft-core', dependencies: [{ name: 'rand', kind: null }] }])).toHaveLength(1);
  expect(wrongArrows([{ name: 'raft-core', dependencies: [{ name: 'proptest', kind: 'dev' }] }])).toEqual([]);
});

test('a document points only at what is there', () => {
  const text = '[a](b/a.rs#L1) ![c](c.png) [web](https://example.org/x) [here](#part)';
  expect(deadLinks(file('docs/x.md', text), (path) => path === 'docs/b/a.rs')).toEqual([
    'docs/x.md: it points at docs/c.png, which is not there',
  ]);
});
