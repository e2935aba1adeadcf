/**
 * Playback: turns wall time into simulated time. It owns speed, play, pause and step; the world owns simulated time itself.
 *
 * Frames are asked for only while it plays and is shown, so a paused or hidden page costs nothing. At slow speeds they are far apart: the browser's
 * compositor carries what moves (`views/motion.ts`), and the world only has to be asked in time for its next event. A frame never runs more than
 * `FRAME_WALL_MS_MAX` of wall time: whatever was missed (a hidden tab, a slow machine) is let go, never made up in a burst.
 */

import type { StepUnit } from './model';

/** Wall milliseconds that one frame may stand for. */
export const FRAME_WALL_MS_MAX = 100;

/** Wall milliseconds that the world may take of one frame. */
export const FRAME_BUDGET_MS = 8;

/** Simulated time by which a picture may be late at a slow speed: a third of the shortest usual journey of a message. */
const LATE_US_MAX = 4000;

/** Wall milliseconds between two frames at most, however slow the speed. */
const FRAME_GAP_MS_MAX = 60;

/** Below this a frame is wanted as soon as the screen takes one. */
const FRAME_GAP_MS_MIN = 20;

/** Simulated seconds for each wall second, slowest first. */
export const SPEEDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100] as const;

/** One simulated second takes twenty wall seconds: a message is seen travelling, an election takes about ten seconds. */
export const SPEED_DEFAULT = 0.05;

/** The slowest and the fastest speed that a page may be asked for. */
export const SPEED_MIN = 0.0001;
export const SPEED_MAX = 100;

/** What the player moves: a `LabSession`, or a hand-driven one in tests. */
export interface Playable {
  readonly nowUs: number;
  advance(untilUs: number, budgetMs: number): boolean;
  step(to?: StepUnit): boolean;
}

/** `requestAnimationFrame` and `cancelAnimationFrame`, or a test's own; a frame may be asked for later than the next one. */
export interface Frames {
  request(callback: (timeMs: number) => void, afterMs: number): number;
  cancel(id: number): void;
  /** Wall milliseconds, on the scale of the callback's. */
  now(): number;
}

/** Who wants to know. */
export interface PlayerListener {
  /** Time moved; `changed` says whether anything but positions did. */
  moved(changed: boolean): void;
  /** Play, pause or speed changed. */
  modeChanged(): void;
  /** The world threw: playback has stopped. */
  failed(error: unknown): void;
}

/** The browser's own. A timer's id is told from a frame's by its sign. */
export const browserFrames: Frames = {
  request: (callback, afterMs) =>
    afterMs === 0 ? requestAnimationFrame(callback) : -window.setTimeout(() => callback(performance.now()), afterMs),
  cancel: (id) => (id < 0 ? clearTimeout(-id) : cancelAnimationFrame(id)),
  now: () => performance.now(),
};

/** Wall milliseconds from one frame to the next at a speed; 0 for the very next one. */
export function frameGapMs(speed: number): number {
  const gap = Math.min(LATE_US_MAX / 1000 / speed, FRAME_GAP_MS_MAX);
  return gap < FRAME_GAP_MS_MIN ? 0 : gap;
}

/** Playback of one session. */
export class Player {
  readonly #listener: PlayerListener;
  readonly #frames: Frames;
  #session: Playable | null = null;
  #speed: number = SPEED_DEFAULT;
  #playing = false;
  #shown = true;
  #frameId: number | null = null;
  #lastFrameMs: number | null = null;
  /** Simulated time that is wanted, with its fraction of a µs; never behind the session. */
  #targetUs = 0;

  constructor(listener: PlayerListener, frames: Frames = browserFrames) {
    this.#listener = listener;
    this.#frames = frames;
  }

  /** True from `play()` to `pause()`, hidden or not. */
  get playing(): boolean {
    return this.#playing;
  }

  /** True while time runs: it plays, and somebody can see it. */
  get running(): boolean {
    return this.#frameId !== null;
  }

  /** The wall time at which the session's time was now, as `Frames.now` counts; null unless it runs. */
  get asOfMs(): number | null {
    return this.running ? this.#lastFrameMs : null;
  }

  /** Simulated seconds for each wall second. */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.catchUp();
    this.#speed = Math.min(Math.max(speed, SPEED_MIN), SPEED_MAX);
    this.#listener.modeChanged();
  }

  /** Plays this session from where it stands; null for none. */
  set session(session: Playable | null) {
    this.#session = session;
    this.#targetUs = session?.nowUs ?? 0;
    this.#schedule();
  }

  /** Whether anybody can see it: while false, nothing runs. */
  set shown(shown: boolean) {
    if (this.#shown !== shown) {
      this.#shown = shown;
      this.#schedule();
      this.#listener.modeChanged();
    }
  }

  play(): void {
    this.#setPlaying(true);
  }

  pause(): void {
    this.#setPlaying(false);
  }

  toggle(): void {
    this.#setPlaying(!this.#playing);
  }

  /** Pauses, and goes to the next event that leaves a visible record. False when nothing is scheduled. */
  step(to?: StepUnit): boolean {
    this.pause();
    return this.#work((session) => session.step(to));
  }

  /** Pauses, and moves the session by other means than time: back, or to another moment. What it answers is answered. */
  travel(go: () => boolean): boolean {
    this.pause();
    return this.#work(go);
  }

  /** Runs `us` of simulated time at once, whatever the speed. */
  advance(us: number): void {
    this.#work((session) => {
      const untilUs = session.nowUs + us;
      return session.advance(untilUs, Number.POSITIVE_INFINITY);
    });
  }

  /** One notch slower (-1) or faster (+1). */
  shiftSpeed(notches: -1 | 1): void {
    const next =
      notches > 0
        ? SPEEDS.find((speed) => speed > this.#speed)
        : [...SPEEDS].reverse().find((speed) => speed < this.#speed);
    if (next !== undefined) {
      this.speed = next;
    }
  }

  /** While it runs: goes to this very moment, between two frames, so that what is done now is done at the time that is seen. */
  catchUp(): void {
    if (this.running && this.#lastFrameMs !== null) {
      this.#goTo(this.#frames.now());
    }
  }

  #setPlaying(playing: boolean): void {
    if (this.#playing !== playing) {
      this.catchUp();
      this.#playing = playing;
      this.#schedule();
      this.#listener.modeChanged();
    }
  }

  /** Asks for a frame when one is needed and none is on its way; takes it back when it is not. */
  #schedule(): void {
    const needed = this.#playing && this.#shown && this.#session !== null;
    if (needed && this.#frameId === null) {
      this.#lastFrameMs = null;
      this.#frameId = this.#frames.request(this.#frame, 0);
    } else if (!needed && this.#frameId !== null) {
      this.#frames.cancel(this.#frameId);
      this.#frameId = null;
    }
  }

  readonly #frame = (timeMs: number): void => {
    this.#frameId = this.#frames.request(this.#frame, frameGapMs(this.#speed));
    this.#goTo(timeMs);
  };

  /** Lets as much simulated time pass as the wall's time since the last frame asks for. */
  #goTo(timeMs: number): void {
    const wallMs = Math.min(Math.max(timeMs - (this.#lastFrameMs ?? timeMs), 0), FRAME_WALL_MS_MAX);
    this.#lastFrameMs = timeMs;
    if (wallMs > 0) {
      this.#targetUs += wallMs * 1000 * this.#speed;
      this.#work((session) => session.advance(Math.floor(this.#targetUs), FRAME_BUDGET_MS), this.#targetUs);
    }
  }

  /** Lets the session run, then takes its time as the target, unless it got as far as the fraction that was wanted. */
  #work(run: (session: Playable) => boolean, wantedUs = Number.NaN): boolean {
    const session = this.#session;
    if (session === null) {
      return false;
    }
    let changed: boolean;
    try {
      changed = run(session);
    } catch (error) {
      // Nothing to catch up with any more.
      this.#lastFrameMs = null;
      this.pause();
      this.#listener.failed(error);
      return false;
    }
    // The budget ran out, or the world jumped: what was wanted is let go.
    this.#targetUs = session.nowUs === Math.floor(wantedUs) ? wantedUs : session.nowUs;
    this.#listener.moved(changed);
    return changed;
  }
}
