/** The static server gives what is in its folder, below its mount, and nothing else. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveFolder } from './static-server.mjs';

const outside = mkdtempSync(join(tmpdir(), 'served-'));
/** @type {import('./static-server.mjs').StaticServer} */
let server;
beforeAll(async () => {
  mkdirSync(join(outside, 'site'));
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  writeFileSync(join(outside, 'site/index.html'), 'hello');
  writeFileSync(join(outside, 'site/core.wasm'), 'module');
  server = await serveFolder(join(outside, 'site'), { mount: '/a/b/' });
});
afterAll(async () => {
  await server.close();
  rmSync(outside, { recursive: true });
});

test('a folder is its index, and a module has its own type', async () => {
  expect(await (await fetch(server.url)).text()).toBe('hello');
  const module = await fetch(`${server.url}core.wasm`);
  expect(module.headers.get('content-type')).toBe('application/wasm');
});

test('there is nothing at the root, above the folder or under another name', async () => {
  const { origin } = new URL(server.url);
  for (const path of ['/', '/index.html', '/a/b/..%2fsecret.txt', '/a/b/nothing.html', '/a/b/%zz']) {
    expect((await fetch(origin + path)).status).toBe(404);
  }
});
