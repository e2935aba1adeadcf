/** The log below the cards: what is stable and what is in memory only, and the four cursors. */

import { html, type TemplateResult } from 'lit';
import { entryId, shortCommand, termColour } from '../format/text';
import type { Words } from '../locales';
import type { EntryView, NodeView } from '../model';
import type { LateWords } from './words';

/** Entries that are shown at most; the unstable end is always among them. */
const CELLS = 8;

/** The cursors that stand under an entry, in the order of the rail. */
export function cursorsAt(node: NodeView, index: number): ('applied' | 'committed' | 'synced' | 'last')[] {
  const cursors = { applied: node.applied, committed: node.commit, synced: node.synced, last: node.lastIndex };
  return (Object.keys(cursors) as (keyof typeof cursors)[]).filter((name) => cursors[name] === index);
}

/** One node's log. */
export function insideLog(node: NodeView, t: Words, words: LateWords['inside']): TemplateResult {
  const shown = node.log.filter(({ index }) => index <= node.lastIndex).slice(-CELLS);
  return html`<section class="in-log" aria-label=${words.log(node.id)}>
    <h3>${words.log(node.id)}</h3>
    <ol>${shown.length === 0 ? html`<li class="in-note">${t.ledger.empty}</li>` : shown.map((entry) => cell(node, entry, t, words))}</ol>
  </section>`;
}

function cell(node: NodeView, entry: EntryView, t: Words, words: LateWords['inside']): TemplateResult {
  const zone = entry.synced ? 'stable' : 'unstable';
  const kinds = `${entry.synced ? '' : 'hollow'} ${entry.committed ? '' : 'dashed'}`;
  return html`<li class="in-cell ${zone}" data-zone=${zone}><small>${words.zone[zone]}</small>
    <span class="in-entry tc${termColour(entry.term)} ${kinds}"><b>${entryId(entry)}</b>
      <code>${entry.kind === 'noop' ? t.ledger.noop : shortCommand(entry.command)}</code></span>
    ${cursorsAt(node, entry.index).map((name) => html`<span class="in-cursor ${name}">${words.cursor[name]} <b>${entry.index}</b></span>`)}</li>`;
}
