/** Plane geometry in SVG user units: points, clipped lines, arcs, dashes that fit their side. Nothing here knows Raft. */

export interface Point {
  x: number;
  y: number;
}

export interface Segment {
  from: Point;
  to: Point;
}

/** Two decimals: what a hairline needs, and short attribute values. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

export function lerp(a: Point, b: Point, part: number): Point {
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** The unit vector from a to b; pointing right when they coincide. */
export function direction(a: Point, b: Point): Point {
  const length = distance(a, b);
  return length === 0 ? { x: 1, y: 0 } : { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
}

/** The point at `angle` (radians, clockwise from 12 o'clock) on an ellipse. */
export function onEllipse(centre: Point, rx: number, ry: number, angle: number): Point {
  return { x: centre.x + rx * Math.sin(angle), y: centre.y - ry * Math.cos(angle) };
}

/** The line between two discs' rims, `gapFrom` and `gapTo` away from their centres. */
export function clip(a: Point, b: Point, gapFrom: number, gapTo: number): Segment {
  const u = direction(a, b);
  return {
    from: { x: a.x + u.x * gapFrom, y: a.y + u.y * gapFrom },
    to: { x: b.x - u.x * gapTo, y: b.y - u.y * gapTo },
  };
}

/** An arc from one angle clockwise to another (radians from 12 o'clock). */
export function arcPath(centre: Point, radius: number, from: number, to: number): string {
  const a = onEllipse(centre, radius, radius, from);
  const b = onEllipse(centre, radius, radius, to);
  const large = to - from > Math.PI ? 1 : 0;
  return `M${round(a.x)} ${round(a.y)}A${radius} ${radius} 0 ${large} 1 ${round(b.x)} ${round(b.y)}`;
}

/** A full circle that starts at 12 o'clock and runs counter-clockwise: a dash of it drains clockwise towards 12. */
export function ringFromNoon(centre: Point, radius: number): string {
  const { x, y } = centre;
  return `M${round(x)} ${round(y - radius)}a${radius} ${radius} 0 1 0 0 ${2 * radius}a${radius} ${radius} 0 1 0 0 ${-2 * radius}`;
}

/** Four corner brackets around a box. */
export function brackets(x: number, y: number, width: number, height: number, arm: number): string {
  const r = round(x + width);
  const b = round(y + height);
  const l = round(x);
  const t = round(y);
  return (
    `M${l} ${round(t + arm)}v${-arm}h${arm}M${round(r - arm)} ${t}h${arm}v${arm}` +
    `M${r} ${round(b - arm)}v${arm}h${-arm}M${round(l + arm)} ${b}h${-arm}v${-arm}`
  );
}

const fitted = new Map<string, string>();

/**
 * Dashes for a rectangle drawn from its top left corner, so that each side holds whole periods and all four corners are closed:
 * a side begins and ends with half a dash. `dash` and `gap` are stretched a little to fit.
 */
export function fittedDashes(width: number, height: number, dash = 5, gap = 4): string {
  const key = `${width},${height},${dash},${gap}`;
  const known = fitted.get(key);
  if (known !== undefined) return known;
  const parts: number[] = [];
  for (const side of [width, height, width, height]) {
    const periods = Math.max(1, Math.round((side - dash) / (dash + gap)));
    const scale = side / (periods * (dash + gap) + dash);
    for (let i = 0; i < periods; i += 1) parts.push(round(dash * scale), round(gap * scale));
    // The side's last dash runs on into the next side's first one: a pair with no gap between.
    parts.push(round(dash * scale), 0);
  }
  const text = parts.join(' ');
  fitted.set(key, text);
  return text;
}
