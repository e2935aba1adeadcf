/**
 * `npm run fonts`: the page's two typefaces, cut to the characters and weights that the page uses, into web/src/style/fonts/. They are
 * a third of the first load otherwise. Run it after a new character has come into the words of the page; the files are kept in the
 * repository, so that a build needs no font tools.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import subsetFont from 'subset-font';
import { at } from './lib/paths.mjs';
import { main } from './lib/run.mjs';
import { filesUnder } from './lib/stamp.mjs';

const faces = [
  { name: 'next', family: 'atkinson-hyperlegible-next', wght: { min: 400, max: 700, default: 400 } },
  // Commands only, in one weight.
  { name: 'mono', family: 'atkinson-hyperlegible-mono', wght: 500 },
];

/** All that a person can type in Latin letters without accents, and whatever else of Latin and signs the page says. */
function characters() {
  const used = new Set(Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)));
  for (const file of filesUnder('web/src', 'index.html', 'embed.html').filter((name) =>
    /\.(ts|css|html)$/.test(name),
  )) {
    for (const character of readFileSync(file, 'utf8')) {
      // Chinese, its punctuation and its full-width forms are the system's.
      if (character > '\u00a0' && character < '\u2e80') used.add(character);
    }
  }
  return [...used].sort().join('');
}

await main(async () => {
  const text = characters();
  mkdirSync(at('web/src/style/fonts'), { recursive: true });
  for (const { name, family, wght } of faces) {
    const source = at(`node_modules/@fontsource-variable/${family}/files/${family}-latin-wght-normal.woff2`);
    const font = await subsetFont(readFileSync(source), text, { targetFormat: 'woff2', variationAxes: { wght } });
    writeFileSync(at(`web/src/style/fonts/${name}.woff2`), font);
    console.log(`${name}.woff2: ${font.length} bytes`);
  }
});
