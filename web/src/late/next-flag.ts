/**
 * The flag of a follower's next index in the logs, which can be dragged: the leader then sends from there (`next n3 4`). Where it is drawn, and where
 * it is said in words instead, is read off the layout; where many nodes leave room for neither, the mark of what the leader knows of the follower (P, R
 * or S) is the handle, and under a mouse the flag is shown beside it. By keyboard the menu of the follower does the same (`deeds.ts`).
 */

import { render, svg } from 'lit';
import type { Desk } from '../elements/desk';
import { currentLeader, lastIndexOf } from '../format/cluster';
import { firstColumn, type LedgerLayout } from '../layout';
import type { NodeView, ProgressView, View } from '../model';
import { handsWords } from './hands-words';
import { swallowClick } from './partition';
import { say } from './say';

/** A press within these of the flag's tip takes it, in units of the drawing. */
const REACH = 13;

/** A leader, and what it believes of a follower. */
export interface Belief {
  readonly leader: NodeView;
  readonly progress: ProgressView;
  /** The indexes that may be next: after what is known to match, up to the one after the log's end. */
  readonly least: number;
  readonly most: number;
}

/** What the leader of the latest term believes of a node; null of itself, and where there is none. */
export function beliefOf(view: View, node: string): Belief | null {
  const leader = currentLeader(view);
  const progress = leader?.progress.find((each) => each.node === node);
  return leader === null || progress === undefined || leader.id === node
    ? null
    : { leader, progress, least: progress.matchIndex + 1, most: leader.lastIndex + 1 };
}

/** Lets the flags of a player be dragged from now on. */
export function dragsNext(desk: Desk): void {
  const press = (event: PointerEvent) => {
    const stage = (event.target as Element).closest<HTMLElement>('.ledger');
    const layer = stage?.querySelector<SVGSVGElement>('svg') ?? null;
    if (stage !== null && layer !== null && event.button === 0 && event.isPrimary) {
      const flag = flagAt(desk, layer, event);
      if (flag !== null) {
        // The log would be scrolled by the same drag.
        event.stopPropagation();
        drag(desk, stage, layer, event, flag);
      }
    }
  };
  desk.host.addEventListener('pointerdown', press, { capture: true });
  // Under a mouse what can be dragged looks like it, and what is not drawn is.
  const hint = new Picture();
  let latest: PointerEvent | null = null;
  const rest = (event: PointerEvent) => {
    latest = event;
    const stage = (event.target as Element).closest<HTMLElement>('.ledger');
    const layer = stage?.querySelector<SVGSVGElement>('svg');
    const hovers = stage && layer && event.buttons === 0 && event.pointerType === 'mouse';
    const flag = hovers ? flagAt(desk, layer, event) : null;
    if (hovers) {
      stage.classList.toggle('over-flag', flag !== null);
    }
    if (hovers && flag?.hidden) {
      hint.show(stage, layer, flag, flag.belief.progress.nextIndex);
    } else {
      hint.remove();
    }
  };
  desk.host.addEventListener('pointermove', rest);
  for (const type of ['pointerdown', 'pointerleave']) {
    desk.host.addEventListener(type, () => hint.remove());
  }
  // The flag may be elsewhere by now, or gone.
  desk.host.addEventListener('raftarium-change', () => hint.isShown && latest !== null && rest(latest));
}

interface Flag {
  readonly node: string;
  readonly belief: Belief;
  readonly ledger: LedgerLayout;
  readonly first: number;
  /** The height of the flag's middle. */
  readonly y: number;
  /** It was taken by its words or mark, beside the columns: it then goes as far as the pointer does, not where the pointer is. */
  readonly byWords: boolean;
  /** Nothing of it is drawn or said where it stands. */
  readonly hidden: boolean;
}

function pointIn(layer: SVGSVGElement, { clientX, clientY }: PointerEvent): DOMPoint {
  return new DOMPoint(clientX, clientY).matrixTransform(layer.getScreenCTM()?.inverse());
}

const xOf = ({ columnsLeft, pitch }: LedgerLayout, first: number, index: number) =>
  columnsLeft + 3 + (index - first) * pitch;

/** The flag under a pointer. */
function flagAt(desk: Desk, layer: SVGSVGElement, event: PointerEvent): Flag | null {
  const { view, nowUs } = desk.lab;
  if (view === null) {
    return null;
  }
  const { layout, ui } = desk.moving(view, nowUs);
  const { ledger } = layout;
  const at = pointIn(layer, event);
  const node = view.nodes[Math.floor((at.y - ledger.top) / ledger.row)];
  const belief = node === undefined ? null : beliefOf(view, node.id);
  if (node === undefined || belief === null) {
    return null;
  }
  const first = firstColumn(ledger, lastIndexOf(view), ui.firstColumn);
  const row = ledger.top + view.nodes.indexOf(node) * ledger.row;
  const hidden = !ledger.beliefWords && ledger.rowStyle !== 'full';
  const flag = { node: node.id, belief, ledger, first, hidden };
  if (ledger.beliefWords || hidden) {
    // Below `match` stand the words; a mark is as high as the boxes.
    const above = row + ledger.boxTop + (hidden ? 0 : ledger.box.height / 2);
    const below = hidden ? row + ledger.boxTop + ledger.box.height : row + ledger.row;
    const taken = at.x >= ledger.beliefX - 4 && at.y >= above && at.y <= below;
    return taken ? { ...flag, y: row + ledger.boxTop, byWords: true } : null;
  }
  const y = row + 11;
  const x = xOf(ledger, first, belief.progress.nextIndex) + 4;
  const taken = ledger.rowStyle === 'full' && Math.hypot(at.x - x, at.y - y) <= REACH;
  return taken ? { ...flag, y, byWords: false } : null;
}

/** Where the flag of an index is shown: at the edge when its column is not in view. */
function shownAt({ ledger, first }: Flag, index: number): number {
  const column = Math.max(first, Math.min(first + ledger.columns, index));
  return xOf(ledger, first, column);
}

/** The flag, and how far it may go, over the logs. */
class Picture {
  readonly #box = document.createElementNS('http://www.w3.org/2000/svg', 'svg');

  constructor() {
    this.#box.setAttribute('class', 'layer');
    this.#box.setAttribute('aria-hidden', 'true');
  }

  show(stage: HTMLElement, layer: SVGSVGElement, flag: Flag, index: number): void {
    const { belief, y } = flag;
    const x = shownAt(flag, index);
    const drawing = svg`<path class="next-way" d=${`M${shownAt(flag, belief.least)} ${y}H${shownAt(flag, belief.most)}`}/>
      <path class="next-flag" d=${`M${x} ${y - 8}l13 8l-13 8z`}/><text class="t b halo" x=${x + 18} y=${y + 5} font-size="14">${index}</text>`;
    this.#box.setAttribute('viewBox', layer.getAttribute('viewBox') ?? '');
    render(drawing, this.#box as unknown as HTMLElement);
    if (this.#box.parentElement !== stage) {
      stage.append(this.#box);
    }
  }

  get isShown(): boolean {
    return this.#box.isConnected;
  }

  remove(): void {
    this.#box.remove();
  }
}

function drag(desk: Desk, stage: HTMLElement, layer: SVGSVGElement, down: PointerEvent, flag: Flag): void {
  const { node, belief, ledger, first, byWords } = flag;
  const words = handsWords(desk.state().lang).next;
  const picture = new Picture();
  stage.setPointerCapture(down.pointerId);
  let index = belief.progress.nextIndex;
  const taken = pointIn(layer, down).x;
  const show = () => {
    picture.show(stage, layer, flag, index);
    say(desk.host, words.moves(node, index));
  };
  const stop = new AbortController();
  const { signal } = stop;
  const end = (done: boolean) => {
    stop.abort();
    picture.remove();
    swallowClick(desk.host);
    if (done && index !== belief.progress.nextIndex) {
      desk.act(`next ${node} ${index}`);
    }
  };
  const move = (event: PointerEvent) => {
    event.stopPropagation();
    const x = pointIn(layer, event).x - (byWords ? taken : xOf(ledger, first, first));
    const wished = Math.round(x / ledger.pitch) + (byWords ? belief.progress.nextIndex : first);
    index = Math.max(belief.least, Math.min(belief.most, wished));
    show();
  };
  window.addEventListener('pointermove', move, { signal, capture: true });
  window.addEventListener('pointerup', () => end(true), { signal });
  window.addEventListener('pointercancel', () => end(false), { signal });
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        end(false);
      }
    },
    { signal, capture: true },
  );
  show();
}
