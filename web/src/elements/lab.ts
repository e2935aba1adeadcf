/**
 * One laboratory: a session, its player, what was seen last, and what went wrong. The element draws this and hands it what people do;
 * it knows the wasm core only as a `Sessions`, so that tests can drive it by hand.
 */

import { formatHash, parseHash } from '../controls/hash';
import { type Scene, sceneLink, UnknownScene } from '../controls/scenes';
import type { Lens } from '../lens-model';
import type { FeedEvent, StepUnit, View } from '../model';
import { browserFrames, type Frames, type Playable, Player } from '../player';
import { Trap } from '../trap';

/** What the lab asks of a session; `LabSession` is the real one. */
export interface Session extends Playable {
  readonly runText: string;
  readonly link: string;
  readonly otherEngine: number | null;
  act(text: string): void;
  view(logFrom: number | null): View;
  events(fromSeq: number, max: number): FeedEvent[];
  stepBack(to?: StepUnit): boolean;
  seek(atUs: number): void;
  undo(): boolean;
  redo(): boolean;
  readonly branch: number;
  readonly lives: number;
  switchTo(branch: number): boolean;
  forcePanic(): void;
  restart(): number;
  dispose(): void;
}

/** Where sessions come from. */
export interface Sessions {
  load(): Promise<void>;
  fresh(nodes: number): Session;
  fromText(text: string): Session;
  fromLink(link: string): Session;
  /** The same run once more, apart from its session, to be looked at closely; see `session-lens.ts`. */
  lens(runText: string): Promise<Lens>;
}

/** Which run to open. */
export type Source =
  | { readonly from: 'fresh'; readonly nodes: number }
  | { readonly from: 'text'; readonly text: string }
  | { readonly from: 'hash'; readonly hash: string };

/** A fault that a person should read: what could not be done, in the core's words, and what became of the run. */
export interface Fault {
  readonly what: 'act' | 'run' | 'hash' | 'scene' | 'engine' | 'load' | 'late' | 'attribute';
  /** The attribute, the scene or the engine in question. */
  readonly name?: string;
  readonly detail: string;
  /** What is on the page now: the run as before, a new one, or none. */
  readonly after: 'goesOn' | 'fresh' | 'nothing';
}

/** Who draws. */
export interface LabListener {
  /** Only time moved. */
  moved(): void;
  /** Time brought something new while it runs: worth drawing, but not at once. */
  flowed(): void;
  /** Anything else changed. */
  changed(): void;
  /** New visible records. */
  happened(events: readonly FeedEvent[]): void;
  /** Another run was opened: what was drawn of the last one is void. */
  opened(): void;
}

/** A future that was left: by acting before its end, by taking an act back, or for another one. */
export interface Branch {
  /** Its name for `Lab.switchTo`. */
  readonly id: number;
  readonly runText: string;
  /** How much of it there is: what was seen of it and what is to be done in it, simulated µs. */
  readonly untilUs: number;
}

/** Visible records that are kept to be read. */
const FEED_MAX = 300;

/** Log indexes that are kept ready on either side of those on show. */
const LOG_BEFORE = 16;

/** Wall milliseconds at a stretch while a moment is being restored; between stretches the page can answer. */
const RESTORE_SLICE_MS = 24;

/** What a person is told of an error. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A session, its player and the last picture of it. */
export class Lab {
  readonly player: Player;
  view: View | null = null;
  /** Oldest first, at most `FEED_MAX`. */
  feed: FeedEvent[] = [];
  trap: Trap | null = null;
  fault: Fault | null = null;
  /** The latest moment that was seen of this run, simulated µs: how far a viewer can go forward without waiting. */
  furthestUs = 0;
  /** The futures that were left, the latest last. The present one is among them when it was returned to. */
  readonly branches = new Map<number, Branch>();
  /** The prepared run that was opened by its name; null when it was another one. */
  scene: Scene | null = null;
  /** The run that this one was made of, and the one that was made of it: where undo and redo go when nothing is left here. */
  older: (() => void) | null = null;
  newer: (() => void) | null = null;
  /** Called when nobody needs it any more; whoever works beside it ends then. */
  ended: (() => void) | null = null;
  readonly sessions: Sessions;
  readonly #listener: LabListener;
  #session: Session | null = null;
  /** First log index that the picture must hold; null for the newest. */
  #logFrom: number | null = null;
  /** The next records were told before. */
  #quiet = false;
  /** The session's life that the branches are of. */
  #lives = 0;
  /** Counts openings, so that a slow one gives way to a later one. */
  #opening = 0;

  constructor(sessions: Sessions, listener: LabListener, frames: Frames = browserFrames) {
    this.sessions = sessions;
    this.#listener = listener;
    const heard = {
      moved: (changed: boolean) => this.#moved(changed),
      modeChanged: () => this.#modeChanged(),
      failed: (error: unknown) => this.#fail(error),
    };
    this.player = new Player(heard, frames);
  }

  /** The picture of this very moment; between two events only its time differs from `view`. */
  get viewNow(): View | null {
    const { view } = this;
    return view === null || view.nowUs === this.nowUs ? view : { ...view, nowUs: this.nowUs };
  }

  /** Simulated µs. */
  get nowUs(): number {
    return this.#session?.nowUs ?? 0;
  }

  /** How far any branch goes, or a scene is told, simulated µs. */
  get spanUs(): number {
    const untilUs = [...this.branches.values()].map((branch) => branch.untilUs);
    return Math.max(this.furthestUs, ...untilUs, ...(this.scene?.stepsUs ?? []));
  }

  /** The present branch's name; none after a trap. */
  get branch(): number | undefined {
    return this.trap === null ? this.#session?.branch : undefined;
  }

  /** The run as text; "" before there is one. */
  get runText(): string {
    return this.#session?.runText ?? '';
  }

  /** The run and where it stands, as a URL hash; "" before there is one. */
  get momentHash(): string {
    if (this.#session === null) return '';
    const { runText, link, nowUs: atUs } = this.#session;
    const { scene } = this;
    return formatHash({ link: scene?.runText === runText ? `scene=${scene.name}` : link, atUs });
  }

  /**
   * Opens a run. When it cannot be opened the fault is kept for the reader and the present run goes on; when there is none yet, a
   * fresh one of `spareNodes` nodes is opened. True when it was this source that was opened.
   */
  async open(source: Source, spareNodes: number): Promise<boolean> {
    this.#opening += 1;
    const opening = this.#opening;
    try {
      await this.sessions.load();
    } catch (error) {
      this.report({ what: 'load', detail: messageOf(error), after: 'nothing' });
      return false;
    }
    if (opening !== this.#opening) return false;
    try {
      const { session, atUs, scene } = await this.#make(source);
      if (opening !== this.#opening) {
        session.dispose();
        return false;
      }
      this.#adopt(session);
      this.scene = scene === undefined ? null : { name: scene, runText: session.runText };
      await this.#restore(session, atUs, opening);
      if (opening !== this.#opening) return false;
      if (session.otherEngine !== null) {
        this.report({ what: 'engine', name: String(session.otherEngine), detail: '', after: 'nothing' });
      }
      return true;
    } catch (error) {
      this.#cannotOpen(error, source, spareNodes);
      return false;
    }
  }

  /** Opens a run text at once, in place of the present one. Throws an `Error` that names the fault; the present run goes on then. */
  openText(text: string): void {
    this.#live();
    this.#opening += 1;
    const session = this.sessions.fromText(text);
    session.advance(0, RESTORE_SLICE_MS);
    this.#adopt(session);
  }

  /** One action now. Throws an `Error` that names what is wrong; nothing changes then. */
  act(text: string): void {
    this.player.catchUp();
    const session = this.#live();
    try {
      this.#branching(session, () => session.act(text));
    } catch (error) {
      if (error instanceof Trap) this.#fail(error);
      throw error;
    }
    this.fault = null;
    this.#refresh();
  }

  /** As `act`, for people: a fault is shown, not thrown. True when it was done. */
  tryAct(text: string): boolean {
    try {
      this.act(text);
      return true;
    } catch (error) {
      if (!(error instanceof Trap)) {
        this.report({ what: 'act', detail: messageOf(error), after: 'goesOn' });
      }
      return false;
    }
  }

  /** The picture must hold the logs from an index on; null: it follows the newest entry. */
  showLog(firstColumn: number | null): void {
    const { view } = this;
    this.#logFrom = firstColumn === null ? null : Math.max(1, firstColumn - LOG_BEFORE);
    if (
      view !== null &&
      firstColumn !== null &&
      (firstColumn < view.logFrom || firstColumn + LOG_BEFORE > view.logTo)
    ) {
      this.#refresh();
    }
  }

  report(fault: Fault): void {
    this.fault = fault;
    this.#listener.changed();
  }

  dismiss(): void {
    this.fault = null;
    this.#listener.changed();
  }

  /** To the previous visible event; false at the beginning. */
  stepBack(to?: StepUnit): boolean {
    return this.#travel((session) => session.stepBack(to));
  }

  /** To any moment, simulated µs. */
  seek(atUs: number): void {
    this.#travel((session) => {
      session.seek(atUs);
      return true;
    });
  }

  /** Takes the latest act back; false when there is none. */
  undo(): boolean {
    return this.#travel((session) => session.undo()) || this.#leave(this.older);
  }

  /** Does again what was taken back last; false when there is none. */
  redo(): boolean {
    return this.#travel((session) => session.redo()) || this.#leave(this.newer);
  }

  #leave(go: (() => void) | null): boolean {
    go?.();
    return go !== null;
  }

  /** To a future that was left, where it leaves this one; false when there is none of that name. */
  switchTo(branch: number): boolean {
    return this.#travel((session) => this.branches.has(branch) && session.switchTo(branch));
  }

  forcePanic(): void {
    try {
      this.#live().forcePanic();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** After a trap: goes on in a fresh instance. The wall milliseconds that took, or null when it trapped again. */
  goOn(): number | null {
    const session = this.#session;
    if (session === null || this.trap === null) {
      return null;
    }
    try {
      const tookMs = session.restart();
      this.branches.clear();
      this.trap = null;
      this.player.session = session;
      this.#refresh();
      return tookMs;
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  dispose(): void {
    this.#opening += 1;
    this.player.pause();
    this.player.session = null;
    this.#session?.dispose();
    this.#session = null;
    this.view = null;
    this.ended?.();
  }

  /** Moves along the run or to another branch of it. What was told of the old place is void, and is not told again. */
  #travel(go: (session: Session) => boolean): boolean {
    const session = this.#session;
    if (session === null || this.trap !== null) {
      return false;
    }
    return this.player.travel(() => {
      const went = this.#branching(session, () => go(session));
      this.feed = [];
      this.#quiet = true;
      return went;
    });
  }

  /** Does what may lead to another branch, and keeps the one that is left, unless the other is only more of it. */
  #branching<T>(session: Session, go: () => T): T {
    const { branch: id, runText, lives } = session;
    if (lives !== this.#lives) {
      this.branches.clear();
      this.#lives = lives;
    }
    const untilUs = Math.max(this.furthestUs, Number(/@(\d+) .*\n$/.exec(runText)?.[1] ?? 0));
    const done = go();
    const { branch } = session;
    if (branch !== id) {
      this.branches.delete(id);
      if (untilUs > session.nowUs || !session.runText.startsWith(runText)) {
        this.branches.set(id, { id, runText, untilUs });
      }
      this.furthestUs = Math.max(session.nowUs, this.branches.get(branch)?.untilUs ?? 0);
    }
    return done;
  }

  #moved(changed: boolean): void {
    this.furthestUs = Math.max(this.furthestUs, this.nowUs);
    if (changed) {
      this.#refresh(this.player.running);
    } else {
      this.#listener.moved();
    }
  }

  #live(): Session {
    if (this.#session === null) {
      throw new Error('there is no run yet: wait for the element to be ready');
    }
    return this.#session;
  }

  async #make(source: Source): Promise<{ session: Session; atUs: number; scene?: string | undefined }> {
    switch (source.from) {
      case 'fresh':
        return { session: this.sessions.fresh(source.nodes), atUs: 0 };
      case 'text':
        return { session: this.sessions.fromText(source.text), atUs: 0 };
      case 'hash': {
        const { link, scene, atUs } = parseHash(source.hash);
        const known = scene === undefined ? link : await sceneLink(scene);
        return { session: this.sessions.fromLink(known), atUs: atUs ?? 0, scene };
      }
      default:
        return source satisfies never;
    }
  }

  #adopt(session: Session): void {
    this.#session?.dispose();
    this.#session = session;
    this.#lives = session.lives;
    this.player.session = session;
    this.trap = null;
    this.fault = null;
    this.feed = [];
    this.view = null;
    this.#logFrom = null;
    this.branches.clear();
    this.scene = null;
    this.furthestUs = session.nowUs;
    this.older = null;
    this.newer = null;
    this.#listener.opened();
    this.#refresh();
  }

  /** Runs to the moment that was asked for, in slices. */
  async #restore(session: Session, untilUs: number, opening: number): Promise<void> {
    // Once at least: an action of the very first moment is part of the picture at 0.
    do {
      session.advance(untilUs, RESTORE_SLICE_MS);
      this.furthestUs = session.nowUs;
      this.player.session = session;
      this.#refresh();
      if (session.nowUs < untilUs) {
        await new Promise((resume) => setTimeout(resume, 0));
      }
    } while (session.nowUs < untilUs && opening === this.#opening);
  }

  #cannotOpen(error: unknown, source: Source, spareNodes: number): void {
    if (error instanceof Trap) {
      this.#fail(error);
      return;
    }
    const spare = this.#session === null;
    if (spare) {
      this.#adopt(this.sessions.fresh(spareNodes));
    }
    const after = spare ? 'fresh' : 'goesOn';
    if (error instanceof UnknownScene) {
      this.report({ what: 'scene', name: error.scene, detail: error.message, after });
      return;
    }
    const what = source.from === 'hash' ? 'hash' : 'run';
    this.report({ what, detail: messageOf(error), after });
  }

  #fail(error: unknown): void {
    if (error instanceof Trap) {
      this.trap = error;
      this.player.pause();
      this.player.session = null;
      this.#listener.changed();
    } else {
      this.report({ what: 'act', detail: messageOf(error), after: 'goesOn' });
    }
  }

  /** A picture that will be looked at for longer than a frame must be that of now, not of the last event. */
  #modeChanged(): void {
    if (this.#session !== null && this.trap === null && !this.player.running && this.view?.nowUs !== this.nowUs) {
      this.#refresh();
    } else {
      this.#listener.changed();
    }
  }

  /** Takes the picture and the new records; `flows` when only time brought them. */
  #refresh(flows = false): void {
    const session = this.#session;
    if (session === null) {
      return;
    }
    try {
      const view = session.view(this.#logFrom);
      const lastSeq = this.feed.at(-1)?.seq ?? -1;
      const fromSeq = Math.max(lastSeq + 1, view.seq - FEED_MAX);
      const events = fromSeq < view.seq ? session.events(fromSeq, FEED_MAX) : [];
      this.view = view;
      if (events.length > 0) {
        this.feed = [...this.feed, ...events].slice(-FEED_MAX);
        if (!this.#quiet) {
          this.#listener.happened(events);
        }
      }
      this.#quiet = false;
      if (flows) {
        this.#listener.flowed();
      } else {
        this.#listener.changed();
      }
    } catch (error) {
      this.#fail(error);
    }
  }
}
