/**
 * The edges between the panels of a wide page: dragged by mouse and finger, moved by arrow keys (with Shift further, Home and End to the
 * limits), put back by Enter or a double click; what was chosen is there at the next visit. The rules of `edges.css` place them.
 */

import type { Desk } from '../elements/desk';
import styles from './edges.css?inline';
import { handsWords } from './hands-words';
import { adoptLate } from './sheet';
import { DRAWN, keepSizes, keptSizes, type Sizes, STRIP_MAX, shifted, stripped } from './sizes';

type Edge = 'cluster' | 'logs' | 'strip';

/** What a key moves an edge by, CSS pixels. */
const STEP = 16;
const FAR = 64;

/** Gives a player edges that can be moved, and the sizes of the last visit. */
export function movesEdges(desk: Desk): void {
  new Edges(desk);
}

class Edges {
  readonly #desk: Desk;
  readonly #elements: Readonly<Record<Edge, HTMLElement>>;
  #sizes: Sizes = keptSizes();

  constructor(desk: Desk) {
    this.#desk = desk;
    adoptLate(desk.host, styles);
    this.#elements = { cluster: this.#make('cluster'), logs: this.#make('logs'), strip: this.#make('strip') };
    desk.host.addEventListener('raftarium-look', () => this.#attach());
    // They go with the shell that they stand in, and come with the next.
    desk.host.addEventListener('raftarium-change', () => this.#elements.cluster.isConnected || this.#attach());
    this.#attach();
    this.#show();
  }

  #make(edge: Edge): HTMLElement {
    const element = document.createElement('div');
    element.className = `edge edge-${edge}`;
    element.tabIndex = 0;
    element.setAttribute('role', 'separator');
    element.setAttribute('aria-orientation', edge === 'strip' ? 'horizontal' : 'vertical');
    element.setAttribute('aria-valuemin', '0');
    element.setAttribute('aria-valuemax', '100');
    element.addEventListener('keydown', (event) => this.#key(edge, event));
    element.addEventListener('dblclick', () => this.#reset(edge));
    element.addEventListener('pointerdown', (event) => this.#drag(edge, event));
    return element;
  }

  /** The shell's templates know nothing of the edges: they are put where they belong when it is drawn anew. */
  #attach(): void {
    const shell = this.#desk.host.querySelector('.shell');
    const words = handsWords(this.#desk.state().lang).edges;
    for (const edge of ['cluster', 'logs', 'strip'] as const) {
      const element = this.#elements[edge];
      if (element.getAttribute('aria-label') !== words[edge]) {
        element.setAttribute('aria-label', words[edge]);
        element.title = words[edge];
      }
      if (shell !== null && element.parentElement !== shell) {
        shell.append(element);
      }
    }
  }

  #show(): void {
    const { style } = this.#desk.host;
    const { cluster, logs, inspector, strip, wide } = this.#sizes;
    style.setProperty('--cluster', `${cluster}fr`);
    style.setProperty('--logs', `${logs}fr`);
    style.setProperty('--inspector', `${inspector}fr`);
    style.setProperty('--strip-own', `${strip}px`);
    style.setProperty('--strip-wide', `${wide}px`);
    const all = cluster + logs + inspector;
    const now = {
      cluster: cluster / all,
      logs: (cluster + logs) / all,
      strip: this.#sizes[this.#row()] / STRIP_MAX,
    };
    for (const edge of ['cluster', 'logs', 'strip'] as const) {
      this.#elements[edge].setAttribute('aria-valuenow', String(Math.round(now[edge] * 100)));
    }
  }

  /** The strip is higher when a wide panel stands in it. */
  #row(): 'strip' | 'wide' {
    const wide = this.#desk.host.querySelector('.strip > :is(.pane-spaceTime, .pane-clients, .pane-conditions)');
    return wide === null ? 'strip' : 'wide';
  }

  #set(sizes: Sizes): void {
    this.#sizes = sizes;
    this.#show();
  }

  /** An edge goes right or down by so many CSS pixels of the layout. */
  #moved(from: Sizes, edge: Edge, by: number): Sizes {
    const shown = this.#desk.state().panels;
    const { cluster, logs, inspector } = from;
    const middle = shown.has('logs') || shown.has('inside') || shown.has('search');
    const all = cluster + (middle ? logs : 0) + (shown.has('inspector') ? inspector : 0);
    const parts = (by * all) / Math.max(1, this.#desk.host.clientWidth / this.#zoom());
    switch (edge) {
      case 'cluster':
        return shifted(from, middle ? 'logs' : 'inspector', 'cluster', parts);
      case 'logs':
        return shifted(from, 'inspector', 'logs', parts);
      case 'strip':
        return stripped(from, this.#row(), from[this.#row()] - by);
      default:
        return edge satisfies never;
    }
  }

  #zoom(): number {
    return Number(getComputedStyle(this.#desk.host).getPropertyValue('--zoom')) || 1;
  }

  #reset(edge: Edge): void {
    const { cluster, logs, inspector } = DRAWN;
    this.#set(
      edge === 'strip'
        ? { ...this.#sizes, [this.#row()]: DRAWN[this.#row()] }
        : { ...this.#sizes, cluster, logs, inspector },
    );
    keepSizes(this.#sizes);
  }

  #key(edge: Edge, event: KeyboardEvent): void {
    const along = edge === 'strip' ? { ArrowUp: -1, ArrowDown: 1 } : { ArrowLeft: -1, ArrowRight: 1 };
    const by = (along as Record<string, number>)[event.key];
    const end = { Home: -1, End: 1 }[event.key];
    if (by !== undefined) {
      this.#set(this.#moved(this.#sizes, edge, by * (event.shiftKey ? FAR : STEP)));
    } else if (end !== undefined) {
      this.#set(this.#moved(this.#sizes, edge, end * 10_000));
    } else if (event.key === 'Enter') {
      this.#reset(edge);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    keepSizes(this.#sizes);
  }

  #drag(edge: Edge, down: PointerEvent): void {
    if (down.button !== 0) {
      return;
    }
    const element = this.#elements[edge];
    const from = this.#sizes;
    const stop = new AbortController();
    const { signal } = stop;
    const move = ({ clientX, clientY }: PointerEvent) => {
      const by = edge === 'strip' ? clientY - down.clientY : clientX - down.clientX;
      this.#set(this.#moved(from, edge, by / this.#zoom()));
    };
    const end = () => {
      stop.abort();
      keepSizes(this.#sizes);
    };
    element.setPointerCapture(down.pointerId);
    element.addEventListener('pointermove', move, { signal });
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
      element.addEventListener(type, end, { signal });
    }
  }
}
