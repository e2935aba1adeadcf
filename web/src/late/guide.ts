/**
 * The guide of a first visit: when the first leader is there it points at it, "click it: it crashes", and tells in the caption line what that led to. It
 * covers nothing, can be skipped, and is over after the first election that the viewer has caused; then it never comes again. Who does something else
 * first, or opens a scene, needs no pointing at a leader: it goes then, too.
 */

import { html, type nothing, type TemplateResult } from 'lit';
import { keep } from '../controls/preferences';
import type { Desk } from '../elements/desk';
import type { ShellState } from '../elements/shell';
import type { NodeView } from '../model';
import { SPEED_DEFAULT } from '../player';
import styles from './guide.css?inline';
import { guideWords } from './guide-words';
import { type Line, lineOf, type Speaker } from './line';
import { adoptLate } from './sheet';

/** A viewer who does nothing for so long is left alone, wall milliseconds; the guide comes again at the next visit. */
const PATIENCE_MS = 60_000;

/** Until the next election begins there is only a timer to see: that time goes so much faster. */
const WAIT_SPEED = 2 * SPEED_DEFAULT;

/** The last sentence stays for so long, wall milliseconds. */
const LAST_MS = 12_000;

/** Begins, unless something else speaks in the line. */
export function guide(desk: Desk): void {
  const line = lineOf(desk);
  if (line.speaker === null) {
    new Guide(desk, line).start();
  }
}

type Step = { readonly at: 'leader' } | { readonly at: 'crashed' | 'elected'; readonly node: string };

class Guide implements Speaker {
  readonly #desk: Desk;
  readonly #line: Line;
  readonly #pointer = document.createElement('span');
  readonly #seed: string | undefined;
  /** The run as it was found: it has no actions of the viewer's yet. */
  readonly #untouched: string;
  readonly #changed = () => this.#follow();
  readonly #gone = () => this.#end();
  readonly #sizes = new ResizeObserver(() => {
    this.#pointed = undefined;
    this.#follow();
  });
  /** The node at which the pointer stands. */
  #pointed: string | undefined;
  #step: Step = { at: 'leader' };
  /** Time goes faster by the guide's will, not by the viewer's. */
  #hurries = false;
  /** Who led last. */
  #led: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: Desk, line: Line) {
    this.#desk = desk;
    this.#line = line;
    this.#seed = desk.lab.view?.seed;
    this.#untouched = desk.lab.runText;
    this.#pointer.className = 'guide-pointer';
    this.#pointer.setAttribute('aria-hidden', 'true');
  }

  start(): void {
    const { host } = this.#desk;
    adoptLate(host, styles);
    this.#line.speaker = this;
    host.addEventListener('raftarium-change', this.#changed);
    host.addEventListener('raftarium-gone', this.#gone);
    const pane = host.querySelector('.pane-cluster');
    if (pane !== null) {
      this.#sizes.observe(pane);
    }
    this.#endAfter(PATIENCE_MS);
    this.#follow();
    this.#line.draw();
    const leader = this.#leader;
    if (leader !== undefined) {
      this.#desk.tell(guideWords[this.#desk.state().lang].leader(leader.id).join(' '));
    }
  }

  say({ lang }: ShellState): TemplateResult | null {
    const words = guideWords[lang];
    const step = this.#step;
    const leader = this.#leader;
    if (leader === undefined && step.at !== 'crashed') {
      return null;
    }
    const id = leader?.id ?? '';
    const [lead, rest] =
      step.at === 'leader'
        ? words.leader(id)
        : step.at === 'crashed'
          ? words.crashed(step.node)
          : words.elected(id, step.node);
    return html`<p class="caption" data-guide=${step.at}><b>${lead}</b> ${rest}</p>`;
  }

  tools({ lang }: ShellState): TemplateResult | typeof nothing {
    return html`<div class="lesson"><button type="button" @click=${() => this.#done()}>${guideWords[lang].skip}</button></div>`;
  }

  go(): boolean {
    return false;
  }

  get #leader(): NodeView | undefined {
    const { view } = this.#desk.lab;
    const leaders = view?.nodes.filter(({ up, role }) => up && role === 'leader') ?? [];
    return leaders.sort((a, b) => b.term - a.term)[0];
  }

  #follow(): void {
    const { view } = this.#desk.lab;
    if (this.#line.speaker !== this || view?.seed !== this.#seed) {
      this.#end();
      return;
    }
    this.#advance();
    if (view?.nodes.some(({ up, role }) => up && role === 'candidate')) {
      this.#hurry(false);
    }
    const points =
      this.#step.at === 'leader' ? this.#leader?.id : this.#step.at === 'elected' ? this.#step.node : undefined;
    this.#point(points);
  }

  /** Makes the wait shorter, or goes on as before: unless the viewer has chosen another speed. */
  #hurry(hurries: boolean): void {
    const { player } = this.#desk.lab;
    const [from, to] = hurries ? [SPEED_DEFAULT, WAIT_SPEED] : [WAIT_SPEED, SPEED_DEFAULT];
    if (hurries !== this.#hurries) {
      const usual = player.speed === from;
      this.#hurries = hurries && usual;
      if (usual) {
        player.speed = to;
      }
    }
  }

  /** From the leader's crash to the next election. */
  #advance(): void {
    const step = this.#step;
    const led = this.#led;
    this.#led = this.#leader?.id ?? led;
    if (step.at === 'leader') {
      const node = this.#desk.lab.view?.nodes.find(({ id }) => id === led);
      if (node?.up === false) {
        this.#step = { at: 'crashed', node: node.id };
        keep('guide', 'seen');
        this.#endAfter(PATIENCE_MS);
        this.#line.draw();
        this.#hurry(true);
      } else if (this.#desk.lab.runText !== this.#untouched) {
        keep('guide', 'seen');
        this.#end();
      }
    } else if (step.at === 'crashed' && this.#leader !== undefined) {
      this.#step = { at: 'elected', node: step.node };
      this.#endAfter(LAST_MS);
      this.#line.draw();
    }
  }

  /** Points at a node, where it is drawn now. */
  #point(id: string | undefined): void {
    const { host } = this.#desk;
    const pane = host.querySelector('.pane-cluster');
    const disc = id === undefined ? null : host.querySelector(`[data-node="${id}"] circle`);
    const isUp = this.#desk.lab.view?.nodes.find((node) => node.id === id)?.up;
    if (pane === null || disc === null || isUp !== (this.#step.at === 'leader')) {
      this.#pointer.remove();
      this.#pointed = undefined;
      return;
    }
    // A node stays where it is while the panel does: measuring it at each change would lay out the page once more.
    if (this.#pointed === id) {
      return;
    }
    this.#pointed = id;
    const zoom = Number(getComputedStyle(host).getPropertyValue('--zoom')) || 1;
    const [outer, inner] = [pane.getBoundingClientRect(), disc.getBoundingClientRect()];
    const size = inner.width + 24 * zoom;
    this.#pointer.style.width = `${size / zoom}px`;
    this.#pointer.style.height = `${size / zoom}px`;
    this.#pointer.style.left = `${(inner.left + inner.width / 2 - outer.left - size / 2) / zoom}px`;
    this.#pointer.style.top = `${(inner.top + inner.height / 2 - outer.top - size / 2) / zoom}px`;
    if (this.#pointer.parentElement !== pane) {
      pane.append(this.#pointer);
    }
  }

  #endAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(), ms);
  }

  /** The viewer wants no more of it, now and later. */
  #done(): void {
    keep('guide', 'seen');
    this.#end();
    this.#desk.host.focus({ preventScroll: true });
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#desk.host.removeEventListener('raftarium-change', this.#changed);
    this.#desk.host.removeEventListener('raftarium-gone', this.#gone);
    this.#sizes.disconnect();
    this.#pointer.remove();
    this.#hurry(false);
    if (this.#line.speaker === this) {
      this.#line.speaker = null;
    }
    this.#line.draw();
  }
}
