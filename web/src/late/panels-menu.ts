/** The menu of panels: on a wide page each is shown or hidden, on a narrow one it is chosen which is shown. Fetched when it is first opened. */

import { PANELS, type PanelName } from '../controls/panels';
import type { ShellHands, ShellState } from '../elements/shell';
import { openMenu } from './menu';

/** The keys that do the same, as in `controls/keyboard.ts`. */
const KEYS: Readonly<Record<PanelName, string>> = {
  logs: 'G',
  inspector: 'I',
  inside: 'N',
  spaceTime: 'S',
  clients: 'O',
  conditions: 'D',
  search: 'R',
  events: 'E',
  stores: 'V',
};

/** Opens the menu below its button. */
export function openPanelsMenu(host: HTMLElement, state: () => ShellState, hands: ShellHands): void {
  const button = host.querySelector<HTMLElement>('[data-panels]');
  const wide = state().size === 'desktop';
  openMenu(
    host,
    {
      label: state().words.panels,
      stays: wide,
      items: () => {
        const { words, panels } = state();
        return PANELS.map((name) => ({
          name,
          label: words[name],
          key: KEYS[name],
          on: panels.has(name),
          oneOf: !wide,
          run: () => hands.togglePanel(name),
        }));
      },
    },
    (button ?? host).getBoundingClientRect(),
  );
}
