/**
 * The wasm core, as the page sees it: the only file that imports `pkg/`.
 *
 * The module is compiled once. One instance of it serves every session on the page; when a call into it traps, that instance is
 * dropped for good (ARCHITECTURE.md, "Errors, one rule") and a session goes on in a fresh one, restored from the run text, which
 * JavaScript always holds. Nothing here knows how a run is drawn; see `player.ts` for time and `elements/` for the page.
 */
import type { Session as RawSession } from '../../pkg/raftarium';
import * as glue from '../../pkg/raftarium_bg.js';
import wasmUrl from '../../pkg/raftarium_bg.wasm?url';
import type { FeedEvent, StepUnit, View } from './model';
import { isTrap, Trap } from './trap';
import { compiled } from './unpack';

/** Wall milliseconds that a restore may take at a stretch; it is called again until the moment is reached. */
const RESTORE_BUDGET_MS = 10_000;

/** What a step goes to, as the binding's `Unit` counts it: a visible record, any event, a Ready, a message that arrives. */
const UNITS = { record: 0, event: 1, ready: 2, message: 3 } as const;

/** The wasm exports this file touches by itself; everything else goes through the generated glue. */
interface WasmExports extends WebAssembly.Exports {
  memory: WebAssembly.Memory;
  __wbindgen_start?: () => void;
}

/** The compiled module, the instance alive now and the sessions that live in it. */
class Core {
  #module: WebAssembly.Module | null = null;
  #compiling: Promise<WebAssembly.Module> | null = null;
  #memory: WebAssembly.Memory | null = null;
  readonly #sessions = new Set<LabSession>();

  /** Compiles the module, once however often it is asked. Rejects when the file cannot be fetched or compiled. */
  async load(): Promise<void> {
    this.#compiling ??= compiled(wasmUrl).catch((error: unknown) => {
      // The network may be better the next time.
      this.#compiling = null;
      throw error;
    });
    const module = await this.#compiling;
    if (this.#module === null) {
      this.#module = module;
      this.renew();
    }
  }

  /** Drops the instance, if there is one, and makes a fresh one from the compiled module: about 0.1 ms. */
  renew(): void {
    if (this.#module === null) {
      throw new Error('the core is not loaded: await loadCore() first');
    }
    for (const session of this.#sessions) {
      session.detach();
    }
    // Growing by nothing detaches the old buffer, so that the glue sees its cached views of it to be stale.
    this.#memory?.grow(0);
    const imports = { './raftarium_bg.js': glue.imports };
    const exports = new WebAssembly.Instance(this.#module, imports).exports as WasmExports;
    glue.__wbg_set_wasm(exports);
    exports.__wbindgen_start?.();
    this.#memory = exports.memory;
  }

  adopt(session: LabSession): void {
    this.#sessions.add(session);
  }

  forget(session: LabSession): void {
    this.#sessions.delete(session);
  }
}

const core = new Core();

/** Makes the core ready: await it before the first session. Called again, it answers at once. */
export function loadCore(): Promise<void> {
  return core.load();
}

/**
 * One run in the world. Every method may throw a `Trap`: the instance is gone then, and only `restart()` and the properties that
 * JavaScript holds (`runText`, `link`, `nowUs`) may be used.
 */
export class LabSession {
  /** Null when the instance it lived in is gone: after its own trap (`#trap`) or another session's. */
  #raw: RawSession | null = null;
  #trap: Trap | null = null;
  /** How often it was made anew after a trap, its own or another's: branches of a former life are gone. */
  lives = 0;
  #runText = '';
  #link = '';
  #nowUs = 0;

  /** A new run of `nodes` nodes (1 to 9) with a random seed. */
  static fresh(nodes: number): LabSession {
    return new LabSession(() => glue.Session.fresh(nodes));
  }

  /** The run that a text describes; throws an `Error` that names line and fault. */
  static fromText(text: string): LabSession {
    return new LabSession(() => new glue.Session(text));
  }

  /** The run that a link (`link`) holds; throws an `Error` that names the fault. */
  static fromLink(link: string): LabSession {
    return new LabSession(() => glue.Session.from_link(link));
  }

  private constructor(make: () => RawSession) {
    this.#raw = this.#guard(make);
    core.adopt(this);
    this.#remember();
  }

  /** Simulated time, in µs; kept in JavaScript, so it is the last good one after a trap. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** The canonical text of the run, without what a trap took. */
  get runText(): string {
    return this.#runText;
  }

  /** The run as a link hash, without the moment. */
  get link(): string {
    return this.#link;
  }

  /** One action now, in the words of the action language. Throws an `Error` that names what is wrong; nothing changes then. */
  act(text: string): void {
    this.#call((raw) => raw.act(text));
    this.#remember();
  }

  /** Runs what is due at or before `untilUs`, for at most `budgetMs` of wall time. True when anything visible changed. */
  advance(untilUs: number, budgetMs: number): boolean {
    const changed = this.#call((raw) => raw.advance(untilUs, budgetMs));
    this.#nowUs = this.#call((raw) => raw.now_us);
    return changed;
  }

  /** Goes to the next event that leaves a visible record, or to the next event, Ready or message; false when none comes soon. */
  step(to: StepUnit = 'record'): boolean {
    const moved = this.#call((raw) => raw.step(UNITS[to]));
    this.#nowUs = this.#call((raw) => raw.now_us);
    return moved;
  }

  /** Goes back to the last event before now that left a visible record, or to the last of another kind; false at the beginning. */
  stepBack(to: StepUnit = 'record'): boolean {
    return this.#travel((raw) => raw.step_back(UNITS[to]));
  }

  /** Goes to any moment of the run as it is now, µs. */
  seek(atUs: number): void {
    this.#travel((raw) => {
      raw.seek(atUs);
      return true;
    });
  }

  /** Takes the latest act back, and goes to its moment; false when there is none. What it led to is kept, for `redo`. */
  undo(): boolean {
    return this.#travel((raw) => raw.undo());
  }

  /** Does again what was taken back last; false when there is none. */
  redo(): boolean {
    return this.#travel((raw) => raw.redo());
  }

  /** The present branch's name for `switchTo`; after an act it still names the run without it. */
  get branch(): number {
    return this.#call((raw) => raw.branch);
  }

  /** Goes to another branch, where it leaves this one; false when there is none of that name. */
  switchTo(branch: number): boolean {
    return this.#travel((raw) => raw.switch_to(branch));
  }

  /** The whole picture at `nowUs`, with as many log indexes as fit any page: from `logFrom` on, or the newest. */
  view(logFrom: number | null): View {
    return this.#call((raw) => raw.view(logFrom) as View);
  }

  /** At most `max` visible records with `seq >= fromSeq`, oldest first. */
  events(fromSeq: number, max: number): FeedEvent[] {
    return this.#call((raw) => raw.events(fromSeq, max) as FeedEvent[]);
  }

  /** The engine that the run was made with, if it is not this one; null otherwise. */
  get otherEngine(): number | null {
    return this.#call((raw) => raw.other_engine) ?? null;
  }

  /** A hash of everything that happened: two equal runs have equal digests at equal times. */
  digest(): string {
    return this.#call((raw) => raw.digest());
  }

  /** Makes the core panic, for tests of the crash card. Always throws a `Trap`. */
  forcePanic(): void {
    this.#call((raw) => raw.force_panic());
  }

  /**
   * Goes on in a fresh instance from the run text, at the moment before the trap. Returns the wall milliseconds it took.
   * Throws a `Trap` when the run itself leads to the trap before that moment.
   */
  restart(): number {
    const startedMs = performance.now();
    const untilUs = this.#nowUs;
    this.#trap = null;
    this.lives += 1;
    const raw = this.#guard(() => new glue.Session(this.#runText));
    this.#raw = raw;
    // Once at least: an action of the very first moment is part of the picture at 0.
    do {
      this.#guard(() => raw.advance(untilUs, RESTORE_BUDGET_MS));
    } while (raw.now_us < untilUs);
    return performance.now() - startedMs;
  }

  /** Gives the memory back; the session is of no use afterwards. */
  dispose(): void {
    core.forget(this);
    this.#raw?.free();
    this.#raw = null;
  }

  /** Takes the raw handle away before its instance is dropped; the core calls this, nobody else. */
  detach(): void {
    // Unregisters the finalizer too: it would free this pointer inside the next instance.
    (this.#raw as unknown as { __destroy_into_raw(): number } | null)?.__destroy_into_raw();
    this.#raw = null;
  }

  #travel(go: (raw: RawSession) => boolean): boolean {
    const went = this.#call(go);
    this.#remember();
    return went;
  }

  #remember(): void {
    this.#runText = this.#call((raw) => raw.run());
    this.#link = this.#call((raw) => raw.link());
    this.#nowUs = this.#call((raw) => raw.now_us);
  }

  /** A call on the raw session. When another session's trap took the instance, this one moves to the new instance first. */
  #call<T>(call: (raw: RawSession) => T): T {
    if (this.#trap !== null) {
      throw this.#trap;
    }
    if (this.#raw === null) {
      this.restart();
    }
    const raw = this.#raw as unknown as RawSession;
    return this.#guard(() => call(raw));
  }

  #guard<T>(call: () => T): T {
    try {
      return call();
    } catch (thrown) {
      if (!isTrap(thrown)) {
        throw thrown;
      }
      const last = { runText: this.#runText, link: this.#link, nowUs: this.#nowUs };
      this.#trap = new Trap(panicWords() ?? String(thrown), last);
      // At once: no call may ever reach the instance that trapped.
      core.renew();
      throw this.#trap;
    }
  }
}

/** The panic's own words, if it was one: the one thing that an instance may still be asked after it has trapped. */
function panicWords(): string | null {
  try {
    return glue.last_panic() ?? null;
  } catch {
    return null;
  }
}
