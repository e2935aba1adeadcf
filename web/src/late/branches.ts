/** Going to a future that was left: from its strip below the slider, or from the menu that lists them all. */

import { html, nothing, render, svg, type TemplateResult } from 'lit';
import type { Desk } from '../elements/desk';
import { clock, termColour } from '../format/text';
import { type Fork, forksOf, namesOf } from './forks';
import { Ghosts } from './ghosts';
import { openMenu } from './menu';
import { termBands } from './term-bands';
import { timeWords } from './time-words';

/** So many futures have a strip of their own; the others are in the menu. */
const STRIPS = 2;

const icon = svg`<path d="M3 10h4c5 0 3-5 10-5M7 10c5 0 3 5 10 5" />`;

/** The futures beside the present run, the latest left first. */
export function forks({ lab }: Desk): Fork[] {
  return forksOf(
    lab.runText,
    [...lab.branches.values()].filter(({ id }) => id !== lab.branch),
  );
}

/** Goes to a future where it leaves the present one, or to a moment of it. */
export function goToFork({ lab, hands }: Desk, fork: Fork, atUs = fork.fromUs): void {
  if (lab.switchTo(fork.id)) {
    if (atUs > lab.nowUs) {
      hands.seek(Math.min(atUs, fork.untilUs));
    }
    hands.settle();
  }
}

/** Lists the futures in a menu below a button, or below the player's clock. */
export function openBranches(desk: Desk, anchor: Element): void {
  const words = timeWords[desk.state().lang];
  const found = forks(desk);
  const names = namesOf(found, words);
  const items = found.map((fork, i) => ({
    label: names[i] ?? '',
    detail: words.reach(clock(fork.fromUs), clock(fork.untilUs)),
    run: () => goToFork(desk, fork),
  }));
  if (items.length > 0) {
    const menu = { label: words.branchesTitle, titled: true, items: () => items };
    openMenu(desk.host, menu, anchor.getBoundingClientRect());
  }
}

/** Draws the strips below the slider, and the button of the menu beside undo and redo. */
export class BranchStrips {
  readonly #desk: Desk;
  readonly #ghosts: Ghosts;
  readonly #strips = document.createElement('span');
  readonly #button = document.createElement('span');

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#ghosts = new Ghosts((runText) => desk.lab.sessions.lens(runText));
    this.#strips.className = 'forks';
    this.#button.className = 'forks-button';
  }

  /** Draws into the slider's box as it stands now. */
  draw(box: Element): void {
    const found = forks(this.#desk);
    const names = namesOf(found, timeWords[this.#desk.state().lang]);
    const spanUs = Math.max(1, this.#desk.lab.spanUs);
    if (this.#strips.parentElement !== box) {
      box.append(this.#strips);
    }
    const transport = box.closest('.transport')?.querySelector('.history');
    if (transport && this.#button.parentElement !== transport) {
      transport.append(this.#button);
    }
    render(
      found.slice(0, STRIPS).map((fork, i) => this.#strip(fork, i, spanUs, names[i] ?? '')),
      this.#strips,
    );
    render(found.length === 0 ? nothing : this.#menuButton(found.length), this.#button);
  }

  #strip(fork: Fork, lane: number, spanUs: number, does: string): TemplateResult {
    const { fromUs, untilUs } = fork;
    const words = timeWords[this.#desk.state().lang];
    const stands = this.#ghosts.stands(fork, () => this.#redraw());
    const name = words.future(does, clock(fromUs), clock(untilUs));
    const place = `left:${(100 * fromUs) / spanUs}%;width:${(100 * (untilUs - fromUs)) / spanUs}%`;
    const press = (event: MouseEvent) => {
      const strip = (event.currentTarget as Element).getBoundingClientRect();
      const part = event.detail === 0 ? 0 : (event.clientX - strip.left) / strip.width;
      goToFork(this.#desk, fork, fromUs + part * (untilUs - fromUs));
    };
    return html`<button type="button" class="fork" data-fork=${fork.id} data-lane=${lane} .style=${place} aria-label=${name} title=${name} @click=${press}>
      <svg aria-hidden="true" preserveAspectRatio="none" viewBox="${fromUs} 0 ${untilUs - fromUs} 8">
        ${termBands(stands, untilUs)
          .filter(({ toUs }) => toUs > fromUs)
          .map(
            (band) =>
              svg`<rect class=${`tc${termColour(band.term)}`} x=${band.fromUs} width=${band.toUs - band.fromUs} y=${band.led ? 0 : 4} height=${band.led ? 8 : 4} />`,
          )}</svg></button>`;
  }

  #menuButton(count: number): TemplateResult {
    const words = timeWords[this.#desk.state().lang];
    const name = words.branches(count);
    return html`<button class="step" type="button" aria-haspopup="menu" aria-keyshortcuts="b" aria-label=${name} title=${name}
      @click=${(event: Event) => openBranches(this.#desk, event.currentTarget as Element)}
      ><svg class="icon" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">${icon}</svg><span aria-hidden="true">${count}</span></button>`;
  }

  #redraw(): void {
    const box = this.#strips.parentElement;
    if (box !== null) {
      this.draw(box);
    }
  }
}
