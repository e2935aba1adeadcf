/** The way to the search from where a rule of the stage's cluster is off: it takes these rules over, and its panel is shown. */

import type { Lab } from '../elements/lab';
import type { ShellHands, ShellState } from '../elements/shell';
import { huntOf } from './search-hunt';

export function searchFor(
  lab: Lab,
  state: Pick<ShellState, 'panels'>,
  hands: ShellHands,
  off: ReadonlySet<string>,
): void {
  const hunt = huntOf(lab);
  if (off.size > 0) hunt.off = new Set(off);
  hunt.tell();
  if (!state.panels.has('search')) hands.togglePanel('search');
}
