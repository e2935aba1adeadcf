/** What a toggle of a panel comes to. Fetched with the first one. */

import type { PanelName } from '../controls/panels';

/** In whose place the inside of a node stands. */
const SWAPS: readonly PanelName[] = ['logs', 'inspector'];

/** Wide panels of the strip: one of them at a time. */
const WIDE: readonly PanelName[] = ['spaceTime', 'clients', 'conditions'];

/** In the place of the stores: the one shows them itself, the other needs the room. */
const INSTEAD: readonly PanelName[] = ['clients', 'conditions'];

/** The panels that are shown after one was toggled: one that takes others' place gives it back when it goes. */
export function toggled(shown: ReadonlySet<PanelName>, name: PanelName): ReadonlySet<PanelName> {
  const next = new Set(shown);
  const comes = !next.delete(name);
  const others = (names: readonly PanelName[], there: boolean) => {
    for (const other of names) {
      if (other !== name) next[there ? 'add' : 'delete'](other);
    }
  };
  if (comes) {
    next.add(name);
    others(WIDE.includes(name) ? WIDE : [], false);
  }
  if (name === 'inside') {
    others(SWAPS, !comes);
  } else if (INSTEAD.includes(name)) {
    others(['stores'], !comes);
  } else if (comes && SWAPS.includes(name)) {
    next.delete('inside');
  } else if (comes && name === 'stores') {
    others(INSTEAD, false);
  }
  return next;
}
