/**
 * Which panels there are beside the cluster, and which of them are shown. A wide page shows several, as the viewer chose; a narrow one
 * shows one at a time. What a panel looks like is its own file's.
 */

import { keep, recall } from './preferences';

/** The panels, in the order of reading and of the menu. */
export const PANELS = [
  'logs',
  'inspector',
  'inside',
  'spaceTime',
  'clients',
  'conditions',
  'search',
  'events',
  'stores',
] as const;

export type PanelName = (typeof PANELS)[number];

/** Shown at first: what is part of the first load. The last two stand in the strip below the pictures. */
const FIRST: readonly PanelName[] = ['logs', 'inspector', 'events', 'stores'];

/** A viewer's choice of panels. */
export class Panels {
  #chosen: ReadonlySet<PanelName> | null = readChoice(recall('panels'));

  /** The panels that a wide page shows; before anything was chosen, those that there is room for. */
  shown(tight: boolean): ReadonlySet<PanelName> {
    return this.#chosen ?? new Set(FIRST.slice(0, tight ? 2 : 4));
  }

  /** Shows these, now and at the next visit. */
  choose(panels: ReadonlySet<PanelName>): void {
    this.#chosen = panels;
    keep('panels', [...panels].join(' '));
  }
}

/** A kept choice; names that are no panels are left out. Null when none was kept. */
export function readChoice(kept: string | null): ReadonlySet<PanelName> | null {
  return kept === null ? null : new Set(PANELS.filter((name) => kept.split(' ').includes(name)));
}
