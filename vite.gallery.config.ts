/** The gallery of situations, a page of its own in dist/gallery: nothing that the product loads knows of it. */

import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './vite.config.ts';

const root = resolve(import.meta.dirname, 'web');

export default defineConfig({
  root,
  base: './',
  publicDir: false,
  plugins: [contentSecurityPolicy()],
  build: {
    target: 'es2023',
    outDir: resolve(import.meta.dirname, 'dist/gallery'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: { input: resolve(root, 'dev/gallery.html') },
  },
});
