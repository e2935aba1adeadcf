/**
 * Many messages at once, while they run: a canvas in place of a box for each. A box is an element to style and a layer to compose in every frame,
 * which hundreds of them cannot be sixty times a second. What stands still is boxes again, to be pointed at and chosen; so is what is chosen or held.
 */

import { cutPart, partOf, pathBetween, placeOf } from '../layout/motion';
import type { Lang } from '../locales';
import type { MessageView, View } from '../model';
import type { Crowd, Moving } from '../views';
import { endIn, extentOf } from '../views/names';
import { type Sprite, Sprites } from './sprites';

/** So many messages are a crowd, and so many are one still. */
const MANY = 64;
const STILL_MANY = 48;

/** A message of the crowd: its picture, and its place at a time. */
interface Walker {
  readonly message: MessageView;
  readonly sprite: Sprite;
  readonly at: (part: number) => ReturnType<typeof placeOf>;
}

function walkerOf(args: Moving, message: MessageView, sprite: Sprite): Walker {
  const { view, layout } = args;
  const [from, to] = [endIn(view, message.from), endIn(view, message.to)];
  const path = pathBetween(layout.cluster, from, to, extentOf(message));
  const cut = cutPart(layout.cluster, from, to);
  return { message, sprite, at: (part) => placeOf(path, part, message.doomed, cut) };
}

/** So often it is looked whether the picture is enlarged as it was, wall ms: no event tells of a transform. */
const SCALE_GAP_MS = 1000;

/** How much the pages around this one enlarge it, as a deck does its slides. What another origin does cannot be known, and is taken for nothing. */
function enlarged(): number {
  let scale = 1;
  try {
    for (let inner: Window = window; inner.frameElement !== null; inner = inner.parent) {
      const frame = inner.frameElement as HTMLElement;
      scale *= frame.getBoundingClientRect().width / frame.offsetWidth || 1;
    }
  } catch {
    // From here on it is another origin's.
  }
  return Math.max(1, scale);
}

/** The canvas of one player. */
class Canvas {
  readonly #canvas = document.createElement('canvas');
  readonly #sprites = new Sprites();
  #walkers = new Map<string, Walker>();
  #args: Moving | null = null;
  #asOfMs = 0;
  #ratio = 1;
  #fittedMs = 0;
  #look = '';
  #frameId = 0;

  constructor() {
    this.#canvas.className = 'crowd';
    Object.assign(this.#canvas.style, { position: 'absolute', left: '0', top: '0', zIndex: '-1' });
  }

  get isShown(): boolean {
    return this.#args !== null;
  }

  /** Draws these from now on, in every frame. */
  show(layer: HTMLElement, args: Moving, crowd: readonly MessageView[]): void {
    const { layout, ui } = args;
    if (!this.#canvas.isConnected || this.#canvas.parentElement !== layer) layer.append(this.#canvas);
    const zoom = layer.closest<HTMLElement>('raft-arium')?.style.getPropertyValue('--zoom');
    const look = `${ui.theme}${layout.size}${args.view.nodes.length}${!!args.seldom}${layer.style.transform}${zoom}${devicePixelRatio}`;
    if (look !== this.#look) {
      this.#look = look;
      this.#walkers.clear();
      this.#fit(layer, args);
    }
    this.#args = args;
    this.#asOfMs = performance.now();
    const before = this.#walkers;
    this.#walkers = new Map(
      crowd.map((message) => {
        const known = before.get(message.id);
        const same = known?.message.arriveUs === message.arriveUs && known.message.doomed === message.doomed;
        return [message.id, same ? known : walkerOf(args, message, this.#sprites.of(args, message))];
      }),
    );
    if (this.#frameId === 0) this.#frame();
  }

  hide(): void {
    cancelAnimationFrame(this.#frameId);
    this.#frameId = 0;
    this.#args = null;
    this.#walkers.clear();
    this.#look = '';
    this.#sprites.rest();
    this.#canvas.remove();
  }

  /** As many pixels as the screen has for it. */
  #fit(layer: HTMLElement, { layout }: Moving): void {
    const { width, height } = layout.cluster;
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    this.#ratio = this.#ratioNow(width);
    this.#fittedMs = performance.now();
    this.#canvas.width = Math.round(width * this.#ratio);
    this.#canvas.height = Math.round(height * this.#ratio);
    this.#sprites.reset(layer, this.#ratio);
  }

  /** Pixels of the screen for a unit of the drawing. */
  #ratioNow(width: number): number {
    return (this.#canvas.getBoundingClientRect().width / width) * devicePixelRatio * enlarged() || 1;
  }

  /** Fits it anew when it is shown next, if it is enlarged otherwise by now. */
  #followScale({ layout }: Moving): void {
    const nowMs = performance.now();
    if (nowMs - this.#fittedMs >= SCALE_GAP_MS) {
      this.#fittedMs = nowMs;
      if (Math.abs(this.#ratioNow(layout.cluster.width) / this.#ratio - 1) > 0.01) this.#look = '';
    }
  }

  readonly #frame = (): void => {
    const args = this.#args;
    const to = this.#canvas.getContext('2d');
    if (args === null || to === null || !this.#canvas.isConnected) {
      this.hide();
      return;
    }
    this.#frameId = requestAnimationFrame(this.#frame);
    this.#followScale(args);
    const nowUs = args.nowUs + (performance.now() - this.#asOfMs) * (args.rate ?? 0);
    to.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    for (const { message, sprite, at } of this.#walkers.values()) {
      if (nowUs >= message.arriveUs) continue;
      const { x, y, opacity } = at(partOf(message, nowUs, args.ui.reducedMotion));
      to.globalAlpha = opacity;
      to.drawImage(sprite.bitmap, Math.round(x * this.#ratio) - sprite.x, Math.round(y * this.#ratio) - sprite.y);
    }
  };
}

/** Says how many messages are under way beyond those that are drawn; without any it says nothing. */
class Rest {
  readonly #words = document.createElement('p');

  constructor() {
    this.#words.className = 'crowd-rest';
    const place = { position: 'absolute', right: '16px', bottom: '6px', margin: '0', pointerEvents: 'none' };
    Object.assign(this.#words.style, place, { background: 'var(--bg)', color: 'var(--ink-2)' });
  }

  tell(layer: HTMLElement, { view, t }: Moving): void {
    const more = view.messagesMore;
    const words = wordsOf(t.lang)(new Intl.NumberFormat(t.htmlLang).format(more));
    if (more === 0) this.#words.remove();
    else if (this.#words.parentElement !== layer.parentElement) layer.after(this.#words);
    if (this.#words.textContent !== words) this.#words.textContent = words;
  }
}

const wordsOf = (lang: Lang) => (count: string) =>
  lang === 'zh' ? `另有 ${count} 条后发的消息未画出` : `+${count} messages that left later, not drawn`;

/** What is drawn as boxes as ever: the chosen one, those that are held. */
const isApart = ({ ui }: Moving, { id, heldUs }: MessageView) =>
  heldUs !== null || (ui.selected?.kind === 'message' && ui.selected.id === id);

/** A player's crowd: draws what runs if it is many, and answers with the view of what is left to the boxes. */
export function crowdOf(): Crowd {
  const canvas = new Canvas();
  const rest = new Rest();
  return (layer: HTMLElement, args: Moving): View => {
    const { view } = args;
    rest.tell(layer, args);
    const crowd = (args.rate ?? 0) > 0 ? view.messages.filter((message) => !isApart(args, message)) : [];
    if (crowd.length < (canvas.isShown ? STILL_MANY : MANY)) {
      canvas.hide();
      return view;
    }
    canvas.show(layer, args, crowd);
    return { ...view, messages: view.messages.filter((message) => isApart(args, message)) };
  };
}
