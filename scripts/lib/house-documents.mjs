/**
 * What the documents must say: rules for Markdown that no linter knows. A link leads somewhere, the two READMEs quote the same things, and
 * what can be typed or is depended on stands in the document that lists it.
 */

import { posix } from 'node:path';

/** @typedef {import('./house-rules.mjs').Source} Source */

/**
 * Documents may only point at what is there.
 * @param {Source[]} documents Markdown.
 * @param {(path: string) => boolean} exists
 */
export function deadLinks(documents, exists) {
  return documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)\s#]+)[^)]*\)/g)]
      .map((match) => posix.join(posix.dirname(path), match[1] ?? ''))
      .filter((target) => !exists(target))
      .map((target) => `${path}: it points at ${target}, which is not there`),
  );
}

/** @param {string} text What is quoted in a line: commands, actions, keys, names. */
const quoted = (text) => new Set([...text.matchAll(/`[^`\n]+`/g)].map(([quote]) => quote));

/**
 * Two languages, one content: what one quotes the other quotes too.
 * @param {Source} one
 * @param {Source} other
 */
export function unlikeTwins(one, other) {
  /** @param {Source} here @param {Source} there */
  const missing = (here, there) =>
    [...quoted(there.text)]
      .filter((quote) => !quoted(here.text).has(quote))
      .map((quote) => `${here.path}: it lacks ${quote}, which ${there.path} has`);
  return [...missing(one, other), ...missing(other, one)];
}

/**
 * A list is complete.
 * @param {Source} document
 * @param {string[]} names Each stands in it, as a word.
 */
export function untold({ path, text }, names) {
  return names
    .filter((name) => !new RegExp(`(?<![\\w@/-])${escaped(name)}(?![\\w/-])`).test(text))
    .map((name) => `${path}: it does not mention ${name}`);
}

/** @param {string} text As a pattern for itself. */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * @param {{ readme: Source, twin: Source, architecture: Source }} documents
 * @param {{ scripts: Record<string, string>, dependencies: Record<string, string>, devDependencies: Record<string, string> }} packageJson
 * @param {import('./house-rules.mjs').Crate[]} crates
 * @param {string} parameters The file that lists the page's URL parameters.
 */
export function untoldThings({ readme, twin, architecture }, packageJson, crates, parameters) {
  const scripts = Object.keys(packageJson.scripts).map((name) => (/^(start|test)$/.test(name) ? '' : 'run ') + name);
  const listed = /PARAMETERS = \[([^\]]+)\]/.exec(parameters)?.[1] ?? '';
  const ours = new Set(crates.map(({ name }) => name));
  const rust = crates.flatMap(({ dependencies }) => dependencies.map(({ name }) => name));
  // The fonts are one line, named as people name them.
  const npm = Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies }).map((name) =>
    name.replace(/^@fontsource-variable\/.*/, '@fontsource-variable'),
  );
  return [
    ...unlikeTwins(readme, twin),
    ...untold(
      readme,
      scripts.map((name) => `npm ${name}`),
    ),
    ...untold(
      readme,
      [...listed.matchAll(/\w+/g)].map(([name]) => name),
    ),
    ...untold(architecture, [...new Set([...rust, ...npm])].filter((name) => !ours.has(name)).sort()),
  ];
}
