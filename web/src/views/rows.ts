/**
 * Rows that come at the foot and go at the head, each drawn once: a feed. Lit's own `repeat` leaves a comment in the document for each row that goes,
 * which in a lecture's hour is tens of thousands; and it is longer.
 */

import { type ChildPart, noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { insertPart, removePart, setChildPartValue } from 'lit/directive-helpers.js';

type Draw<Item> = (item: Item) => unknown;

interface Kept {
  key: unknown;
  part: ChildPart;
}

class Rows extends Directive {
  #kept: Kept[] = [];

  render<Item>(items: readonly Item[], _key: (item: Item) => unknown, draw: Draw<Item>): unknown {
    return items.map(draw);
  }

  override update<Item>(all: ChildPart, [items, key, draw]: [readonly Item[], (item: Item) => unknown, Draw<Item>]) {
    const keys = items.map(key);
    const was = this.#kept;
    const head = was.findIndex((row) => row.key === keys[0]);
    let count = 0;
    while (head >= 0 && count < keys.length && was[head + count]?.key === keys[count]) count += 1;
    const kept = was.slice(Math.max(0, head), Math.max(0, head) + count);
    for (const row of was) if (!kept.includes(row)) remove(row.part);
    this.#kept = items.map((item, i) => {
      const row = kept[i] ?? { key: keys[i], part: insertPart(all) };
      setChildPartValue(row.part, draw(item));
      return row;
    });
    return noChange;
  }
}

/** Takes a row away, its closing marker too. */
function remove(part: ChildPart): void {
  const end = part.endNode;
  removePart(part);
  end?.parentNode?.removeChild(end);
}

/** Draws each of `items` with `draw`; those of a known `key` keep their part of the document. */
export const rows = directive(Rows) as <Item>(
  items: readonly Item[],
  key: (item: Item) => unknown,
  draw: Draw<Item>,
) => unknown;
