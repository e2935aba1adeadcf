/** Paints the messages of the space-time picture: their lines, heads and glyphs. Lanes, ruler and frame are `space-time-paint.ts`. */

import type { Passage } from '../lens-model';
import { type Ctx, type Frame, LEFT, lineOf, type SpaceTimePicture, termOf } from './space-time-paint';

const isReply = (kind: string): boolean => kind.endsWith('Response') || kind === 'clientReply';

/** All messages of the picture, the one in hand above the others. */
export function paintMessages(ctx: Ctx, picture: SpaceTimePicture, frame: Frame): void {
  const { span, nowUs, chosen, hovered } = picture;
  const pixelsPerMs = ((frame.x1 - LEFT) / (span.toUs - span.fromUs)) * 1000;
  for (const passage of picture.passages) {
    const inHand = passage.id === chosen?.id || passage.id === hovered;
    if (inHand || passage.sentUs > nowUs || passage.sentUs > span.toUs || passage.endUs < span.fromUs) {
      continue;
    }
    const reached = picture.past?.get(passage.card.to);
    const caused = reached !== undefined && passage.end === 'arrived' && passage.endUs <= reached;
    ctx.globalAlpha = chosen === null || caused ? 1 : 0.35;
    paintMessage(ctx, picture, frame, passage, pixelsPerMs);
  }
  ctx.globalAlpha = 1;
  for (const passage of picture.passages) {
    if (passage.id === chosen?.id || passage.id === hovered) {
      halo(ctx, picture, lineOf(picture, frame, passage));
      paintMessage(ctx, picture, frame, passage, pixelsPerMs, true);
    }
  }
}

function halo(ctx: Ctx, { colours }: SpaceTimePicture, [ax, ay, bx, by]: readonly number[]): void {
  ctx.strokeStyle = colours.accent;
  ctx.globalAlpha = 0.28;
  ctx.lineWidth = 8;
  ctx.beginPath();
  ctx.moveTo(ax ?? 0, ay ?? 0);
  ctx.lineTo(bx ?? 0, by ?? 0);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

function paintMessage(
  ctx: Ctx,
  picture: SpaceTimePicture,
  frame: Frame,
  passage: Passage,
  pixelsPerMs: number,
  inHand = false,
): void {
  const { colours, nowUs } = picture;
  const { card } = passage;
  const reply = isReply(card.kind);
  const [ax, ay, bx, by] = lineOf(picture, frame, passage);
  const quiet = card.kind === 'heartbeat' || card.kind === 'heartbeatResponse';
  ctx.strokeStyle = inHand ? colours.accent : quiet ? colours.line : colours.ink;
  ctx.lineWidth = inHand ? 2.5 : quiet ? 0.8 : reply ? 1.1 : 1.8;
  ctx.beginPath();
  ctx.moveTo(ax, ay);
  ctx.lineTo(bx, by);
  ctx.stroke();
  const there = passage.endUs <= nowUs;
  if (there && passage.end === 'lost') {
    cross(ctx, bx, by);
  } else if (there) {
    if (pixelsPerMs > 0.8) {
      head(ctx, picture, ax, ay, bx, by, reply);
    }
  } else {
    capsule(ctx, picture, passage, bx, by);
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(bx, by);
    ctx.lineTo(frame.x(passage.endUs), frame.y(card.to));
    ctx.stroke();
    ctx.setLineDash([]);
  }
  if (there && pixelsPerMs > 3 && frame.gap >= 24) {
    glyph(ctx, picture, passage, [ax, ay, bx, by]);
  }
}

function cross(ctx: Ctx, x: number, y: number): void {
  ctx.lineWidth = 1.8;
  ctx.beginPath();
  ctx.moveTo(x - 4, y - 4);
  ctx.lineTo(x + 4, y + 4);
  ctx.moveTo(x - 4, y + 4);
  ctx.lineTo(x + 4, y - 4);
  ctx.stroke();
}

/** A request's head is filled, a reply's open. */
function head(ctx: Ctx, { colours }: SpaceTimePicture, ax: number, ay: number, bx: number, by: number, open: boolean) {
  const angle = Math.atan2(by - ay, bx - ax);
  const at = (turn: number) => [bx - 9 * Math.cos(angle + turn), by - 9 * Math.sin(angle + turn)] as const;
  ctx.beginPath();
  ctx.moveTo(...at(0.38));
  ctx.lineTo(bx, by);
  ctx.lineTo(...at(-0.38));
  ctx.closePath();
  ctx.fillStyle = open ? colours.bg : ctx.strokeStyle;
  ctx.fill();
  ctx.stroke();
}

/** What is on its way stands at now; what is held wears two bars. */
function capsule(ctx: Ctx, picture: SpaceTimePicture, passage: Passage, x: number, y: number): void {
  const { colours } = picture;
  const held = passage.end === 'held';
  ctx.beginPath();
  ctx.roundRect(x - 9, y - 6, 18, 12, 6);
  ctx.fillStyle = passage.card.term === 0 ? colours.bg : termOf(picture, passage.card.term);
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.stroke();
  if (held) {
    ctx.fillStyle = colours.onTerm;
    ctx.fillRect(x - 4, y - 3.5, 2.5, 7);
    ctx.fillRect(x + 1.5, y - 3.5, 2.5, 7);
  }
}

/** What a message is, before it reaches its receiver's lane: a capsule for entries, a square for votes, a check or cross in an answer. */
function glyph(
  ctx: Ctx,
  picture: SpaceTimePicture,
  { card }: Passage,
  [ax, ay, bx, by]: readonly [number, number, number, number],
): void {
  const vote = /Vote/.test(card.kind);
  const append = card.kind === 'appendEntries' && card.entries.length > 0;
  if (!vote && !append) {
    return;
  }
  const length = Math.hypot(bx - ax, by - ay);
  if (length < 50) {
    return;
  }
  const part = (length - 27) / length;
  const [x, y] = [ax + (bx - ax) * part, ay + (by - ay) * part];
  const { colours } = picture;
  ctx.fillStyle = card.granted === null ? termOf(picture, card.term) : colours.bg;
  ctx.strokeStyle = colours.ink;
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  if (append) {
    ctx.roundRect(x - 7, y - 3.5, 14, 7, 3.5);
  } else {
    ctx.rect(x - 5.5, y - 5.5, 11, 11);
  }
  ctx.fill();
  ctx.stroke();
  if (card.granted !== null) {
    ctx.beginPath();
    if (card.granted) {
      ctx.moveTo(x - 3, y);
      ctx.lineTo(x - 0.5, y + 2.5);
      ctx.lineTo(x + 3.5, y - 3);
    } else {
      ctx.moveTo(x - 3, y - 3);
      ctx.lineTo(x + 3, y + 3);
      ctx.moveTo(x - 3, y + 3);
      ctx.lineTo(x + 3, y - 3);
    }
    ctx.stroke();
  }
}
