/**
 * Types of the glue that wasm-bindgen writes: it types only its front door, which imports the module in a way that cannot be repeated.
 * `imports` is what `scripts/lib/glue.mjs` adds.
 */

declare module '*/pkg/raftarium_bg.js' {
  export const Session: typeof import('../../pkg/raftarium').Session;
  export const last_panic: typeof import('../../pkg/raftarium').last_panic;
  export const imports: WebAssembly.ModuleImports;
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

declare module '*/pkg-lens/raftarium_lens_bg.js' {
  export const Lens: typeof import('../../pkg-lens/raftarium_lens').Lens;
  export const imports: WebAssembly.ModuleImports;
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

declare module '*/pkg-search/raftarium_search_bg.js' {
  export const Search: typeof import('../../pkg-search/raftarium_search').Search;
  export const Odds: typeof import('../../pkg-search/raftarium_search').Odds;
  export const imports: WebAssembly.ModuleImports;
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
}
