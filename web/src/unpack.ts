/**
 * LZMA's decoder, for the modules of the built site: they are a sixth shorter than gzip makes them, also on a host that sends files as
 * they are. It decodes while the file still arrives, and reads what `scripts/lib/pack.mjs` writes and nothing else. What it makes of a
 * damaged file is for WebAssembly to refuse. After the specification in the LZMA SDK (Igor Pavlov, public domain).
 */

/** The first byte of a file: the properties 3, 0 and 2 (bits of literal context, literal position and position). */
const PROPERTIES = 0x5d;
/** Bytes 5 to 8 are the length; from byte 14 on the coder's first word. */
const HEADER_BYTES = 18;
/** No literal and no repeat takes more. */
const STEP_BYTES = 20;

/** Where each kind of decision has its first chance: 12 states, most of them times 4, as a position counts modulo 4. */
const SHORT = 48;
const REPEAT = 96;
const SLOT = 144;
const NEAR = 400;
const ALIGN = 515;
const LENGTH = 531;
const REPEAT_LENGTH = 853;
const LITERAL = 1175;
const CHANCES = LITERAL + (0x300 << 3);

/** What has arrived of a file and is not decoded yet. */
interface Arrived {
  bytes: Uint8Array;
  at: number;
}

/** The decisions of a file, one after the other. */
function decisions(from: Arrived) {
  /** The chance of each to be 0, in 2,048ths, that those before it gave it. */
  const chances = new Uint16Array(CHANCES).fill(1024);
  // Range and code. Words: a variable that needs 32 bits is slow until an engine has compiled the code around it.
  const coder = new Uint32Array([-1, new DataView(from.bytes.buffer).getUint32(14)]) as unknown as [number, number];

  const refill = () => {
    coder[0] <<= 8;
    coder[1] = (coder[1] << 8) | (from.bytes[from.at++] as number);
  };
  const bit = (which: number): number => {
    const chance = chances[which] as number;
    const bound = (coder[0] >>> 11) * chance;
    const one = coder[1] < bound ? 0 : 1;
    if (one) {
      chances[which] = chance - (chance >> 5);
      coder[0] -= bound;
      coder[1] -= bound;
    } else {
      chances[which] = chance + ((2048 - chance) >> 5);
      coder[0] = bound;
    }
    if (coder[0] < 2 ** 24) refill();
    return one;
  };
  /** A number of `width` bits, the highest first; each learns apart for all that came before it. */
  const tree = (first: number, width: number): number => {
    let node = 1;
    while (node < 1 << width) node = node * 2 + bit(first + node);
    return node - (1 << width);
  };
  /** The same, the lowest first. */
  const reverse = (first: number, width: number): number => {
    let value = 0;
    let node = 1;
    for (let k = 0; k < width; k++) {
      const one = bit(first + node);
      node = node * 2 + one;
      value |= one << k;
    }
    return value;
  };
  /** A number of `width` bits that are as likely 0 as 1. */
  const even = (width: number): number => {
    let value = 0;
    for (let k = 0; k < width; k++) {
      coder[0] >>>= 1;
      const one = coder[1] < coder[0] ? 0 : 1;
      if (one) coder[1] -= coder[0];
      value = value * 2 + one;
      if (coder[0] < 2 ** 24) refill();
    }
    return value;
  };
  return { bit, tree, reverse, even };
}

/** What the bytes of an LZMA file say, step by step: a literal byte, or bytes that were there before. */
function decoder(from: Arrived) {
  const { bit, tree, reverse, even } = decisions(from);
  const out = new Uint8Array(new DataView(from.bytes.buffer).getUint32(5, true));
  let at = 0;
  let state = 0;
  /** How far back the last four repeats went, less one; the latest first. */
  let back: readonly [number, number, number, number] = [0, 0, 0, 0];

  const literal = () => {
    const table = LITERAL + 0x300 * ((out[at - 1] ?? 0) >> 5);
    let node = 1;
    // The byte that would have gone on with a repeat is a hint, until they differ.
    let hint = state > 6 ? (out[at - 1 - back[0]] as number) : -1;
    while (node < 256) {
      const wish = (hint >> 7) & 1;
      const one = bit(table + node + (hint < 0 ? 0 : 256 + wish * 256));
      node = node * 2 + one;
      hint = one === wish ? hint << 1 : -1;
    }
    out[at++] = node;
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  };
  /** Less two. */
  const length = (first: number): number => {
    const turn = (at & 3) * 8;
    if (!bit(first)) return tree(first + 2 + turn, 3);
    return bit(first + 1) ? 16 + tree(first + 66, 8) : 8 + tree(first + 34 + turn, 3);
  };
  /** Less one. */
  const distance = (long: number): number => {
    const slot = tree(SLOT + 64 * Math.min(long, 3), 6);
    if (slot < 4) return slot;
    const width = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) << width;
    return base + (slot < 14 ? reverse(NEAR + base - slot, width) : even(width - 4) * 16 + reverse(ALIGN, 4));
  };
  /** The bytes of a repeat, from the distance at the front. */
  const repeat = (count: number) => {
    for (const end = at + count; at < end; at++) out[at] = out[at - 1 - back[0]] as number;
  };
  /** One of the last four distances comes to the front; the latest may be for one byte alone. */
  const again = (turn: number) => {
    const [a, b, c, d] = back;
    const late = state > 6;
    if (!bit(REPEAT + 12 + state)) {
      if (!bit(SHORT + turn)) {
        state = late ? 11 : 9;
        return repeat(1);
      }
    } else if (!bit(REPEAT + 24 + state)) back = [b, a, c, d];
    else back = bit(REPEAT + 36 + state) ? [d, a, b, c] : [c, a, b, d];
    state = late ? 11 : 8;
    repeat(2 + length(REPEAT_LENGTH));
  };
  const step = () => {
    const turn = state * 4 + (at & 3);
    if (!bit(turn)) literal();
    else if (bit(REPEAT + state)) again(turn);
    else {
      const long = length(LENGTH);
      state = state > 6 ? 10 : 7;
      back = [distance(long), back[0], back[1], back[2]];
      repeat(2 + long);
    }
  };
  /** Decodes what there is; true when it is not all. Bytes that are missing in the end count as 0. */
  const run = (coming: boolean) => {
    while (at < out.length && !(coming && from.bytes.length < from.at + STEP_BYTES)) step();
    return at < out.length;
  };
  return { out, run };
}

/** The bytes that were packed. Rejects when they cannot be read to their end, or are no packed file. */
export async function unpack(file: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = file.getReader();
  const from: Arrived = { bytes: new Uint8Array(), at: 0 };
  /** Waits for more; false when there is no more. */
  const more = async () => {
    const { done, value = [] } = await reader.read();
    const rest = from.bytes.subarray(from.at);
    from.bytes = new Uint8Array(rest.length + value.length);
    from.bytes.set(rest);
    from.bytes.set(value, rest.length);
    from.at = 0;
    return !done;
  };
  while (from.bytes.length < HEADER_BYTES && (await more()));
  if (from.bytes[0] !== PROPERTIES) throw new Error('not a packed module');
  const { out, run } = decoder(from);
  from.at = HEADER_BYTES;
  for (let coming = true; run(coming); ) coming = await more();
  return out;
}

/** The module at an address: packed in the built site, as it is while serving. Rejects when it cannot be fetched, unpacked or compiled. */
export async function compiled(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return WebAssembly.compile(await (import.meta.env.DEV ? response.arrayBuffer() : unpack(response.body)));
}
