/** Stamps: made once, made again when an ingredient or a result has changed, and never by date. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cache } from './paths.mjs';
import { hashFiles, unlessStamped, unlessThere } from './stamp.mjs';

const folder = mkdtempSync(join(tmpdir(), 'stamp-'));
const name = `test-${process.pid}`;
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(join(cache, 'stamps', name), { force: true });
});

test('a thing is made again only when what it is made from, or what was made, is different', async () => {
  const source = join(folder, 'source');
  const result = join(folder, 'result');
  const make = () =>
    unlessStamped(name, hashFiles([source]), [result], async () =>
      writeFileSync(result, `made of ${readFileSync(source)}`),
    );
  writeFileSync(source, 'a');
  expect(await make()).toBe(true);
  expect(await make()).toBe(false);
  utimesSync(source, 1, 1);
  expect(await make()).toBe(false);
  writeFileSync(source, 'b');
  expect(await make()).toBe(true);
  writeFileSync(result, 'someone else wrote this');
  expect(await make()).toBe(true);
  rmSync(result);
  expect(await make()).toBe(true);
});

test('what fails is not stamped', async () => {
  const fail = () => unlessStamped(name, 'c', [], () => Promise.reject(new Error('no')));
  await expect(fail()).rejects.toThrow('no');
  await expect(fail()).rejects.toThrow('no');
});

test('what was half made is not taken for the whole', async () => {
  const file = join(folder, 'deep', 'module');
  /** @param {string} text @param {Error} [error] */
  const make = (text, error) =>
    unlessThere(file, async (part) => {
      writeFileSync(part, text);
      if (error) throw error;
    });
  await expect(make('hal', new Error('the disk is full'))).rejects.toThrow('full');
  expect(readdirSync(join(folder, 'deep'))).toEqual([]);
  await make('whole');
  await make('another');
  expect(readFileSync(file, 'utf8')).toBe('whole');
});
