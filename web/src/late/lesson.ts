/**
 * A scene that is told: its sentences in the caption line, each from its moment on, with Back and Next in a fixed place. It plays to the next sentence
 * and waits there. Whoever acts takes over: the usual caption is back, and the way back to the scene is offered; the scene is a branch then, and
 * nothing of either is lost.
 */

import { html, nothing, type TemplateResult } from 'lit';
import type { Scene } from '../controls/scenes';
import type { Desk } from '../elements/desk';
import type { ShellState } from '../elements/shell';
import type { Lang } from '../locales';
import type { Selection } from '../views';
import { paperLink } from '../views/caption';
import { goTo } from './go';
import { type Line, lineOf, type Speaker } from './line';
import english from './scene-lines.json';
import { sceneLinesZh } from './scene-lines-zh';
import { sceneWords } from './scene-words';
import { timeWords } from './time-words';

/** A sentence and its moment. */
interface Said {
  readonly atUs: number;
  readonly en: string;
  readonly zh: string;
}

/** The sentences of a scene, in order. */
export function sentencesOf(name: string): Said[] {
  const told = (english as unknown as Readonly<Record<string, [number, string][]>>)[name] ?? [];
  return told.map(([atUs, en], i) => ({ atUs, en, zh: sceneLinesZh[name]?.[i] ?? en }));
}

/** What some sentences speak of, by their place in the scene, from 0: it is chosen when they are said, and the inspector says why it stands so. */
const LOOKS: Readonly<Record<string, Readonly<Record<number, Selection>>>> = {
  'figure-8': { 4: { kind: 'entry', node: 'n3', index: 2 }, 6: { kind: 'entry', node: 'n3', index: 2 } },
};

const lessons = new WeakMap<Desk, Lesson>();

/** Begins to tell the scene that the player shows. */
export function teach(desk: Desk): void {
  lessons.get(desk)?.stop();
  const { scene } = desk.lab;
  if (scene !== null) {
    lessons.set(desk, new Lesson(desk, lineOf(desk), scene));
  }
}

/**
 * A key that turns pages, on a slide whose deck has the keys: the scene takes it as long as it has a sentence in that direction, as a deck shows
 * all of a slide before the next. False when it has none, or tells no longer.
 */
export function turnScene(desk: Desk, by: 1 | -1): boolean {
  const lesson = lessons.get(desk);
  return lesson?.leads(by) === true && lesson.go(by);
}

class Lesson implements Speaker {
  readonly #desk: Desk;
  readonly #line: Line;
  readonly #scene: Scene;
  readonly #said: readonly Said[];
  readonly #follow = () => this.#followed();
  #lastUs: number;
  /** It is about to stand still: pausing itself lets a little time pass. */
  #stopping = false;

  constructor(desk: Desk, line: Line, scene: Scene) {
    this.#desk = desk;
    this.#line = line;
    this.#scene = scene;
    this.#said = sentencesOf(scene.name);
    scene.stepsUs = this.#said.map(({ atUs }) => atUs);
    desk.hands.near();
    this.#lastUs = desk.lab.nowUs;
    line.speaker = this;
    desk.host.addEventListener('raftarium-change', this.#follow);
    this.#look();
    line.draw();
  }

  /** Chooses what the present sentence speaks of. */
  #look(): void {
    const what = LOOKS[this.#scene.name]?.[this.#here - 1];
    if (what !== undefined) {
      this.#desk.hands.emit({ type: 'select', what });
    }
  }

  stop(): void {
    this.#desk.host.removeEventListener('raftarium-change', this.#follow);
    this.#line.speaker = null;
    this.#line.draw();
  }

  /** Whether the run is the scene's own; not since somebody has acted. */
  get #tells(): boolean {
    return this.#desk.lab.runText === this.#scene.runText;
  }

  /** How many sentences have been said. */
  get #here(): number {
    const { nowUs } = this.#desk.lab;
    return this.#said.filter(({ atUs }) => atUs <= nowUs).length;
  }

  say({ lang, size }: ShellState): TemplateResult | null {
    const { nowUs } = this.#desk.lab;
    const said = this.#said.findLast(({ atUs }) => atUs <= nowUs);
    if (!this.#tells || said === undefined) {
      return null;
    }
    const [, text = '', section] = /^(.*?)(?: ?(§[\d.]+))?$/.exec(said[lang]) ?? [];
    const title = size === 'desktop' ? html`<p class="lesson-title">${this.#title(lang)}</p>` : nothing;
    return html`${title}<p class="caption" data-said=${said.atUs}>${text} ${paperLink(this.#desk.state().t, section)}</p>`;
  }

  #title(lang: Lang): string {
    return sceneWords[lang][this.#scene.name]?.[0] ?? this.#scene.name;
  }

  tools({ lang, size, trap }: ShellState): TemplateResult | typeof nothing {
    const words = timeWords[lang];
    if (!this.#tells) {
      return !this.#mayReturn
        ? nothing
        : html`<div class="lesson"><button type="button" @click=${() => this.#return()}>${words.toScene}</button></div>`;
    }
    const title = this.#title(lang);
    const button = (
      by: 1 | -1,
      off: boolean,
    ) => html`<button type="button" ?disabled=${off || trap !== null} @click=${() => this.go(by)}
      aria-keyshortcuts=${by > 0 ? 'PageDown' : 'PageUp'}>${by > 0 ? words.next : words.back}</button>`;
    return html`<div class="lesson" role="group" aria-label=${words.scene(title)}>
      ${size === 'mobile' ? html`<span class="lesson-title">${title}</span>` : nothing}${button(-1, !this.leads(-1))}
      <span class="lesson-place">${this.#here}/${this.#said.length}</span>${button(1, !this.leads(1))}</div>`;
  }

  /** Whether it tells, and has somewhere to go: on to a sentence, or back before this moment. */
  leads(by: 1 | -1): boolean {
    return this.#tells && (by > 0 ? this.#here < this.#said.length : this.#desk.lab.nowUs > 0);
  }

  /** On: plays to the next sentence, or, while that is under way, goes there. Back: to the beginning of this one, or to the one before. */
  go(by: 1 | -1): boolean {
    if (this.#tells) {
      if (by > 0) {
        this.#next();
      } else {
        goTo(this.#desk, this.#said.findLast(({ atUs }) => atUs < this.#desk.lab.nowUs)?.atUs ?? 0);
      }
    }
    return this.#tells;
  }

  #next(): void {
    const { lab } = this.#desk;
    const next = this.#said.find(({ atUs }) => atUs > lab.nowUs);
    if (next !== undefined && (lab.player.running || this.#desk.state().viewUi.reducedMotion)) {
      goTo(this.#desk, next.atUs);
    } else if (next !== undefined) {
      lab.player.play();
    }
  }

  /** The branch that is the scene; null when another run was opened. */
  #way(): number | null {
    return [...this.#desk.lab.branches.values()].find(({ runText }) => runText === this.#scene.runText)?.id ?? null;
  }

  /** Where nothing of the scene lay ahead there is no branch of it: then what was done since is only more of it, and can be taken back. */
  get #mayReturn(): boolean {
    return this.#way() !== null || this.#desk.lab.runText.startsWith(this.#scene.runText);
  }

  #return(): void {
    const { hands, host, lab } = this.#desk;
    // The button goes: the keys must not go with it.
    host.focus({ preventScroll: true });
    const way = this.#way();
    if (way !== null) {
      lab.switchTo(way);
    } else {
      while (!this.#tells && lab.undo());
    }
    hands.settle();
  }

  #followed(): void {
    const { lab } = this.#desk;
    const lastUs = this.#lastUs;
    this.#lastUs = lab.nowUs;
    if (this.#stopping) {
      return;
    }
    if (!this.#tells) {
      if (!this.#mayReturn) {
        this.stop();
      }
      return;
    }
    const next = this.#said.find(({ atUs }) => atUs > lastUs && atUs <= lab.nowUs);
    if (next !== undefined) {
      this.#desk.tell(next[this.#desk.state().lang]);
      this.#look();
    }
    // Pictures alone have no line to say it in: they go on.
    if (next !== undefined && lab.player.running && this.#desk.state().ui !== 'none') {
      // After this frame: the player is in the middle of it.
      this.#stopping = true;
      queueMicrotask(() => {
        lab.player.pause();
        lab.seek(next.atUs);
        this.#stopping = false;
        this.#desk.tellMoment();
      });
    }
  }
}
