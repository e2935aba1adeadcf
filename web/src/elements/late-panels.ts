/** Panels that are no part of the first load: each is fetched when it is first shown. */

import { html, type TemplateResult } from 'lit';
import type { Lab } from './lab';
import type { ShellHands, ShellState } from './shell';

/** What a panel's own file gives. */
export interface LatePanel {
  /** Of one that could not be fetched: it is asked for again when it is shown next. */
  forget?(): void;
  draw(state: ShellState, hands: ShellHands, lab: Lab): TemplateResult;
}

const PARTS = {
  inside: (): Promise<LatePanel> => import('../late/inside'),
  spaceTime: (): Promise<LatePanel> => import('../late/space-time'),
  clients: (): Promise<LatePanel> => import('../late/clients'),
  conditions: (): Promise<LatePanel> => import('../late/conditions'),
  search: (): Promise<LatePanel> => import('../late/search'),
};

export type LateName = keyof typeof PARTS;

/** A panel of those that are there; one that is not, null while it is being fetched, is asked for, and `fetch` is told of it. */
export function latePanel(
  there: Map<string, LatePanel | null>,
  name: LateName,
  fetch: (part: Promise<unknown>) => void,
): LatePanel | null {
  if (!there.has(name)) {
    there.set(name, null);
    const set = (part: LatePanel) => there.set(name, part);
    const fetched = PARTS[name]();
    fetched.catch(() => set(lost(() => there.delete(name))));
    fetch(fetched.then(set));
  }
  return there.get(name) ?? null;
}

/** In the place of a panel that could not be fetched: says so. */
const lost = (forget: () => void): LatePanel => ({
  draw({ words }, hands) {
    this.forget = () => {
      forget();
      hands.dismiss();
    };
    // The button goes at once: the player then has the keys.
    const again = ({ target }: Event) => {
      (target as Element).closest<HTMLElement>('raft-arium')?.focus();
      this.forget?.();
    };
    return html`<p>${words.faultLate} <button type="button" @click=${again}>${words.retry}</button></p>`;
  },
});
