/** The inspector's other things: an entry, a link or a message in full. Fetched when the first of them is selected. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { currentLeader, cutState, entryAt, nodeOf } from '../format/cluster';
import { entryId, shortCommand } from '../format/text';
import type { EntryView, LinkView, MessageView, NodeView } from '../model';
import { type Cell, head, lines, why } from '../views/inspector';
import type { ViewArgs } from '../views/types';
import { holdersStrip } from './holders';
import { entrySentence, whyEntry } from './why-entry';

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

/** The selected thing; null when it is a node, or gone. */
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
    case 'node':
    case undefined:
      return null;
    default:
      return selected satisfies never;
  }
}
