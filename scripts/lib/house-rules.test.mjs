/** Each house rule is broken once, and once kept. */

import { expect, test } from 'vitest';
import { deadLinks, unlikeTwins, untold, untoldThings } from './house-documents.mjs';
import { impurities, keptBuilds, tooLong, withoutHeader, wrongArrows, wrongImports } from './house-rules.mjs';

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

test('nothing that is built is committed', () => {
  expect(keptBuilds('')).toEqual([]);
  expect(keptBuilds('pkg/a.js\n')).toEqual(['pkg/a.js: .gitignore names it, and it is committed']);
});

test('what one README quotes the other quotes too', () => {
  const [one] = file('README.md', 'Type `npm start`, then `put x 1`.');
  const [other] = file('README.zh-CN.md', '`npm start`');
  if (!one || !other) throw new Error('two files');
  expect(unlikeTwins(one, one)).toEqual([]);
  expect(unlikeTwins(one, other)).toEqual(['README.zh-CN.md: it lacks `put x 1`, which README.md has']);
});

test('a list names each thing as a word of its own', () => {
  const [document] = file('A.md', 'vitest and lit; npm run bench');
  if (!document) throw new Error('a file');
  expect(untold(document, ['vitest', 'lit', 'npm run bench'])).toEqual([]);
  expect(untold(document, ['vite', 'raft', 'npm run ben'])).toHaveLength(3);
});

test('commands, parameters and dependencies are told', () => {
  const readme = { path: 'README.md', text: '`npm start` `npm run wasm` `seed`' };
  const documents = { readme, twin: readme, architecture: { path: 'A.md', text: 'lit, serde, @fontsource-variable' } };
  const packageJson = {
    scripts: { start: '', wasm: '' },
    dependencies: { lit: '1', '@fontsource-variable/x': '1' },
    devDependencies: {},
  };
  const crates = [{ name: 'a', dependencies: [{ name: 'serde', kind: null }] }];
  expect(untoldThings(documents, packageJson, crates, "PARAMETERS = ['seed']")).toEqual([]);
  const more = { ...packageJson, scripts: { build: '' }, devDependencies: { vite: '1' } };
  const wants = [{ name: 'a', dependencies: [{ name: 'slog', kind: 'dev' }] }];
  expect(untoldThings(documents, more, wants, "PARAMETERS = ['seed', 'nodes']")).toEqual([
    'README.md: it does not mention npm run build',
    'README.md: it does not mention nodes',
    'A.md: it does not mention slog',
    'A.md: it does not mention vite',
  ]);
});
