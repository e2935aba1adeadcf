/** The part of `lzma1` that a build uses. The package's own types are its sources, which our compiler options are too strict for. */

/** An `.lzma` file of `data`, with the properties 3, 0, 2; `mode` is 1 (small window) to 9 (large). */
export function compress(data: Uint8Array, mode: number): Uint8Array<ArrayBuffer>;
