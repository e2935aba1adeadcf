/** Panels that are no part of the first load: each is fetched when it is first shown. */

import type { TemplateResult } from 'lit';
import type { Lab } from './lab';
import type { ShellHands, ShellState } from './shell';

/** What a panel's own file gives. */
export interface LatePanel {
  draw(state: ShellState, hands: ShellHands, lab: Lab): TemplateResult;
}

const PARTS = {
  inside: (): Promise<LatePanel> => import('../late/inside'),
  spaceTime: (): Promise<LatePanel> => import('../late/space-time'),
  clients: (): Promise<LatePanel> => import('../late/clients'),
  conditions: (): Promise<LatePanel> => import('../late/conditions'),
};

export type LateName = keyof typeof PARTS;

/** A panel of those that are there; one that is not is asked for, once, and `fetch` is told of it. */
export function latePanel(
  there: Map<LateName, LatePanel | null>,
  name: LateName,
  fetch: (part: Promise<unknown>) => void,
): LatePanel | null {
  if (!there.has(name)) {
    there.set(name, null);
    fetch(PARTS[name]().then((part) => there.set(name, part)));
  }
  return there.get(name) ?? null;
}
