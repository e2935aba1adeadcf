/**
 * The shape of a benchmark. Each file of scripts/bench/ measures one scene and exports `figures`; the names follow
 * `core.commit.3n.b1.native`. What cannot be measured yet is left out, never guessed.
 */

import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { at } from './paths.mjs';

/**
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} value
 * @property {string} unit
 * @property {string} [peer] Another program, with its version, that did the same in the same call.
 * @property {number} [peer_value]
 * @property {number} [ratio] Ours divided by the peer's.
 * @property {number} [ratio_median] The same turn by turn, where both had many: the median.
 *
 * @typedef {object} Bench What a measurement may use; made when first asked for, put away by the runner.
 * @property {() => Promise<string>} site Address of the built page's folder, served locally.
 * @property {(look?: import('@playwright/test').BrowserContextOptions) => Promise<import('@playwright/test').Page>} page A
 *   new page in a Chromium of its own.
 * @property {() => Promise<typeof import('../../pkg/raftarium.js')>} core The optimised module, alive in this Node.
 * @property {(args: string[]) => Promise<Figure[]>} native Runs `cargo run --profile fast` with these arguments; every line of its
 *   output that opens with a brace is a figure.
 *
 * @typedef {object} Figures
 * @property {string[]} names Every figure that this file can measure.
 * @property {(bench: Bench) => Promise<Figure[]>} measure
 */

/** @returns {Promise<Figures[]>} In order of file names. */
export async function allFigures() {
  const files = readdirSync(at('scripts/bench'))
    .filter((name) => name.endsWith('.mjs') && !name.endsWith('.test.mjs'))
    .sort();
  const modules = await Promise.all(files.map((name) => import(pathToFileURL(at('scripts/bench', name)).href)));
  return modules.map((module) => /** @type {Figures} */ (module.figures));
}

/**
 * What is wished for and cannot be measured: left out in silence it would be taken for measured.
 * @param {string[]} wished Beginnings of names.
 * @param {string[]} names Every figure.
 * @returns {string | undefined} A sentence.
 */
export function unknownFigure(wished, names) {
  const unknown = wished.find((word) => !names.some((name) => name.startsWith(word)));
  if (unknown === undefined) return undefined;
  return `No figure's name starts with \`${unknown}\`. There are:\n  ${names.join('\n  ')}`;
}

/**
 * A table for people.
 * @param {Figure[]} figures
 */
export function table(figures) {
  const rows = figures.map(({ name, value, unit, peer, peer_value, ratio, ratio_median }) => [
    name,
    short(value),
    unit,
    peer === undefined ? '' : `${peer}: ${short(peer_value ?? Number.NaN)}`,
    ratio === undefined ? '' : `x${ratio.toFixed(2)}`,
    ratio_median === undefined ? '' : `median x${ratio_median.toFixed(2)}`,
  ]);
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0))),
    )
    .map((row) => row.join('  ').trimEnd())
    .join('\n');
}

/** @param {number} value Three digits or so: more would be noise. */
const short = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
