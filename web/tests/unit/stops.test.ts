/** Pausing by itself: at a chosen kind of moment, and never in another run than the one that it was found in. */

import { beforeEach, expect, test } from 'vitest';
import type { Desk } from '../../src/elements/desk';
import { stops, watchStops } from '../../src/late/stops';
import { wordsOf } from '../../src/locales';
import type { FeedEvent } from '../../src/model';

const crash: FeedEvent = { seq: 3, atUs: 4000, what: { kind: 'crashed', node: 'n1', lostEntries: 0 } };

/** A player that runs, as far as this hand needs one. */
function player() {
  const sought: number[] = [];
  const host = Object.assign(new EventTarget(), { requestUpdate: () => {}, getRootNode: () => null });
  const lab = {
    runText: 'one',
    nowUs: 1000,
    feed: [] as FeedEvent[],
    view: { seq: 3 },
    player: { running: true, playing: true, pause: () => {} },
    seek: (atUs: number) => sought.push(atUs),
    report: () => {},
  };
  const desk = {
    host,
    lab,
    hands: { settle: () => {} },
    tell: () => {},
    state: () => ({ lang: 'en', t: wordsOf('en') }),
  };
  watchStops(desk as unknown as Desk);
  const happens = (event: FeedEvent) => {
    lab.feed = [event];
    lab.view = { seq: event.seq + 1 };
    lab.nowUs = event.atUs + 500;
    host.dispatchEvent(new Event('raftarium-change'));
  };
  return { lab, sought, happens };
}

const settled = () => new Promise((resume) => setTimeout(resume, 0));

beforeEach(() => {
  stops.clear();
  stops.add('node');
});

test('it goes to the moment of what was chosen', async () => {
  const { sought, happens } = player();
  happens(crash);
  await settled();
  expect(sought).toEqual([4000]);
});

test('another run that was opened meanwhile is left alone, and the next moment is stopped at again', async () => {
  const { lab, sought, happens } = player();
  happens(crash);
  lab.runText = 'two';
  await settled();
  expect(sought).toEqual([]);
  happens({ ...crash, seq: 4, atUs: 9000 });
  await settled();
  expect(sought).toEqual([9000]);
});
