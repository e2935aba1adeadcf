/** The inspector's other things: an entry, a link or a message in full, and what a node decided and why. Fetched when something is first selected. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { currentLeader, cutState, entryAt, nodeOf } from '../format/cluster';
import { clock, entryId, shortCommand } from '../format/text';
import type { EntryView, FeedEvent, LinkView, MessageView, NodeView } from '../model';
import { paperLink } from '../views/caption';
import { type Cell, head, lines, why } from '../views/inspector';
import type { ViewArgs } from '../views/types';
import styles from './detail.css?inline';
import { holdersStrip } from './holders';
import { adoptLate } from './sheet';
import { entrySentence, whyEntry } from './why-entry';
import { linkSentence, messageSentence, whyMessage } from './why-message';
import { lateWords } from './words';

/** The two conditions of a commit by counting, each with its mark. */
function conditions(args: ViewArgs, entry: EntryView): TemplateResult | typeof nothing {
  const fact = whyEntry(args.view, args.ui.selected?.kind === 'entry' ? args.ui.selected.node : '', entry.index);
  const leader = currentLeader(args.view);
  if (fact === null || leader === null || fact.commit !== 'no') return nothing;
  const { t } = args;
  const mark = (ok: boolean) =>
    html`<svg width="18" height="18" viewBox="0 0 20 20" aria-hidden="true">${svg`<path class="mark" d=${ok ? 'M3.5 10.5l4.5 4.5L16.5 5.5' : 'M4.5 4.5l11 11m0-11l-11 11'}/>`}</svg>`;
  return html`<ul class="conditions">
    <li>${mark(fact.held >= fact.quorum)}<span>${t.conditions.held(fact.held, fact.nodes, fact.entry)}</span></li>
    <li>${mark(entry.term === leader.term)}<span>${t.conditions.term(entry.term, leader.term)}</span></li>
  </ul>`;
}

function ofEntry(args: ViewArgs, node: NodeView, entry: EntryView): TemplateResult {
  const { inspector: w } = args.t;
  const fact = whyEntry(args.view, node.id, entry.index);
  return html`${head(node, w.summary(node))}${fact === null ? nothing : why(args, entrySentence[args.t.lang](fact))}
    ${holdersStrip(args, { term: entry.term, index: entry.index })}${conditions(args, entry)}
    ${lines([
      [w.entries, entryId(entry)],
      [w.command, entry.kind === 'noop' ? args.t.ledger.noop : html`<code>${entry.command}</code>`],
      [w.state, w.entryState(entry)],
      ...onNodes(args, entry),
    ])}`;
}

/** On which nodes the entry is on disk, committed, applied. */
function onNodes({ view, t }: ViewArgs, entry: EntryView): Cell[] {
  const { legend } = t;
  const where = (is: (own: EntryView) => boolean) =>
    view.nodes
      .filter((node) => {
        const own = entryAt(node, entry.index);
        return own?.term === entry.term && is(own);
      })
      .map(({ id }) => id)
      .join(', ') || '–';
  return [
    [legend.synced, where((own) => own.synced)],
    [legend.committed, where((own) => own.committed)],
    [legend.applied, where((own) => own.applied)],
  ];
}

function ofLink(args: ViewArgs, link: LinkView): TemplateResult {
  const { inspector: w } = args.t;
  return html`<div class="inspector-head"><div><h2>${link.a}–${link.b}</h2><p>${w.link}</p></div></div>
    ${why(args, linkSentence(args.view, link, args.t.lang))}
    ${lines([
      [w.state, cutState(link) === 'none' ? w.whole : args.t.linkLabel(link)],
      ...onTheWay(args, link.a, link.b),
      ...onTheWay(args, link.b, link.a),
    ])}`;
}

/** The messages on their way from one node to another, the next to arrive first. */
function onTheWay({ view, t }: ViewArgs, from: string, to: string): Cell[] {
  const here = view.messages.filter((message) => message.from === from && message.to === to);
  const names = here.sort((a, b) => a.arriveUs - b.arriveUs).map(({ kind }) => t.message[kind]);
  return [[`${from} → ${to}`, names.join(', ') || t.inspector.none]];
}

function ofMessage(args: ViewArgs, message: MessageView): TemplateResult {
  const { inspector: w } = args.t;
  const words = lateWords(args.t.lang).inspector;
  const optional: Cell[] = [];
  if (message.prev !== null) optional.push([w.prev, entryId(message.prev)]);
  if (message.last !== null) optional.push([w.last, entryId(message.last)]);
  for (const entry of message.entries)
    optional.push([entryId(entry), shortCommand(entry.command) || args.t.ledger.noop]);
  if (message.commit !== null) optional.push([w.commit, message.commit]);
  if (message.matchIndex !== null) optional.push(['match', message.matchIndex]);
  if (message.granted !== null) optional.push([w.answer, args.t.messageDetail(message)]);
  if (message.rejected !== null) optional.push([w.answer, message.rejected ? w.rejected : w.accepted]);
  const left = Math.ceil(Math.max(0, message.arriveUs - args.nowUs) / 1000) * 1000;
  const fact = whyMessage(args.view, message, args.events ?? []);
  const menu = lateWords(args.t.lang).menu;
  const held = message.heldUs !== null;
  const deed = (verb: 'deliver' | 'hold' | 'release' | 'drop' | 'duplicate') =>
    html`<button class="plain" type="button" @click=${() => args.emit({ type: 'act', text: `${verb} ${message.id}` })}>${menu[verb]}</button>`;
  return html`<div class="inspector-head"><div><h2>${args.t.message[message.kind]}</h2><p>${message.from} → ${message.to}, ${
    message.doomed ? w.lost : w.arrives(left)
  }</p></div></div>
    <div class="message-deeds">${deed('deliver')}${deed(held ? 'release' : 'hold')}${deed('drop')}${deed('duplicate')}</div>
    ${fact === null ? nothing : why(args, messageSentence[args.t.lang](fact))}
    ${lines([
      ...(message.term > 0 ? [[w.term, message.term] as const] : []),
      ...(message.command === null ? [] : [[w.command, html`<code>${message.command}</code>`] as const]),
      ...optional,
      [words.sent, clock(message.sentUs)],
      [words.due, clock(message.arriveUs)],
    ])}`;
}

/** Decisions that are kept to be read. */
const DECISIONS = 6;

/** Where the paper says why: by the kind of record, and of a refusal by its reason. */
function sectionOf({ what }: FeedEvent): string | undefined {
  switch (what.kind) {
    case 'voteRefused':
      return {
        lowerTerm: '§5.1',
        alreadyVoted: '§5.2',
        logBehind: '§5.4.1',
        leaderKnown: '§5.2',
        leaseHeld: undefined,
      }[what.why.kind];
    case 'timedOut':
    case 'becameCandidate':
    case 'becameLeader':
    case 'voteGranted':
      return '§5.2';
    case 'higherTerm':
    case 'ignored':
    case 'becameFollower':
      return '§5.1';
    case 'appendRefused':
    case 'truncated':
    case 'committed':
      return '§5.3';
    case 'notCommitted':
      return '§5.4.2';
    default:
      return undefined;
  }
}

/** The fields that the first view leaves out, and what the node decided last, each with its reason. */
function moreOfNode(args: ViewArgs, node: NodeView): TemplateResult {
  const words = lateWords(args.t.lang).inspector;
  const decided = (args.events ?? []).filter(
    (event) => 'node' in event.what && event.what.node === node.id && sectionOf(event) !== undefined,
  );
  return html`${lines([
    [words.voteOnDisk, node.votedFor === null ? '–' : node.voteSynced ? words.yes : words.no],
    [words.firstIndex, node.firstIndex],
    ...(node.timer === null ? [] : [[words.earliest, clock(node.timer.minimumUs)] as const]),
  ])}
    <h3 class="decided-title">${words.decided}</h3>
    ${decided.length === 0 ? html`<p class="hint">${words.nothing}</p>` : nothing}
    <ol class="decided">${decided
      .slice(-DECISIONS)
      .reverse()
      .map(
        (event) =>
          html`<li><time>${clock(event.atUs)}</time> ${args.t.event(event)} ${paperLink(args.t, sectionOf(event))}</li>`,
      )}</ol>`;
}

/** The selected thing, or of a node what else there is to say; null when it is gone. */
export function detail(args: ViewArgs): TemplateResult | null {
  const { view } = args;
  const { selected } = args.ui;
  switch (selected?.kind) {
    case 'entry': {
      const node = nodeOf(view, selected.node);
      const entry = node && entryAt(node, selected.index);
      return node !== undefined && entry !== undefined ? ofEntry(args, node, entry) : null;
    }
    case 'link': {
      const link = view.links.find((each) => each.id === selected.id);
      return link === undefined ? null : ofLink(args, link);
    }
    case 'message': {
      const message = view.messages.find((each) => each.id === selected.id);
      return message === undefined ? null : ofMessage(args, message);
    }
    case 'node': {
      const node = nodeOf(view, selected.id);
      return node === undefined ? null : moreOfNode(args, node);
    }
    case undefined:
      return null;
    default:
      return selected satisfies never;
  }
}

/** The detail of a player, with its style. */
export function detailIn(host: HTMLElement): typeof detail {
  adoptLate(host, styles);
  return detail;
}
