/** Panels that are no part of the first load: each is fetched when it is first shown, and drawn as soon as it is there. */

import { nothing, type TemplateResult } from 'lit';
import type { Lab } from './lab';
import type { ShellHands, ShellState } from './shell';

/** What a panel's own file gives. */
interface LatePanel {
  draw(state: ShellState, hands: ShellHands, lab: Lab): TemplateResult;
}

const PARTS = {
  inside: (): Promise<LatePanel> => import('../late/inside'),
  spaceTime: (): Promise<LatePanel> => import('../late/space-time'),
};

export type LateName = keyof typeof PARTS;

/** The late panels of one player. */
export class LatePanels {
  readonly #there = new Map<LateName, LatePanel | null>();

  /** The panel's content; nothing until it is there, and then `changed` is called. What cannot be fetched is asked for again. */
  draw(
    name: LateName,
    state: ShellState,
    hands: ShellHands,
    lab: Lab,
    changed: () => void,
  ): TemplateResult | typeof nothing {
    const panel = this.#there.get(name);
    if (panel === undefined) {
      this.#there.set(name, null);
      PARTS[name]().then(
        (part) => {
          this.#there.set(name, part);
          changed();
        },
        () => this.#there.delete(name),
      );
    }
    return panel?.draw(state, hands, lab) ?? nothing;
  }
}
