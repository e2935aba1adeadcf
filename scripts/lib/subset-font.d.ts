/** The part of `subset-font` that `npm run fonts` uses; the package brings no types. */
declare module 'subset-font' {
  interface Options {
    targetFormat: 'woff2';
    variationAxes?: Record<string, number | { min: number; max: number; default: number }>;
    /** OpenType features to keep; all of them where it is absent. */
    keepFeatures?: string[];
    /** Tables to leave out. */
    dropTables?: string[];
    noHinting?: boolean;
  }
  /** The font, with the glyphs of `text` and nothing else. */
  export default function subsetFont(font: Uint8Array, text: string, options: Options): Promise<Uint8Array>;
}
