/** How often a running feed is drawn again: time on the wall is given by hand. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FeedPace } from '../../src/elements/feed-pace';
import type { FeedEvent } from '../../src/model';

const record = (seq: number): FeedEvent => ({ seq, atUs: seq, what: { kind: 'crashed', node: 'n1' } }) as FeedEvent;
const feed = (...seqs: number[]) => seqs.map(record);

describe('the pace of the feed', () => {
  let wallMs = 0;

  beforeEach(() => {
    wallMs = 10_000;
    vi.spyOn(performance, 'now').mockImplementation(() => wallMs);
  });
  afterEach(() => vi.restoreAllMocks());

  it('holds new records back while time runs, and shows them when half a second has passed', () => {
    const pace = new FeedPace();
    const [first, second] = [feed(1), feed(1, 2)];
    expect(pace.show(first, true)).toBe(first);
    wallMs += 499;
    expect(pace.isDue(second)).toBe(false);
    expect(pace.show(second, true)).toBe(first);
    wallMs += 1;
    expect(pace.isDue(second)).toBe(true);
    expect(pace.show(second, true)).toBe(second);
    expect(pace.isDue(second)).toBe(false);
  });

  it('is complete at once when time stands still', () => {
    const pace = new FeedPace();
    pace.show(feed(1), true);
    const all = feed(1, 2);
    expect(pace.show(all, false)).toBe(all);
  });

  it('never keeps what was told of another run or of a later moment', () => {
    const pace = new FeedPace();
    pace.show(feed(7, 8), true);
    expect(pace.show([], true)).toEqual([]);
    pace.show(feed(7, 8), false);
    const earlier = feed(1);
    expect(pace.show(earlier, true)).toBe(earlier);
  });
});
