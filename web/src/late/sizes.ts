/** How large the panels of a wide page are, in the units of its grid, and what a hand may make of them. Pure but for what is kept. */

import { keep, recall } from '../controls/preferences';

/** Columns in parts of the width, rows of the strip in CSS pixels: without wide panels, and with one. */
export interface Sizes {
  readonly cluster: number;
  readonly logs: number;
  readonly inspector: number;
  readonly strip: number;
  readonly wide: number;
}

/** What the layout is drawn for. */
export const DRAWN: Sizes = { cluster: 496, logs: 624, inspector: 320, strip: 116, wide: 252 };

/** Nothing is made smaller than this, nor the strip larger. */
const LEAST: Sizes = { cluster: 280, logs: 320, inspector: 200, strip: 48, wide: 160 };
export const STRIP_MAX = 420;

/** Gives one column what the other loses, as far as both have more than the least. */
export function shifted(sizes: Sizes, from: 'logs' | 'inspector', to: 'cluster' | 'logs', by: number): Sizes {
  const most = sizes[from] - LEAST[from];
  const least = LEAST[to] - sizes[to];
  const given = Math.round(Math.max(Math.min(by, most), least));
  return { ...sizes, [from]: sizes[from] - given, [to]: sizes[to] + given };
}

/** The strip with another height. */
export function stripped(sizes: Sizes, row: 'strip' | 'wide', height: number): Sizes {
  return { ...sizes, [row]: Math.round(Math.max(LEAST[row], Math.min(STRIP_MAX, height))) };
}

/** Sizes as they are kept; what is no such thing is left out. */
export function readSizes(kept: string | null): Sizes {
  const names = Object.keys(DRAWN) as (keyof Sizes)[];
  const numbers = (kept ?? '').split(' ').map(Number);
  const sound = numbers.length === names.length && names.every((name, i) => (numbers[i] ?? 0) >= LEAST[name]);
  return sound ? (Object.fromEntries(names.map((name, i) => [name, numbers[i]])) as unknown as Sizes) : DRAWN;
}

export const keptSizes = (): Sizes => readSizes(recall('sizes'));

export const keepSizes = (sizes: Sizes): void => keep('sizes', Object.values(sizes).join(' '));
