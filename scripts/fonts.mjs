/**
 * `npm run fonts`: the page's two typefaces, cut to the characters and weights that the page uses, into web/src/style/fonts/, and the
 * style sheet that declares them. Each comes in two files: the characters of a page on which nothing was done yet, and the rest, which
 * a browser fetches when the first of them is shown. Kerning stays out: it was a seventh of a file, and at our sizes it moves no letter
 * by more than a pixel from its neighbour. Run it, and `npm run format`, after a new character has come into the words of the page;
 * the files are kept in the repository, so that a build needs no font tools.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import subsetFont from 'subset-font';
import { at } from './lib/paths.mjs';
import { main } from './lib/run.mjs';
import { filesUnder } from './lib/stamp.mjs';

const lower = 'abcdefghijklmnopqrstuvwxyz0123456789 ';

/** Every table that is left out is one that a browser does without: classes of glyphs, hints, styles for font menus. */
const dropTables = ['GDEF', 'HVAR', 'STAT', 'gasp'];

const faces = [
  {
    file: 'next',
    family: 'atkinson-hyperlegible-next',
    name: 'Atkinson Hyperlegible Next Variable',
    weight: '400 700',
    first: `${lower}ACDEFHILMNOPRSTWY.,:;<'’()/-–=@§×…?`,
    options: {
      variationAxes: { wght: { min: 400, max: 700, default: 400 } },
      keepFeatures: ['tnum'],
      dropTables,
    },
  },
  {
    // Commands only, in one weight; every sign is as wide as any other.
    file: 'mono',
    family: 'atkinson-hyperlegible-mono',
    name: 'Atkinson Hyperlegible Mono Variable',
    weight: '500',
    first: `${lower}=?+:-`,
    options: { variationAxes: { wght: 500 }, keepFeatures: [], dropTables: [...dropTables, 'GPOS', 'GSUB'] },
  },
];

/** All that a person can type in Latin letters without accents, and whatever else of Latin and signs the page says. */
function characters() {
  const used = new Set(Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)));
  for (const file of filesUnder('web/src', 'index.html', 'embed.html').filter((name) => /\.(ts|html)$/.test(name))) {
    for (const character of readFileSync(file, 'utf8')) {
      // Chinese, its punctuation and its full-width forms are the system's.
      if (character > '\u00a0' && character < '\u2e80') used.add(character);
    }
  }
  return [...used];
}

/** @param {number} code */
const hex = (code) => code.toString(16);

/**
 * The characters as the value of `unicode-range`: `U+20,U+61-7a`.
 * @param {string[]} text
 */
function rangeOf(text) {
  const codes = text.map((character) => character.charCodeAt(0)).sort((a, b) => a - b);
  /** @type {[number, number][]} */
  const runs = [];
  for (const code of codes) {
    const last = runs.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else runs.push([code, code]);
  }
  return runs.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(', ');
}

const head = `/*
 * Atkinson Hyperlegible, made by the Braille Institute to tell 0 from O and 1 from l, under the SIL Open Font License. Cut to the page's
 * own characters and weights by \`npm run fonts\`, which writes this file too; Chinese, and letters that nobody here writes, are the system's.
 */
`;

await main(async () => {
  const used = characters();
  mkdirSync(at('web/src/style/fonts'), { recursive: true });
  let sheet = head;
  for (const { file, family, name, weight, first, options } of faces) {
    const source = readFileSync(
      at(`node_modules/@fontsource-variable/${family}/files/${family}-latin-wght-normal.woff2`),
    );
    const parts = { [file]: [...first], [`${file}-rest`]: used.filter((character) => !first.includes(character)) };
    for (const [part, text] of Object.entries(parts)) {
      const font = await subsetFont(source, text.join(''), { targetFormat: 'woff2', noHinting: true, ...options });
      writeFileSync(at(`web/src/style/fonts/${part}.woff2`), font);
      sheet += `
@font-face {
  font-family: '${name}';
  font-style: normal;
  font-display: swap;
  font-weight: ${weight};
  src: url('./fonts/${part}.woff2') format('woff2');
  unicode-range: ${rangeOf(text)};
}
`;
      console.log(`${part}.woff2: ${font.length} bytes`);
    }
  }
  writeFileSync(at('web/src/style/fonts.css'), sheet);
});
