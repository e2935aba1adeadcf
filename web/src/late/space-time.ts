/**
 * The space-time panel: keeps which time is shown and which message is in hand, and turns mouse, touch and keys into both. What it shows
 * comes from the lens (`history.ts`); how it looks is `space-time-paint.ts`. It never changes the run: it asks the shell to go to a moment.
 */

import { html, nothing, type TemplateResult } from 'lit';
import type { Lab } from '../elements/lab';
import type { ShellHands, ShellState } from '../elements/shell';
import { clock, duration, entryId } from '../format/text';
import type { Passage } from '../lens-model';
import type { MessageView } from '../model';
import { LensPanel } from './lens-panel';
import { NOTHING, POINTED, type Pointed, point } from './pointing';
import styles from './space-time.css?inline';
import { chainOf } from './space-time-cause';
import { because, legend } from './space-time-foot';
import { moved, nearest, pastOf, type Span, timeAt, zoomed } from './space-time-layout';
import { type Colours, frameOf, LEFT, lineOf, paintSpaceTime, type SpaceTimePicture } from './space-time-paint';
import strip from './strip.css?inline';
import { type LateWords, lateWords } from './words';

/** Time that is shown at first, and how much of it lies before now. */
const SPAN_US = 240_000;
const NOW_AT = 0.86;

/** Pixels within which a press means a message, and beyond which it is a drag. */
const REACH = 7;
const DRAG = 4;

/** Wall milliseconds between two pictures of a run that plays. */
const TICK_MS = 100;

/** Rows of the table, and causes in a row, at most. */
const ROWS = 60;
const CAUSES = 4;

class SpaceTime extends LensPanel {
  protected readonly styles = [strip, styles];
  #span: Span = { fromUs: -SPAN_US * 0.02, toUs: SPAN_US };
  #follows = true;
  #chosen: string | null = null;
  /** What is pointed at, here or in another view. */
  #pointed: Pointed = NOTHING;
  #host: Element | null = null;
  readonly #onPointed = (event: Event) => {
    this.#pointed = (event as CustomEvent<Pointed>).detail;
    this.#paintSoon();
  };
  #tableOpen = false;
  #frame = 0;
  #tick: ReturnType<typeof setTimeout> | null = null;
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #dragged = 0;
  readonly #sizes = new ResizeObserver(() => this.#paintSoon());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
    this.#host = this.closest('raft-arium');
    this.#host?.addEventListener(POINTED, this.#onPointed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.#host?.removeEventListener(POINTED, this.#onPointed);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    clearTimeout(this.#tick ?? undefined);
    this.#tick = null;
  }

  /** Between two events time goes on: while it runs the picture is drawn anew ten times a second. */
  #tickWhileRunning(lab: Lab): void {
    if (lab.player.running && this.#tick === null) {
      this.#tick = setTimeout(() => {
        this.#tick = null;
        this.draw();
      }, TICK_MS);
    }
  }

  protected draw(): void {
    if (this.given === null || !this.isConnected) {
      return;
    }
    const { lab } = this.given;
    this.given = { ...this.given, state: { ...this.given.state, nowUs: lab.nowUs } };
    const { state } = this.given;
    this.#tickWhileRunning(lab);
    if (this.#follows) {
      const wide = this.#span.toUs - this.#span.fromUs;
      this.#span = moved({ fromUs: state.nowUs - wide * NOW_AT, toUs: state.nowUs + wide * (1 - NOW_AT) }, 0);
    }
    this.show(this.#template(state));
    this.#paintSoon();
  }

  #template(state: ShellState): TemplateResult {
    const words = lateWords(state.lang).spaceTime;
    const button = (name: string, text: string, click: () => void, pressed?: boolean) => html`<button type="button"
      title=${name} aria-label=${name} aria-pressed=${pressed ?? nothing} @click=${click}>${text}</button>`;
    return html`<div class="st-bar"><p>${this.#says(state, words)}</p>
        ${button(words.zoomOut, '−', () => this.#zoom(1.6))}${button(words.zoomIn, '+', () => this.#zoom(1 / 1.6))}
        ${button(words.fit, '↔', () => this.#fit(state))}${button(words.follow, '⇥', () => this.#follow(), this.#follows)}</div>
      <div class="st-field" tabindex="0" role="group" aria-label=${`${state.words.spaceTime}. ${words.keys}`}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)} @wheel=${(event: WheelEvent) => this.#onWheel(event)}
        @pointerdown=${(event: PointerEvent) => this.#onDown(event)} @pointermove=${(event: PointerEvent) => this.#onMove(event)}
        @pointerup=${(event: PointerEvent) => this.#onUp(event)} @pointercancel=${(event: PointerEvent) => this.#onUp(event)}
        @pointerleave=${() => this.#hover(null)}><canvas role="img" aria-label=${this.#summary(state, words)}></canvas></div>
      <details class="st-table" @toggle=${(event: Event) => this.#toggleTable(event)}><summary>${words.table}</summary>${
        this.#tableOpen ? this.#table(state, words) : nothing
      }</details>${this.#foot(state, words)}`;
  }

  /** Below: why the message in hand was sent, or what the signs mean. */
  #foot(state: ShellState, words: LateWords['spaceTime']): TemplateResult {
    const chosen = this.#find(this.#chosen);
    if (chosen === null || this.history === null) {
      return legend(words);
    }
    const chain = chainOf(this.history, chosen, CAUSES);
    return because(chain, (passage) => this.#take(passage, passage.sentUs), words, state.t);
  }

  /** What is in hand, or what the picture is. */
  #says(state: ShellState, words: LateWords['spaceTime']): TemplateResult | string {
    const chosen = this.#find(this.#chosen);
    if (chosen === null) {
      return this.history?.version === 0 ? words.waiting : words.hint;
    }
    const { card } = chosen;
    return html`<b>${state.t.message[card.kind]}</b> ${card.from} → ${card.to}, ${whatOf(state, chosen)} ${clock(chosen.sentUs)}, ${words.took(
      duration(chosen.endUs - chosen.sentUs),
    )}. ${words.caused}`;
  }

  #summary(state: ShellState, words: LateWords['spaceTime']): string {
    const shown = this.#shown();
    const leads = (this.history?.stands ?? []).filter(
      (stand) => stand.up && stand.role === 'leader' && stand.atUs <= Math.min(state.nowUs, this.#span.toUs),
    );
    const leader = leads.slice(-3).map((stand) => words.leader(stand.node, stand.term, clock(stand.atUs)));
    const lost = shown.filter(({ end }) => end === 'lost').length;
    const from = clock(Math.max(0, this.#span.fromUs));
    return words.summary(from, clock(this.#span.toUs), shown.length, lost, leader.join(' '));
  }

  #table(state: ShellState, words: LateWords['spaceTime']): TemplateResult {
    const shown = this.#shown();
    const rows = shown.slice(-ROWS);
    return html`<table aria-label=${words.table}><caption class="visually-hidden">${words.shown(rows.length, shown.length)}</caption>
      <thead><tr>${words.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${rows.map(
        (passage) => html`<tr><td><button type="button" aria-label=${words.goTo(clock(passage.sentUs))}
          @click=${() => this.#take(passage, passage.sentUs)}>${clock(passage.sentUs)}</button></td><td>${clock(passage.endUs)}</td>
          <td>${passage.card.from}</td><td>${passage.card.to}</td>
          <td>${state.t.message[passage.card.kind]} ${whatOf(state, passage)}</td><td>${words.outcome[passage.end]}</td></tr>`,
      )}</tbody></table>`;
  }

  #toggleTable(event: Event): void {
    const { open } = event.currentTarget as HTMLDetailsElement;
    if (open !== this.#tableOpen) {
      this.#tableOpen = open;
      this.draw();
    }
  }

  /** Messages in the shown time, up to now, in the order of leaving. */
  #shown(): Passage[] {
    const { fromUs, toUs } = this.#span;
    const nowUs = this.given?.state.nowUs ?? 0;
    const all = [...(this.history?.passages ?? []), ...(this.history?.flying ?? [])];
    return all
      .filter(({ sentUs, endUs }) => sentUs <= Math.min(toUs, nowUs) && endUs >= fromUs)
      .sort((a, b) => a.sentUs - b.sentUs);
  }

  #find(id: string | null): Passage | null {
    const history = this.history;
    const same = (passage: Passage) => passage.id === id;
    return id === null ? null : (history?.passages.findLast(same) ?? history?.flying.find(same) ?? null);
  }

  // Hands

  #zoom(factor: number, aboutUs = this.given?.state.nowUs ?? 0): void {
    const inside = aboutUs >= this.#span.fromUs && aboutUs <= this.#span.toUs;
    this.#span = zoomed(this.#span, factor, inside ? aboutUs : (this.#span.fromUs + this.#span.toUs) / 2);
    this.draw();
  }

  #fit(state: ShellState): void {
    this.#follows = false;
    const toUs = Math.max(state.nowUs, state.furthestUs, 20_000);
    this.#span = { fromUs: -toUs * 0.02, toUs: toUs * 1.04 };
    this.draw();
  }

  #follow(): void {
    this.#follows = !this.#follows;
    this.draw();
  }

  #pan(byUs: number): void {
    this.#follows = false;
    this.#span = moved(this.#span, byUs);
    this.draw();
  }

  /** Tells every view which message lies under the pointer, and between whom it goes. */
  #hover(message: string | null): void {
    if (message !== this.#pointed.message) {
      const card = this.#find(message)?.card;
      point(this, { ...NOTHING, message, lanes: card === undefined ? [] : [card.from, card.to] });
    }
  }

  /** A message comes into hand, and the run goes to a moment of its way. */
  #take(passage: Passage | null, atUs: number): void {
    const { hands, state } = this.given ?? {};
    if (hands === undefined || state === undefined) {
      return;
    }
    this.#follows = false;
    this.#chosen = passage?.id ?? null;
    hands.seek(Math.round(Math.min(Math.max(atUs, 0), state.furthestUs)));
    hands.settle();
    if (passage !== null) {
      hands.emit({ type: 'select', what: { kind: 'message', id: passage.id } });
    }
    this.draw();
  }

  #onKey(event: KeyboardEvent): void {
    const wide = this.#span.toUs - this.#span.fromUs;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.#pan(-wide / 8),
      ArrowRight: () => this.#pan(wide / 8),
      ArrowUp: () => this.#next(-1),
      ArrowDown: () => this.#next(1),
      '+': () => this.#zoom(1 / 1.6),
      '=': () => this.#zoom(1 / 1.6),
      '-': () => this.#zoom(1.6),
      Home: () => this.given && this.#fit(this.given.state),
      End: () => this.#follow(),
      Enter: () => {
        const chosen = this.#find(this.#chosen);
        if (chosen !== null) {
          this.#take(chosen, chosen.sentUs);
        }
      },
    };
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (run !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      run();
    }
  }

  /** The next message in the shown time comes into hand; the run stays where it is. */
  #next(by: 1 | -1): void {
    const shown = this.#shown();
    const here = shown.findIndex(({ id }) => id === this.#chosen);
    const next = here < 0 ? (by > 0 ? 0 : shown.length - 1) : here + by;
    this.#chosen = shown[next]?.id ?? this.#chosen;
    this.draw();
  }

  #onWheel(event: WheelEvent): void {
    event.preventDefault();
    const { x } = this.#point(event);
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (sideways) {
      this.#pan(((event.deltaX || event.deltaY) / 600) * (this.#span.toUs - this.#span.fromUs));
    } else {
      this.#zoom(1.0015 ** event.deltaY, this.#timeAt(x));
    }
  }

  #onDown(event: PointerEvent): void {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, this.#point(event));
    this.#dragged = 0;
  }

  #onMove(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    const point = this.#point(event);
    if (before === undefined) {
      this.#hover(this.#at(point)?.id ?? null);
      return;
    }
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    this.#pointers.set(event.pointerId, point);
    this.#dragged += Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
    const [other] = others;
    if (other !== undefined) {
      const factor = Math.max(Math.abs(before.x - other.x), 20) / Math.max(Math.abs(point.x - other.x), 20);
      this.#zoom(factor, this.#timeAt((point.x + other.x) / 2));
    } else if (this.#dragged > DRAG) {
      this.#pan(this.#timeAt(before.x) - this.#timeAt(point.x));
    }
  }

  #onUp(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
    if (event.type === 'pointerup' && this.#dragged <= DRAG && this.#pointers.size === 0) {
      this.#press(this.#point(event));
    }
  }

  /** A press on a message takes it; a press on a node's name selects the node; any other goes to the moment there. */
  #press(point: { x: number; y: number }): void {
    const picture = this.#picture();
    const lane = picture?.lanes.find((each) => Math.abs(frameOf(picture).y(each) - point.y) < frameOf(picture).gap / 2);
    if (point.x < LEFT) {
      if (lane?.startsWith('n')) {
        this.given?.hands.emit({ type: 'select', what: { kind: 'node', id: lane } });
      }
      return;
    }
    this.#take(this.#at(point), this.#timeAt(point.x));
  }

  #at(point: { x: number; y: number }): Passage | null {
    const picture = this.#picture();
    if (picture === null) {
      return null;
    }
    const frame = frameOf(picture);
    return nearest(this.#shown(), point, (way) => lineOf(picture, frame, way), REACH);
  }

  #timeAt(x: number): number {
    return timeAt(x, this.#span, LEFT, frameOf({ ...this.#box(), lanes: [], span: this.#span }).x1);
  }

  /** In the picture's own pixels, whatever the zoom of the page around it. */
  #point(event: MouseEvent): { x: number; y: number } {
    const rect = this.querySelector('canvas')?.getBoundingClientRect() ?? new DOMRect();
    const zoom = this.#pageZoom();
    return { x: (event.clientX - rect.left) / zoom, y: (event.clientY - rect.top) / zoom };
  }

  // Painting

  #paintSoon(): void {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#paint();
      });
    }
  }

  #paint(): void {
    const canvas = this.querySelector('canvas');
    const picture = this.#picture();
    const ctx = canvas?.getContext('2d');
    if (!canvas || !ctx || picture === null || picture.width < LEFT * 2 || picture.height < 40) {
      return;
    }
    const scale = window.devicePixelRatio * this.#pageZoom();
    const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    paintSpaceTime(ctx, picture);
  }

  #pageZoom(): number {
    return Number(getComputedStyle(this).getPropertyValue('--zoom')) || 1;
  }

  #box(): { width: number; height: number } {
    const rect = this.querySelector('.st-field')?.getBoundingClientRect() ?? new DOMRect();
    const zoom = this.#pageZoom();
    return { width: rect.width / zoom, height: rect.height / zoom };
  }

  #picture(): SpaceTimePicture | null {
    const { state } = this.given ?? {};
    const history = this.history;
    if (state?.view == null || history === null) {
      return null;
    }
    const chosen = this.#find(this.#chosen);
    const words = lateWords(state.lang).spaceTime;
    const { selected } = state.viewUi;
    return {
      ...this.#box(),
      span: this.#span,
      nowUs: state.nowUs,
      lanes: [...state.view.clients.map(({ id }) => id), ...state.view.nodes.map(({ id }) => id)],
      passages: this.#shown(),
      stands: history.stands,
      marks: history.marks,
      chosen,
      past: chosen === null ? null : pastOf(history.passages, chosen),
      hovered: this.#pointed.message,
      pointed: this.#pointed,
      selectedNode: selected?.kind === 'node' ? selected.id : null,
      words,
      colours: coloursOf(this),
    };
  }
}

/** The second half of a message's name: "entry 3@4", "yes". */
function whatOf(state: ShellState, { card }: Passage): string {
  const what = state.t.messageDetail(card as unknown as MessageView);
  return card.command ?? (what === '' && card.prev !== null ? entryId(card.prev) : what);
}

function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    bg: of('bg'),
    ink: of('ink'),
    ink2: of('ink-2'),
    line: of('line'),
    rule: of('rule'),
    accent: of('accent'),
    alarm: of('alarm'),
    onTerm: of('on-term'),
    terms: [1, 2, 3, 4, 5, 6].map((term) => of(`term-${term}`)),
    font: of('text'),
  };
}

if (customElements.get('raft-space-time') === undefined) {
  customElements.define('raft-space-time', SpaceTime);
}

/** The panel's content. */
export function draw(state: ShellState, hands: ShellHands, lab: Lab): TemplateResult {
  return html`<raft-space-time .model=${{ state, hands, lab }}></raft-space-time>`;
}
