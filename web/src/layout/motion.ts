/**
 * Motion is data: where a message is and how much of a timer is left, as pure functions of simulated time. Linear, never eased.
 */

import type { MessageView, TimerView } from '../model';
import { type ClusterLayout, clientCorner } from './cluster';
import { clip, direction, distance, lerp, type Point, type Segment } from './geometry';

/** How much of its time a doomed message travels before it falls off the link. */
export const fallsAt = 0.7;
/** How far it falls, in SVG units. */
const fallDepth = 46;

/** Part of the way, 0..1, and where it is held no further; with reduced motion only 0, one half and 1. */
export function partOf(message: MessageView, nowUs: number, reduced: boolean): number {
  const whole = message.arriveUs - message.sentUs;
  const part =
    whole <= 0 ? 1 : Math.min(1, Math.max(0, (Math.min(nowUs, message.heldUs ?? nowUs) - message.sentUs) / whole));
  if (!reduced) return part;
  return part >= 1 ? 1 : 0.5 * Math.round(part * 2 - 0.25);
}

/** An end of a message's way: a node's place in the view, or -1, -2, .. for the first client, the second, .. */
export type End = number;

/** Where an end is, and how far its own drawing reaches. */
function endOf(layout: ClusterLayout, end: End): { at: Point; reach: number } {
  if (end < 0) {
    const corner = clientCorner(layout, -1 - end);
    const half = layout.client.side / 2;
    return { at: { x: corner.x + half, y: corner.y + half }, reach: half };
  }
  return { at: layout.nodes[end]?.centre ?? layout.centre, reach: layout.timerRadius };
}

/** How far a glyph of half extent `extent` reaches along a direction. */
export function reachAlong(extent: Point, u: Point): number {
  return Math.min(extent.x / Math.max(0.001, Math.abs(u.x)), extent.y / Math.max(0.001, Math.abs(u.y)));
}

/** Room for the arrowhead that runs ahead of a glyph. */
const arrowAhead = 12;

/**
 * The line a message's centre travels on, from where its glyph leaves one drawing to where its arrowhead meets the other; at least a third of the
 * whole.
 */
export function pathBetween(layout: ClusterLayout, from: End, to: End, extent: Point): Segment {
  const a = endOf(layout, from);
  const b = endOf(layout, to);
  const most = distance(a.at, b.at) / 3;
  const own = reachAlong(extent, direction(a.at, b.at));
  return clip(a.at, b.at, Math.min(a.reach + own, most), Math.min(b.reach + own + arrowAhead, most));
}

/** How much of a link its end hides: the node's own drawing and, on the way down, the words below it. */
function hidden(layout: ClusterLayout, end: number, u: Point): number {
  const down = layout.nodes[end]?.label === 'below' && u.y > 0.5;
  return down ? Math.max(layout.reach, Math.min((layout.reach + 40) / u.y, layout.reach + 60)) : layout.reach;
}

function findCut(layout: ClusterLayout, from: number, to: number): number {
  const a = layout.nodes[from]?.centre ?? layout.centre;
  const b = layout.nodes[to]?.centre ?? layout.centre;
  const u = direction(a, b);
  const length = distance(a, b) || 1;
  const start = hidden(layout, from, u) / length;
  const end = 1 - hidden(layout, to, { x: -u.x, y: -u.y }) / length;
  const rim = layout.compass.radius + layout.compass.thickness / 2;
  const middle = (start + end) / 2;
  if (distance(lerp(a, b, middle), layout.centre) >= rim + 20) return middle;
  let best = { part: middle, room: Number.NEGATIVE_INFINITY };
  for (let step = 1; step < 50; step += 1) {
    const part = start + ((end - start) * step) / 50;
    const ends = Math.min(part - start, end - part) * length;
    const room = Math.min(ends, distance(lerp(a, b, part), layout.centre) - rim);
    if (room > best.room + 0.001) best = { part, room };
  }
  return best.part;
}

const cuts = new WeakMap<ClusterLayout, Map<number, number>>();

/** Where on a link its cut is drawn: in the middle of what is in sight, or to one side where the compass takes the middle. */
export function cutPart(layout: ClusterLayout, from: End, to: End): number {
  if (from < 0 || to < 0) return 0.5;
  let known = cuts.get(layout);
  if (known === undefined) {
    known = new Map();
    cuts.set(layout, known);
  }
  const [low, high] = from < to ? [from, to] : [to, from];
  const key = low * 16 + high;
  let part = known.get(key);
  if (part === undefined) {
    part = findCut(layout, low, high);
    known.set(key, part);
  }
  return from < to ? part : 1 - part;
}

export interface Place extends Point {
  /** 1, or less while a doomed message falls. */
  opacity: number;
}

/** Where a message is at a part of its way. A doomed one goes as far as the cut and then falls. */
export function placeOf(path: Segment, part: number, doomed: boolean, cut: number): Place {
  if (!doomed) return { ...lerp(path.from, path.to, part), opacity: 1 };
  const travelled = Math.min(1, part / fallsAt);
  const fallen = Math.max(0, (part - fallsAt) / (1 - fallsAt));
  const at = lerp(path.from, path.to, cut * travelled);
  return { x: at.x, y: at.y + fallDepth * fallen, opacity: 1 - 0.85 * fallen };
}

/** What is left of an election timer, 1 (just reset) to 0 (fires). A frozen node's stands still. */
export function timerLeft(timer: TimerView, nowUs: number): number {
  const whole = timer.deadlineUs - timer.startUs;
  if (whole <= 0) return 0;
  const left = timer.stoppedRemainingUs ?? timer.deadlineUs - nowUs;
  return Math.min(1, Math.max(0, left / whole));
}

/** The part of an election timer after which some draw would have let it fire, 0..1 from its start. */
export function timerMinimum(timer: TimerView): number {
  const whole = timer.deadlineUs - timer.startUs;
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, (timer.minimumUs - timer.startUs) / whole));
}
