/**
 * What the browser was told to move, so that it is told only once. A track is a way through simulated time; its animations run on the compositor at
 * the simulated clock, and the main thread has nothing to do until the track changes. It knows nothing of messages or timers.
 */

/** An animation this far off, in real ms, is set right. */
export const driftMs = 8;

/** An animation that ends costs a frame of the main thread: it is made longer than its track, stands at the end, and is taken away before it is over. */
const LONGER = 4;

/** The keyframes at their times in the longer animation; the last one holds to the end. */
function holding(frames: readonly Keyframe[]): Keyframe[] {
  const last = frames.slice(-1).map((frame) => ({ ...frame, offset: 1 }));
  return [...frames.map((frame) => ({ ...frame, offset: Number(frame.offset) / LONGER })), ...last];
}

/** A way through simulated time: which elements move along it, and how. Tracks of one key are the same way. */
export interface Track {
  key: string;
  startUs: number;
  durationUs: number;
  parts: () => readonly (readonly [Element | null, Keyframe[]])[];
}

interface Held {
  key: string;
  startUs: number;
  animations: Animation[];
}

const held = new WeakMap<Element, Held>();

/** Takes an element's animations away: it stands where its own style says. */
export function still(element: Element): void {
  for (const animation of held.get(element)?.animations ?? []) animation.cancel();
  held.delete(element);
}

function begin(element: Element, { key, startUs, durationUs, parts }: Track): Held {
  still(element);
  const timing: KeyframeEffectOptions = { duration: (durationUs / 1000) * LONGER, fill: 'both' };
  const animations = parts()
    .filter(([, frames]) => frames.length > 0)
    .map(([target, frames]) => new Animation(new KeyframeEffect(target, holding(frames), timing)));
  const known = { key, startUs, animations };
  held.set(element, known);
  return known;
}

/** With its start named, an animation need not wait for the compositor to answer, and that answer costs no frame. */
function follow(animation: Animation, due: number, speed: number, wallMs: number): void {
  if (animation.playbackRate !== speed) animation.playbackRate = speed;
  const startMs = wallMs - due / speed;
  if (!(Math.abs(Number(animation.startTime ?? Number.NaN) - startMs) <= driftMs)) animation.startTime = startMs;
}

/**
 * Lets each element's parts run along its track at the simulated clock: at `nowUs` now, and `rate` simulated µs for each real ms. Those that are not
 * running yet are all made before the first of them starts: making one asks the browser for its style, and starting one spoils it.
 */
export function runAll(tracks: readonly (readonly [Element, Track])[], nowUs: number, rate: number): void {
  const known = tracks.map(([element, track]) => {
    const was = held.get(element);
    return was?.key === track.key ? was : begin(element, track);
  });
  const wallMs = performance.now();
  for (const { animations, startUs } of known)
    for (const animation of animations) follow(animation, (nowUs - startUs) / 1000, rate / 1000, wallMs);
}
