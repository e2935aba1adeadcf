/** Words beside the turns of the space-time picture: who timed out, crashed, came back, cut its log. Only where lanes are far enough apart, and none over another. */

import type { Ctx, Frame, SpaceTimePicture } from './space-time-paint';

/** Lanes that are nearer than this have no room for words between them. */
const GAP_MIN = 26;

interface Label {
  readonly atUs: number;
  readonly lane: string;
  readonly text: string;
  /** Before the moment rather than after it. */
  readonly before: boolean;
  /** In the lane itself, which is empty there, rather than above it. */
  readonly inside?: boolean;
}

/** The words of a picture, in the order of their moments. */
export function labelsOf(picture: Pick<SpaceTimePicture, 'marks' | 'stands' | 'words' | 'nowUs'>): Label[] {
  const { marks, stands, words, nowUs } = picture;
  const labels: Label[] = [];
  for (const { kind, who, atUs, index } of marks) {
    if (kind === 'timedOut') labels.push({ atUs, lane: who, text: words.turns.timedOut, before: true });
    if (kind === 'truncated') labels.push({ atUs, lane: who, text: words.cuts(index), before: false });
  }
  const up = new Map<string, boolean>();
  for (const stand of stands) {
    const was = up.get(stand.node);
    up.set(stand.node, stand.up);
    if (was !== undefined && was !== stand.up) {
      const text = stand.up ? words.turns.restarted : words.turns.crashed;
      labels.push({ atUs: stand.atUs, lane: stand.node, text, before: stand.up, inside: stand.up });
    }
  }
  return labels.filter(({ atUs }) => atUs <= nowUs).sort((a, b) => a.atUs - b.atUs);
}

/** Paints them above their lanes, on a halo of the background. */
export function paintLabels(ctx: Ctx, picture: SpaceTimePicture, frame: Frame): void {
  if (frame.gap < GAP_MIN) {
    return;
  }
  const { colours, span } = picture;
  ctx.font = `500 12px ${colours.font}`;
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.strokeStyle = colours.bg;
  ctx.lineWidth = 4;
  ctx.fillStyle = colours.ink2;
  const taken = new Map<string, number>();
  for (const { atUs, lane, text, before, inside } of labelsOf(picture)) {
    const wide = ctx.measureText(text).width;
    const x = frame.x(atUs) + (before ? -wide - 8 : 10);
    if (atUs < span.fromUs || atUs > span.toUs || x < (taken.get(lane) ?? Number.NEGATIVE_INFINITY)) {
      continue;
    }
    taken.set(lane, x + wide + 6);
    const y = frame.y(lane) - (inside ? 0 : 12);
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  }
}
