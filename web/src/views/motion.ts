/**
 * Moves what moves. A message's way is linear in simulated time, so it is handed to the browser once, as an animation whose clock is the simulated one:
 * the compositor then carries it, and between two events the main thread does nothing at all. Standing still (paused, stepping, or too fast to follow)
 * is written as plain style, so the DOM of a still picture is complete in itself. Timers are slower and are set a few times a second.
 */

import { direction, distance, round } from '../layout/geometry';
import { cutPart, fallsAt, type Place, partOf, pathBetween, placeOf, reachAlong } from '../layout/motion';
import { type Box, hasRoom } from '../layout/room';
import type { MessageView, View } from '../model';
import { placeArc, pulse } from './arcs';
import { clientSays } from './client';
import { type Flier, Flight } from './flight';
import { fitLayer } from './layer';
import { endIn, extentOf, type Name, nameAt, nameBox, namesOf, onSide, sides } from './names';
import { AWAY, driftMs, runAll, runs, still, type Track } from './tracks';
import type { ViewArgs } from './types';

/** What `moveCluster` reads. */
export interface Moving extends Pick<ViewArgs, 'view' | 'nowUs' | 'layout' | 'ui' | 't' | 'seldom'> {
  /** Simulated µs that pass in one real ms while playing: 100 at a tenth of real speed. 0 or absent: everything stands still. */
  rate?: number;
  /** The real time (as `performance.now` counts) at which `nowUs` was now; absent: this very moment. */
  asOfMs?: number | null;
  /** The picture was just drawn: a frame is due, and timers in it may be new. */
  drawn?: boolean;
  /** What draws a running crowd; it is fetched when there first is one. */
  crowd?: Crowd | null;
}

/** Draws what runs in another way if it is many; answers the view of what is left to the boxes. */
export type Crowd = (layer: HTMLElement, args: Moving) => View;

/** Whatever lives shorter than this, in real ms, is only placed, not animated. */
const shortestMs = 60;
/** Timers are set at least this often, in real ms, while nothing else happens. */
const slowGapMs = 90;
/** How long a client has waited is told this often, in real ms: a text is a layout of its own. */
const waitGapMs = 240;
/** A name that is seen for a shorter time than this, in real ms, cannot be read. */
const nameMs = 400;
/** Between two frames time is taken to run on, but not for longer than this, in real ms. */
const longestGapMs = 100;

/** Where a message is at a time, and how faint. */
export function placeAt(args: Pick<Moving, 'view' | 'nowUs' | 'layout' | 'ui'>, message: MessageView): Place {
  const { layout, view, nowUs, ui } = args;
  const from = endIn(view, message.from);
  const to = endIn(view, message.to);
  const part = partOf(message, nowUs, ui.reducedMotion);
  const path = pathBetween(layout.cluster, from, to, extentOf(message));
  const at = message.heldUs === null ? part : parkedPart(view, message, part, distance(path.from, path.to));
  return placeOf(path, at, message.doomed, cutPart(layout.cluster, from, to));
}

/** Those that are held stand clear of their sender's rim, where the ways of all of them begin, and of each other on one way. */
function parkedPart({ messages }: View, message: MessageView, part: number, length: number): number {
  const alike = messages.filter(
    ({ from, to, heldUs }) => heldUs !== null && from === message.from && to === message.to,
  );
  return Math.min(Math.max(part, 0.12) + (32 / length) * alike.indexOf(message), 0.95);
}

function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function translation({ x, y }: { x: number; y: number }): string {
  return `translate(${round(x)}px, ${round(y)}px)`;
}

/** Keyframes of a message's way: straight and even; a doomed one falls at its cut; with reduced motion three places. */
function wayOf(args: Moving, message: MessageView): Keyframe[] {
  const { layout, view, ui } = args;
  const from = endIn(view, message.from);
  const to = endIn(view, message.to);
  const path = pathBetween(layout.cluster, from, to, extentOf(message));
  const cut = cutPart(layout.cluster, from, to);
  const frame = (part: number, offset: number, easing = 'linear'): Keyframe => {
    const place = placeOf(path, part, message.doomed, cut);
    return {
      transform: translation(place),
      offset,
      easing,
      ...(message.doomed ? { opacity: round(place.opacity) } : {}),
    };
  };
  if (ui.reducedMotion) return [frame(0, 0, 'step-end'), frame(0.5, 0.375, 'step-end'), frame(1, 1)];
  return message.doomed ? [frame(0, 0), frame(fallsAt, fallsAt), frame(1, 1)] : [frame(0, 0), frame(1, 1)];
}

/** Keyframes of a name: seen where it has room. Empty when it has room all the way. */
function fadeOf(args: Moving, message: MessageView, name: Name): Keyframe[] {
  const steps = 12;
  const whole = message.arriveUs - message.sentUs;
  const fits = Array.from({ length: steps + 1 }, (_, i) => {
    const at = placeAt({ ...args, nowUs: message.sentUs + (whole * i) / steps }, message);
    return hasRoom(args.layout.cluster, nameBox(name, at.x, at.y), []);
  });
  if (fits.every(Boolean)) return [];
  return fits.map((seen, i) => ({ opacity: seen ? 1 : 0, offset: i / steps }));
}

/** The room a message's own glyph takes. */
function glyphBox(message: MessageView, at: Place): Box {
  const { x, y } = extentOf(message);
  return { x: at.x - x, y: at.y - y, width: 2 * x, height: 2 * y };
}

/** The room of the arrowhead that runs ahead of it. */
function arrowBox(args: Moving, message: MessageView, at: Place): Box {
  const ends = [endIn(args.view, message.from), endIn(args.view, message.to)] as const;
  const { from, to } = pathBetween(args.layout.cluster, ...ends, extentOf(message));
  const u = direction(from, to);
  const ahead = reachAlong(extentOf(message), u) + 6;
  // Ahead of a held one stands a buffer stop, which is wider.
  const half = message.heldUs === null ? 6 : 13;
  return { x: at.x + u.x * ahead - half, y: at.y + u.y * ahead - half, width: 2 * half, height: 2 * half };
}

/** The messages of a still picture: where each stands, and its box. */
type Shown = ReadonlyMap<MessageView, { at: Place; box: HTMLElement }>;

/** Puts a name's words on a side of their message, or away. */
function setName(words: Element, name: Name, seen: boolean): void {
  const { anchor, x, y } = nameAt(name);
  if (words.firstElementChild !== null) set(words.firstElementChild, 'transform', `translate(${x} ${y})`);
  set(words, 'class', `name ${anchor}${seen ? '' : ' away'}`);
}

/** Of a still picture: shows each name on a side where it crosses nothing: no node, no other message, no other name. */
function placeNames(shown: Shown, args: Moving, names: ReadonlyMap<string, Name>): void {
  const placed: Box[] = [];
  for (const [message, { at, box }] of shown) {
    const name = names.get(message.id);
    const words = box.firstElementChild;
    if (name === undefined || words === null) continue;
    const others = [...shown].filter(([other]) => other !== message).map(([other, place]) => glyphBox(other, place.at));
    others.push(arrowBox(args, message, at));
    const tries = sides.map((side) => onSide(name, side, message));
    const fits = tries.find((each) => hasRoom(args.layout.cluster, nameBox(each, at.x, at.y), [...placed, ...others]));
    if (fits !== undefined) placed.push(nameBox(fits, at.x, at.y));
    setName(words, fits ?? name, fits !== undefined);
  }
}

/** A message's way as a track; its name may come and go on it. Messages that are drawn alike go the same way. */
function wayTrack(args: Moving, { box, message, drawn }: Flier, name: Name | undefined): Track {
  const key = `${drawn}${message.from}${args.ui.reducedMotion}`;
  const parts = () =>
    [
      [box, wayOf(args, message)],
      [box.firstElementChild, name === undefined ? [] : fadeOf(args, message, name)],
    ] as const;
  return { key, startUs: message.sentUs, durationUs: message.arriveUs - message.sentUs, parts };
}

/** The box of a message that is gone is not seen until it serves another. One that came to the end of its way is out of sight already. */
function retire({ box, message }: Flier, nowUs: number): void {
  box.style.opacity = '';
  if (runs(box) && nowUs >= message.arriveUs) return;
  still(box);
  box.style.transform = AWAY;
}

/** Gives the messages their boxes and places those that stand still; answers the tracks of those that run. */
function messageTracks({ flight, layer }: Movers, args: Moving): [Element, Track][] {
  const { view, layout, ui, t } = args;
  const rate = args.rate ?? 0;
  const names = namesOf(view, layout, t, ui.selected?.kind === 'message' ? ui.selected.id : null, nameMs * rate);
  const shown = new Map<MessageView, { at: Place; box: HTMLElement }>();
  const tracks: [Element, Track][] = [];
  const gone = (flier: Flier) => retire(flier, args.nowUs);
  const boxed = { ...args, view: args.crowd?.(layer, args) ?? view };
  for (const flier of flight.sync(boxed, names, gone).values()) {
    const { box, message } = flier;
    if (rate > 0 && message.heldUs === null && (message.arriveUs - message.sentUs) / rate >= shortestMs) {
      const name = names.get(message.id);
      if (name !== undefined && box.firstElementChild !== null) setName(box.firstElementChild, name, true);
      tracks.push([box, wayTrack(args, flier, name)]);
    } else {
      still(box);
      const at = placeAt(args, message);
      shown.set(message, { at, box });
      box.style.transform = translation(at);
      box.style.opacity = message.doomed ? String(round(at.opacity)) : '';
    }
  }
  if (rate === 0) flight.clear();
  if (shown.size > 0) placeNames(shown, args, names);
  return tracks;
}

function moveArcs(arcs: Element, args: Moving): void {
  for (const group of arcs.children) {
    const node = args.view.nodes[endIn(args.view, group.getAttribute('data-arc') ?? '')];
    if (node !== undefined) placeArc(group, node, args.nowUs, args.ui.reducedMotion);
  }
}

function moveWaits(clients: Element, args: Moving): void {
  for (const client of args.view.clients) {
    if (client.state !== 'waiting') continue;
    const line = clients.querySelector(`[data-says="${client.id}"]`);
    const says = clientSays({ ...args, emit: () => {} }, client);
    if (line !== null && line.textContent !== says) line.textContent = says;
  }
}

/** The parts of a cluster's picture that move, found once. */
interface Movers {
  stage: HTMLElement;
  layer: HTMLElement;
  arcs: Element;
  pulses: Element;
  clients: Element;
  flight: Flight;
  /** When timers were set last, and waits. */
  slowMs: number;
  waitMs: number;
}

const movers = new WeakMap<ParentNode, Movers>();

function moversOf(root: ParentNode): Movers | null {
  const known = movers.get(root);
  if (known?.layer.isConnected === true) return known;
  const stage = root.querySelector<HTMLElement>('.stage.cluster');
  const layer = stage?.querySelector<HTMLElement>(':scope > .moving') ?? null;
  const clients = stage?.querySelector(':scope > .clients') ?? null;
  const arcs = stage?.querySelector(':scope > .arcs') ?? null;
  const [pulses, messages] = layer?.children ?? [];
  if (stage === null || layer === null || clients === null || arcs === null) return null;
  if (pulses === undefined || messages === undefined) return null;
  const found = { stage, layer, arcs, pulses, clients, flight: new Flight(messages), slowMs: 0, waitMs: 0 };
  movers.set(root, found);
  return found;
}

/** What was last asked below a root, and when: while all runs as told there is nothing to do. */
const last = new WeakMap<ParentNode, { args: Moving; wallMs: number }>();

function asTold(root: ParentNode, args: Moving, wallMs: number): boolean {
  const was = last.get(root);
  if (was === undefined) return false;
  const same = (['view', 'layout', 'ui', 't', 'seldom', 'crowd', 'rate'] as const).every(
    (name) => was.args[name] === args[name],
  );
  const rate = args.rate ?? 0;
  return same && Math.abs(was.args.nowUs + (wallMs - was.wallMs) * rate - args.nowUs) <= driftMs * rate;
}

/**
 * Moves what moves to `args.nowUs`, in the DOM below `root` (an ancestor of what `clusterView` was rendered into), and lets it run on at
 * `args.rate`. Call it after each render, and as often as you like in between: while everything runs as told it costs nothing. True when anything
 * was set.
 */
export function moveCluster(root: ParentNode, asked: Moving): boolean {
  const wallMs = performance.now();
  const rate = asked.rate ?? 0;
  const late = Math.min(longestGapMs, Math.max(0, wallMs - (asked.asOfMs ?? wallMs)));
  const args: Moving = { ...asked, nowUs: asked.nowUs + late * rate };
  const found = moversOf(root);
  if (found === null) return false;
  const { stage, layer, arcs, pulses, clients } = found;
  let due = args.drawn || wallMs - found.slowMs >= slowGapMs;
  if (!(rate > 0 && asTold(root, args, wallMs))) {
    fitLayer(stage, layer, args.layout.cluster);
    // What passes by must not catch a click that is meant for a link: messages are chosen while they stand still.
    set(layer, 'data-running', String(rate > 0));
    // A message that sets out is a frame that is drawn anyway; one that arrives is none.
    due = runAll(messageTracks(found, args), args.nowUs, rate) || due || rate === 0;
    args.view.nodes.forEach((node, i) => {
      const ringOf = pulses.children[i];
      if (ringOf !== undefined) pulse(ringOf, node, args.ui.reducedMotion);
    });
    last.set(root, { args, wallMs });
  }
  if (due) {
    found.slowMs = wallMs;
    moveArcs(arcs, args);
  }
  if (due && (rate === 0 || wallMs - found.waitMs >= waitGapMs)) {
    found.waitMs = wallMs;
    moveWaits(clients, args);
  }
  return due;
}
