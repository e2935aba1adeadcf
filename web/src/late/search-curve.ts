/**
 * Distinct states over the runs of a search: a point for each report, as few as a small picture needs; whether new ones still come; and the picture.
 * Pure but for the points it keeps. What a state is, is the search's (`crates/sim/src/fuzz/archive.rs`).
 */

import { svg, type TemplateResult } from 'lit';

/** After so many runs there were so many distinct states. */
export interface Point {
  readonly runs: number;
  readonly states: number;
}

/** More points than this are thinned. */
const POINTS_MAX = 96;

/** Fewer runs than this say nothing of a trend. */
const RUNS_LEAST = 200;

/** Of the latest so many of the runs it is said what they brought. */
const LATE_SHARE = 1 / 4;

/** New states are hardly any when a late run brings so much less than an average one. */
const FLAT = 1 / 20;

/** What the curve says. */
export interface Trend {
  /** New states a run, of late and on average. */
  readonly late: number;
  readonly average: number;
  readonly flat: boolean;
}

/** The points with another one: of one search, so neither number falls; beyond so many every other one is let go, the first and the last never. */
export function withPoint(points: readonly Point[], point: Point): Point[] {
  const last = points.at(-1);
  // Shrinking is no run, and meets nothing new.
  if (last !== undefined && point.runs <= last.runs) return [...points];
  const all = [...points, point];
  return all.length <= POINTS_MAX ? all : all.filter((_, i) => i % 2 === 0 || i === all.length - 1);
}

/** How many states there were after so many runs, between two points along the line that joins them. */
function statesAt(points: readonly Point[], runs: number): number {
  const after = points.findIndex((point) => point.runs >= runs);
  const right = points[after] ?? points.at(-1) ?? { runs: 0, states: 0 };
  const left = points[after - 1] ?? { runs: 0, states: 0 };
  const share = right.runs > left.runs ? (runs - left.runs) / (right.runs - left.runs) : 1;
  return left.states + (right.states - left.states) * share;
}

/** Whether new states still come; null while there were too few runs to say. */
export function trendOf(points: readonly Point[]): Trend | null {
  const { runs, states } = points.at(-1) ?? { runs: 0, states: 0 };
  if (runs < RUNS_LEAST || states === 0) return null;
  const late = (states - statesAt(points, runs * (1 - LATE_SHARE))) / (runs * LATE_SHARE);
  const average = states / runs;
  return { late, average, flat: late < average * FLAT };
}

/** The curve in a box of this size, from no run and no state on. */
export function curvePicture(points: readonly Point[], width: number, height: number): TemplateResult {
  const { runs, states } = points.at(-1) ?? { runs: 1, states: 1 };
  const x = (point: Point) => Math.round(((width - 2) * point.runs * 10) / Math.max(1, runs)) / 10 + 1;
  const y = (point: Point) => height - 1 - Math.round(((height - 3) * point.states * 10) / Math.max(1, states)) / 10;
  return svg`<path class="nof line" d=${`M1 ${height - 0.5}H${width}`}/><path class="nof ink" d=${`M1 ${height - 1}${points.map((point) => `L${x(point)} ${y(point)}`).join('')}`}/>`;
}
