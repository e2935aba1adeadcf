/** How often the feed is drawn again: sentences that come faster than they can be read are added a few at a time. It decides nothing about what they say. */

import type { FeedEvent } from '../model';

/** Wall milliseconds between two drawings of a running feed. */
const GAP_MS = 500;

/** The feed as it is shown: what is told, not much later than it happened. */
export class FeedPace {
  #shown: readonly FeedEvent[] = [];
  #atMs = 0;

  /** What to show of `feed`: all of it when time stands still or enough of it has passed, else what was shown last. */
  show(feed: readonly FeedEvent[], running: boolean): readonly FeedEvent[] {
    const voided = feed.length === 0 || (feed[0]?.seq ?? 0) < (this.#shown[0]?.seq ?? 0);
    if (!running || voided || performance.now() - this.#atMs >= GAP_MS) {
      this.#shown = feed;
      this.#atMs = performance.now();
    }
    return this.#shown;
  }

  /** Whether something waits that should be shown by now. */
  isDue(feed: readonly FeedEvent[]): boolean {
    return feed !== this.#shown && performance.now() - this.#atMs >= GAP_MS;
  }
}
