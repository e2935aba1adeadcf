/** Where the ring of nodes stands, for one to nine nodes and three sizes. Numbers in SVG user units. */

import { onEllipse, type Point } from './geometry';
import type { Size } from './index';

export type LabelSide = 'below' | 'right' | 'none';

export interface NodePlace {
  centre: Point;
  /** Where the role and the vote stamp are written. */
  label: LabelSide;
}

export interface ClusterLayout {
  width: number;
  height: number;
  centre: Point;
  nodes: NodePlace[];
  /** Radius of a node's ring. */
  radius: number;
  /** Radius of the election timer's arc. */
  timerRadius: number;
  /** Beyond this no part of a node's own drawing reaches; links begin here. */
  reach: number;
  nameSize: number;
  termSize: number;
  compass: { radius: number; thickness: number; size: number; showEntry: boolean };
  client: { x: number; y: number; side: number; textX: number; commandY: number; waitY: number; nameSize: number };
  /** The panel's title and its note; null where there is no room for one. */
  title: { x: number; y: number; right: number } | null;
  /** Whether "cut" and the names of messages are written out. */
  words: boolean;
}

interface Frame {
  width: number;
  height: number;
  centre: Point;
  rx: number;
  ry: number;
  radius: number;
  nameSize: number;
  compassRadius: number;
  thickness: number;
  compassSize: number;
  words: boolean;
}

const frames: Record<Size, Frame> = {
  desktop: {
    width: 496,
    height: 560,
    centre: { x: 250, y: 304 },
    rx: 182,
    ry: 172,
    radius: 32,
    nameSize: 21,
    compassRadius: 39,
    thickness: 10,
    compassSize: 23,
    words: true,
  },
  embed: {
    width: 444,
    height: 424,
    centre: { x: 222, y: 228 },
    rx: 164,
    ry: 148,
    radius: 30,
    nameSize: 21,
    compassRadius: 36,
    thickness: 10,
    compassSize: 22,
    words: false,
  },
  mobile: {
    width: 390,
    height: 300,
    centre: { x: 198, y: 160 },
    rx: 152,
    ry: 106,
    radius: 28,
    nameSize: 19,
    compassRadius: 28,
    thickness: 8,
    compassSize: 18,
    words: false,
  },
};

/** A ring of many nodes needs smaller ones: what is left of the radius. */
function shrink(count: number): number {
  if (count <= 5) return 1;
  return [0.92, 0.84, 0.78, 0.72][count - 6] ?? 0.72;
}

function labelSide(frame: Frame, place: Point): LabelSide {
  if (!frame.words) return 'none';
  return place.y < frame.centre.y - frame.ry * 0.9 ? 'right' : 'below';
}

/** The ring's middle and height: an even count has a node at the very foot, which must leave room for its words. */
function upright(frame: Frame, count: number, timerRadius: number): { top: number; centre: Point; ry: number } {
  const top = frame.centre.y - frame.ry;
  if (count === 3) {
    // A triangle is as tall as the pentagon: its feet stand where the pentagon's do.
    const foot = frame.centre.y + frame.ry * Math.cos(Math.PI / 5);
    const ry = (foot - top) / 1.5;
    return { top, centre: { x: frame.centre.x, y: top + ry }, ry };
  }
  if (count % 2 === 1) return { top, centre: frame.centre, ry: frame.ry };
  const foot = Math.min(frame.centre.y + frame.ry, frame.height - timerRadius - (frame.words ? 54 : 6));
  return { top, centre: { x: frame.centre.x, y: (top + foot) / 2 }, ry: (foot - top) / 2 };
}

export function clusterLayout(count: number, size: Size): ClusterLayout {
  const frame = frames[size];
  const part = shrink(count);
  const radius = Math.round(frame.radius * part);
  const timerRadius = radius + Math.max(7, Math.round((size === 'desktop' ? 10 : size === 'embed' ? 9 : 8) * part));
  const { top, centre, ry } = upright(frame, count, timerRadius);
  const nodes = Array.from({ length: count }, (_, i) => {
    const place = onEllipse(centre, frame.rx, ry, (2 * Math.PI * i) / count);
    return { centre: place, label: labelSide(frame, place) };
  });
  const side = size === 'mobile' ? 32 : 36;
  const clientX = size === 'desktop' ? 26 : size === 'embed' ? 22 : 12;
  return {
    width: frame.width,
    height: frame.height,
    centre,
    nodes,
    radius,
    timerRadius,
    reach: timerRadius + 6,
    nameSize: Math.max(15, Math.round(frame.nameSize * part)),
    termSize: Math.max(13, frame.nameSize * 0.75 * part),
    compass: {
      radius: frame.compassRadius,
      thickness: frame.thickness,
      size: frame.compassSize,
      showEntry: size !== 'mobile',
    },
    client: {
      x: clientX,
      y: top - side / 2,
      side,
      textX: clientX + side + (size === 'desktop' ? 12 : 10),
      commandY: top - (size === 'mobile' ? 28 : 30),
      waitY: top - (size === 'mobile' ? 9 : 11),
      nameSize: size === 'mobile' ? 16 : 17,
    },
    title: size === 'desktop' ? { x: 24, y: 34, right: 472 } : null,
    words: frame.words,
  };
}

/**
 * Top left corner of a client's box: the first two at the height of n1, left and right, others upwards from the foot of the panel. Those for whom
 * there is no room stand outside, at a negative x.
 */
export function clientCorner({ client, height, width, centre }: ClusterLayout, i: number): Point {
  if (i === 1) return { x: width - client.x - client.side, y: client.y };
  const y = i === 0 ? client.y : height - client.side - 22 - (i - 2) * (client.side + 44);
  const fits = i === 0 || y > client.y + client.side + 44;
  return fits ? { x: client.x, y } : { x: -2 * client.side, y: centre.y };
}
