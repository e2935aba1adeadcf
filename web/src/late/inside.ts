/**
 * The inside of a node: inbox, state machine, Ready, writing, sending, applying, advance; stepped through card by card. The rounds are those
 * that the node's loop took, as the lens saw them. This element keeps whose inside it shows and how far the reader is; the cards are
 * `inside-cards.ts`.
 */

import { html, nothing, type TemplateResult } from 'lit';
import type { Lab } from '../elements/lab';
import type { ShellHands, ShellState } from '../elements/shell';
import { currentLeader, nodeOf, votersOf } from '../format/cluster';
import { termColour } from '../format/text';
import type { NodeView } from '../model';
import { conditionsAt, spanOf } from './conditions-now';
import type { RoundKept } from './history';
import styles from './inside.css?inline';
import {
  applyCard,
  type Inside,
  inboxCard,
  machineCard,
  reachedAt,
  readyCard,
  STEPS,
  sendCard,
  stepRail,
  writeCard,
} from './inside-cards';
import { insideLog } from './inside-log';
import finer from './inside-log.css?inline';
import slide from './inside-slide.css?inline';
import { narrated } from './inside-words';
import { LensPanel } from './lens-panel';
import terms from './terms.css?inline';
import { type LateWords, lateWords } from './words';

/** The node's next doing is looked for in strides of simulated time, so often at most. */
const STRIDE_US = 1_000;
const STRIDES = 600;

class InsideNode extends LensPanel {
  protected readonly styles = [terms, styles, finer, slide];
  /** The round that is being read, and how far; null follows the node. */
  #reading: { seq: number; at: number } | null = null;
  /** After the next catching up, the reader stands at the first step of the newest round. */
  #fresh = false;

  /** The node that is selected, else the leader, else the first. */
  #node(state: ShellState): NodeView | null {
    const { view } = state;
    const { selected } = state.viewUi;
    const id = selected?.kind === 'node' ? selected.id : selected?.kind === 'entry' ? selected.node : null;
    return view === null
      ? null
      : ((id === null ? null : nodeOf(view, id)) ?? currentLeader(view) ?? view.nodes[0] ?? null);
  }

  #rounds(node: NodeView): RoundKept[] {
    return this.history?.rounds.filter((round) => round.node === node.id) ?? [];
  }

  #inside(state: ShellState, node: NodeView): Inside {
    const { nowUs } = state;
    const round = this.#rounds(node).findLast((each) => each.atUs <= nowUs) ?? null;
    const reached = round === null ? 0 : reachedAt(round, nowUs);
    if (this.#fresh && round !== null) {
      this.#fresh = false;
      this.#reading = { seq: round.seq, at: 0 };
    }
    const at = round !== null && this.#reading?.seq === round.seq ? this.#reading.at : reached;
    const waits = node.syncing && round !== null;
    const arrived = waits
      ? (this.history?.passages ?? []).filter(
          ({ card, end, endUs }) => card.to === node.id && end === 'arrived' && endUs > round.atUs && endUs <= nowUs,
        )
      : [];
    const words = lateWords(state.lang).inside;
    return {
      node,
      round,
      arrived: arrived.map(({ card }) => card),
      at: Math.min(at, reached),
      reached,
      quorum: state.view?.quorum ?? 0,
      voters: state.view === null ? [] : votersOf(state.view).map(({ id }) => id),
      sync: round === null ? { part: 0, says: '' } : this.#sync(words, round, nowUs),
      t: state.t,
      words,
    };
  }

  /** How far the disk is with a round, by the sync time that holds at its beginning. */
  #sync(words: LateWords['inside'], round: RoundKept, nowUs: number): Inside['sync'] {
    const { header, syncUs } = conditionsAt(this.given?.lab.runText ?? '', round.atUs);
    const wholeUs = syncUs.get(round.node) ?? spanOf(header.get('sync') ?? '')[0];
    const doneUs = Math.min(nowUs - round.atUs, wholeUs);
    const over = round.syncedUs !== null && round.syncedUs <= nowUs;
    return { part: over ? 1 : doneUs / Math.max(1, wholeUs), says: words.syncPart(doneUs / 1000, wholeUs / 1000) };
  }

  protected draw(): void {
    const { state } = this.given ?? {};
    const node = state === undefined ? null : this.#node(state);
    if (state === undefined || node === null || !this.isConnected) {
      return;
    }
    const inside = this.#inside(state, node);
    this.show(this.#template(state, inside));
  }

  #template(state: ShellState, inside: Inside): TemplateResult {
    const { node, words, round, at } = inside;
    const go = (step: number) => this.#go(inside, step);
    const { lead, rest } = narrated(state.lang, inside);
    return html`<header class="in-top"><span class="in-disc tc${termColour(node.term)}" aria-hidden="true">${node.term}</span>
        <h3>${words.title(node.id)}</h3><p>${state.t.inspector.summary(node)}</p>${node.up ? stepRail(inside, go) : nothing}${this.#chooser(state, words, node)}</header>
      ${
        node.up
          ? html`<div class="in-flow">${inboxCard(inside, go)}${machineCard(inside, go)}${readyCard(inside, go)}
            <div class="in-exits">${writeCard(inside, go)}${sendCard(inside, go)}${applyCard(inside, go)}</div></div>
          <p class="in-advance ${at === STEPS.length - 1 ? 'now' : ''}"><b>7 ${words.steps.advance}</b> ${words.advance(node.synced, node.applied)}</p>`
          : html`<p class="in-note">${words.crashed(node.id)}</p>`
      }
      ${insideLog(node, round, state.t, words)}
      <footer class="in-narrator"><button type="button" aria-label=${words.back} title=${words.back} @click=${() => this.#back(inside)}>‹</button>
        <p aria-live="polite"><b>${round === null || !node.up ? nothing : `${at + 1} `}${lead}</b> ${rest}</p>
        <button type="button" class="primary" ?disabled=${!node.up} @click=${() => this.#forward(inside)}>${this.#nextName(inside)}</button></footer>`;
  }

  #chooser(state: ShellState, words: LateWords['inside'], node: NodeView): TemplateResult {
    const choose = (event: Event) => {
      this.#reading = null;
      const id = (event.currentTarget as HTMLSelectElement).value;
      this.given?.hands.emit({ type: 'select', what: { kind: 'node', id } });
    };
    return html`<label class="in-choose"><span class="visually-hidden">${words.choose}</span><select @change=${choose}>${(
      state.view?.nodes ?? []
    ).map(({ id }) => html`<option value=${id} .selected=${id === node.id}>${id}</option>`)}</select></label>`;
  }

  #nextName({ at, reached, words }: Inside): string {
    if (at < reached) {
      return `${words.next} ${at + 2} ${words.steps[STEPS[at + 1] ?? 'advance']}`;
    }
    return reached < STEPS.length - 1 ? words.waitDisk : words.nextRound;
  }

  #go({ round, reached }: Inside, step: number): void {
    if (round !== null) {
      this.given?.lab.player.pause();
      this.#reading = { seq: round.seq, at: Math.min(step, reached) };
      this.draw();
      this.querySelector('.in-card.now')?.scrollIntoView({ block: 'nearest' });
    }
  }

  /** One card on; after the last that the node has reached, the run goes on until the node does its next thing. */
  #forward(inside: Inside): void {
    const { at, reached, round } = inside;
    if (round !== null && at < reached) {
      this.#go(inside, at + 1);
      return;
    }
    const waiting = reached < STEPS.length - 1;
    this.#reading = null;
    this.#runOn(inside.node.id);
    if (waiting && round !== null) {
      this.#reading = { seq: round.seq, at: STEPS.indexOf('send') };
    } else {
      this.#fresh = true;
    }
    void this.history?.catchUp().then(() => this.draw());
  }

  /** Lets time pass until something about the node changes. */
  #runOn(id: string): void {
    const { lab, hands } = this.given ?? {};
    if (lab === undefined) {
      return;
    }
    lab.player.pause();
    const before = doings(lab, id);
    for (let i = 0; i < STRIDES && doings(lab, id) === before; i += 1) {
      lab.player.advance(STRIDE_US);
    }
    hands?.settle();
  }

  /** One card back; before the first, the round before. */
  #back(inside: Inside): void {
    const { round, at, node } = inside;
    if (round === null) {
      return;
    }
    if (at > 0) {
      this.#go(inside, at - 1);
      return;
    }
    const before = this.#rounds(node).findLast((each) => each.seq < round.seq);
    if (before !== undefined) {
      this.#reading = null;
      this.given?.hands.seek(before.syncedUs ?? before.atUs);
      this.given?.hands.settle();
    }
  }
}

/** What a node has done and sent, as far as the view model shows it. */
function doings(lab: Lab, id: string): string {
  const node = lab.view === null ? undefined : nodeOf(lab.view, id);
  const sent = lab.view?.messages.filter(({ from }) => from === id).map((message) => message.id);
  return `${node?.syncing}${node?.term}${node?.votedFor}${node?.commit}${node?.applied}${node?.lastIndex}${node?.role}|${sent?.at(-1)}`;
}

if (customElements.get('raft-inside') === undefined) {
  customElements.define('raft-inside', InsideNode);
}

/** The panel's content. */
export function draw(state: ShellState, hands: ShellHands, lab: Lab): TemplateResult {
  return html`<raft-inside .model=${{ state, hands, lab }}></raft-inside>`;
}
