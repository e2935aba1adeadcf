/**
 * Messages as bitmaps, for a crowd of them. A message is drawn by the very template of the stage, its elements are read and painted once, and the
 * sheet says how they look: nothing of a message's look is told here. Where a message is, is not known here.
 */

import { render } from 'lit';
import { pathBetween } from '../layout/motion';
import type { MessageView } from '../model';
import { type Drawn, signature } from '../views/flight';
import { messageView } from '../views/message';
import { endIn, extentOf } from '../views/names';

/** A bitmap, and where in it a message's place is, in its own pixels. */
export interface Sprite {
  readonly bitmap: HTMLCanvasElement;
  readonly x: number;
  readonly y: number;
}

/** Bitmaps that are kept. */
const KEPT_MAX = 512;

/** What an arrowhead, a cross or the edge of a glyph may take beyond the glyph itself, in drawing units. */
const ARROW = 42;
const RIM = 10;

/** How the sheet paints an element. */
interface Look {
  readonly fill: string;
  readonly stroke: string;
  readonly width: number;
  readonly dashes: readonly number[];
  readonly join: CanvasLineJoin;
  readonly cap: CanvasLineCap;
  readonly font: string;
  readonly align: CanvasTextAlign;
}

const number = (element: Element, name: string) => Number(element.getAttribute(name) ?? 0);

function lookOf(element: Element): Look {
  const style = getComputedStyle(element);
  const { textAnchor } = style;
  return {
    fill: style.fill,
    stroke: style.stroke,
    width: Number.parseFloat(style.strokeWidth),
    dashes: (style.strokeDasharray.match(/[\d.]+/g) ?? []).map(Number),
    join: style.strokeLinejoin as CanvasLineJoin,
    cap: style.strokeLinecap as CanvasLineCap,
    font: `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`,
    align: textAnchor === 'middle' ? 'center' : textAnchor === 'end' ? 'right' : 'left',
  };
}

/** The outline of an element; null of one that has none. */
function outlineOf(element: Element): Path2D | null {
  const path = new Path2D(element.getAttribute('d') ?? '');
  switch (element.localName) {
    case 'path':
      return path;
    case 'circle':
      path.arc(number(element, 'cx'), number(element, 'cy'), number(element, 'r'), 0, 2 * Math.PI);
      return path;
    case 'rect': {
      const [x, y, wide, high] = ['x', 'y', 'width', 'height'].map((name) => number(element, name));
      path.roundRect(x ?? 0, y ?? 0, wide ?? 0, high ?? 0, number(element, 'rx'));
      return path;
    }
    default:
      return null;
  }
}

/** Paints messages and keeps what it painted. */
export class Sprites {
  /** Unseen, but where the sheet reaches it. */
  readonly #scratch = document.createElement('div');
  readonly #looks = new Map<string, Look>();
  readonly #kept = new Map<string, Sprite>();
  #ratio = 1;

  constructor() {
    this.#scratch.className = 'message';
    this.#scratch.style.display = 'none';
  }

  /** Everything is painted anew: in so many pixels for each drawing unit, by the sheet as it is in this layer. */
  reset(layer: Element, ratio: number): void {
    layer.append(this.#scratch);
    this.#ratio = ratio;
    this.#looks.clear();
    this.#kept.clear();
  }

  /** Nothing of it is left on the page. */
  rest(): void {
    this.#scratch.remove();
  }

  of(args: Drawn, message: MessageView): Sprite {
    const key = signature(args, message, null) + message.from;
    const known = this.#kept.get(key) ?? this.#make(args, message);
    this.#kept.delete(key);
    // What was painted while a face was still on its way is painted again.
    if (document.fonts.status === 'loaded') this.#kept.set(key, known);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_MAX) break;
      this.#kept.delete(oldest);
    }
    return known;
  }

  #make(args: Drawn, message: MessageView): Sprite {
    const extent = extentOf(message);
    const path = pathBetween(args.layout.cluster, endIn(args.view, message.from), endIn(args.view, message.to), extent);
    render(messageView(args, message, path, null), this.#scratch);
    const ratio = this.#ratio;
    const length = Math.hypot(path.to.x - path.from.x, path.to.y - path.from.y) || 1;
    const [ahead, aside] = [(path.to.x - path.from.x) / length, (path.to.y - path.from.y) / length];
    // The arrowhead reaches out to one side only.
    const reach = (own: number, towards: number) => Math.ceil(Math.max(own + RIM, ARROW * towards + RIM / 2) * ratio);
    const [left, right] = [reach(extent.x, -ahead), reach(extent.x, ahead)];
    const [up, down] = [reach(extent.y, -aside), reach(extent.y, aside)];
    const bitmap = document.createElement('canvas');
    bitmap.width = left + right;
    bitmap.height = up + down;
    const to = bitmap.getContext('2d');
    if (to !== null) {
      to.setTransform(ratio, 0, 0, ratio, left, up);
      this.#paint(to, this.#scratch);
    }
    return { bitmap, x: left, y: up };
  }

  #paint(to: CanvasRenderingContext2D, parent: Element): void {
    for (const element of parent.children) {
      const outline = outlineOf(element);
      const moved =
        element instanceof SVGGElement && element.transform.baseVal.numberOfItems > 0
          ? element.transform.baseVal.consolidate()?.matrix
          : undefined;
      to.save();
      if (moved) to.transform(moved.a, moved.b, moved.c, moved.d, moved.e, moved.f);
      if (outline !== null) this.#trace(to, outline, this.#look(element));
      else if (element.localName === 'text') this.#write(to, element, this.#look(element));
      else this.#paint(to, element);
      to.restore();
    }
  }

  #trace(to: CanvasRenderingContext2D, outline: Path2D, look: Look): void {
    if (look.fill !== 'none') {
      to.fillStyle = look.fill;
      to.fill(outline);
    }
    if (look.stroke !== 'none') {
      to.strokeStyle = look.stroke;
      to.lineWidth = look.width;
      to.lineJoin = look.join;
      to.lineCap = look.cap;
      to.setLineDash([...look.dashes]);
      to.stroke(outline);
    }
  }

  #write(to: CanvasRenderingContext2D, element: Element, { fill, font, align }: Look): void {
    to.fillStyle = fill;
    to.font = font;
    to.textAlign = align;
    to.fillText(element.textContent ?? '', number(element, 'x'), number(element, 'y'));
  }

  /** Elements of one class and the same attributes of style look alike. */
  #look(element: Element): Look {
    const names = ['class', 'font-size', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin'];
    const key = element.localName + names.map((name) => element.getAttribute(name)).join();
    const known = this.#looks.get(key) ?? lookOf(element);
    this.#looks.set(key, known);
    return known;
  }
}
