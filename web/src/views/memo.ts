/** Redraws a part of a view only when what it shows has changed. */

import { guard } from 'lit/directives/guard.js';

/** `draw` again only when `signature`, which must name everything the drawing reads, differs from the last one at this place. */
export function memo(signature: string, draw: () => unknown): unknown {
  return guard([signature], draw);
}
