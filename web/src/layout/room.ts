/** Where on the ring a passing word has room: boxes and discs that words must not cross. Pure geometry. */

import type { ClusterLayout } from './cluster';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Disc {
  x: number;
  y: number;
  radius: number;
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether any point of the box lies within the disc. */
export function touches(box: Box, disc: Disc): boolean {
  const x = Math.min(Math.max(disc.x, box.x), box.x + box.width);
  const y = Math.min(Math.max(disc.y, box.y), box.y + box.height);
  return Math.hypot(disc.x - x, disc.y - y) < disc.radius;
}

interface Taken {
  boxes: Box[];
  discs: Disc[];
}

const known = new WeakMap<ClusterLayout, Taken>();

/** What stands still on the ring: nodes with their words, the compass, the first client. */
export function taken(layout: ClusterLayout): Taken {
  const found = known.get(layout);
  if (found !== undefined) return found;
  const { reach, compass, centre, client } = layout;
  const boxes: Box[] = [
    {
      x: client.x,
      y: client.commandY - 12,
      width: client.side + 76,
      height: client.y + client.side - client.commandY + 12,
    },
  ];
  const discs: Disc[] = [{ ...centre, radius: compass.radius + compass.thickness / 2 + 2 }];
  for (const { centre: c, label } of layout.nodes) {
    discs.push({ ...c, radius: layout.timerRadius + 1 });
    if (label === 'below') boxes.push({ x: c.x - 42, y: c.y + reach, width: 84, height: 44 });
    if (label === 'right') boxes.push({ x: c.x + reach, y: c.y - 28, width: 84, height: 36 });
  }
  const all = { boxes, discs };
  known.set(layout, all);
  return all;
}

/** Whether a box lies inside the panel and crosses nothing that stands still and none of `others`. */
export function hasRoom(layout: ClusterLayout, box: Box, others: readonly Box[]): boolean {
  if (box.x < 6 || box.y < 40 || box.x + box.width > layout.width - 6 || box.y + box.height > layout.height)
    return false;
  const { boxes, discs } = taken(layout);
  if (discs.some((disc) => touches(box, disc))) return false;
  return !boxes.some((each) => overlap(box, each)) && !others.some((each) => overlap(box, each));
}
