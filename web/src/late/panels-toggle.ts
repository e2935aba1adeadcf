/** What a toggle of a panel comes to. Fetched with the first one. */

import type { PanelName } from '../controls/panels';

/** Tall panels beside the cluster: one of them at a time. */
const TALL: readonly PanelName[] = ['inside', 'search'];

/** In whose place they stand. */
const SWAPS: readonly PanelName[] = ['logs', 'inspector'];

/** What the search takes the room of besides: it tells the events of its own runs. */
const STRIP: readonly PanelName[] = ['events', 'stores'];

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
  if (TALL.includes(name)) {
    const strip = name === 'search' ? !comes : comes && shown.has('search');
    others(SWAPS, !comes);
    others(comes ? TALL : [], false);
    others(name === 'search' || strip ? STRIP : [], strip);
  } else if (INSTEAD.includes(name)) {
    others(['stores'], !comes);
  } else if (comes && SWAPS.includes(name)) {
    others(TALL, false);
  } else if (comes && name === 'stores') {
    others(INSTEAD, false);
  }
  return next;
}
