/** The decoder of the built site's modules against the encoder that packs them, however the bytes arrive. */

import { compress } from 'lzma1';
import { expect, test } from 'vitest';
import { unpack } from '../../src/unpack';

/** A packed file that arrives `step` bytes at a time. */
function arriving(packed: Uint8Array<ArrayBuffer>, step: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(to) {
      if (at >= packed.length) return to.close();
      to.enqueue(packed.slice(at, at + step));
      at += step;
    },
  });
}

/** `count` bytes below `limit`; the same ones each time. */
function noise(count: number, limit: number): Uint8Array {
  let seed = 7;
  return Uint8Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (seed >>> 16) % limit;
  });
}

/** Bytes in which repeats of every kind occur: near, far, of one byte, of hundreds, and of each of the last four distances. */
function repeats(): Uint8Array {
  const base = noise(40_000, 256);
  const parts = [...noise(3_000, 256)].map((length, k) => {
    const from = ([base.length - 1 - k, k, 5 * k, 38_000, 11][k % 5] as number) % base.length;
    return base.subarray(from, from + (k % 3 === 0 ? 1 + (length % 4) : length));
  });
  return Buffer.concat([base, ...parts]);
}

const samples: [string, Uint8Array][] = [
  ['one byte', Uint8Array.of(0)],
  ['a long run of one byte', new Uint8Array(100_000).fill(66)],
  ['noise', noise(50_000, 256)],
  ['noise of few kinds', noise(50_000, 5)],
  ['repeats', repeats()],
  ['words', new TextEncoder().encode('A leader commits an entry of its own term. '.repeat(50))],
];

for (const [what, bytes] of samples) {
  test(`${what}: unpacking gives what was packed`, async () => {
    const packed = compress(bytes, 9);
    for (const step of [packed.length, 4096, 7]) {
      expect(Buffer.compare(await unpack(arriving(packed, step)), bytes)).toBe(0);
    }
  });
}

test('what is no packed file is refused, and one that breaks off comes to an end', async () => {
  const page = new TextEncoder().encode('<!doctype html><title>Not found</title>');
  await expect(unpack(arriving(page, 99))).rejects.toThrow('not a packed module');
  await expect(unpack(arriving(new Uint8Array(), 99))).rejects.toThrow('not a packed module');
  const bytes = noise(10_000, 9);
  const broken = await unpack(arriving(compress(bytes, 9).slice(0, 1_000), 99));
  expect(broken).toHaveLength(bytes.length);
  expect(Buffer.compare(broken, bytes)).not.toBe(0);
});
