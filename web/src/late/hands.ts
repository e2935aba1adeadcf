/**
 * The hands beyond clicks and menus: fetched when the first pointer or key comes near a player, once. Each hand is a file of its own; this
 * one gives each the player.
 */

import type { Desk } from '../elements/desk';
import { actsOnCluster } from './cluster-menu';
import { movesEdges } from './edges';
import { filtersFeed } from './feed-filter';
import { keepsFocus } from './keep-focus';
import { meetsMessages } from './message-hand';
import { dragsNext } from './next-flag';
import { drawsLines, press } from './partition';
import { points } from './pointing';
import { prints } from './print';

/** When each player got its hands, wall ms. */
const given = new WeakMap<Desk, number>();

/** Gives a player its hands; `first` is what woke them, which may already be the beginning of a line. */
export function hands(desk: Desk, first?: Event): void {
  if (!given.has(desk)) {
    given.set(desk, performance.now());
    drawsLines(desk);
    actsOnCluster(desk);
    movesEdges(desk);
    filtersFeed(desk);
    points(desk);
    dragsNext(desk);
    meetsMessages(desk);
    prints(desk);
    keepsFocus(desk.host);
  }
  if (first instanceof PointerEvent && first.type === 'pointerdown' && first.timeStamp < (given.get(desk) ?? 0)) {
    press(desk, first);
  }
}
