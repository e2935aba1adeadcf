/**
 * How the page is served and built. One static folder comes out, with relative addresses only, so that it works from any
 * folder of any static host. Each HTML file at the root and in web/demo/ is a page of its own.
 */

import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { gluedImports } from './scripts/lib/glue.mjs';
import { packedModules } from './scripts/lib/pack.mjs';

const root = import.meta.dirname;

/** Nothing but our own files, no inline script, no third party. WebAssembly needs `wasm-unsafe-eval`; Lit's sheets need nothing. */
const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
];

/**
 * No text becomes markup, a script or a script's address but by two policies: Lit's own, which takes only the templates of our files, and that of the
 * search, which knows one address, its worker's.
 */
const trustedTypes = ["require-trusted-types-for 'script'", 'trusted-types lit-html raftarium-search'];

/** Writes the policy into every built page. Not while serving: there Vite puts styles into the page as it reloads them. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: (_, { path }) => [
      {
        tag: 'meta',
        attrs: {
          'http-equiv': 'Content-Security-Policy',
          // reveal.js writes its slides' markup itself.
          content: [...policy, ...(path.includes('/demo/') ? [] : trustedTypes)].join('; '),
        },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/**
 * Replaces Vite's helper for what is fetched late, which puts the style sheets of a late file into the page before it runs (1 kB). Ours
 * carry their style as text, so `import()` alone will do.
 */
function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: /vite\/preload-helper/ },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
  };
}

/**
 * Takes the line breaks and the indents out of templates: in a minified file they stand nowhere else. Every template is laid out by a
 * grid, a flex box or a picture, where space between two tags is nothing; text keeps one space.
 */
function flatTemplates(): Plugin {
  const flat = (code: string) => code.replace(/(?<=[>}])\s*\n {2,}(?=[<$])/g, '').replace(/\s*\n {2,}/g, ' ');
  return {
    name: 'flat-templates',
    apply: 'build',
    generateBundle: (_, bundle) => {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = flat(file.code);
      }
    },
  };
}

/** The bare `wasm-pack build` makes one of three modules. Where another is looked for, the page says so, and no error of Vite's covers it. */
function missingModules(): Plugin {
  const missing = '\0missing:';
  // `npm start` puts the making of them here.
  const api: { made: Promise<unknown> } = { made: Promise.resolve() };
  return {
    api,
    name: 'missing-modules',
    apply: 'serve',
    enforce: 'pre',
    resolveId: async (id, _importer, options) => {
      const folder = /[/](pkg-lens|pkg-search)[/]/.exec(id)?.[1];
      if (folder === undefined) return null;
      // The search for packages goes through every file before the first page is served: it must not wait. Vite tells it, but not in its types.
      const scan = 'scan' in options && options.scan === true;
      if (!scan) await api.made;
      return !existsSync(resolve(root, folder)) ? missing + folder : null;
    },
    load: (id) =>
      id.startsWith(missing)
        ? `export default ''; throw new Error('its module, ${id.slice(missing.length)}, is not there: \`npm run wasm\` makes it; then start the server again')`
        : null,
  };
}

/** Absolute paths of every page of the site. */
function pages(): string[] {
  return ['.', 'web/demo']
    .filter((folder) => existsSync(resolve(root, folder)))
    .flatMap((folder) => readdirSync(resolve(root, folder)).map((file) => resolve(root, folder, file)))
    .filter((file) => file.endsWith('.html'));
}

/** Where the modules of the first view are; what is fetched late, or spoken in another language, is not among them. */
const first = /[/](web[/]src|pkg|node_modules[/]lit|node_modules[/]lit-html)[/]|vite[/]preload-helper/;
const late = /[/]web[/]src[/](late[/].*|session-(lens|search)\.ts|locales[/](zh.*|shell-zh|chinese)\.ts)$/;

export default defineConfig({
  root,
  base: './',
  publicDir: 'web/public',
  plugins: [
    contentSecurityPolicy(),
    plainImports(),
    gluedImports(),
    packedModules(),
    flatTemplates(),
    missingModules(),
  ],
  // Templates alone: our one element needs no reactive properties.
  resolve: { alias: [{ find: /^lit$/, replacement: 'lit/html.js' }] },
  server: {
    // Cargo's and Vite's own output: thousands of files that no page reads.
    watch: { ignored: ['**/target/**', '**/dist/**', '**/.cache/**', '**/test-results/**', '**/crates/**'] },
  },
  build: {
    target: 'es2023',
    // A data: address would need a hole in the policy.
    assetsInlineLimit: 0,
    // What is fetched late is fetched whole: nothing is left to preload.
    modulePreload: false,
    rolldownOptions: {
      // Packing the modules takes its time; it need not be said at each build.
      checks: { pluginTimings: false },
      input: pages(),
      // One file for the first view, whatever of it the late ones use too: many small files are longer when packed.
      output: {
        // Six characters tell two builds apart as well as eight, and the first load names some forty files.
        chunkFileNames: 'assets/[name]-[hash:6].js',
        assetFileNames: 'assets/[name]-[hash:6][extname]',
        codeSplitting: {
          groups: [
            {
              name: 'page',
              test: (id: string) => first.test(id) && !late.test(id),
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es', plugins: () => [gluedImports()] },
});
