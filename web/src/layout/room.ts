/** Where on the ring a passing word has room: boxes that words must not cross. Pure geometry. */

import type { ClusterLayout } from './cluster';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const known = new WeakMap<ClusterLayout, Box[]>();

/** What stands still on the ring: nodes with their words, the compass, the first client. */
export function taken(layout: ClusterLayout): Box[] {
  const found = known.get(layout);
  if (found !== undefined) return found;
  const { reach, compass, centre, client } = layout;
  const square = (x: number, y: number, half: number): Box => ({
    x: x - half,
    y: y - half,
    width: 2 * half,
    height: 2 * half,
  });
  const boxes = [
    square(centre.x, centre.y, compass.radius + compass.thickness / 2),
    {
      x: client.x,
      y: client.commandY - 12,
      width: client.side + 76,
      height: client.y + client.side - client.commandY + 12,
    },
  ];
  for (const { centre: c, label } of layout.nodes) {
    boxes.push(square(c.x, c.y, reach - 2));
    if (label === 'below') boxes.push({ x: c.x - 38, y: c.y + reach, width: 76, height: 44 });
    if (label === 'right') boxes.push({ x: c.x + reach, y: c.y - 28, width: 84, height: 42 });
  }
  known.set(layout, boxes);
  return boxes;
}

/** Whether a box lies inside the panel and crosses nothing that stands still and none of `others`. */
export function hasRoom(layout: ClusterLayout, box: Box, others: readonly Box[]): boolean {
  if (box.x < 6 || box.y < 40 || box.x + box.width > layout.width - 6 || box.y + box.height > layout.height)
    return false;
  return !taken(layout).some((each) => overlap(box, each)) && !others.some((each) => overlap(box, each));
}
