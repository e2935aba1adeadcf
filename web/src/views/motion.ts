/**
 * Moves what moves. A message's way and a timer's arc are linear in simulated time, so each is handed to the browser once, as an animation whose clock
 * is the simulated one: the compositor then carries it, and between two events the main thread does nothing at all. Standing still (paused, stepping,
 * or too fast to follow) is written as plain attributes, so the DOM of a still picture is complete in itself.
 */

import { direction, round } from '../layout/geometry';
import { cutPart, fallsAt, type Place, partOf, pathBetween, placeOf, reachAlong, timerLeft } from '../layout/motion';
import { type Box, hasRoom } from '../layout/room';
import type { MessageView, NodeView, View } from '../model';
import { clientSays } from './client';
import { endIn, extentOf, type Name, nameAt, nameBox, namesOf, onSide, sides } from './names';
import type { ViewArgs } from './types';

/** What `moveCluster` reads. */
export interface Moving extends Pick<ViewArgs, 'view' | 'nowUs' | 'layout' | 'ui' | 't'> {
  /** Simulated µs that pass in one real ms while playing: 100 at a tenth of real speed. 0 or absent: everything stands still. */
  rate?: number;
  /** The real time (as `performance.now` counts) at which `nowUs` was now; absent: this very moment. */
  asOfMs?: number | null;
}

/** Whatever lives shorter than this, in real ms, is only placed, not animated. */
const shortestMs = 60;
/** Between two frames time is taken to run on, but not for longer than this, in real ms. */
const longestGapMs = 100;
/** An animation this far off, in real ms, is set right. */
const driftMs = 8;

/** Where a message is at a time, and how faint. */
export function placeAt(args: Pick<Moving, 'view' | 'nowUs' | 'layout' | 'ui'>, message: MessageView): Place {
  const { layout, view, nowUs, ui } = args;
  const from = endIn(view, message.from);
  const to = endIn(view, message.to);
  const part = partOf(message, nowUs, ui.reducedMotion);
  return placeOf(
    pathBetween(layout.cluster, from, to, extentOf(message)),
    part,
    message.doomed,
    cutPart(layout.cluster, from, to),
  );
}

/** A thing in motion: what the browser was told, so that it is told only once. */
interface Held {
  key: string;
  shape: string;
  startUs: number;
  animations: Animation[];
}

const held = new WeakMap<Element, Held>();

function still(element: Element): void {
  const known = held.get(element);
  if (known === undefined) return;
  for (const animation of known.animations) animation.cancel();
  held.delete(element);
}

interface Track {
  key: string;
  /** Tracks of one shape have the same parts and frames: running animations are retimed instead of made anew. */
  shape: string;
  startUs: number;
  durationUs: number;
  /** Which elements move, and how. */
  parts: () => readonly (readonly [Element | null | undefined, Keyframe[]])[];
}

function start(element: Element, track: Track): Held {
  still(element);
  const animations = track.parts().flatMap(([target, frames]) => {
    if (target === null || target === undefined || frames.length === 0) return [];
    return [target.animate(frames, { duration: track.durationUs / 1000, fill: 'both' })];
  });
  const known = { key: track.key, shape: track.shape, startUs: track.startUs, animations };
  held.set(element, known);
  return known;
}

function retime(known: Held, track: Track): void {
  known.key = track.key;
  known.startUs = track.startUs;
  for (const animation of known.animations) animation.effect?.updateTiming({ duration: track.durationUs / 1000 });
}

/** Lets the element's parts run at the simulated clock; starts them if they are not running yet. */
function run(element: Element, track: Track, nowUs: number, rate: number): void {
  let known = held.get(element);
  if (known === undefined || known.shape !== track.shape) known = start(element, track);
  else if (known.key !== track.key) retime(known, track);
  const speed = rate / 1000;
  const due = (nowUs - known.startUs) / 1000;
  for (const animation of known.animations) {
    if (animation.playbackRate !== speed) animation.playbackRate = speed;
    const at = Number(animation.currentTime ?? Number.NaN);
    if (!(Math.abs(at - due) <= driftMs * speed)) animation.currentTime = due;
    if (animation.playState === 'paused') animation.play();
  }
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
  return { x: at.x + u.x * ahead - 6, y: at.y + u.y * ahead - 6, width: 12, height: 12 };
}

type Shown = ReadonlyMap<MessageView, { at: Place; group: Element }>;

/** Puts a name's words on a side of their message, or away. */
function setName(words: Element, name: Name, seen: boolean): void {
  const { anchor, x, y } = nameAt(name);
  set(words, 'transform', `translate(${x} ${y})`);
  set(words, 'class', `name ${anchor}${seen ? '' : ' away'}`);
}

/** Of a still picture: shows each name on a side where it crosses nothing: no node, no other message, no other name. */
function placeNames(shown: Shown, args: Moving, names: ReadonlyMap<string, Name>): void {
  const placed: Box[] = [];
  for (const [message, { at, group }] of shown) {
    const name = names.get(message.id);
    const words = group.firstElementChild;
    if (name === undefined || words === null) continue;
    const others = [...shown].filter(([other]) => other !== message).map(([other, place]) => glyphBox(other, place.at));
    others.push(arrowBox(args, message, at));
    const tries = sides.map((side) => onSide(name, side, message));
    const fits = tries.find((each) => hasRoom(args.layout.cluster, nameBox(each, at.x, at.y), [...placed, ...others]));
    if (fits !== undefined) placed.push(nameBox(fits, at.x, at.y));
    setName(words, fits ?? name, fits !== undefined);
  }
}

const byId = new WeakMap<View, Map<string, MessageView>>();

function messagesById(view: View): Map<string, MessageView> {
  let map = byId.get(view);
  if (map === undefined) {
    map = new Map(view.messages.map((message) => [message.id, message]));
    byId.set(view, map);
  }
  return map;
}

function moveMessages(flight: Element, args: Moving): void {
  const { view, layout, ui, t, nowUs } = args;
  const rate = args.rate ?? 0;
  const known = messagesById(view);
  const names = namesOf(view, layout, t, ui.selected?.kind === 'message' ? ui.selected.id : null);
  const shown = new Map<MessageView, { at: Place; group: Element }>();
  for (const group of flight.children) {
    const message = known.get(group.getAttribute('data-message') ?? '');
    if (message === undefined) continue;
    const name = names.get(message.id);
    const durationUs = message.arriveUs - message.sentUs;
    if (rate > 0 && durationUs / rate >= shortestMs) {
      const key = `${message.sentUs},${message.arriveUs}${message.doomed}${name?.side}${layout.size}${view.nodes.length}${ui.reducedMotion}`;
      const parts = () =>
        [
          [group, wayOf(args, message)],
          [group.firstElementChild, name === undefined ? [] : fadeOf(args, message, name)],
        ] as const;
      run(group, { key, shape: key, startUs: message.sentUs, durationUs, parts }, nowUs, rate);
      if (name !== undefined && group.firstElementChild !== null) setName(group.firstElementChild, name, true);
    } else {
      still(group);
      const at = placeAt(args, message);
      shown.set(message, { at, group });
      set(group, 'transform', `translate(${round(at.x)} ${round(at.y)})`);
      if (message.doomed) set(group, 'opacity', String(round(at.opacity)));
    }
  }
  if (shown.size > 0) placeNames(shown, args, names);
}

/** The three moving parts of an arc: the cover that turns, the ink that hides it at first, the cover of what is drained at last. */
function arcParts(arc: Element): [Element | null, Element | null, Element | null] {
  return [arc.querySelector('.drain'), arc.querySelector('.first'), arc.querySelector('.second')];
}

const halfway = (before: number, after: number): Keyframe[] => [
  { opacity: before, offset: 0 },
  { opacity: before, offset: 0.5 },
  { opacity: after, offset: 0.5 },
  { opacity: after, offset: 1 },
];

const terms = new WeakMap<Element, number>();

/** One pulse of a node's ring when its term changes. */
function pulse(arc: Element, node: NodeView, args: Moving): void {
  const before = terms.get(arc);
  terms.set(arc, node.term);
  if (before === undefined || before === node.term || args.ui.reducedMotion) return;
  const frames = [
    { opacity: 1, transform: 'scale(0.8)' },
    { opacity: 0, transform: 'scale(1.2)' },
  ];
  arc.querySelector('.pulse')?.animate(frames, { duration: 300, easing: 'ease-out' });
}

function moveArc(arc: Element, node: NodeView, args: Moving): void {
  const { timer } = node;
  pulse(arc, node, args);
  const rate = args.rate ?? 0;
  if (timer === null) {
    still(arc);
    return;
  }
  const durationUs = timer.deadlineUs - timer.startUs;
  if (rate > 0 && timer.stoppedRemainingUs === null && durationUs / rate >= shortestMs) {
    const easing = args.ui.reducedMotion ? 'steps(8, end)' : 'linear';
    const turn: Keyframe[] = [{ transform: 'rotate(0deg)', easing }, { transform: 'rotate(360deg)' }];
    const parts = () => {
      const [drain, first, second] = arcParts(arc);
      return [
        [drain, turn],
        [first, halfway(1, 0)],
        [second, halfway(0, 1)],
      ] as const;
    };
    const key = `${timer.startUs},${timer.deadlineUs}`;
    run(arc, { key, shape: easing, startUs: timer.startUs, durationUs, parts }, args.nowUs, rate);
    return;
  }
  still(arc);
  placeArc(arc, 1 - timerLeft(timer, args.nowUs));
}

/** Draws an arc of which the part `gone` (0..1) is drained. */
function placeArc(arc: Element, gone: number): void {
  const [drain, first, second] = arcParts(arc);
  if (drain !== null) set(drain, 'transform', `rotate(${round(gone * 360)})`);
  if (first !== null) set(first, 'opacity', gone < 0.5 ? '1' : '0');
  if (second !== null) set(second, 'opacity', gone < 0.5 ? '0' : '1');
}

function moveWaits(root: ParentNode, args: Moving): void {
  for (const client of args.view.clients) {
    if (client.state !== 'waiting') continue;
    const line = root.querySelector(`[data-says="${client.id}"]`);
    const says = clientSays({ ...args, emit: () => {} }, client);
    if (line !== null && line.textContent !== says) line.textContent = says;
  }
}

/** What was last shown below a root, and when: while all runs as told there is nothing to do. */
interface Last {
  view: View;
  layout: ViewArgs['layout'];
  /** Everything else that decides a picture: language, motion, the message in hand. */
  mode: string;
  rate: number;
  nowUs: number;
  wallMs: number;
}

const last = new WeakMap<ParentNode, Last>();

function modeOf({ ui, t }: Moving): string {
  return `${t.lang}${ui.reducedMotion}${ui.selected?.kind === 'message' ? ui.selected.id : ''}`;
}

function asTold(root: ParentNode, args: Moving, wallMs: number): boolean {
  const was = last.get(root);
  if (was === undefined || was.view !== args.view || was.layout !== args.layout || was.mode !== modeOf(args))
    return false;
  const rate = args.rate ?? 0;
  return was.rate === rate && Math.abs(was.nowUs + (wallMs - was.wallMs) * rate - args.nowUs) <= driftMs * rate;
}

/**
 * Moves what moves to `args.nowUs`, in the DOM below `root` (an ancestor of what `clusterView` was rendered into), and lets it run on at
 * `args.rate`. Call it after each render, and as often as you like in between: while everything runs as told it costs nothing.
 */
export function moveCluster(root: ParentNode, asked: Moving): void {
  const wallMs = performance.now();
  const rate = asked.rate ?? 0;
  const late = Math.min(longestGapMs, Math.max(0, wallMs - (asked.asOfMs ?? wallMs)));
  const args: Moving = { ...asked, nowUs: asked.nowUs + late * rate };
  if (rate > 0 && asTold(root, args, wallMs)) {
    moveWaits(root, args);
    return;
  }
  const moving = root.querySelector('.cluster > .moving');
  const [ring, flight] = moving?.children ?? [];
  if (moving === null || ring === undefined || flight === undefined) return;
  // What passes by must not catch a click that is meant for a link: messages are chosen while they stand still.
  set(moving, 'data-running', String(rate > 0));
  for (const arc of ring.children) {
    const node = args.view.nodes[endIn(args.view, arc.getAttribute('data-arc') ?? '')];
    if (node !== undefined) moveArc(arc, node, args);
  }
  moveMessages(flight, args);
  moveWaits(root, args);
  const { view, layout, nowUs } = args;
  last.set(root, { view, layout, mode: modeOf(args), rate, nowUs, wallMs });
}
