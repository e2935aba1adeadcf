/** A port that is none, is taken, or is not ours, is told in words. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import { expect, test } from 'vitest';
import { freePort, portTrouble, portWished } from './ports.mjs';
import { Trouble } from './run.mjs';
import { serveFolder } from './static-server.mjs';

test('a port is a number from 0 to 65535, or not asked for', () => {
  expect(portWished('')).toBeUndefined();
  expect(['0', '8080', '65535'].map((text) => portWished(text))).toEqual([0, 8080, 65535]);
  for (const text of ['x', '-1', '1.5', '70000', ' ', '0x50', '1e3', '８０']) {
    expect(() => portWished(text), text).toThrow(`not \`${text}\``);
  }
});

test('a port that is taken is a trouble that says what to do, whoever listens', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ports-'));
  const port = await freePort();
  const first = await serveFolder(folder, { port });
  const ours = serveFolder(folder, { port });
  const vite = createServer({ root: folder, configFile: false, server: { host: '127.0.0.1', port, strictPort: true } });
  const vites = vite.then((server) => server.listen().finally(() => server.close()));
  for (const listening of [ours, vites]) {
    const error = await listening.then(
      () => undefined,
      (error) => portTrouble(error, port),
    );
    expect(error).toBeInstanceOf(Trouble);
    expect(String(error)).toContain(`Port ${port} is in use`);
  }
  await first.close();
});

test('what is no trouble of ports stays what it is', () => {
  const error = new Error('no such file');
  expect(portTrouble(error, 80)).toBe(error);
  expect(portTrouble(Object.assign(new Error('listen'), { code: 'EACCES' }), 80)).toBeInstanceOf(Trouble);
});
