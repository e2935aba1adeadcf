/**
 * What a viewer has chosen and what their hands do: language, theme, selection, who has the keys, and every button. One desk serves
 * one player; it changes the lab and asks the element to be drawn again.
 */

import { nothing } from 'lit';
import * as actions from '../actions';
import { Announcer } from '../controls/announcer';
import type { KeyOwner } from '../controls/keyboard';
import { type PanelName, Panels } from '../controls/panels';
import { keep, langChoice, recall, themeChoice, themeOf, wantsLessMotion } from '../controls/preferences';
import { worthSaying } from '../controls/worth-saying';
import { type Lang, languageFrom } from '../locales';
import type { ThemeChoice } from '../locales/shell';
import { english, type Speech, speechOf } from '../locales/speech';
import type { FeedEvent, View } from '../model';
import { type Intent, layoutOf, type Moving, type Selection, type Size, type Theme, type UiState } from '../views';
import { FeedPace } from './feed-pace';
import { fitTo } from './fit';
import { runKeyCommand } from './key-commands';
import { holdKeys, type KeyHands } from './keys';
import { type Lab, messageOf, type Source } from './lab';
import { type LatePanel, latePanel } from './late-panels';
import { LateViews } from './late-views';
import { type Settings, seedSource } from './settings';
import type { ShellHands, ShellState, Ui } from './shell';
import type { Time } from './time';
import { timeHands } from './time-hands';

/** The element, as far as the desk needs it. */
export interface DeskHost extends HTMLElement {
  requestUpdate(): void;
}

/** Choices and hands of one player. */
export class Desk {
  readonly host: DeskHost;
  readonly lab: Lab;
  readonly #uid: string;
  readonly #announcer: Announcer;
  #ui: Ui = 'player';
  #size: Size = 'embed';
  #tight = false;
  #fitted = false;
  /** The layout of a narrow page was asked for, and is there. */
  #narrow: 'no' | 'asked' | 'here' = 'no';
  #tabs: ShellState['tabs'] = null;
  /** See `ShellState.line`. */
  line: ShellState['line'] = null;
  /** What is spoken; null until the first language is there. */
  #speech: Speech | null = null;
  #lang: Lang = 'en';
  #theme: ThemeChoice = 'auto';
  #nodes = 5;
  #autoplay: boolean | null = null;
  /** What the attributes said last. */
  #settings: Settings | null = null;
  #keyOwner: KeyOwner = 'self';
  #tab: PanelName = 'logs';
  readonly #feed = new FeedPace();
  readonly #panels = new Panels();
  readonly #latePanels = new Map<string, LatePanel | null>();
  #selected: Selection | null = null;
  #firstColumn: number | null = null;
  #source: Source | null = null;
  #crashTold = false;
  /** Waits for the first leader of a first visit. */
  #isNew = false;
  /** What draws the crash card, once it was needed. */
  #card: ShellState['card'] = null;
  readonly #views = new LateViews();
  #told = '';
  #shownUi: UiState | null = null;
  #box = { width: 960, height: 540 };
  #still = wantsLessMotion();
  readonly hands: ShellHands;
  readonly keyHands: KeyHands;

  constructor(host: DeskHost, lab: Lab, uid: string) {
    this.host = host;
    this.lab = lab;
    this.#uid = uid;
    this.#announcer = new Announcer(
      (text) => this.#say(text),
      (count) => this.#spoken.words.more(count),
    );
    this.hands = this.#makeHands();
    this.keyHands = { keyOwner: () => this.#keyOwner, run: (command) => runKeyCommand(command, this) };
  }

  /** What is in hand. */
  get selected(): Selection | null {
    return this.#selected;
  }

  /** Who has the keys. */
  get keyOwner(): KeyOwner {
    return this.#keyOwner;
  }

  /** False until there are words and a layout: nothing is drawn before, so that no other language or layout flashes by. */
  get canDraw(): boolean {
    return this.#speech !== null && this.#fitted;
  }

  /** Everything there is to draw. */
  state(): ShellState {
    const lab = this.lab;
    const state: ShellState = {
      uid: this.#uid,
      words: this.#spoken.words,
      t: this.#spoken.t,
      lang: this.#spoken.lang,
      theme: this.#theme,
      ui: this.#ui,
      size: this.#size,
      tight: this.#tight,
      tab: this.#tab,
      panels: this.#shownPanels(),
      view: lab.view,
      nowUs: lab.nowUs,
      furthestUs: lab.furthestUs,
      playing: lab.player.playing,
      speed: lab.player.speed,
      feed: this.#feed.show(lab.feed, lab.player.running),
      fault: lab.fault,
      trap: lab.trap,
      card: this.#card,
      keyOwner: this.#keyOwner,
      detail: this.#views.detail,
      seldom: this.#views.seldom,
      viewUi: this.#viewUi(),
      line: this.line,
      tabs: this.#size === 'mobile' && this.#ui === 'full' ? this.#tabs : null,
      late: (name) =>
        latePanel(this.#latePanels, name, (part) => this.#late(part, () => this.host.requestUpdate()))?.draw(
          state,
          this.hands,
          lab,
        ) ?? nothing,
    };
    return state;
  }

  /** Whether the feed must be drawn although nothing else has changed. */
  feedIsDue(): boolean {
    return this.canDraw && this.#feed.isDue(this.lab.feed);
  }

  /** What the clock and the slider tell. */
  time(): Time {
    const { nowUs, spanUs, player } = this.lab;
    return { nowUs, spanUs, running: player.running, words: this.#spoken.words };
  }

  /** What moves the pictures between two drawings. */
  moving(view: View, nowUs: number): Moving {
    const { player } = this.lab;
    return {
      view,
      nowUs,
      rate: player.running ? player.speed * 1000 : 0,
      asOfMs: player.asOfMs,
      layout: layoutOf(view, this.#size),
      ui: this.#viewUi(),
      t: this.#spoken.t,
      ...this.#views,
    };
  }

  /** What the page around the player may want to look like: the tag of the language, the theme that is drawn. */
  get look(): { lang: string; theme: Theme } {
    return { lang: this.#spoken.t.htmlLang, theme: themeOf(this.#theme) };
  }

  /** After every drawing. */
  drawn(): void {
    this.#tellLook();
    this.#views.want(this.host, this.lab.view, this.#selected, (part, use) => this.#late(part, use));
    if (this.lab.runText.includes(' break ')) {
      this.#late(import('../late/modified'), ({ modified }) => modified(this));
    }
    const crashed = this.lab.trap !== null;
    if (crashed && !this.#crashTold) {
      this.host.dispatchEvent(new CustomEvent('raftarium-crash', { bubbles: true, detail: this.lab.trap }));
      this.#late(import('../late/crash-card'), ({ cardFor }) => {
        this.#card = cardFor(this.host, this.lab);
        this.host.requestUpdate();
        queueMicrotask(() => this.host.querySelector<HTMLElement>('[data-go-on]')?.focus());
      });
    }
    this.#crashTold = crashed;
  }

  /** Takes the settings that attributes may change at any time. */
  apply(settings: Settings): void {
    const { player } = this.lab;
    const { ui, nodes, autoplay, keys, theme, lang, speed } = settings;
    const was = this.#settings;
    this.#settings = settings;
    this.#ui = ui;
    this.#nodes = nodes;
    this.#autoplay = autoplay;
    // What the viewer has chosen holds until the page says something else.
    if (keys !== was?.keys) this.#keyOwner = keys;
    if (theme !== was?.theme) this.#theme = theme ?? themeChoice(recall('theme') ?? '') ?? 'auto';
    if (lang !== was?.lang) this.#speak(lang ?? langChoice(recall('lang') ?? '') ?? languageFrom(navigator.languages));
    if (speed !== (was ?? player).speed) player.speed = speed;
    this.#fit();
    this.host.requestUpdate();
  }

  /** Opens a run. A fresh one plays by itself, unless the viewer wants less motion; a moment that was shared stands still; a fault changes nothing. */
  async open(source: Source): Promise<void> {
    this.#source = source;
    this.#isNew = source.from === 'fresh' && this.#ui === 'full' && !recall('guide');
    const { lab } = this;
    const { player } = lab;
    const played = player.playing;
    player.pause();
    const opened = await lab.open(source, this.#nodes);
    if (opened && lab.scene) {
      await this.#late(import('../late/lesson'), ({ teach }) => teach(this));
    }
    // Another one was asked for meanwhile: it is for that one to play or to stand.
    if (this.#source !== source) {
      return;
    }
    const moment = opened && source.from === 'hash' && lab.nowUs > 0;
    const goesOn = !opened && lab.fault?.after !== 'fresh';
    const plays = goesOn ? played : (this.#autoplay ?? (!this.#still && !moment));
    if (plays && lab.view !== null && lab.trap === null) {
      player.play();
    }
    this.tellMoment();
    if (recall('stops')) this.hands.time('stops', 1);
  }

  /** Another run is on the page: what was chosen in the last one is void. */
  forget(): void {
    this.#selected = null;
    this.#firstColumn = null;
    this.#announcer.stop();
  }

  announce(events: readonly FeedEvent[]): void {
    const { t } = this.#spoken;
    this.#announcer.add(events.filter(worthSaying).map((event) => t.event(event)));
    if (this.#isNew && events.some(({ what }) => what.kind === 'becameLeader')) {
      this.#isNew = false;
      this.#late(import('../late/guide'), ({ guide }) => guide(this));
    }
  }

  /** Tells a screen reader. */
  tell(sentence: string): void {
    this.#announcer.add([sentence]);
  }

  /** The element is this large now, CSS pixels. */
  resized(width: number, height: number): void {
    this.#box = { width, height };
    this.#fit();
  }

  preferencesChanged(): void {
    this.#still = wantsLessMotion();
    this.host.requestUpdate();
  }

  /** Tells the page that now is a good time to keep the moment, in its address for example. */
  tellMoment(): void {
    this.host.dispatchEvent(new CustomEvent('raftarium-moment', { bubbles: true }));
  }

  stop(): void {
    this.#announcer.stop();
  }

  get #spoken(): Speech {
    return this.#speech ?? english;
  }

  /** Changes the language as soon as its words are there; where they cannot be fetched, what was spoken goes on. */
  #speak(lang: Lang): void {
    this.#lang = lang;
    const speak = (speech: Speech) => {
      if (this.#lang === lang) {
        this.#speech = speech;
        this.host.requestUpdate();
      }
    };
    speechOf(lang).then(speak, () => speak(this.#spoken));
  }

  /** Chooses the layout for the room there is, and enlarges it to fill a larger one, as a projector's. */
  #fit(): void {
    const { size, zoom, tight } = fitTo(this.#box, this.#ui);
    if (size === 'mobile' && this.#narrow !== 'here') {
      this.#fetchNarrow();
      return;
    }
    if (size !== this.#size || tight !== this.#tight || !this.#fitted) {
      this.#size = size;
      this.#tight = tight;
      this.#fitted = true;
      this.host.requestUpdate();
    }
    this.host.dataset.size = size;
    this.host.style.setProperty('--zoom', String(zoom));
  }

  /** What was drawn stays as it is until the layout has come; where it cannot be fetched, the page is narrow without it. */
  #fetchNarrow(): void {
    if (this.#narrow === 'no') {
      this.#narrow = 'asked';
      const fetched = import('../late/narrow');
      this.#late(fetched, ({ narrowIn }) => {
        this.#tabs = narrowIn(this.host);
      });
      const here = () => {
        this.#narrow = 'here';
        this.#fit();
      };
      fetched.then(here, here);
    }
  }

  /** The same object while nothing in it changes: the pictures go on as they were told only then. */
  #viewUi(): UiState {
    const next: UiState = {
      selected: this.#selected,
      reducedMotion: this.#still,
      theme: themeOf(this.#theme),
      lang: this.#spoken.lang,
      firstColumn: this.#firstColumn,
    };
    const same = (Object.keys(next) as (keyof UiState)[]).every((name) => next[name] === this.#shownUi?.[name]);
    this.#shownUi = same ? this.#shownUi : next;
    return this.#shownUi ?? next;
  }

  #makeHands(): ShellHands {
    return {
      ...timeHands(this),
      pressFeed: ({ target }) =>
        this.#late(import('../late/feed-hands'), ({ toRecord }) => toRecord(this, target as Element)),
      submit: (command) => this.act(actions.submit(command)),
      openSeed: (seed) =>
        void this.open(seed === '' ? { from: 'fresh', nodes: this.#nodes } : seedSource(seed, this.#nodes)),
      fresh: () => void this.open({ from: 'fresh', nodes: this.#nodes }),
      setLang: (lang) => {
        keep('lang', lang);
        this.#speak(lang);
      },
      setTheme: (theme) => {
        this.#theme = theme;
        keep('theme', theme);
        this.host.requestUpdate();
      },
      togglePanel: (name) => this.#togglePanel(name),
      panelsMenu: () =>
        this.fetch(import('../late/panels-menu'), ({ openPanelsMenu }) =>
          openPanelsMenu(this.host, () => this.state(), this.hands),
        ),
      share: () => {
        this.tellMoment();
        this.fetch(import('../late/share'), ({ share }) =>
          share(this.host, this.#spoken.lang, this.lab.momentHash, this.lab.runText),
        );
      },
      scenes: () => this.fetch(import('../late/scenes-menu'), ({ openScenes }) => openScenes(this)),
      help: () => this.fetch(import('../late/help'), ({ help }) => help(this.host, this.#spoken.lang, this.lab.player)),
      dismiss: () => this.lab.dismiss(),
      goOn: () => this.#goOn(),
      retry: () => void this.open(this.#source ?? { from: 'fresh', nodes: this.#nodes }),
      setKeyOwner: (owner) => {
        this.#keyOwner = owner;
        this.host.requestUpdate();
      },
      emit: (intent) => this.#take(intent),
    };
  }

  /** One action for a hand; a fault is shown. True when it was done. */
  act(text: string): boolean {
    const done = this.lab.tryAct(text);
    if (done) {
      this.tellMoment();
    }
    return done;
  }

  /** Fetches a hand's part, and uses it; where it cannot be fetched, that is said. Keys wait for one that `holds` them. */
  fetch<Part>(part: Promise<Part>, use: (part: Part) => void, holds = true): void {
    const used = this.#late(part, use);
    if (holds) {
      holdKeys(used);
    }
  }

  #take(intent: Intent): void {
    switch (intent.type) {
      case 'act':
        this.act(intent.text);
        break;
      case 'select':
        this.#selected = intent.what;
        break;
      case 'scrollLog':
        this.#firstColumn = intent.firstColumn;
        this.lab.showLog(intent.firstColumn);
        break;
      default:
        intent satisfies never;
    }
    this.host.requestUpdate();
  }

  /** A player that is no full page shows the logs or the search, and a narrow page one panel. */
  #shownPanels(): ReadonlySet<PanelName> {
    if (this.#ui !== 'full') {
      return new Set([this.#tab === 'search' ? 'search' : 'logs'] as const);
    }
    return this.#size === 'desktop' ? this.#panels.shown(this.#tight) : new Set([this.#tab]);
  }

  #togglePanel(name: PanelName): unknown {
    this.#latePanels.get(name)?.forget?.();
    if (this.#size === 'desktop') {
      return this.#late(import('../late/panels-toggle'), ({ toggled }) => {
        this.#panels.choose(toggled(this.#panels.shown(this.#tight), name));
        this.host.requestUpdate();
      });
    }
    this.#tab = name;
    return this.host.requestUpdate();
  }

  /** Fetches what the first view does without, and uses it; where it cannot be fetched, that is said. */
  #late<Part>(fetched: Promise<Part>, use: (part: Part) => void): Promise<void> {
    return fetched.then(use, (error: unknown) =>
      this.lab.report({ what: 'late', detail: messageOf(error), after: 'nothing' }),
    );
  }

  #goOn(): void {
    const tookMs = this.lab.goOn();
    if (tookMs !== null) {
      this.host.focus({ preventScroll: true });
      this.host.dispatchEvent(new CustomEvent('raftarium-restart', { bubbles: true, detail: { tookMs } }));
    }
  }

  #tellLook(): void {
    const { lang, theme } = this.look;
    if (this.#told !== `${lang} ${theme}`) {
      this.#told = `${lang} ${theme}`;
      this.host.dataset.theme = theme;
      this.host.dispatchEvent(new CustomEvent('raftarium-look', { bubbles: true }));
    }
  }

  #say(text: string): void {
    const region = this.host.querySelector('[data-live]');
    if (region !== null) {
      region.textContent = text;
    }
  }
}
