/**
 * What a module of ours imports, by name. `import * as glue` would do, too, but a bundler then makes an object of getters for everything the glue has,
 * and a file more to make it with: a quarter of a kilobyte of the first load.
 */

/**
 * Adds `imports` to the glue that wasm-bindgen writes: the functions that the module asks for.
 * @returns {import('vite').Plugin}
 */
export function gluedImports() {
  return {
    name: 'glued-imports',
    enforce: 'pre',
    transform: {
      filter: { id: /[/]pkg(-lens|-search)?[/]\w+_bg\.js$/ },
      handler: (code) => ({ code: withImports(code), map: null }),
    },
  };
}

/** @param {string} glue */
export function withImports(glue) {
  const names = [...glue.matchAll(/^export function (__wb\w+)/gm)].map(([, name]) => name);
  const asked = names.filter((name) => name !== '__wbg_set_wasm');
  return `${glue}\nexport const imports = { ${asked.join(', ')} };\n`;
}
