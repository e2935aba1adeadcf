/**
 * The rules of the house that no linter knows: how long a file may be, what the pure rooms may not know, who may import whom.
 * Each rule looks at files as text and returns complaints, a line each.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { deadLinks, untoldThings } from './house-documents.mjs';
import { at, root } from './paths.mjs';
import { must, run } from './run.mjs';
import { filesUnder } from './stamp.mjs';

/**
 * @typedef {object} Source
 * @property {string} path Relative to the root, with slashes.
 * @property {string} text
 */

const linesMax = 500;

/** Our own kinds of source. Lock files, pictures and transcripts may be as long as they are. */
const written = /\.(rs|ts|mjs|js|css|html|sh)$/;

/**
 * @param {RegExp} wanted
 * @param {string[]} folders
 * @returns {Source[]}
 */
function readFiles(wanted, ...folders) {
  return filesUnder(...folders)
    .filter((file) => wanted.test(file))
    .map((file) => ({ path: relative(root, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }));
}

/** @returns {Source[]} Every source file of the repository. */
export const readSources = () => readFiles(written, 'crates', 'web', 'scripts', 'index.html', 'embed.html', '.ci');

/** @param {Source[]} sources */
export function tooLong(sources) {
  return sources.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - 1;
    return lines > linesMax ? [`${path}: ${lines} lines, and ${linesMax} is the most: split it by responsibility`] : [];
  });
}

/** @param {Source[]} sources Every file opens by saying what it is. */
export function withoutHeader(sources) {
  const opening = { rs: /^\s*(\/\/!|#!\[doc|\/\*!)/, ts: /^(#!.*\n)?\s*\/\*\*/, mjs: /^(#!.*\n)?\s*\/\*\*/ };
  return sources.flatMap(({ path, text }) => {
    const header = Object.entries(opening).find(([ending]) => path.endsWith(`.${ending}`))?.[1];
    return header && !header.test(text) ? [`${path}: it does not open with what it is (\`//!\` or \`/** */\`)`] : [];
  });
}

/** Words that the core and the world must not know: each would make a run differ from machine to machine. */
const impure = [
  {
    word: /\b(HashMap|HashSet|RandomState)\b/,
    why: 'its order differs from run to run: use BTreeMap, BTreeSet or a sorted Vec',
  },
  { word: /\b(f32|f64)\b/, why: 'floats round differently: use integers' },
  { word: /\b(Instant|SystemTime)\b/, why: 'a clock: time is an argument here' },
  { word: /\bstd::(thread|net|fs|env)\b/, why: 'the outside world has no place here' },
];

/** @param {Source[]} sources */
export function impurities(sources) {
  const pure = sources.filter(({ path }) => /^crates\/(raft|sim)\/src\//.test(path));
  return pure.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const code = line.replace(/\/\/.*/, '');
      return impure.flatMap(({ word, why }) => {
        const found = word.exec(code);
        return found ? [`${path}:${index + 1}: ${found[0]}: ${why}`] : [];
      });
    }),
  );
}

/** Which imports a part of the page may not have. The wasm module has one door. */
const doors = [
  {
    from: /^web\/src\/(?!session[^/]*\.ts$)/,
    to: /\/pkg(-lens|-search)?(\/|$)/,
    why: 'only web/src/session*.ts imports a WebAssembly module',
  },
  {
    from: /^web\/src\/(views|layout|format)\//,
    to: /\/(session|player|elements|controls)\b/,
    why: 'a view knows only its view model',
  },
];

/** @param {Source[]} sources Imports of types do not count: they are gone when the page runs. */
export function wrongImports(sources) {
  const imports =
    /^\s*(?:import|export)\s+(?!type\b)(?:[^'"]*?\bfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
  return sources
    .filter(({ path }) => path.endsWith('.ts'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(imports)].flatMap((match) => {
        const target = match[1] ?? match[2] ?? '';
        const door = doors.find(({ from, to }) => from.test(path) && to.test(target));
        return door ? [`${path}: imports ${target}: ${door.why}`] : [];
      }),
    );
}

/**
 * Which of our crates each may depend on, and whether it may use others' crates. Tests may use what they like.
 * @type {Record<string, { ours: string[], others: boolean }>}
 */
const arrows = {
  'raft-core': { ours: [], others: false },
  'raft-conformance': { ours: ['raft-core'], others: false },
  'raftarium-sim': { ours: ['raft-core'], others: false },
  'raftarium-etcd-trace': { ours: ['raft-core', 'raftarium-sim'], others: true },
  'raftarium-lens': { ours: ['raft-core', 'raftarium-sim'], others: true },
  'raftarium-search': { ours: ['raftarium-sim'], others: true },
  'raftarium-cli': { ours: ['raftarium-etcd-trace', 'raftarium-sim'], others: true },
  raftarium: { ours: ['raft-core', 'raftarium-sim'], others: true },
};

/**
 * @typedef {{ name: string, dependencies: { name: string, kind: string | null, path?: string }[] }} Crate
 * @param {Crate[]} crates As `cargo metadata` tells.
 */
export function wrongArrows(crates) {
  return crates.flatMap(({ name, dependencies }) => {
    const rule = arrows[name];
    if (!rule) return [];
    return dependencies
      .filter(({ kind }) => kind !== 'dev')
      .filter((dependency) => (dependency.path ? !rule.ours.includes(dependency.name) : !rule.others))
      .map((dependency) => `crate ${name} must not depend on ${dependency.name}`);
  });
}

/** @param {string} listed What `git ls-files --cached --ignored` tells: files that are committed though nobody should. */
export const keptBuilds = (listed) =>
  listed
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => `${path}: .gitignore names it, and it is committed`);

/** @returns {Promise<string[]>} Every complaint about the repository as it is. */
export async function complaints() {
  const sources = readSources();
  const metadata = await must('cargo', ['metadata', '--no-deps', '--format-version', '1', '--locked', '--quiet']);
  const { packages } = JSON.parse(metadata.slice(metadata.indexOf('{')));
  const documents = readFiles(/\.md$/, ...readdirSync(root).filter((name) => name.endsWith('.md')), 'crates', 'docs');
  const dead = deadLinks(documents, (path) => existsSync(at(path)));
  /** @param {string} path */
  const read = (path) => ({ path, text: readFileSync(at(path), 'utf8') });
  const papers = {
    readme: read('README.md'),
    twin: read('README.zh-CN.md'),
    architecture: read('ARCHITECTURE.md'),
  };
  const parameters = read('web/src/controls/parameters.ts').text;
  const silent = untoldThings(papers, JSON.parse(read('package.json').text), packages, parameters);
  // A copy without its history, as an archive is, has nothing to be asked.
  const listed = await run('git', ['ls-files', '--cached', '--ignored', '--exclude-standard']);
  return [tooLong, withoutHeader, impurities, wrongImports]
    .flatMap((rule) => rule(sources))
    .concat(wrongArrows(packages), dead, silent, keptBuilds(listed.code === 0 ? listed.output : ''));
}
