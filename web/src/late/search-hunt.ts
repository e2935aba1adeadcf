/**
 * The search of one player: what it is to break, its workers, the run that was found and what it comes to when it is played once more. It outlives the
 * panel that shows it, which may be closed and opened again; without a panel, or on a page that nobody sees, it rests.
 */

import { type Lab, messageOf } from '../elements/lab';
import type { Count, Found, Hire, OddsReport, Searcher } from '../search-model';
import { playAgain } from './other-run';
import { type Both, type Played, play, playBoth } from './search-play';
import { Pool } from './search-pool';

/** No more workers than this; one core is left to the page. */
const WORKERS_MAX = 4;

/** Futures that are counted from each moment of a run. */
export const FUTURES = 100;

/** Sizes of clusters that are searched. */
export const SIZES = [3, 5] as const;

const workers = (): number => Math.min(WORKERS_MAX, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));

/** A seed of 32 random bits: short enough to be read out. */
const anySeed = (): bigint => BigInt(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);

export class Hunt {
  off: ReadonlySet<string> = new Set();
  nodes: (typeof SIZES)[number] = 3;
  seed = anySeed();
  readonly pool: Pool;
  /** The find as it was cut; null until it was played. And both ways at the moment that is looked at. */
  played: Played | null = null;
  both: Both | null = null;
  /** What was counted of its futures; null before anybody asked. */
  odds: OddsReport | null = null;
  /** Why it could not be played, or its futures not be counted. */
  fault: string | null = null;
  readonly #lab: Lab;
  /** Fetched with the first search. */
  #hire: Hire | null = null;
  #count: Count | null = null;
  #counter: Pick<Searcher, 'fire'> | null = null;
  readonly #listeners = new Set<() => void>();
  #playing = '';
  #looksAtUs = 0;
  /** The text of the found run when it was put on the stage. */
  #opened = '';
  /** It rests because nobody could see it. */
  #hidden = false;

  constructor(lab: Lab) {
    this.#lab = lab;
    lab.ended = () => this.end();
    this.pool = new Pool(
      (job, gapMs, heard) => (this.#hire as Hire)(job, gapMs, heard),
      () => this.#heard(),
    );
  }

  /** Calls back at each change, until the answer is called. */
  listen(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** Whether the switches, the size or the seed are others than those of the search that was begun. */
  get changed(): boolean {
    const { wish } = this.pool;
    return (
      wish !== null &&
      (this.#names().join() !== wish.off.join() || this.nodes !== wish.nodes || this.seed !== wish.seed)
    );
  }

  /** Whether the run that was found is on the stage, and nothing was done in it. */
  get isOpen(): boolean {
    return this.#opened !== '' && this.#lab.runText === this.#opened;
  }

  turn(rule: string): void {
    const off = new Set(this.off);
    if (!off.delete(rule)) off.add(rule);
    this.off = off;
    this.tell();
  }

  /** Searches, rests, or goes on: what the one button does now. */
  press(): void {
    const { pool } = this;
    if (pool.running) {
      pool.pause();
    } else if (!this.changed && (pool.phase === 'paused' || pool.phase === 'found')) {
      this.#hidden = false;
      pool.goOn();
    } else {
      void this.#begin();
    }
  }

  async #begin(): Promise<void> {
    try {
      const { hire, count } = await import('../session-search');
      this.#hire = hire;
      this.#count = count;
    } catch (error) {
      this.#lab.report({ what: 'late', detail: messageOf(error), after: 'nothing' });
      return;
    }
    // The panel may have been closed meanwhile.
    if (this.#listeners.size === 0) return;
    this.stopCounting();
    this.odds = null;
    this.played = null;
    this.#playing = '';
    this.#opened = '';
    this.pool.begin({ off: this.#names(), nodes: this.nodes, seed: this.seed }, workers());
  }

  /** Puts the found run on the stage, standing at its start; undo leads back. Throws an `Error` that names the fault. */
  open(): void {
    const { found } = this.pool;
    if (found === null) return;
    this.#lab.player.pause();
    playAgain(this.#lab, found.run_text, 0);
    this.#opened = this.#lab.runText;
    this.tell();
  }

  /** Has a worker count the futures of the find. */
  count(): void {
    const { played } = this;
    this.stopCounting();
    if (played === null || this.#count === null) return;
    this.odds = { actions: played.actions, fallen: [], real: [], done_prefixes: 0 };
    this.#counter = this.#count(played.runText, FUTURES, (answer) => {
      if (answer.kind === 'odds') this.odds = answer.odds;
      if (answer.kind === 'failed') this.fault = answer.detail;
      if (answer.kind === 'failed' || (this.odds?.done_prefixes ?? 0) > played.actions) this.#counter?.fire();
      this.tell();
    });
    this.tell();
  }

  /** Sends every worker home: the player was removed. */
  end(): void {
    this.stopCounting();
    this.pool.end();
    this.#hidden = false;
  }

  /** What was counted half is not kept. */
  stopCounting(): void {
    this.#counter?.fire();
    this.#counter = null;
    if (this.odds !== null && this.odds.done_prefixes <= this.odds.actions) this.odds = null;
  }

  /** Draws whoever shows it. */
  tell(): void {
    for (const changed of this.#listeners) changed();
  }

  /** In the order of their names, as the core has them. */
  #names(): string[] {
    return [...this.off].sort();
  }

  /** The player can be seen, or not: out of sight it rests. */
  set seen(seen: boolean) {
    if (!seen) this.stopCounting();
    if (!seen && this.pool.running) {
      this.pool.pause();
      this.#hidden = true;
    } else if (seen && this.#hidden) {
      this.#hidden = false;
      if (this.pool.phase === 'paused') this.pool.goOn();
    }
  }

  #heard(): void {
    const { found, phase } = this.pool;
    if (found !== null && phase === 'found' && found.run_text !== this.#playing) void this.#play(found);
    this.tell();
  }

  async #play(found: Found): Promise<void> {
    this.#playing = found.run_text;
    this.stopCounting();
    this.odds = null;
    this.played = null;
    this.both = null;
    this.fault = null;
    try {
      const played = await play(this.#lab.sessions, found);
      if (this.#playing !== found.run_text) return;
      this.played = played;
      await this.look(played.atUs);
    } catch (error) {
      this.fault = messageOf(error);
      this.tell();
    }
  }

  /** Another moment of the find is looked at, both ways. */
  async look(atUs: number): Promise<void> {
    const { played } = this;
    this.#looksAtUs = atUs;
    if (played === null) return;
    const both = await playBoth(this.#lab.sessions, played.runText, atUs);
    if (this.played === played && this.#looksAtUs === atUs) {
      this.both = both;
      this.tell();
    }
  }
}

const hunts = new WeakMap<Lab, Hunt>();

/** The search of this player. */
export function huntOf(lab: Lab): Hunt {
  let hunt = hunts.get(lab);
  if (hunt === undefined) {
    hunt = new Hunt(lab);
    hunts.set(lab, hunt);
  }
  return hunt;
}
