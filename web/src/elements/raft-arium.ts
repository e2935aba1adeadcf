/**
 * `<raft-arium>`: a Raft cluster on any page.
 *
 * Attributes: `seed`, `nodes`, `moment` (a run as a link hash), `speed`, `autoplay`, `theme`, `lang`, `ui`, `keys`; and `share-base`, the page
 * that links lead to, if it is not the one around.
 * Methods: `act(text)`, `play()`, `pause()`, `step()`, `advance(us)`, `openHash(hash)`. Properties: `ready`, `view`, `run` (can be set),
 * `momentHash`, `playing`, `speed`, `look`.
 * Events: `raftarium-change` (something visible changed), `raftarium-moment` (a good time to keep `momentHash`), `raftarium-crash`,
 * `raftarium-restart` (after a crash; `detail.tookMs`), `raftarium-look` (language or theme changed); `raftarium-gone` (taken out of the page, its
 * run given back: what listens outside of the element, or works for it, ends).
 *
 * It draws into the light DOM, so that the page around it finds `[data-node="n1"]`. It decides nothing about Raft or the world (that is
 * `session.ts`), nor how things look (`../views` and the templates beside this file), nor what a key or a button does (`desk.ts`).
 */

import { nothing, type TemplateResult } from 'lit';
import { watchPreferences } from '../controls/preferences';
import { watchShown } from '../controls/shown';
import type { View } from '../model';
import { moveCluster } from '../views';
import { Desk } from './desk';
import { DrawnElement } from './drawn-element';
import { listenToKeys } from './keys';
import { Lab, type Sessions } from './lab';
import { shell } from './layouts';
import { awaitHands, wantMenu } from './menus';
import { ATTRIBUTES, readSettings, type Settings } from './settings';
import { adoptStyle } from './style';
import { TimeTeller } from './time';

/** A watcher that must be stopped when the element leaves the page. */
interface Stoppable {
  stop(): void;
}

let players = 0;

/** Wall milliseconds between two drawings of what stands still on a running picture. */
const DRAW_GAP_MS = 240;

/** The element; `defineRaftArium` in `index.ts` gives it its sessions and its name. */
export class RaftArium extends DrawnElement {
  static sessions: Sessions;

  static readonly observedAttributes = ATTRIBUTES;

  readonly #desk: Desk;
  readonly #wanted = (event: MouseEvent) => wantMenu(event, this.#desk);
  readonly #lab: Lab;
  #watchers: Stoppable[] = [];
  #settle: () => void = () => {};
  #openQueued = false;
  readonly #time = new TimeTeller(this);
  /** Something new is not drawn yet, and when anything was drawn last. */
  #drawDue = false;
  #drawnMs = 0;
  #roles = '';
  /** Resolves when the first run is on the page, whether or not it was the one asked for. */
  readonly ready: Promise<void> = new Promise((resolve) => {
    this.#settle = resolve;
  });

  constructor() {
    super();
    players += 1;
    this.#lab = new Lab((this.constructor as typeof RaftArium).sessions, {
      moved: () => this.#moved(),
      flowed: () => this.#flowed(),
      changed: () => this.#changed(),
      happened: (events) => this.#desk.announce(events),
      opened: () => this.#desk.forget(),
    });
    this.#desk = new Desk(this, this.#lab, `raftarium-${players}`);
    awaitHands(this.#desk);
  }

  /** The picture of now, as plain data; null until `ready`. */
  get view(): View | null {
    return this.#lab.viewNow;
  }

  /** The run as text. Setting it opens that run at its start; throws an `Error` that names the fault, and the present run goes on. */
  get run(): string {
    return this.#lab.runText;
  }

  // A script may hand over anything: the core is given text, and would trap on what is none.
  set run(text: string) {
    this.#lab.openText(String(text));
  }

  /** The run and the moment as a URL hash. */
  get momentHash(): string {
    return this.#lab.momentHash;
  }

  /** The tag of the language and the theme that is drawn, for the page around the element. */
  get look(): { lang: string; theme: string } {
    return this.#desk.look;
  }

  /** Whether time runs, seen or not. */
  get playing(): boolean {
    return this.#lab.player.playing;
  }

  /** Simulated seconds for each wall second. */
  get speed(): number {
    return this.#lab.player.speed;
  }

  /** One action now, in the words of the action language: `crash n1`. Throws an `Error` whose message names what is wrong. */
  act(text: string): void {
    this.#lab.act(String(text));
    this.#desk.tellMoment();
  }

  play(): void {
    this.#lab.player.play();
  }

  pause(): void {
    this.#lab.player.pause();
  }

  /** Pauses and goes to the next visible event; false when nothing is scheduled. */
  step(): boolean {
    return this.#lab.player.step();
  }

  /** Runs `us` simulated µs at once. */
  advance(us: number): void {
    this.#lab.player.advance(Number(us));
  }

  /** Makes the core panic, for tests of the crash card. */
  forcePanic(): void {
    this.#lab.forcePanic();
  }

  /** Opens the run and the moment of a URL hash, paused; a hash that is no run is reported on the page, and the present run goes on. */
  openHash(hash: string): Promise<void> {
    return this.#desk.open({ from: 'hash', hash: String(hash) });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyle(this);
    this.tabIndex = -1;
    const sizes = new ResizeObserver(() => this.#measure());
    sizes.observe(this);
    this.#watchers = [
      { stop: () => sizes.disconnect() },
      watchShown(this, (shown) => {
        this.#lab.player.shown = shown;
      }),
      watchPreferences(() => this.#desk.preferencesChanged()),
      listenToKeys(this, this.#desk.keyHands),
    ];
    this.addEventListener('mousedown', keepFocusOnPlayer);
    this.addEventListener('contextmenu', this.#wanted);
    this.addEventListener('pointerdown', this.#wanted);
    this.#measure();
    if (this.run === '') {
      this.#queueOpen();
    } else {
      this.#desk.apply(this.#settings());
    }
  }

  /** What is moved to another place of the page goes on there; what is taken out gives its run back. */
  disconnectedCallback(): void {
    for (const watcher of this.#watchers) {
      watcher.stop();
    }
    this.#watchers = [];
    this.removeEventListener('mousedown', keepFocusOnPlayer);
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#desk.stop();
        this.#lab.dispose();
        this.dispatchEvent(new Event('raftarium-gone'));
      }
    });
  }

  attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (old === value) {
      return;
    }
    if (name === 'seed' || name === 'nodes' || name === 'moment') {
      this.#queueOpen();
    } else if (this.isConnected) {
      const settings = this.#settings();
      this.#desk.apply(settings);
      if (settings.fault?.name === name) {
        this.#lab.report(settings.fault);
      }
    }
  }

  #settings(): Settings {
    return readSettings((name) => this.getAttribute(name), window.parent !== window);
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.#desk.canDraw ? shell(this.#desk.state(), this.#desk.hands) : nothing;
  }

  protected override updated(): void {
    this.#drawDue = false;
    this.#drawnMs = performance.now();
    this.#desk.drawn();
    this.#moved(true);
  }

  /** Opens what the attributes ask for, once for all that change together. */
  #queueOpen(): void {
    if (this.#openQueued) {
      return;
    }
    this.#openQueued = true;
    queueMicrotask(() => {
      this.#openQueued = false;
      if (this.isConnected) {
        void this.#openAsAttributesSay();
      }
    });
  }

  async #openAsAttributesSay(): Promise<void> {
    const settings = this.#settings();
    this.#desk.apply(settings);
    await this.#desk.open(settings.source);
    this.#settle();
    if (settings.fault !== null && this.#lab.fault === null) {
      this.#lab.report(settings.fault);
    }
  }

  #measure(): void {
    const box = this.getBoundingClientRect();
    this.#desk.resized(box.width, box.height);
  }

  /** Only time moved: nothing is drawn again but what depends on it. */
  #moved(drawn = false): void {
    const { view, nowUs } = this.#lab;
    if (view === null) {
      return;
    }
    this.#time.tell(this.#desk.time(), moveCluster(this, { ...this.#desk.moving(view, nowUs), drawn }));
    if (this.#desk.feedIsDue() || (this.#drawDue && performance.now() - this.#drawnMs >= DRAW_GAP_MS)) {
      this.requestUpdate();
    }
  }

  /** Time brought something new: messages set out at once, and so does a new role or term; the rest is drawn soon. */
  #flowed(): void {
    const roles = rolesOf(this.#lab.view);
    if (roles !== this.#roles) {
      this.#roles = roles;
      this.requestUpdate();
    } else {
      this.#drawDue = true;
      this.#moved();
    }
    this.dispatchEvent(new CustomEvent('raftarium-change', { bubbles: true }));
  }

  #changed(): void {
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('raftarium-change', { bubbles: true }));
  }
}

/** What a viewer must not see later than the messages that come of it. */
function rolesOf(view: View | null): string {
  return view === null ? '' : view.nodes.map(({ up, role, term }) => `${up}${role}${term}`).join();
}

/** A click on a picture gives the focus to the player, not to the node that was clicked: Space then plays, as everywhere in it. */
function keepFocusOnPlayer(event: MouseEvent): void {
  if ((event.target as Element).closest('svg') !== null) {
    event.preventDefault();
    (event.currentTarget as HTMLElement).focus({ preventScroll: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'raft-arium': RaftArium;
  }
}
