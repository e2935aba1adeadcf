/**
 * The panel that breaks Raft: rules as switches, workers that look for a run in which a theorem falls without them, the run as it is cut, its story,
 * and the same actions with every rule kept. What is searched, and how far it is, is the hunt's (`search-hunt.ts`); the stage is touched only when asked.
 */

import { html, nothing, render, type TemplateResult } from 'lit';
import { watchShown } from '../controls/shown';
import { type Lab, messageOf } from '../elements/lab';
import type { ShellHands, ShellState } from '../elements/shell';
import { clock } from '../format/text';
import { addressOf } from './address';
import type { Model } from './lens-panel';
import { playAgain } from './other-run';
import { ruleSwitches } from './rules';
import rules from './rules.css?inline';
import { RULES, rulesWords } from './rules-words';
import styles from './search.css?inline';
import { byHandOf, hintsOf } from './search-hints';
import { FUTURES, type Hunt, huntOf, SIZES } from './search-hunt';
import { ledgerPicture } from './search-ledger';
import { marksButton, marksList } from './search-marks';
import { oddsView, turnOf } from './search-odds';
import { figuresView, lengthsView, seconds, storyView, verdictView, whole } from './search-views';
import { type SearchWords, searchWords } from './search-words';
import { adoptLate } from './sheet';
import terms from './terms.css?inline';
import { lateWords } from './words';

/** Widths of the curve of futures that fit the panel: drawn smaller, its figures could not be read. */
const ODDS_WIDTHS = { desktop: 540, embed: 470, mobile: 350 } as const;

class SearchPanel extends HTMLElement {
  #given: Model | null = null;
  #stop: (() => void) | null = null;
  /** What the live region says, and of which find. */
  #said = '';
  #saidOf = '';
  /** What came of copying the link. */
  #copied = '';
  #rulesShown: boolean | null = null;
  #marksShown = false;

  set model(model: Model) {
    this.#given = model;
    this.#draw();
  }

  connectedCallback(): void {
    for (const text of [terms, rules, styles]) adoptLate(this, text);
    if (this.#given !== null) this.#listen(this.#given.lab);
    this.#draw();
  }

  /** Closed, it rests. Its workers end with the player (`Hunt.end`). */
  disconnectedCallback(): void {
    this.#stop?.();
    this.#stop = null;
    const { lab } = this.#given ?? {};
    if (lab === undefined) return;
    huntOf(lab).stopCounting();
    huntOf(lab).pool.pause();
  }

  #host: HTMLElement | null = null;

  #listen(lab: Lab): void {
    const host = this.closest<HTMLElement>('raft-arium');
    if (this.#stop !== null || host === null) return;
    this.#host = host;
    const hunt = huntOf(lab);
    const deaf = hunt.listen(() => this.#draw());
    const shown = watchShown(host, (seen) => {
      hunt.seen = seen;
    });
    this.#stop = () => {
      deaf();
      shown.stop();
    };
  }

  #draw(): void {
    if (this.#given === null || !this.isConnected) return;
    this.#listen(this.#given.lab);
    const hunt = huntOf(this.#given.lab);
    this.#announce(hunt, this.#given.state);
    render(this.#template(hunt, this.#given), this);
  }

  /** Once for each find, when it is cut. */
  #announce({ pool }: Hunt, { t, lang }: ShellState): void {
    const { found, phase } = pool;
    if (found === null || phase !== 'found' || found.run_text === this.#saidOf) return;
    this.#saidOf = found.run_text;
    this.#copied = '';
    const fallen = t.checkFallen(t.check[found.property as keyof typeof t.check] ?? found.property);
    this.#said = searchWords(lang).told(fallen, found.actions.length);
  }

  #template(hunt: Hunt, { state, lab, hands }: Model): TemplateResult {
    const words = searchWords(state.lang);
    return html`${this.#head(hunt, state, words)}${this.#rules(hunt, state, words)}
      <div class="se-found">${this.#headline(hunt, state, words)}${
        hunt.pool.phase === 'idle' ? nothing : this.#figures(hunt, state, words)
      }${this.#failed(hunt, state, words)}${this.#result(hunt, state, hands, lab, words)}</div>
      <p class="visually-hidden" role="status">${this.#said}</p>`;
  }

  /** The strip of figures, and below it the marks when they are asked for. */
  #figures({ pool }: Hunt, { lang, uid }: ShellState, words: SearchWords): TemplateResult {
    const { marks } = pool.figures;
    const id = `se-marks-${uid}`;
    const toggle = () => {
      this.#marksShown = !this.#marksShown;
      this.#draw();
    };
    const button = marksButton(marks, this.#marksShown, toggle, id, words, lang);
    return html`${figuresView(pool, words, lang, button)}${this.#marksShown ? marksList(marks, id, words, lang) : nothing}`;
  }

  #head(hunt: Hunt, state: ShellState, words: SearchWords): TemplateResult {
    const { pool } = hunt;
    const size = (nodes: (typeof SIZES)[number]) =>
      html`<label><input type="radio" name="se-nodes-${state.uid}" .checked=${hunt.nodes === nodes} @change=${() => {
        hunt.nodes = nodes;
        hunt.tell();
      }}>${nodes}</label>`;
    const label = pool.running
      ? words.pause
      : hunt.changed || pool.phase === 'idle' || pool.phase === 'failed'
        ? words.search
        : pool.phase === 'found'
          ? words.next
          : words.goOn;
    return html`<div class="se-head"><h3>${state.words.search} <small>${rulesWords(state.lang).onOf(RULES.length - hunt.off.size, RULES.length)}</small></h3>
      <div class="se-bar"><fieldset class="se-nodes"><legend>${words.nodes}</legend>${SIZES.map(size)}</fieldset>
        <label class="se-seed">${words.seed}<input inputmode="numeric" autocomplete="off" maxlength="20" .value=${hunt.seed.toString()} @change=${(event: Event) => this.#sow(hunt, event)}></label>
        <button type="button" class="se-press" aria-describedby=${`se-hint-${state.uid}`} @click=${() => hunt.press()}>${label}</button>${
          state.ui === 'full'
            ? nothing
            : html`<button type="button" class="plain" @click=${() => this.#given?.hands.togglePanel('logs')}>${state.words.logs}</button>`
        }</div><p class="se-hint" id=${`se-hint-${state.uid}`}>${hintsOf(hunt.off, hunt.nodes, words).join(' ')}</p>${this.#byHand(hunt, words)}</div>`;
  }

  /** The way to a run that no search finds. */
  #byHand({ off, nodes }: Hunt, words: SearchWords): TemplateResult | typeof nothing {
    const run = byHandOf(off, nodes, words);
    const open = () => {
      const lab = this.#given?.lab;
      if (run === null || lab === undefined) return;
      lab.player.pause();
      playAgain(lab, run, 0);
      this.#given?.hands.settle();
      this.#said = words.opened;
      this.#draw();
    };
    return run === null
      ? nothing
      : html`<button type="button" class="plain se-by-hand" @click=${open}>${words.byHand}</button>`;
  }

  /** Another seed; what is no number is not taken. */
  #sow(hunt: Hunt, { target }: Event): void {
    const field = target as HTMLInputElement;
    if (/^\d{1,19}$/.test(field.value.trim())) hunt.seed = BigInt(field.value.trim());
    field.value = hunt.seed.toString();
    hunt.tell();
  }

  #rules(hunt: Hunt, state: ShellState, words: SearchWords): TemplateResult {
    const { found } = hunt.pool;
    const fell = new Set(found === null || hunt.changed ? [] : [found.property as keyof typeof state.t.check]);
    const switches = ruleSwitches(state, hunt.off, fell, (rule) => this.#turn(hunt, rule));
    if (state.size === 'desktop') {
      return html`<div class="se-rules" tabindex="0" role="group" aria-label=${words.rules}>${switches}</div>`;
    }
    return html`<details class="se-rules" ?open=${this.#rulesShown ?? hunt.pool.phase === 'idle'} @toggle=${(
      event: Event,
    ) => {
      const { open } = event.currentTarget as HTMLDetailsElement;
      if (open !== (this.#rulesShown ?? hunt.pool.phase === 'idle')) this.#rulesShown = open;
    }}><summary>${words.rules}</summary>${switches}</details>`;
  }

  /** A hint above the list may come or go: the switch stays under the hand that turned it. */
  #turn(hunt: Hunt, rule: string): void {
    const list = this.querySelector('.se-rules');
    const top = () => list?.querySelector(`[data-rule="${rule}"]`)?.getBoundingClientRect().top ?? 0;
    const before = top();
    hunt.turn(rule);
    if (list !== null) list.scrollTop += top() - before;
  }

  /** In a sentence how the search stands; beside it the lengths of what was found. */
  #headline(hunt: Hunt, { lang }: ShellState, words: SearchWords): TemplateResult {
    const { pool } = hunt;
    const { found, phase } = pool;
    if (phase === 'idle') {
      return html`<p class="se-headline">${words.before(hunt.off.size)} ${words.apart}</p>`;
    }
    const first = found?.lengths[0] ?? 0;
    const last = found?.lengths.at(-1) ?? 0;
    const find =
      found === null
        ? nothing
        : html`<b>${words.foundIn(seconds(pool.foundMs))}</b>${
            found.shrinking ? words.cutting(first, last) : words.cut(first, last)
          }`;
    const none = html`${phase === 'searching' ? html`<b>${words.searching}.</b> ` : phase === 'paused' ? html`<b>${words.paused}.</b> ` : nothing}${words.nothing(
      whole(pool.figures.runs, lang),
      pool.wish?.off.length === 0,
    )}`;
    return html`<div class="se-headline"><p>${found === null ? none : find}${hunt.changed ? html` ${words.changed}` : nothing}</p>${
      found === null ? nothing : lengthsView(found, words)
    }</div>`;
  }

  #failed(
    { pool: { failure } }: Hunt,
    { words: shell }: ShellState,
    words: SearchWords,
  ): TemplateResult | typeof nothing {
    if (failure === null) return nothing;
    const { seed, detail, trapped } = failure;
    return html`<p class="se-failed" role="alert"><b>${(trapped ? words.trapped : words.ended)(seed)}</b> ${shell.faultDetail(detail)}. ${words.goesOn}</p>`;
  }

  /** The verdict, the story, and both pictures. */
  #result(
    hunt: Hunt,
    state: ShellState,
    hands: ShellHands,
    lab: Lab,
    words: SearchWords,
  ): TemplateResult | typeof nothing {
    const { found } = hunt.pool;
    if (found === null) return nothing;
    const { played } = hunt;
    const own = hunt.pool.wish?.off.length === 0 ? html`<p class="se-failed"><b>${words.noRule}</b></p>` : nothing;
    const verdict = html`${verdictView(found, played?.fall ?? null, state.t, words)}${own}`;
    if (found.shrinking) return verdict;
    if (played === null) {
      return html`${verdict}<p>${hunt.fault === null ? words.replaying : state.words.faultDetail(hunt.fault)}</p>`;
    }
    const teller = {
      t: state.t,
      words,
      nowUs: hunt.isOpen ? state.nowUs : null,
      turn: hunt.odds === null ? null : turnOf(hunt.odds, FUTURES),
      go: (atUs: number) => {
        lab.player.pause();
        hands.seek(atUs);
        hands.settle();
        void hunt.look(atUs);
      },
    };
    // What a press of a button asks for stands below the button, where it is seen without scrolling.
    return html`${verdict}${this.#hands(hunt, state, words, teller.go)}${
      hunt.odds === null ? nothing : oddsView(hunt.odds, FUTURES, played.rows, ODDS_WIDTHS[state.size], words)
    }<div class="se-beside">${storyView(played.rows, teller)}${this.#pictures(hunt, state, words)}</div>${hunt.fault === null ? nothing : html`<p>${state.words.faultDetail(hunt.fault)}</p>`}`;
  }

  #hands(hunt: Hunt, state: ShellState, words: SearchWords, go: (atUs: number) => void): TemplateResult {
    const open = () => {
      try {
        hunt.open();
        this.#given?.hands.settle();
      } catch (error) {
        this.#given?.lab.report({ what: 'run', detail: messageOf(error), after: 'goesOn' });
      }
    };
    // The button goes with the press: the player then has the keys.
    const count = ({ target }: Event) => {
      (target as Element).closest<HTMLElement>('raft-arium')?.focus({ preventScroll: true });
      hunt.count();
    };
    // One button, so that the focus stays on it.
    const { isOpen } = hunt;
    return html`<div class="se-hands"><button type="button" class="se-press" @click=${isOpen ? () => go(hunt.played?.atUs ?? 0) : open}>${
      isOpen ? words.toFall : words.open
    }</button><button type="button" class="plain" @click=${() => this.#copy(hunt, state)}>${words.link}</button>${
      hunt.odds === null ? html`<button type="button" class="plain" @click=${count}>${words.count}</button>` : nothing
    }
      <span role="status">${this.#copied || (isOpen ? words.opened : '')}</span></div>`;
  }

  async #copy(hunt: Hunt, { lang }: ShellState): Promise<void> {
    const { share } = lateWords(lang);
    try {
      await navigator.clipboard.writeText(addressOf(this.#host, hunt.pool.found?.link ?? ''));
      this.#copied = share.linkCopied;
    } catch {
      this.#copied = share.failed;
    }
    this.#draw();
  }

  /** Real Raft and the other one at the same moment of the same actions. */
  #pictures({ played, both }: Hunt, { t }: ShellState, words: SearchWords): TemplateResult | typeof nothing {
    if (played === null || both === null) return nothing;
    const { yours, real, atUs } = both;
    const moment = clock(atUs);
    const fallen = yours.checks.find(({ name }) => name === played.property)?.violation ?? null;
    const realFallen = real.checks.find(({ violation }) => violation !== null)?.violation ?? null;
    const asked = played.fall.checks.find(({ name }) => name === played.property)?.violation?.index ?? null;
    return html`<div class="se-both"><section><h4>${words.real}</h4><p>${
      realFallen === null ? words.realHolds(moment) : words.realFalls
    }</p>${ledgerPicture(real, realFallen, asked, t, words.picture(words.real))}</section>
      <section><h4 class="se-yours">${words.yours}</h4><p>${
        fallen === null ? words.yoursHolds(moment) : words.yoursFalls(moment)
      }</p>${ledgerPicture(yours, fallen, asked, t, words.picture(words.yours))}<p>${words.key}</p></section></div>`;
  }
}

if (customElements.get('raft-search') === undefined) {
  customElements.define('raft-search', SearchPanel);
}

/** The panel's content. */
export function draw(state: ShellState, hands: ShellHands, lab: Lab): TemplateResult {
  return html`<raft-search .model=${{ state, hands, lab }}></raft-search>`;
}
