/** A press on a line of the feed goes to its moment. By keyboard the same way is gone with the arrow keys, event by event. */

import type { Desk } from '../elements/desk';

/** Goes to the record whose line was pressed, if it was a line. */
export function toRecord({ lab, hands }: Pick<Desk, 'lab' | 'hands'>, target: Element): void {
  const seq = target.closest<HTMLElement>('[data-seq]')?.dataset.seq;
  const record = lab.feed.find((each) => String(each.seq) === seq);
  if (record !== undefined) {
    hands.seek(record.atUs);
    hands.settle();
  }
}
