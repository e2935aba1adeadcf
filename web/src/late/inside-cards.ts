/**
 * The cards of the inside of a node: inbox, state machine, Ready, and the three ways out of it. Each is a pure function of one round of the
 * node's loop and of how far the reader has stepped through it. The loop itself is `crates/sim/src/node/ready_loop.rs`.
 */

import { html, nothing, type TemplateResult } from 'lit';
import { entryId, shortCommand, termColour } from '../format/text';
import type { Card, EntryCard, ItemCard } from '../lens-model';
import type { Words } from '../locales';
import type { MessageView, NodeView, ProgressView } from '../model';
import type { RoundKept } from './history';
import type { LateWords } from './words';

/** The steps of one round, in order. */
export const STEPS = ['take', 'step', 'ready', 'write', 'send', 'apply', 'advance'] as const;

export type Step = (typeof STEPS)[number];

/** What the cards are drawn from. */
export interface Inside {
  readonly node: NodeView;
  /** The node's latest round up to now; null before its first. */
  readonly round: RoundKept | null;
  /** What came into its inbox since then and waits for the disk. */
  readonly arrived: readonly Card[];
  /** How far the reader is: an index of `STEPS`. */
  readonly at: number;
  /** How far the node is. */
  readonly reached: number;
  readonly quorum: number;
  /** The nodes that have a vote. */
  readonly voters: readonly string[];
  /** How much of the round's sync is over, 0 to 1, and in words. */
  readonly sync: { readonly part: number; readonly says: string };
  readonly t: Words;
  readonly words: LateWords['inside'];
}

/** How far a node is with a round at a moment: it waits at the writing until they are synced. */
export function reachedAt(round: RoundKept, nowUs: number): number {
  const waits = round.mustSync && (round.syncedUs === null || round.syncedUs > nowUs);
  return waits ? STEPS.indexOf('write') : STEPS.length - 1;
}

/** An entry: hollow until it is synced, dashed until it is committed. */
export function chip(entry: Pick<EntryCard, 'index' | 'term'>, node: NodeView, synced = node.synced): TemplateResult {
  const kinds = `${entry.index > synced ? 'hollow' : ''} ${entry.index > node.commit ? 'dashed' : ''}`;
  return html`<span class="in-chip tc${termColour(entry.term)} ${kinds}">${entryId(entry)}</span>`;
}

function messageName({ t }: Inside, card: Card): string {
  const detail = t.messageDetail(card as unknown as MessageView);
  return detail === '' ? t.message[card.kind] : `${t.message[card.kind]}, ${detail}`;
}

function itemView(inside: Inside, item: ItemCard, taken: boolean): TemplateResult {
  const { words } = inside;
  switch (item.kind) {
    case 'tick':
      return html`<li class="in-item tick ${taken ? 'taken' : ''}"><b>${words.tick}</b></li>`;
    case 'message':
      return html`<li class="in-item message tc${termColour(item.card.term)} ${taken ? 'taken' : ''}"><b>${messageName(inside, item.card)}</b>
        <span>${item.card.from}, ${words.term(item.card.term)}</span></li>`;
    case 'request':
      return html`<li class="in-item request ${taken ? 'taken' : ''}"><b>${words.request}</b><span><code>${item.command}</code> ${item.client}</span></li>`;
    case 'word':
      return html`<li class="in-item request ${taken ? 'taken' : ''}"><b>${words.request}</b><span><code>${item.command}</code></span></li>`;
    case 'campaign':
      return html`<li class="in-item tick ${taken ? 'taken' : ''}"><b>${words.campaign}</b></li>`;
    default:
      return item satisfies never;
  }
}

/** One card: done, current, next or still to come. */
function card(inside: Inside, step: Step, go: (step: number) => void, content: unknown): TemplateResult {
  const place = STEPS.indexOf(step);
  const { words, at } = inside;
  const state = place < at ? 'done' : place === at ? 'now' : place === at + 1 ? 'next' : 'later';
  return html`<section class="in-card in-${step} ${state}" aria-label=${words.steps[step]}>
    <button type="button" class="in-head" aria-current=${state === 'now' ? 'step' : nothing} @click=${() => go(place)}
      ><b>${place + 1}</b> <span>${words.steps[step]}</span><small>${state === 'later' ? '' : words.states[state]}</small></button>
    <div class="in-body">${content}</div></section>`;
}

/** First in, first out. */
export function inboxCard(inside: Inside, go: (step: number) => void): TemplateResult {
  const { round, words, arrived, node } = inside;
  const waiting: readonly ItemCard[] = [
    ...(round === null || inside.reached === STEPS.length - 1 ? [] : round.waiting),
    ...arrived.map((each): ItemCard => ({ kind: 'message', card: each })),
  ];
  const rest = Math.max(0, node.inbox - waiting.length);
  return card(
    inside,
    'take',
    go,
    html`<ol class="in-items">${round?.took == null ? nothing : itemView(inside, round.took, inside.at > 0)}
      ${waiting.slice(0, 4).map((item) => itemView(inside, item, false))}</ol>
    <p class="in-note">${words.waits(waiting.length + rest)}</p>`,
  );
}

/** What the core is, and what the item changed. */
export function machineCard(inside: Inside, go: (step: number) => void): TemplateResult {
  const { round, node, t, words, at } = inside;
  const seen = round === null ? null : at >= STEPS.indexOf('step') ? round.after : round.before;
  const changed = (before: unknown, after: unknown) =>
    before === after || at < STEPS.indexOf('step')
      ? html`<b>${after ?? '–'}</b>`
      : html`${before ?? '–'} → <b>${after ?? '–'}</b>`;
  const row = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const { inspector: w } = t;
  return card(
    inside,
    'step',
    go,
    html`${
      round === null || seen === null
        ? nothing
        : html`<dl class="in-facts">
          ${row(words.role, changed(t.role[round.before.role], t.role[seen.role]))}
          ${row(w.term, changed(round.before.term, seen.term))}
          ${row(w.votedFor, changed(round.before.votedFor, seen.votedFor))}
          ${row(w.commit, changed(round.before.commit, seen.commit))}
          ${row(w.last, changed(round.before.lastIndex, seen.lastIndex))}
        </dl>`
    }
    ${node.progress.length === 0 ? nothing : progressTable(inside)}`,
  );
}

/** What a leader believes of the others: as numbers, and on one rule of indexes. */
function progressTable({ node, t, words, quorum, voters: all }: Inside): TemplateResult {
  const behind = node.progress.filter((each) => each.matchIndex < node.commit).map((each) => each.node);
  const held = all.filter((id) => !behind.includes(id)).length;
  const voters = all.length;
  const flow = ({ inFlight, paused }: ProgressView) =>
    inFlight > 0
      ? html`<span class="in-flight" role="img" title=${t.ledger.inFlight(inFlight)} aria-label=${t.ledger.inFlight(inFlight)} data-dots=${'●'.repeat(Math.min(inFlight, 5))}></span>`
      : paused
        ? t.ledger.paused
        : '';
  return html`<table class="in-progress" aria-label=${words.progress}><thead><tr><th scope="col">${words.progress}</th><td></td>
      <th scope="col">${t.ledger.match}</th><th scope="col">${t.ledger.next}</th><td></td></tr></thead>
    <tbody>${node.progress.map(
      (
        each,
      ) => html`<tr><th scope="row">${each.node} <small>${words.feeding[each.state]}</small></th><td>${flow(each)}</td><td>${each.matchIndex}</td>
        <td>${each.nextIndex}</td><td>${progressRule(node, each)}</td></tr>`,
    )}</tbody></table>
    <p class="in-held"><span class="in-boxes" aria-hidden="true">${Array.from(
      { length: voters },
      (_, i) => html`<i class="${i < held ? 'held' : ''} ${i === quorum ? 'notch' : ''}"></i>`,
    )}</span> ${words.commitHeld(node.commit, held, voters)}<span class="visually-hidden">${words.needed(quorum)}</span></p>`;
}

/** Indexes that the rule shows at most, and how wide it is. */
const RULE_SPAN = 12;
const RULE_WIDTH = 70;

/** One follower's match and next on the rule of indexes; the commit index is dotted. The numbers beside it say the same. */
function progressRule(node: NodeView, { matchIndex, nextIndex }: ProgressView): TemplateResult {
  const last = node.lastIndex + 1;
  const first = Math.max(0, last - RULE_SPAN);
  const x = (index: number) => 5 + ((Math.max(index, first) - first) / Math.max(1, last - first)) * (RULE_WIDTH - 10);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => `M${x(first + i)} 8v4`).join('');
  return html`<svg class="in-rule" width=${RULE_WIDTH} height="18" aria-hidden="true"><path class="in-ticks" d="M5 10H${RULE_WIDTH - 5}${ticks}"/>
    <path class="in-commit" d="M${x(node.commit)} 0V18"/><path class="in-window" d="M${x(matchIndex)} 10H${x(nextIndex)}"/>
    <circle cx=${x(matchIndex)} cy="10" r="3.5"/><path class="in-next" d="M${x(nextIndex)} 11l4 6h-8z"/></svg>`;
}

/** The Ready, field by field, in the order of its ways out. */
export function readyCard(inside: Inside, go: (step: number) => void): TemplateResult {
  const { round, node, words, t } = inside;
  const filled = round !== null && inside.at >= STEPS.indexOf('ready');
  const field = (name: string, value: unknown, kind = '') => {
    const set = filled && value !== null;
    return html`<div class=${set ? `set ${kind}` : kind}><dt><i aria-hidden="true"></i><code>${name}</code></dt><dd>${set ? value : words.none}</dd></div>`;
  };
  const apart = (name: string, value: unknown) => field(name, value, 'apart');
  const some = (count: number, value: unknown) => (count === 0 ? null : value);
  const soft = round?.soft ?? null;
  const hard = round?.hard ?? null;
  return card(
    inside,
    'ready',
    go,
    html`<dl class="in-fields">
      ${field('SoftState', soft && `${t.role[soft.role]}, ${words.leads(soft.leader)}`)}
      ${apart('HardState', hard && words.hard(hard.term, hard.votedFor, hard.commit))}
      ${field(
        'Entries',
        some(
          round?.entries.length ?? 0,
          round?.entries.map((entry) => chip(entry, node)),
        ),
      )}
      ${field('Snapshot', round?.snapshot ?? null)}
      ${field('MustSync', round?.mustSync ? words.yes : null)}
      ${apart('Messages', round && some(round.messages.length + round.heldBack.length, words.free(round.messages.length, round.heldBack.length)))}
      ${apart(
        'CommittedEntries',
        some(
          round?.committed.length ?? 0,
          round?.committed.map((entry) => chip(entry, node)),
        ),
      )}
      ${field('ReadStates', some(round?.reads ?? 0, round?.reads))}
    </dl>`,
  );
}

/** To the disk: hollow until the sync returns. */
export function writeCard(inside: Inside, go: (step: number) => void): TemplateResult {
  const { round, node, words, reached, sync } = inside;
  const nothingToDo = round === null || (round.entries.length === 0 && round.hard === null && round.snapshot === null);
  const synced = reached > STEPS.indexOf('write');
  return card(
    inside,
    'write',
    go,
    nothingToDo
      ? html`<p class="in-note">${words.nothingToWrite}</p>`
      : html`<p>${round.entries.map((entry) => chip(entry, node))}${round.hard === null ? nothing : html`<span class="in-box">HardState</span>`}</p>
        ${round.mustSync ? html`<progress class="in-sync" max="1" .value=${sync.part} aria-label=${words.syncing}></progress>` : nothing}
        <p class="in-note">${!round.mustSync ? words.noSync : synced ? words.synced : `${sync.says} ${words.syncing}`}</p>`,
  );
}

/** To the network: what promises nothing leaves at once, what promises something waits at the gate. */
export function sendCard(inside: Inside, go: (step: number) => void): TemplateResult {
  const { round, words, reached } = inside;
  const own = [
    ...(round?.ownVote ? [words.ownVote] : []),
    ...(round?.ownAppend == null ? [] : [words.ownAppend(round.ownAppend)]),
  ];
  const open = reached > STEPS.indexOf('write');
  /** The same message to several is one line. */
  const names = (cards: readonly Card[] = []) => {
    const alike = new Map<string, [Card, string[]]>();
    for (const each of cards) {
      const said = messageName(inside, each);
      alike.set(said, [each, [...(alike.get(said)?.[1] ?? []), each.to]]);
    }
    return [...alike].map(
      ([said, [{ term }, to]]) => html`<span class="in-message tc${termColour(term)}">${said} → ${to.join(' ')}</span>`,
    );
  };
  const line = (title: string, content: unknown[], gate: boolean) =>
    html`<div class="in-line"><small>${title}</small><p>${content.length === 0 ? words.none : content}${
      gate && content.length > 0 ? html`<i class="in-gate ${open ? 'open' : ''}" aria-hidden="true"></i>` : nothing
    }</p></div>`;
  return card(
    inside,
    'send',
    go,
    html`${line(words.atOnce, names(round?.messages), false)}
      ${line(
        words.afterWrite,
        [...names(round?.heldBack), ...own.map((text) => html`<span class="in-message own">${text}</span>`)],
        true,
      )}`,
  );
}

/** To the state machine: what is committed goes into the store, key by key. */
export function applyCard(inside: Inside, go: (step: number) => void): TemplateResult {
  const { round, node, words, t } = inside;
  const queue =
    round === null || round.committed.length === 0
      ? html`<span class="in-note">${words.nothingToApply}</span>`
      : html`${round.committed.map(
          (entry) => html`${chip(entry, node)} <code>${shortCommand(entry.command) || t.ledger.noop}</code> `,
        )}<span class="in-into" aria-hidden="true">→</span>`;
  const store = node.store.map(({ key, value }) => html`<span>${key} <b>${value}</b></span>`);
  return card(
    inside,
    'apply',
    go,
    html`<p>${queue} ${store.length === 0 ? nothing : html`<span class="in-store">${store}</span>`}</p>
      <p class="in-note">${words.store(store.length === 0, node.applied)}</p>`,
  );
}

/** The seven steps in a row, and how far the reader is: what is done is underlined, what is next is marked. */
export function stepRail({ at, words, round }: Inside, go: (step: number) => void): TemplateResult {
  const kind = (i: number) => (i < at ? 'done' : i === at ? 'now' : i === at + 1 ? 'next' : '');
  return html`<nav class="in-rail" aria-label=${words.rail}>${STEPS.map(
    (
      step,
      i,
    ) => html`<button type="button" class=${kind(i)} ?disabled=${round === null} aria-current=${i === at ? 'step' : nothing}
      aria-label=${words.stepOf(i + 1, words.steps[step])} @click=${() => go(i)}><b>${i + 1}</b> ${words.short[step]}</button>`,
  )}</nav>`;
}
