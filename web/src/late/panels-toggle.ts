/** What a toggle of a panel comes to. Fetched with the first one. */

import type { PanelName } from '../controls/panels';

/** In whose place the inside of a node stands. */
const SWAPS: readonly PanelName[] = ['logs', 'inspector'];

/** The panels that are shown after one was toggled: the inside of a node takes the others' place, and gives it back. */
export function toggled(shown: ReadonlySet<PanelName>, name: PanelName): ReadonlySet<PanelName> {
  const next = new Set(shown);
  if (!next.delete(name)) {
    next.add(name);
  }
  if (name === 'inside') {
    for (const other of SWAPS) {
      next[next.has(name) ? 'delete' : 'add'](other);
    }
  } else if (SWAPS.includes(name) && next.has(name)) {
    next.delete('inside');
  }
  return next;
}
