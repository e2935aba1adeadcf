/** The inspector: one node, entry, link or message in full, and why it stands as it does. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { currentLeader, cutState, entryAt, lastEntry, nodeOf } from '../format/cluster';
import { entryId, shortCommand } from '../format/text';
import { whyEntry, whyNode } from '../format/why';
import type { Sentence } from '../locales';
import type { EntryView, LinkView, MessageView, NodeView, VoteView } from '../model';
import { paperLink } from './caption';
import { discText, nodeDisc, pauseBadge } from './glyphs';
import { holdersStrip } from './holders';
import type { ViewArgs } from './types';

type Cell = readonly [label: string, value: unknown];

/** Label and value, two pairs a line where they are short. */
function pairs(cells: readonly Cell[]): TemplateResult {
  return html`<dl class="pairs">${cells.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Label and a longer value, one a line. */
function lines(cells: readonly Cell[]): TemplateResult {
  return html`<dl class="lines">${cells.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function head(node: NodeView, summary: string): TemplateResult {
  const c = { x: 22, y: 22 };
  return html`<div class="inspector-head"><svg width="44" height="44" viewBox="0 0 44 44" aria-hidden="true">
      ${nodeDisc(node, c, 14, 0)}${node.frozen && node.up ? pauseBadge(c, 13) : nothing}
      ${svg`<text class="${discText(node)} mid b" x="22" y="27.2" font-size="15">${node.term}</text>`}</svg>
    <div><h2>${node.id}</h2><p>${summary}</p></div></div>`;
}

function why(args: ViewArgs, sentence: Sentence): TemplateResult {
  return html`<p class="why"><b>${sentence.lead}</b>${args.t.gap}${sentence.rest} ${paperLink(args.t, sentence.section)}</p>`;
}

function timer(args: ViewArgs, node: NodeView): string {
  const { inspector } = args.t;
  if (node.timer === null) return '–';
  if (node.timer.stoppedRemainingUs !== null) return inspector.timerStopped(node.timer.stoppedRemainingUs);
  const step = 10_000;
  const left = Math.ceil(Math.max(0, node.timer.deadlineUs - args.nowUs) / step) * step;
  return inspector.timerOf(left, node.timer.deadlineUs - node.timer.startUs);
}

function beliefs(node: NodeView): Cell[] {
  return node.progress.map(
    (each) =>
      [
        each.node,
        html`match ${each.matchIndex}, next ${each.nextIndex}, ${each.state.charAt(0).toUpperCase()}${each.inFlight > 0 ? `, +${each.inFlight}` : ''}`,
      ] as const,
  );
}

/** A candidate's votes by answer: "yes n1, n2". */
function votes(args: ViewArgs, node: NodeView): Cell[] {
  const { inspector: w } = args.t;
  const by = (vote: VoteView['vote']) => node.votes.filter((each) => each.vote === vote).map((each) => each.node);
  const answers = [
    [w.granted, by('granted')],
    [w.refused, by('refused')],
    [w.noAnswer, by('waiting')],
  ] as const;
  return answers.filter(([, from]) => from.length > 0).map(([label, from]) => [label, from.join(', ')] as const);
}

function ofNode(args: ViewArgs, node: NodeView): TemplateResult {
  const { inspector: w } = args.t;
  const last = lastEntry(node);
  const store = node.store.map((pair) => `${pair.key} = ${pair.value}`).join(', ');
  return html`${head(node, w.summary(node))}${why(args, args.t.why(whyNode(args.view, node)))}
    ${pairs([
      [w.term, node.term],
      [w.votedFor, node.votedFor ?? '–'],
      [w.commit, node.commit],
      [w.applied, node.applied],
      [w.last, last === undefined ? node.lastIndex : entryId(last)],
      [w.syncedTo, node.synced],
      [w.leader, node.leader ?? '–'],
      [w.disk, node.syncing ? w.syncing : w.idle],
    ])}
    ${lines([
      [w.timer, timer(args, node)],
      [w.inbox, w.waiting(node.inbox)],
      [w.store, store === '' ? w.none : html`${store}<span class="aside">, ${w.storeAt(node.applied)}</span>`],
      ...votes(args, node),
    ])}
    ${node.progress.length > 0 ? lines(beliefs(node)) : nothing}`;
}

/** The two conditions of a commit by counting, each with its mark. */
function conditions(args: ViewArgs, entry: EntryView): TemplateResult | typeof nothing {
  const fact = whyEntry(args.view, args.ui.selected?.kind === 'entry' ? args.ui.selected.node : '', entry.index);
  const leader = currentLeader(args.view);
  if (fact?.kind !== 'entry' || leader === null || fact.commit !== 'no') return nothing;
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
  return html`${head(node, w.summary(node))}${fact === null ? nothing : why(args, args.t.why(fact))}
    ${holdersStrip(args, { term: entry.term, index: entry.index })}${conditions(args, entry)}
    ${lines([
      [w.entries, entryId(entry)],
      [w.command, entry.kind === 'noop' ? args.t.ledger.noop : html`<code>${entry.command}</code>`],
      [w.state, w.entryState(entry)],
    ])}`;
}

function ofLink(args: ViewArgs, link: LinkView): TemplateResult {
  const { inspector: w } = args.t;
  return html`<div class="inspector-head"><div><h2>${link.a}–${link.b}</h2><p>${w.link}</p></div></div>
    ${lines([
      [w.state, cutState(link) === 'none' ? w.whole : args.t.linkLabel(link)],
      [
        args.t.panel.feed,
        args.view.messages.filter((m) => [m.from, m.to].includes(link.a) && [m.from, m.to].includes(link.b)).length,
      ],
    ])}`;
}

function ofMessage(args: ViewArgs, message: MessageView): TemplateResult {
  const { inspector: w } = args.t;
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
  return html`<div class="inspector-head"><div><h2>${args.t.message[message.kind]}</h2><p>${message.from} → ${message.to}</p></div></div>
    ${lines([[w.term, message.term], ...optional, [args.t.panel.inspector, message.doomed ? w.lost : w.arrives(left)]])}`;
}

/** The selected thing in full. With nothing selected, or once it is gone, the leader, else the first node. */
export function inspectorView(args: ViewArgs): TemplateResult {
  const { view, ui } = args;
  const { selected } = ui;
  const body = (() => {
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
      case 'node':
      case undefined:
        return null;
      default:
        return selected satisfies never;
    }
  })();
  const chosen = selected?.kind === 'node' ? nodeOf(view, selected.id) : undefined;
  const node = chosen ?? currentLeader(view) ?? view.nodes[0];
  const hint = selected === null ? html`<p class="hint">${args.t.inspector.hint}</p>` : nothing;
  return html`<section class="inspector" aria-label=${args.t.panel.inspector}>
    ${body ?? (node === undefined ? nothing : ofNode(args, node))}${hint}
  </section>`;
}
