/**
 * What the browser was told to move, so that it is told only once. A track is a way through simulated time; its animations run on the compositor at
 * the simulated clock, and the main thread has nothing to do until the track changes. It knows nothing of messages or timers.
 */

/** An animation this far off, in real ms, is set right. */
export const driftMs = 8;

/** An animation that ends costs a frame of the main thread: it is made longer than its track, and serves the next track before it is over. */
const LONGER = 64;

/** Where nothing is seen. */
export const AWAY = 'translate(-999px, -999px)';

/** The keyframes at their times in the longer animation. What has come to the end of its way is out of sight at once: no frame is asked for that. */
function holding(frames: readonly Keyframe[]): Keyframe[] {
  const timed = frames.map((frame): Keyframe => ({ ...frame, offset: Number(frame.offset) / LONGER }));
  const end = timed.slice(-1).map((frame) => (frame.transform === undefined ? frame : { ...frame, transform: AWAY }));
  return [...timed, ...end, ...end.map((frame) => ({ ...frame, offset: 1 }))];
}

/** A way through simulated time: which elements move along it, and how. Tracks of one key are the same way, whenever it is gone. */
export interface Track {
  key: string;
  startUs: number;
  durationUs: number;
  parts: () => readonly (readonly [Element | null, Keyframe[]])[];
}

interface Held extends Track {
  animations: Animation[];
}

const held = new WeakMap<Element, Held>();

/** Takes an element's animations away: it stands where its own style says. */
export function still(element: Element): void {
  for (const animation of held.get(element)?.animations ?? []) animation.cancel();
  held.delete(element);
}

/** Whether an element's animations run, or have run to their end. */
export const runs = (element: Element): boolean => held.has(element);

/** What carries an element along a track. Animations that ran before are told of it: that asks the compositor for less than new ones. */
function begin(element: Element, track: Track): Held {
  const was = held.get(element);
  const timing = { duration: (track.durationUs / 1000) * LONGER, fill: 'both' as const };
  let animations = was?.animations ?? [];
  if (was?.key !== track.key) {
    const old = animations;
    animations = track
      .parts()
      .filter(([, frames]) => frames.length > 0)
      .map(([target, frames]) => {
        const known = old.find(({ effect }) => (effect as KeyframeEffect).target === target);
        (known?.effect as KeyframeEffect | undefined)?.setKeyframes(holding(frames));
        return known ?? new Animation(new KeyframeEffect(target, holding(frames), timing));
      });
    for (const left of old) if (!animations.includes(left)) left.cancel();
  }
  if (was?.durationUs !== track.durationUs) for (const { effect } of animations) effect?.updateTiming(timing);
  const known = { ...track, animations };
  held.set(element, known);
  return known;
}

/** With its start named, an animation need not wait for the compositor to answer, and that answer costs no frame. */
function follow(animation: Animation, due: number, speed: number, wallMs: number): boolean {
  if (animation.playbackRate !== speed) animation.playbackRate = speed;
  const startMs = wallMs - due / speed;
  if (Math.abs(Number(animation.startTime ?? Number.NaN) - startMs) <= driftMs) return false;
  animation.startTime = startMs;
  return true;
}

/**
 * Lets each element's parts run along its track at the simulated clock: at `nowUs` now, and `rate` simulated µs for each real ms. Those that are not
 * running yet are all made before the first of them starts: making one asks the browser for its style, and starting one spoils it. True when one was
 * started.
 */
export function runAll(tracks: readonly (readonly [Element, Track])[], nowUs: number, rate: number): boolean {
  const known = tracks.map(([element, track]) => begin(element, track));
  const wallMs = performance.now();
  const started = known.flatMap(({ animations, startUs }) =>
    animations.filter((animation) => follow(animation, (nowUs - startUs) / 1000, rate / 1000, wallMs)),
  );
  return started.length > 0;
}
