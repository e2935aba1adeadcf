/** The inspector: one node in full, and why it stands as it does. For an entry, a link or a message, and more of a node, see `late/detail.ts`. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { currentLeader, lastEntry, nodeOf } from '../format/cluster';
import { entryId } from '../format/text';
import { whyNode } from '../format/why';
import type { Sentence } from '../locales';
import type { NodeView, VoteView } from '../model';
import { paperLink } from './caption';
import { discText, nodeDisc, pauseBadge } from './glyphs';
import type { ViewArgs } from './types';

export type Cell = readonly [label: string, value: unknown];

/** Label and value, two pairs a line where they are short. */
function pairs(cells: readonly Cell[]): TemplateResult {
  return html`<dl class="pairs">${cells.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Label and a longer value, one a line. */
export function lines(cells: readonly Cell[]): TemplateResult {
  return html`<dl class="lines">${cells.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function head(node: NodeView, summary: string): TemplateResult {
  const c = { x: 22, y: 22 };
  return html`<div class="inspector-head"><svg width="44" height="44" viewBox="0 0 44 44" aria-hidden="true">
      ${nodeDisc(node, c, 14, 0)}${node.frozen && node.up ? pauseBadge(c, 13) : nothing}
      ${svg`<text class="${discText(node)} mid b" x="22" y="27.2" font-size="15">${node.term}</text>`}</svg>
    <div><h2>${node.id}</h2><p>${summary}</p></div></div>`;
}

export function why(args: ViewArgs, sentence: Sentence): TemplateResult {
  return html`<p class="why"><b>${sentence.lead}</b>${args.t.gap}${sentence.rest} ${paperLink(args.t, sentence.section)}</p>`;
}

/** When it runs out, not how much is left: nothing is drawn anew between two events, and what is left would stand still while the arc drains. */
function timer(args: ViewArgs, node: NodeView): string {
  const { inspector } = args.t;
  if (node.timer === null) return '–';
  if (node.timer.stoppedRemainingUs !== null) return inspector.timerStopped(node.timer.stoppedRemainingUs);
  return inspector.timerAt(node.timer.deadlineUs);
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

/** The selected thing in full, once `args.detail` is there. With nothing selected, or once it is gone, the leader, else the first node. */
export function inspectorView(args: ViewArgs): TemplateResult {
  const { view, ui } = args;
  const { selected } = ui;
  const more = selected === null ? null : (args.detail?.(args) ?? null);
  const isNode = selected?.kind === 'node';
  const chosen = selected?.kind === 'node' ? nodeOf(view, selected.id) : undefined;
  const node = chosen ?? currentLeader(view) ?? view.nodes[0];
  const hint = selected === null ? html`<p class="hint">${args.t.inspector.hint}</p>` : nothing;
  return html`<section class="inspector" aria-label=${args.t.panel.inspector}>
    ${(isNode ? null : more) ?? (node === undefined ? nothing : ofNode(args, node))}${isNode ? more : nothing}${hint}
  </section>`;
}
