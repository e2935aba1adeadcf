/**
 * Paints the space-time picture on a canvas: a pure function of its arguments. Geometry is `space-time-layout.ts`; time, zoom and what is
 * chosen belong to the element in `space-time.ts`.
 */

import { shortCommand, termColour } from '../format/text';
import type { Mark, Passage, Stand } from '../lens-model';
import type { Pointed } from './pointing';
import { paintLabels } from './space-time-labels';
import { type Band, bandsOf, type Span, ticksOf, type Way, xOf } from './space-time-layout';
import { paintMessages } from './space-time-messages';

/** Everything there is to paint. */
export interface SpaceTimePicture {
  readonly width: number;
  readonly height: number;
  readonly span: Span;
  readonly nowUs: number;
  /** Client lanes first, then the nodes. */
  readonly lanes: readonly string[];
  readonly passages: readonly Passage[];
  readonly stands: readonly Stand[];
  readonly marks: readonly Mark[];
  /** The message in hand, and up to when each lane may have caused it. */
  readonly chosen: Passage | null;
  readonly past: ReadonlyMap<string, number> | null;
  readonly hovered: string | null;
  /** Lanes and a moment that are pointed at elsewhere. */
  readonly pointed: Pick<Pointed, 'lanes' | 'atUs'>;
  readonly selectedNode: string | null;
  readonly words: {
    leads(node: string, term: number): string;
    commit(index: number): string;
    cuts(index: number): string;
    readonly turns: { readonly timedOut: string; readonly crashed: string; readonly restarted: string };
  };
  readonly colours: Colours;
}

/** The theme, as read from the page's tokens. */
export interface Colours {
  readonly bg: string;
  readonly ink: string;
  readonly ink2: string;
  readonly line: string;
  readonly rule: string;
  readonly accent: string;
  readonly alarm: string;
  readonly onTerm: string;
  readonly terms: readonly string[];
  readonly font: string;
}

/** Room left of the lanes for their names, above them for the ruler, and right of them. */
export const LEFT = 64;
export const TOP = 26;
const RIGHT = 12;

export type Ctx = CanvasRenderingContext2D;

/** Where lanes and time stand in a picture. */
export function frameOf(picture: Pick<SpaceTimePicture, 'width' | 'height' | 'lanes' | 'span'>) {
  const x1 = picture.width - RIGHT;
  const gap = (picture.height - TOP - 6) / Math.max(1, picture.lanes.length);
  return {
    x1,
    gap,
    x: (atUs: number) => xOf(atUs, picture.span, LEFT, x1),
    y: (lane: string) => TOP + gap * (Math.max(0, picture.lanes.indexOf(lane)) + 0.5),
  };
}

export type Frame = ReturnType<typeof frameOf>;

/** The line of a message: where it leaves and where it ends; what is on its way is drawn as far as it is. */
export function lineOf(picture: SpaceTimePicture, frame: Frame, way: Way): [number, number, number, number] {
  const { from, to } = way.card;
  const [ax, ay, bx, by] = [frame.x(way.sentUs), frame.y(from), frame.x(way.endUs), frame.y(to)];
  const whole = way.end === 'arrived' && way.endUs <= picture.nowUs;
  // What is lost falls short of its receiver, and what is on its way ends at now.
  const far = whole ? 1 : way.end === 'lost' && way.endUs <= picture.nowUs ? 0.72 : partOf(way, picture.nowUs);
  return [ax, ay, ax + (bx - ax) * far, ay + (by - ay) * far];
}

function partOf(way: Way, nowUs: number): number {
  if (way.end === 'held') {
    return 0.5;
  }
  const part = (nowUs - way.sentUs) / Math.max(1, way.endUs - way.sentUs);
  return Math.min(Math.max(part, 0), way.end === 'lost' ? 0.72 : 1);
}

/** Paints the whole picture. */
export function paintSpaceTime(ctx: Ctx, picture: SpaceTimePicture): void {
  const frame = frameOf(picture);
  const { colours, width, height } = picture;
  ctx.fillStyle = colours.bg;
  ctx.fillRect(0, 0, width, height);
  ctx.lineCap = 'butt';
  paintPast(ctx, picture, frame);
  paintPointed(ctx, picture, frame);
  paintRuler(ctx, picture, frame);
  ctx.save();
  ctx.beginPath();
  ctx.rect(LEFT, 0, frame.x1 - LEFT, height);
  ctx.clip();
  for (const lane of picture.lanes) {
    if (lane.startsWith('c')) {
      paintCalls(ctx, picture, frame, lane);
    } else {
      paintLane(ctx, picture, frame, lane);
    }
  }
  paintMessages(ctx, picture, frame);
  paintLeaders(ctx, picture, frame);
  paintCommits(ctx, picture, frame);
  paintLabels(ctx, picture, frame);
  ctx.restore();
  paintNames(ctx, picture, frame);
  paintNow(ctx, picture, frame);
}

function text(ctx: Ctx, { colours }: SpaceTimePicture, size: number, weight = 400): void {
  ctx.font = `${weight} ${size}px ${colours.font}`;
  ctx.textBaseline = 'middle';
}

/** A bar along each lane that is pointed at, and a line at the moment. */
function paintPointed(ctx: Ctx, { pointed, colours, lanes, height }: SpaceTimePicture, frame: Frame): void {
  ctx.fillStyle = colours.accent;
  ctx.globalAlpha = 0.22;
  for (const lane of pointed.lanes) {
    if (lanes.includes(lane)) ctx.fillRect(LEFT, frame.y(lane) - 9, frame.x1 - LEFT, 18);
  }
  ctx.globalAlpha = 1;
  if (pointed.atUs !== null) {
    const x = frame.x(pointed.atUs);
    if (x >= LEFT && x <= frame.x1) ctx.fillRect(x - 1, TOP, 2, height - TOP);
  }
}

/** All that could have caused the chosen message, as one stepped region. */
function paintPast(ctx: Ctx, picture: SpaceTimePicture, frame: Frame): void {
  if (picture.past === null) {
    return;
  }
  ctx.fillStyle = picture.colours.rule;
  ctx.globalAlpha = 0.55;
  for (const [lane, untilUs] of picture.past) {
    const x = Math.min(frame.x(untilUs), frame.x1);
    if (x > LEFT) {
      ctx.fillRect(LEFT, frame.y(lane) - frame.gap / 2, x - LEFT, frame.gap + 0.5);
    }
  }
  ctx.globalAlpha = 1;
}

function paintRuler(ctx: Ctx, picture: SpaceTimePicture, frame: Frame): void {
  const { colours, span } = picture;
  text(ctx, picture, 12);
  ctx.textAlign = 'center';
  ctx.strokeStyle = colours.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(LEFT, TOP - 4.5);
  ctx.lineTo(frame.x1, TOP - 4.5);
  for (const tick of ticksOf(span, frame.x1 - LEFT, 72)) {
    const x = Math.round(frame.x(tick)) + 0.5;
    ctx.moveTo(x, TOP - 4.5);
    ctx.lineTo(x, TOP - 10);
    ctx.fillStyle = colours.ink2;
    ctx.fillText(momentText(tick, span), Math.min(Math.max(x, LEFT + 14), frame.x1 - 16), 8);
  }
  ctx.stroke();
  ctx.textAlign = 'left';
}

/** A moment as finely as the span is worth: "412 ms", "412.6 ms", "3.2 s". */
export function momentText(atUs: number, span: Span): string {
  const wide = span.toUs - span.fromUs;
  if (wide >= 8_000_000) {
    return `${(atUs / 1_000_000).toFixed(1)} s`;
  }
  return `${(atUs / 1000).toFixed(wide < 12_000 ? 1 : 0)} ms`;
}

function paintNames(ctx: Ctx, picture: SpaceTimePicture, frame: Frame): void {
  const { colours } = picture;
  ctx.textAlign = 'left';
  for (const lane of picture.lanes) {
    const stand = picture.stands.findLast((each) => each.node === lane && each.atUs <= picture.nowUs);
    const y = frame.y(lane);
    text(ctx, picture, 14, lane === picture.selectedNode ? 700 : 600);
    ctx.fillStyle = lane === picture.selectedNode ? colours.accent : colours.ink;
    ctx.fillText(lane, 4, y);
    if (stand !== undefined) {
      paintDisc(ctx, picture, 40, y, stand);
    }
  }
}

/** The node as it stands now: term by colour and number, leader by a second ring, crashed by no fill and a cross. */
function paintDisc(ctx: Ctx, picture: SpaceTimePicture, x: number, y: number, stand: Stand): void {
  const { colours } = picture;
  ctx.beginPath();
  ctx.arc(x, y, 9, 0, 2 * Math.PI);
  if (stand.up) {
    ctx.fillStyle = stand.term === 0 ? colours.bg : termOf(picture, stand.term);
    ctx.fill();
  }
  ctx.strokeStyle = stand.up ? colours.ink : colours.line;
  ctx.lineWidth = 1.5;
  ctx.setLineDash(stand.up && stand.role === 'candidate' ? [4, 3] : []);
  ctx.stroke();
  ctx.setLineDash([]);
  if (stand.up && stand.role === 'leader') {
    ctx.beginPath();
    ctx.arc(x, y, 12, 0, 2 * Math.PI);
    ctx.stroke();
  }
  if (!stand.up) {
    ctx.beginPath();
    ctx.moveTo(x - 6, y + 6);
    ctx.lineTo(x + 6, y - 6);
    ctx.stroke();
  }
  text(ctx, picture, 12, 700);
  ctx.textAlign = 'center';
  ctx.fillStyle = stand.up && stand.term > 0 ? colours.onTerm : colours.ink2;
  ctx.fillText(String(stand.term), x, y + 0.5);
  ctx.textAlign = 'left';
}

/** The colour of a term. */
export function termOf(picture: SpaceTimePicture, term: number): string {
  return picture.colours.terms[termColour(term) - 1] ?? picture.colours.bg;
}

function paintLane(ctx: Ctx, picture: SpaceTimePicture, frame: Frame, lane: string): void {
  const { colours, nowUs, span } = picture;
  const y = frame.y(lane);
  ctx.strokeStyle = colours.rule;
  ctx.lineWidth = 1;
  ctx.setLineDash([1, 4]);
  ctx.beginPath();
  ctx.moveTo(Math.max(LEFT, frame.x(nowUs)), y);
  ctx.lineTo(frame.x1, y);
  ctx.stroke();
  ctx.setLineDash([]);
  let before: Band | null = null;
  for (const band of bandsOf(picture.stands, lane, nowUs)) {
    if (band.toUs >= span.fromUs && band.fromUs <= span.toUs) {
      paintBand(ctx, picture, frame, lane, band);
      paintTurn(ctx, picture, frame.x(band.fromUs), y, before, band);
    }
    before = band;
  }
}

/** Thin follows, thick leads, dashed stands for election, none is down. */
function paintBand(ctx: Ctx, picture: SpaceTimePicture, frame: Frame, lane: string, band: Band): void {
  if (!band.up) {
    return;
  }
  const { colours } = picture;
  const leads = band.role === 'leader';
  const tall = leads ? Math.min(22, frame.gap - 4) : 6;
  const [x0, x1] = [Math.max(frame.x(band.fromUs), LEFT - 4), Math.min(frame.x(band.toUs), frame.x1 + 4)];
  const y = frame.y(lane);
  ctx.fillStyle = band.term === 0 ? colours.bg : termOf(picture, band.term);
  ctx.fillRect(x0, y - tall / 2, x1 - x0, tall);
  ctx.strokeStyle = colours.ink;
  ctx.lineWidth = leads ? 1.5 : 1;
  ctx.setLineDash(band.role === 'candidate' || band.role === 'preCandidate' ? [4, 3] : []);
  ctx.strokeRect(x0, y - tall / 2, x1 - x0, tall);
  ctx.setLineDash([]);
  if (band.frozen) {
    ctx.fillStyle = colours.ink;
    ctx.fillRect((x0 + x1) / 2 - 4, y - 6, 3, 12);
    ctx.fillRect((x0 + x1) / 2 + 1, y - 6, 3, 12);
  }
}

/** Who leads which term, in the leader's own band and over the messages that leave it. */
function paintLeaders(ctx: Ctx, picture: SpaceTimePicture, frame: Frame): void {
  const tall = Math.min(22, frame.gap - 4);
  text(ctx, picture, 12, 600);
  for (const lane of tall < 14 ? [] : picture.lanes) {
    for (const band of bandsOf(picture.stands, lane, picture.nowUs)) {
      const x0 = Math.max(frame.x(band.fromUs), LEFT);
      const room = Math.min(frame.x(band.toUs), frame.x1) - x0;
      if (band.up && band.role === 'leader' && room > 46) {
        const long = picture.words.leads(lane, band.term);
        const said = ctx.measureText(long).width < room - 10 ? long : `T${band.term}`;
        ctx.fillStyle = termOf(picture, band.term);
        ctx.fillRect(x0 + 3, frame.y(lane) - tall / 2 + 2, ctx.measureText(said).width + 6, tall - 4);
        ctx.fillStyle = picture.colours.onTerm;
        ctx.fillText(said, x0 + 6, frame.y(lane) + 0.5);
      }
    }
  }
}

/** A crash is a cross, a restart a ring. */
function paintTurn(ctx: Ctx, { colours }: SpaceTimePicture, x: number, y: number, before: Band | null, band: Band) {
  ctx.strokeStyle = colours.ink;
  if (before?.up === true && !band.up) {
    ctx.lineWidth = 2.5;
    ctx.beginPath();
    ctx.moveTo(x - 6, y - 7);
    ctx.lineTo(x + 6, y + 7);
    ctx.moveTo(x - 6, y + 7);
    ctx.lineTo(x + 6, y - 7);
    ctx.stroke();
  } else if (before?.up === false && band.up) {
    ctx.lineWidth = 1.5;
    ctx.fillStyle = colours.bg;
    ctx.beginPath();
    ctx.arc(x, y, 6, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
}

/** A client's operations, from call to return; what was given up is torn, what is open runs to now. */
function paintCalls(ctx: Ctx, picture: SpaceTimePicture, frame: Frame, lane: string): void {
  const { colours, nowUs } = picture;
  const y = frame.y(lane);
  ctx.strokeStyle = colours.rule;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(LEFT, y);
  ctx.lineTo(frame.x1, y);
  ctx.stroke();
  for (const call of callsOf(picture.marks, lane, nowUs)) {
    const [x0, x1] = [frame.x(call.fromUs), Math.max(frame.x(call.toUs), frame.x(call.fromUs) + 3)];
    if (x1 < LEFT || x0 > frame.x1) {
      continue;
    }
    const tall = Math.min(20, frame.gap - 6) / 2;
    ctx.beginPath();
    ctx.moveTo(x1, y - tall);
    ctx.lineTo(x0, y - tall);
    ctx.lineTo(x0, y + tall);
    ctx.lineTo(x1, y + tall);
    if (call.end === 'answered') {
      ctx.closePath();
    } else if (call.end === 'gaveUp') {
      ctx.lineTo(x1 - 4, y + tall / 3);
      ctx.lineTo(x1 + 2, y - tall / 3);
      ctx.closePath();
    }
    ctx.fillStyle = colours.bg;
    ctx.fill();
    ctx.strokeStyle = colours.ink;
    ctx.lineWidth = 1.5;
    ctx.stroke();
    text(ctx, picture, 12, 500);
    ctx.fillStyle = colours.ink;
    const said = call.end === 'gaveUp' ? `${shortCommand(call.command)} ?` : shortCommand(call.command);
    const left = Math.max(x0, LEFT) + 5;
    if (ctx.measureText(said).width < x1 - left - 3) {
      ctx.fillText(said, left, y + 0.5);
    }
  }
}

/** One call of a client. */
export interface Call {
  readonly fromUs: number;
  readonly toUs: number;
  readonly command: string;
  readonly end: 'answered' | 'gaveUp' | 'open';
}

/** The calls of one client up to a moment: each attempt is one. */
export function callsOf(marks: readonly Mark[], client: string, nowUs: number): Call[] {
  const calls: Call[] = [];
  let open: Mark | null = null;
  for (const mark of marks) {
    if (mark.who !== client || mark.atUs > nowUs) {
      continue;
    }
    if (open !== null) {
      const end = mark.kind === 'answered' ? 'answered' : 'gaveUp';
      calls.push({ fromUs: open.atUs, toUs: mark.atUs, command: open.text, end });
      open = null;
    }
    open = mark.kind === 'asked' ? mark : null;
  }
  if (open !== null) {
    calls.push({ fromUs: open.atUs, toUs: nowUs, command: open.text, end: 'open' });
  }
  return calls;
}

/** A commit is a bar across the leader's band, with a flag where there is room. */
function paintCommits(ctx: Ctx, picture: SpaceTimePicture, frame: Frame): void {
  const { colours, span, nowUs } = picture;
  let free = Number.NEGATIVE_INFINITY;
  for (const mark of picture.marks) {
    if (mark.kind !== 'committed' || mark.atUs > nowUs || mark.atUs > span.toUs || mark.atUs < span.fromUs) {
      continue;
    }
    const [x, y] = [frame.x(mark.atUs), frame.y(mark.who)];
    const tall = Math.min(22, frame.gap - 4) / 2;
    ctx.fillStyle = colours.ink;
    ctx.fillRect(x - 1.25, y - tall, 2.5, 2 * tall);
    text(ctx, picture, 12, 600);
    const said = picture.words.commit(mark.index);
    const wide = ctx.measureText(said).width + 10;
    if (x > free && frame.gap >= 24) {
      ctx.fillRect(x, y + tall - 1, wide, 16);
      ctx.fillStyle = colours.bg;
      ctx.fillText(said, x + 5, y + tall + 7.5);
      free = x + wide + 4;
    }
  }
}

/** Now: an ink line through all lanes, with its time on the ruler. */
function paintNow(ctx: Ctx, picture: SpaceTimePicture, frame: Frame): void {
  const { colours, nowUs, span, height } = picture;
  const x = frame.x(nowUs);
  if (x < LEFT || x > frame.x1) {
    return;
  }
  ctx.fillStyle = colours.ink;
  ctx.fillRect(x - 1, 0, 2, height);
  text(ctx, picture, 12, 600);
  ctx.textAlign = 'center';
  const said = momentText(nowUs, { fromUs: 0, toUs: Math.min(span.toUs - span.fromUs, 11_000) });
  const wide = ctx.measureText(said).width + 10;
  const left = Math.min(Math.max(x - wide / 2, LEFT), frame.x1 - wide);
  ctx.fillRect(left, 0, wide, 17);
  ctx.fillStyle = colours.bg;
  ctx.fillText(said, left + wide / 2, 8.5);
  ctx.textAlign = 'left';
}
