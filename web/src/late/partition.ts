/**
 * The partition brush: a line drawn across links cuts them, by mouse or finger, wherever it begins beside a node. With the key P a bar
 * comes up in which nodes can be chosen instead, by click, Tab or number. It makes `partition` and `cut` actions; which, `islands.ts` says.
 */

import { html, render, svg } from 'lit';
import type { Desk } from '../elements/desk';
import { votersOf } from '../format/cluster';
import { layoutFor, type Point } from '../layout';
import { clip, round } from '../layout/geometry';
import styles from './hands.css?inline';
import { type HandsWords, handsWords } from './hands-words';
import { crossedLinks, cutting, type Island, islandOf, islandsOf, partitionText } from './islands';
import { say } from './say';
import { adoptLate } from './sheet';

/** A press becomes a line when it has moved this far, in pixels. */
const LINE_PX = 8;

/** The drawing keeps a point when it is this far from the last, in units of the drawing. */
const STEP = 4;

/** The bars that are open, one a player. */
const bars = new WeakMap<Desk, Bar>();

/** Lets lines be drawn on the cluster of a player from now on. */
export function drawsLines(desk: Desk): void {
  adoptLate(desk.host, styles);
  desk.host.addEventListener('pointerdown', (event) => press(desk, event));
}

/** Opens the bar of the brush, or closes it. `chosen` is on the other side at first. */
export function brush(desk: Desk, chosen: readonly string[] = []): void {
  const open = bars.get(desk);
  if (open !== undefined) {
    open.close(true);
  } else if (desk.lab.view !== null) {
    adoptLate(desk.host, styles);
    bars.set(desk, new Bar(desk, chosen));
  }
}

/** A press beside the things of the cluster may become a line. */
export function press(desk: Desk, event: PointerEvent): void {
  const target = event.target as Element;
  const stage = target.closest<HTMLElement>('.cluster');
  const onThing = target.closest('[data-node],[data-message],[data-client],.brush-bar') !== null;
  if (stage !== null && !onThing && event.button === 0 && event.isPrimary && desk.lab.view !== null) {
    new Line(desk, stage, event).follow();
  }
}

/** One line, from the press to its end. */
class Line {
  readonly #desk: Desk;
  readonly #stage: HTMLElement;
  readonly #down: PointerEvent;
  readonly #words: HandsWords['partition'];
  readonly #stop = new AbortController();
  #points: Point[] = [];
  #box: SVGSVGElement | null = null;

  constructor(desk: Desk, stage: HTMLElement, down: PointerEvent) {
    this.#desk = desk;
    this.#stage = stage;
    this.#down = down;
    this.#words = handsWords(desk.state().lang).partition;
  }

  follow(): void {
    const { signal } = this.#stop;
    window.addEventListener('pointermove', (event) => this.#move(event), { signal });
    window.addEventListener('pointerup', () => this.#end(true), { signal });
    window.addEventListener('pointercancel', () => this.#end(false), { signal });
    window.addEventListener('keydown', (event) => this.#key(event), { signal, capture: true });
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.#box !== null) {
      event.preventDefault();
      event.stopPropagation();
      this.#end(false);
    }
  }

  #move(event: PointerEvent): void {
    if (event.pointerId !== this.#down.pointerId) {
      return;
    }
    if (event.buttons === 0) {
      this.#end(false);
      return;
    }
    const { clientX: x, clientY: y } = this.#down;
    if (this.#box === null) {
      if (Math.hypot(event.clientX - x, event.clientY - y) < LINE_PX) {
        return;
      }
      this.#begin();
    }
    this.#add(event.clientX, event.clientY);
    this.#draw();
  }

  #begin(): void {
    const size = this.#stage.querySelector('.layer')?.getAttribute('viewBox') ?? '';
    const box = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    box.setAttribute('class', 'layer brush');
    box.setAttribute('viewBox', size);
    box.setAttribute('aria-hidden', 'true');
    this.#stage.append(box);
    this.#box = box;
    this.#stage.setPointerCapture(this.#down.pointerId);
    this.#add(this.#down.clientX, this.#down.clientY);
  }

  #add(clientX: number, clientY: number): void {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(this.#box?.getScreenCTM()?.inverse());
    const last = this.#points.at(-1);
    if (last === undefined || Math.hypot(x - last.x, y - last.y) >= STEP) {
      this.#points.push({ x: round(x), y: round(y) });
    }
  }

  /** What the line crosses, and what would be done. */
  #outcome(): { crossed: Set<string>; actions: string[]; told: string } {
    const { view, size } = this.#desk.state();
    if (view === null) {
      return { crossed: new Set(), actions: [], told: '' };
    }
    const places = layoutFor(view.nodes.length, size).cluster.nodes.map(({ centre }) => centre);
    const crossed = crossedLinks(view, places, this.#points);
    const actions = cutting(view, crossed);
    const islands = islandsOf(view, crossed);
    const names = view.links.filter(({ id }) => crossed.has(id)).map(({ a, b }) => `${a}–${b}`);
    const told =
      actions.length === 0
        ? this.#words.nothing
        : islands.length > 1
          ? this.#words.leaves(islandsTold(this.#desk, islands))
          : this.#words.cuts(names.join(', '));
    return { crossed, actions, told };
  }

  #draw(): void {
    const { view, size } = this.#desk.state();
    if (this.#box === null || view === null) {
      return;
    }
    const { crossed, told } = this.#outcome();
    const { cluster } = layoutFor(view.nodes.length, size);
    const place = (id: string) => cluster.nodes[view.nodes.findIndex((node) => node.id === id)]?.centre;
    const cuts = view.links
      .filter(({ id }) => crossed.has(id))
      .map(({ a, b }) => [place(a), place(b)] as const)
      .map(([a, b]) => (a && b ? clip(a, b, cluster.reach, cluster.reach) : null))
      .map((cut) => (cut ? `M${round(cut.from.x)} ${round(cut.from.y)}L${round(cut.to.x)} ${round(cut.to.y)}` : ''));
    render(
      svg`<path class="brush-cut" d=${cuts.join('')}/>
        <path class="brush-line" d=${`M${this.#points.map(({ x, y }) => `${x} ${y}`).join('L')}`}/>
        <text class="t b halo mid" font-size="14" x=${cluster.width / 2} y=${cluster.height - 10}>${told}</text>`,
      this.#box as unknown as HTMLElement,
    );
    say(this.#desk.host, told);
  }

  #end(done: boolean): void {
    this.#stop.abort();
    if (this.#box === null) {
      return;
    }
    this.#box.remove();
    swallowClick(this.#desk.host);
    const { actions, crossed } = this.#outcome();
    this.#box = null;
    if (!done || actions.length === 0) {
      say(this.#desk.host, done ? this.#words.nothing : this.#words.cancelled);
      return;
    }
    cutNow(this.#desk, actions, [...crossed]);
  }
}

/** Does the actions, and says what came of them. */
function cutNow(desk: Desk, actions: readonly string[], links: readonly string[]): void {
  const words = handsWords(desk.state().lang).partition;
  if (!actions.every((text) => desk.act(text)) || desk.lab.view === null) {
    return;
  }
  bars.get(desk)?.close(false);
  const islands = islandsOf(desk.lab.view);
  const cut = links.map((id) => id.replace('-', '–')).join(', ');
  say(desk.host, islands.length > 1 ? words.done(islandsTold(desk, islands)) : words.doneCuts(cut));
}

function islandsTold(desk: Desk, islands: readonly Island[]): string {
  const { view, lang } = desk.state();
  const words = handsWords(lang).partition;
  const of = view === null ? 0 : votersOf(view).length;
  return islands
    .map(({ nodes, voters, majority }) => words.island(nodes.join(' '), voters, of, majority))
    .join(words.sep);
}

/** The click that ends a line, or another drag, or a long press that is still `held`, means nothing; that of the next press does. */
export function swallowClick(host: HTMLElement, held = false): void {
  const over = new AbortController();
  const { signal } = over;
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
    over.abort();
  };
  // One that is lifted elsewhere clicks nothing.
  const lifted = () => setTimeout(() => over.abort(), 50);
  host.addEventListener('click', swallow, { capture: true, signal });
  window.addEventListener('pointerdown', () => over.abort(), { capture: true, signal });
  if (held) {
    window.addEventListener('pointerup', lifted, { signal });
  } else {
    lifted();
  }
}

/** The bar: which nodes are on the other side. */
class Bar {
  readonly #desk: Desk;
  readonly #chosen: Set<string>;
  readonly #element = document.createElement('div');
  readonly #stop = new AbortController();
  readonly #back = document.activeElement;

  constructor(desk: Desk, chosen: readonly string[]) {
    this.#desk = desk;
    this.#chosen = new Set(chosen);
    const { host } = desk;
    this.#element.className = 'brush-bar';
    this.#element.setAttribute('role', 'toolbar');
    host.querySelector('.pane-cluster')?.append(this.#element);
    host.toggleAttribute('data-brush', true);
    const { signal } = this.#stop;
    host.addEventListener('keydown', (event) => this.#key(event), { signal, capture: true });
    host.addEventListener('click', (event) => this.#click(event), { signal, capture: true });
    for (const type of ['raftarium-change', 'raftarium-look']) {
      host.addEventListener(type, () => this.#draw(), { signal });
    }
    this.#draw();
    this.#element.querySelector('button')?.focus({ preventScroll: true });
    say(host, handsWords(desk.state().lang).partition.on);
  }

  close(cancelled: boolean): void {
    const { host } = this.#desk;
    this.#stop.abort();
    bars.delete(this.#desk);
    host.toggleAttribute('data-brush', false);
    const hadFocus = this.#element.contains(document.activeElement);
    this.#element.remove();
    if (hadFocus) {
      (this.#back instanceof HTMLElement || this.#back instanceof SVGElement ? this.#back : host).focus({
        preventScroll: true,
      });
    }
    if (cancelled) {
      say(host, handsWords(this.#desk.state().lang).partition.cancelled);
    }
  }

  #toggle(id: string): void {
    const { view } = this.#desk.lab;
    if (view?.nodes.some((node) => node.id === id) === true) {
      if (!this.#chosen.delete(id)) {
        this.#chosen.add(id);
      }
      this.#draw();
      const islands = this.#islands();
      say(this.#desk.host, handsWords(this.#desk.state().lang).partition.leaves(islandsTold(this.#desk, islands)));
    }
  }

  /** The two sides, those with a node in them. */
  #islands(): Island[] {
    const { view } = this.#desk.lab;
    const sides = [false, true].map((side) => view && islandOf(view, (id) => this.#chosen.has(id) === side));
    return sides.filter((island) => island !== null).filter(({ nodes }) => nodes.length > 0);
  }

  #cut(): void {
    const islands = this.#islands();
    if (islands.length > 1) {
      cutNow(this.#desk, [partitionText(islands)], []);
    }
  }

  #key(event: KeyboardEvent): void {
    const target = event.target as Element;
    const node = target.closest('.cluster [data-node]')?.getAttribute('data-node') ?? null;
    const presses = event.key === 'Enter' || event.key === ' ';
    const elsewhere = target.closest('input, select, textarea, dialog, .menu') !== null;
    const own = !event.ctrlKey && !event.metaKey && !event.altKey && !elsewhere;
    if (!own || (presses && target.closest('button, a, select') !== null)) {
      return;
    }
    if (event.key === 'Escape') {
      this.close(true);
    } else if (presses && node !== null) {
      this.#toggle(node);
    } else if (event.key === 'Enter') {
      this.#cut();
    } else if (/^[1-9]$/.test(event.key)) {
      this.#toggle(this.#desk.lab.view?.nodes[Number(event.key) - 1]?.id ?? '');
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** A node that is clicked changes sides. */
  #click(event: MouseEvent): void {
    const node = (event.target as Element).closest('.cluster [data-node]')?.getAttribute('data-node');
    if (node !== null && node !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      this.#toggle(node);
    }
  }

  #draw(): void {
    const { view, lang } = this.#desk.state();
    const words = handsWords(lang).partition;
    this.#element.setAttribute('aria-label', words.title);
    const islands = this.#islands();
    const told = islands.length > 1 ? islandsTold(this.#desk, islands) : words.how;
    render(
      html`<p>${told}</p><span class="brush-nodes" role="group" aria-label=${words.nodes}>${(view?.nodes ?? []).map(
        ({ id }) =>
          html`<button type="button" aria-pressed=${this.#chosen.has(id)} @click=${() => this.#toggle(id)}>${id}</button>`,
      )}</span><button class="plain" type="button" aria-disabled=${islands.length < 2} @click=${() => this.#cut()}>${words.cut}</button>
      <button class="plain" type="button" @click=${() => this.close(true)}>${words.cancel}</button>`,
      this.#element,
    );
  }
}
