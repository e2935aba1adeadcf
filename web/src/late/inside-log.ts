/**
 * The log below the cards: what a snapshot replaced, what is stable and what is in memory only; and on one rail below, the four cursors and how far
 * the round in hand will move two of them.
 */

import { html, nothing, type TemplateResult } from 'lit';
import { entryId, shortCommand, termColour } from '../format/text';
import type { Words } from '../locales';
import type { EntryView, NodeView } from '../model';
import type { RoundKept } from './history';
import type { LateWords } from './words';

/** Entries that are shown at most; the unstable end is always among them. */
const CELLS = 8;

type Inside = LateWords['inside'];
type Cursor = keyof Inside['cursor'];

function cursorsOf(node: NodeView): Readonly<Record<Cursor, number>> {
  return { applied: node.applied, committed: node.commit, synced: node.synced, last: node.lastIndex };
}

/** The cursors that stand under an entry, in the order of the rail. */
export function cursorsAt(node: NodeView, index: number): Cursor[] {
  const cursors = cursorsOf(node);
  return (Object.keys(cursors) as Cursor[]).filter((name) => cursors[name] === index);
}

/** One node's log. `round` is the one in hand: its entries will be synced, its committed ones applied. */
export function insideLog(node: NodeView, round: RoundKept | null, t: Words, words: Inside): TemplateResult {
  const shown = node.log.filter(({ index }) => index <= node.lastIndex).slice(-CELLS);
  const first = shown[0]?.index ?? node.lastIndex + 1;
  const before = (Object.entries(cursorsOf(node)) as [Cursor, number][]).filter(([, index]) => index < first);
  const cells = shown.map((entry, i) => {
    const starts = i === 0 || shown[i - 1]?.synced !== entry.synced;
    return cell(node, entry, starts, moving(node, round, entry.index), t, words);
  });
  return html`<section class="in-log" aria-label=${words.log(node.id)}>
    <h3>${words.log(node.id)}</h3>
    <ol>${first > 1 || before.length > 0 ? prefix(node, first - 1, before, words) : nothing}${
      shown.length === 0 ? html`<li class="in-note">${t.ledger.empty}</li>` : cells
    }</ol>
  </section>`;
}

/** Whether a cursor will have passed an entry when the round is done with. */
function moving(node: NodeView, round: RoundKept | null, index: number): boolean {
  const synced = round?.entries.at(-1)?.index ?? 0;
  const applied = round?.committed.at(-1)?.index ?? 0;
  return (index > node.synced && index <= synced) || (index > node.applied && index <= applied);
}

/** What comes before the entries that are shown: a snapshot, entries that have no room, or nothing but the beginning. */
function prefix(node: NodeView, until: number, cursors: [Cursor, number][], words: Inside): TemplateResult {
  const snapshot = until > 0 && until < node.firstIndex;
  const says = snapshot ? words.prefix(until) : until > 0 ? words.before(until) : '0';
  return html`<li class="in-cell in-prefix ${until > 0 ? '' : 'in-zero'} starts"><small>${snapshot ? words.zone.snapshot : ''}</small>
    <span class="in-entry"><b>${says}</b></span>${rail(cursors, false, words)}</li>`;
}

function cell(
  node: NodeView,
  entry: EntryView,
  starts: boolean,
  moves: boolean,
  t: Words,
  words: Inside,
): TemplateResult {
  const zone = entry.synced ? 'stable' : 'unstable';
  const kinds = `${entry.synced ? '' : 'hollow'} ${entry.committed ? '' : 'dashed'} ${entry.kind === 'noop' ? 'noop' : ''}`;
  const cursors = cursorsAt(node, entry.index).map((name): [Cursor, number] => [name, entry.index]);
  return html`<li class="in-cell ${zone} ${starts ? 'starts' : ''}" data-zone=${zone}><small>${starts ? words.zone[zone] : ''}</small>
    <span class="in-entry tc${termColour(entry.term)} ${kinds}"><b>${entryId(entry)}</b>
      <code>${entry.kind === 'noop' ? t.ledger.noop : shortCommand(entry.command)}</code></span>${rail(cursors, moves, words)}</li>`;
}

/** A piece of the rail: the glyphs stand on it, their names below, and where two meet none is hidden. */
function rail(cursors: readonly [Cursor, number][], moves: boolean, words: Inside): TemplateResult {
  return html`<span class="in-track ${moves ? 'moves' : ''}" aria-hidden="true">${cursors.map(([name]) => html`<i class=${name}></i>`)}</span>
    ${cursors.map(([name, index]) => html`<span class="in-cursor">${words.cursor[name]} <b>${index}</b></span>`)}`;
}
