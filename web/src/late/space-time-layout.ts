/**
 * The geometry of the space-time picture: time to the right, a lane for each client and node, a slanted line for each message. Pure
 * functions of what the lens told; nothing is drawn here.
 */

/** A message's way, as far as its place matters. */
export interface Way {
  readonly id: string;
  readonly sentUs: number;
  readonly endUs: number;
  readonly end: 'arrived' | 'lost' | 'flying' | 'held';
  readonly card: { readonly from: string; readonly to: string };
}

/** How a node stood from a moment on. */
export interface StandFrom {
  readonly atUs: number;
  readonly node: string;
  readonly up: boolean;
  readonly frozen: boolean;
  readonly role: string;
  readonly term: number;
}

/** A stretch of a lane in which nothing about the node changed. */
export interface Band {
  readonly fromUs: number;
  readonly toUs: number;
  readonly up: boolean;
  readonly frozen: boolean;
  readonly role: string;
  readonly term: number;
}

/** The part of time that is shown, µs; `fromUs < toUs`. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

/** The shortest and the longest time that may be shown at once, µs. */
const SPAN_US_MIN = 2_000;
const SPAN_US_MAX = 120_000_000;

/** Where a moment stands between x0 and x1. */
export function xOf(atUs: number, span: Span, x0: number, x1: number): number {
  return x0 + ((atUs - span.fromUs) / (span.toUs - span.fromUs)) * (x1 - x0);
}

/** The moment that stands at x. */
export function timeAt(x: number, span: Span, x0: number, x1: number): number {
  return span.fromUs + ((x - x0) / (x1 - x0)) * (span.toUs - span.fromUs);
}

/** The span enlarged (`factor` > 1 shows more time) about a moment that keeps its place; never before the run's beginning. */
export function zoomed(span: Span, factor: number, aboutUs: number): Span {
  const wide = span.toUs - span.fromUs;
  const next = Math.min(Math.max(wide * factor, SPAN_US_MIN), SPAN_US_MAX);
  const part = (aboutUs - span.fromUs) / wide;
  return moved({ fromUs: aboutUs - part * next, toUs: aboutUs + (1 - part) * next }, 0);
}

/** The span moved by `byUs`; it does not begin more than a little before the run does. */
export function moved(span: Span, byUs: number): Span {
  const wide = span.toUs - span.fromUs;
  const fromUs = Math.max(span.fromUs + byUs, -wide * 0.02);
  return { fromUs, toUs: fromUs + wide };
}

/** Round moments to label, at least `gap` pixels apart: 1, 2 or 5 times a power of ten. */
export function ticksOf(span: Span, width: number, gap: number): number[] {
  const least = ((span.toUs - span.fromUs) / width) * gap;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= least) ?? 10 * power;
  const ticks: number[] = [];
  for (let at = Math.max(0, Math.ceil(span.fromUs / step)) * step; at <= span.toUs; at += step) {
    ticks.push(Math.round(at));
  }
  return ticks;
}

/** The stretches of one node's lane up to a moment. */
export function bandsOf(stands: readonly StandFrom[], node: string, untilUs: number): Band[] {
  const own = stands.filter((stand) => stand.node === node && stand.atUs <= untilUs);
  return own
    .map(({ atUs, up, frozen, role, term }, i) => ({
      fromUs: atUs,
      toUs: own[i + 1]?.atUs ?? untilUs,
      up,
      frozen,
      role,
      term,
    }))
    .filter((band) => band.toUs > band.fromUs);
}

/**
 * All that could have caused a message: for each lane, up to when what happened there may have reached the message's sender before it
 * left (Lamport's happened-before). The fixed point of: who sent something that arrived in the past is in the past up to that sending.
 */
export function pastOf(ways: readonly Way[], message: Way): Map<string, number> {
  const past = new Map<string, number>([[message.card.from, message.sentUs]]);
  const arrived = ways.filter((way) => way.end === 'arrived' && way.endUs <= message.sentUs);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { card, sentUs, endUs } of arrived) {
      const reached = past.get(card.to);
      if (reached !== undefined && endUs <= reached && (past.get(card.from) ?? -1) < sentUs) {
        past.set(card.from, sentUs);
        grew = true;
      }
    }
  }
  return past;
}

/** The message whose line passes nearest to a point, within `reach` pixels; null when none does. */
export function nearest<T extends Way>(
  ways: readonly T[],
  point: { x: number; y: number },
  place: (way: T) => readonly [number, number, number, number],
  reach: number,
): T | null {
  let best: T | null = null;
  let least = reach;
  for (const way of ways) {
    const [ax, ay, bx, by] = place(way);
    const along = ((point.x - ax) * (bx - ax) + (point.y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1);
    const part = Math.min(Math.max(along, 0), 1);
    const away = Math.hypot(point.x - ax - part * (bx - ax), point.y - ay - part * (by - ay));
    if (away < least) {
      least = away;
      best = way;
    }
  }
  return best;
}
