/**
 * The modules in the built site: packed by LZMA, which leaves a sixth less of them than gzip and needs no help from a host. The page
 * unpacks them (`web/src/unpack.ts`). While serving (`npm start`) they are taken as they are.
 */

import { readFileSync } from 'node:fs';
import { compress } from 'lzma1';

/** A name that hosts send as it is: some set an encoding for `.gz` and the like, some refuse endings that they do not know. */
const ending = '.lzma.bin';

/**
 * `import url from 'NAME.wasm?url'` is the address of the packed file. A page of the product begins to fetch its own module together with its script,
 * which would ask for it only once it is there itself.
 * @returns {import('vite').Plugin}
 */
export function packedModules() {
  return {
    name: 'packed-modules',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: /\.wasm\?url$/ },
      handler(id) {
        const file = id.replace('?url', '');
        const name = file.replace(/^.*[/\\]/, '').replace(/(_bg)?\.wasm$/, ending);
        const asset = this.emitFile({
          type: 'asset',
          name,
          originalFileName: file,
          source: compress(readFileSync(file), 9),
        });
        return `export default import.meta.ROLLUP_FILE_URL_${asset};`;
      },
    },
    transformIndexHtml(html, { bundle = {} }) {
      const file = Object.keys(bundle).find((name) => name.includes('/raftarium.lzma-'));
      if (file === undefined || !html.includes('<raft-arium')) return [];
      const attrs = { rel: 'preload', as: 'fetch', crossorigin: true, href: `./${file}` };
      return [{ tag: 'link', attrs, injectTo: 'head' }];
    },
  };
}
