/** Marks that most runs never need: torn paper between islands and their votes, the two halves of a joint configuration, held messages, entries about to be cut. */

import { nothing, svg } from 'lit';
import { entryAt, type Hold, holds, votes } from '../format/cluster';
import { entryId } from '../format/text';
import type { ClusterLayout } from '../layout/cluster';
import { arcPath, direction, lerp, type Point, round } from '../layout/geometry';
import { cutPart } from '../layout/motion';
import { type Box, hasRoom } from '../layout/room';
import type { MessageView, NodeView, PositionView, View } from '../model';
import { compassSubject } from '../views/compass';
import { type Drawing, termStroke } from '../views/glyphs';
import { memo } from '../views/memo';
import { disc, ring } from '../views/message';
import type { Seldom, ViewArgs } from '../views/types';
import { cutMark } from './cut-mark';
import { jointCaption } from './joint-words';
import styles from './seldom.css?inline';
import { adoptLate } from './sheet';
import { islandPlaces, middleOf, tearsOf, tornEdges } from './torn';
import { lateWords } from './words';

/** Width of a tear. */
const TEAR = 11;

function torn({ view, layout }: ViewArgs): unknown {
  const islands = islandPlaces(view);
  if (islands.length < 2) return nothing;
  return memo(`${islands.join(';')}${layout.size}`, () => tear(layout.cluster, islands));
}

/** Bare table shows between two ragged edges; a shadow of the paper lies along one of them. */
function tear(layout: ClusterLayout, islands: readonly (readonly number[])[]): Drawing {
  const tears = tearsOf(layout, islands).map((line) => tornEdges(line, TEAR));
  return svg`<g class="torn" data-islands=${islands.length} aria-hidden="true">${tears.map(
    ([left, right]) => svg`<path class="gap" d=${`${left}L${right.slice(1).split('L').reverse().join('L')}z`}/>
      <path class="line-s" d=${left + right}/>`,
  )}</g>`;
}

const standing = (node: NodeView | undefined) => node?.up === true && !node.frozen && votes(node);

/** How far a meter is moved at most, and by how much at a time, to be clear of the marks of cut links. */
const STRAY = 72;
const STRAY_STEP = 8;

/** A square with `half` to each side of a point. */
const around = ({ x, y }: Point, half: number): Box => ({
  x: x - half,
  y: y - half,
  width: 2 * half,
  height: 2 * half,
});

/** The place nearest to a wished one at which a meter hides no mark of a cut link, no node and no words; the wished one where there is none. */
function clearOf({ view, layout: { cluster } }: ViewArgs, wish: Point, wide: number): Point {
  const place = (id: string) => view.nodes.findIndex((node) => node.id === id);
  const marks = view.links
    .filter(({ cutAB, cutBA }) => cutAB || cutBA)
    .map(({ a, b }) => {
      const [from, to] = [place(a), place(b)];
      const { x, y } = lerp(
        cluster.nodes[from]?.centre ?? cluster.centre,
        cluster.nodes[to]?.centre ?? cluster.centre,
        cutPart(cluster, from, to),
      );
      return around({ x, y }, 15);
    });
  // Around a candidate stand its votes.
  const asking = view.nodes.flatMap(({ up, role }, i) =>
    up && /andidate/.test(role) ? [around(cluster.nodes[i]?.centre ?? cluster.centre, cluster.timerRadius + 15)] : [],
  );
  const full = [...marks, ...asking];
  for (let far = 0; far <= STRAY; far += STRAY_STEP) {
    for (let turn = 0; turn < 12; turn += 1) {
      const x = wish.x + far * Math.cos((turn * Math.PI) / 6);
      const y = wish.y + far * Math.sin((turn * Math.PI) / 6);
      if (hasRoom(cluster, { x: x - 3, y: y - 12, width: wide + 24, height: 20 }, full)) return { x, y };
    }
  }
  return wish;
}

/** How many votes an island can give: a box for each voter of the cluster, filled for those that stand here, a notch after a majority. */
function islandMeter(args: ViewArgs, island: readonly number[]): Drawing {
  const { view, layout } = args;
  const { cluster } = layout;
  const nodes = island.map((i) => view.nodes[i]);
  const has = nodes.filter(standing).length;
  const all = view.nodes.filter(votes).length;
  const middle = middleOf(cluster, island);
  const u = direction(cluster.centre, middle);
  const rim = cluster.compass.radius + cluster.compass.thickness / 2;
  const lone = island.length === 1 || Math.hypot(middle.x - cluster.centre.x, middle.y - cluster.centre.y) < rim;
  const far = lone
    ? rim + 30
    : Math.max(rim + 26, Math.hypot(middle.x - cluster.centre.x, middle.y - cluster.centre.y) * 0.72);
  const wide = 9 * all + 8;
  const label = `${has}/${all}`;
  const alone = island.length === 1 && !cluster.words;
  // A node by itself has it at its foot, where no words stand; beside the compass it would lie on the marks of the cut links.
  const { x, y } = alone
    ? { x: middle.x - wide / 2 - 10, y: middle.y + cluster.timerRadius + 16 }
    : clearOf(args, { x: cluster.centre.x + u.x * far - wide / 2, y: cluster.centre.y + u.y * far }, wide);
  const words = lateWords(args.t.lang).seldom.island(nodes.map((node) => node?.id ?? '').join(', '), has, view.quorum);
  const boxes = Array.from({ length: all }, (_, i) => i);
  return svg`<g class="island" role="img" data-island=${island.map((i) => view.nodes[i]?.id).join(' ')} data-has=${has} aria-label=${words} transform=${`translate(${round(x)} ${round(y)})`}><title>${words}</title>
    <rect class="fbg" x="-5" y="-13" width=${wide + 10 + 20} height="22" rx="2"/>
    ${boxes.map((i) => svg`<rect class="ink ${i < has ? 'fink' : 'fbg'}" x=${i * 9} y="-7" width="6" height="10"/>`)}
    <path class="ink notch" d=${`M${view.quorum * 9 - 1.5} -11v18`}/>
    <text class="t2" x=${boxes.length * 9 + 4} y="3" font-size="13">${label}</text></g>`;
}

/** Both halves of a joint configuration: the new one outside, the old one inside; each needs its own majority (§6). */
function joint(args: ViewArgs, entry: PositionView): Drawing {
  const { view, layout } = args;
  const { centre, compass } = layout.cluster;
  const half = (other: 'incoming' | 'outgoing') =>
    view.nodes.map((node) => (node.member === 'voter' || node.member === other ? holds(node, entry) : null));
  const [now, old] = [half('incoming'), half('outgoing')] as const;
  const count = (ring: readonly (Hold | null)[]) => ring.filter((hold) => hold === 'synced').length;
  const all = (ring: readonly (Hold | null)[]) => ring.filter((hold) => hold !== null).length;
  const words = lateWords(args.t.lang).seldom.joint(count(now), all(now), count(old), all(old));
  const inner = compass.radius - compass.thickness - 3;
  const size = round(compass.size * 0.62);
  const { x, y } = centre;
  return svg`<g role="img" aria-label=${words} data-compass=${entryId(entry)} data-new=${`${count(now)}/${all(now)}`} data-old=${`${count(old)}/${all(old)}`}><title>${words}</title>
    <circle class="fbg" cx=${x} cy=${y} r=${compass.radius + compass.thickness / 2 + 6}/>
    ${now.map((hold, i) => part(layout.cluster, i, hold, compass.radius, compass.thickness, entry.term))}
    ${old.map((hold, i) => part(layout.cluster, i, hold, inner, compass.thickness - 4, entry.term))}
    <text class="t mid b" x=${x} y=${round(y - 1)} font-size=${size}>${count(now)}/${all(now)}</text>
    <text class="t2 mid" x=${x} y=${round(y + size)} font-size=${size}>${count(old)}/${all(old)}</text></g>`;
}

function part(layout: ClusterLayout, i: number, hold: Hold | null, r: number, thick: number, term: number): Drawing {
  if (hold === null) return nothing;
  const turn = (2 * Math.PI) / layout.nodes.length;
  const half = turn / 2 - Math.min(0.122, 0.6 / layout.nodes.length);
  const arc = (by: number) => arcPath(layout.centre, r, turn * i - half - by, turn * i + half + by);
  const inside = hold === 'no' ? 'sbg' : termStroke(term);
  return svg`<path class="nof ink-s" stroke-width=${thick + 3} d=${arc(1.5 / r)}/>
    <path class="nof ${inside}" stroke-width=${thick} d=${arc(0)}/>
    ${hold === 'unsynced' ? svg`<path class="nof sbg" stroke-width=${Math.max(1, thick - 6)} d=${arc(-3 / r)}/>` : nothing}`;
}

function meters(args: ViewArgs, compass: unknown): unknown {
  const entry = compassSubject(args);
  const isJoint = args.view.nodes.some(({ member }) => member === 'incoming' || member === 'outgoing');
  const islands = islandPlaces(args.view);
  return svg`${entry !== null && isJoint ? joint(args, entry) : compass}
    ${islands.length < 2 || isJoint ? nothing : islands.map((island) => islandMeter(args, island))}`;
}

const letter = (text: string, tone: 'on' | 't') =>
  svg`<text class="${tone} mid b" y="4.5" font-size="13">${text}</text>`;

/** A snapshot is a pile of discs with the last index that it stands for; what confirms reads wears an R. */
function glyph(message: MessageView): unknown {
  switch (message.kind) {
    case 'installSnapshot': {
      const index = message.last === null ? '' : `≤${message.last.index}`;
      const size = index.length > 3 ? 10 : 12;
      return svg`<g transform="translate(3 4)">${disc(message, svg``)}</g>
        ${disc(message, svg`<text class="on mid b" y="4.5" font-size=${size}>${index}</text>`)}`;
    }
    case 'timeoutNow':
      return disc(message, svg`<path class="fon" d="M1-9l-6 10h5l-1 8l6-10h-5z"/>`);
    case 'transferLeader':
      return disc(message, svg`<path class="nof onk small" d="M-6 0h11m-4-4l4 4l-4 4"/>`);
    case 'readIndex':
      return svg`${ring(message)}${letter('R', 't')}`;
    case 'readIndexResponse':
      return disc(message, letter('R', 'on'));
    case 'heartbeat':
      return message.reads ? svg`${ring(message)}${letter('R', 't')}` : null;
    case 'heartbeatResponse':
      return message.reads ? disc(message, letter('R', 'on')) : null;
    default:
      return null;
  }
}

/** A bar across the link ahead of it: there it is parked. */
function held(u: Point, extent: Point): unknown {
  const ahead = extent.x === extent.y ? extent.x + 9 : Math.min(37, round(Math.hypot(extent.x, extent.y) + 5));
  const angle = round((Math.atan2(u.y, u.x) * 180) / Math.PI);
  return svg`<g class="stop" transform="rotate(${angle})"><rect class="fink" x=${ahead} y="-13" width="4" height="26"/></g>`;
}

/** An append cuts a log where it carries another entry than the log holds; it is taken only if its term is not behind and its place is known. */
function cutFrom(view: View, node: NodeView): number {
  if (!node.up) return 0;
  for (const { kind, to, term, doomed, prev, entries } of view.messages) {
    if (kind !== 'appendEntries' || to !== node.id || doomed || term < node.term || prev === null) continue;
    if (prev.index >= node.firstIndex && entryAt(node, prev.index)?.term !== prev.term) continue;
    const other = entries.find((each) => {
      const own = each.index > node.commit ? entryAt(node, each.index) : undefined;
      return own !== undefined && own.term !== each.term;
    });
    if (other !== undefined) return other.index;
  }
  return 0;
}

/** A dashed line down the box's left edge and the scissors at its foot, ready to cut upwards. */
function scissors({ ledger }: ViewArgs['layout'], x: number, y: number, t: ViewArgs['t']): unknown {
  const left = x - 3.5;
  const top = y + ledger.boxTop - 3;
  const foot = top + ledger.box.height + 9;
  return svg`<g class="scissors" data-scissors><title>${lateWords(t.lang).seldom.cut}</title>
    <path class="cutline" d=${`M${left} ${top}V${foot}`}/>
    <g transform="translate(${left} ${foot})"><rect class="fbg" x="-8" y="-4" width="16" height="17"/>
      <path class="ink nof" d="M-2.6 6.2L3.2 -5.5M2.6 6.2L-3.2 -5.5"/><circle class="ink fbg" cx="-4" cy="8.5" r="2.9"/><circle class="ink fbg" cx="4" cy="8.5" r="2.9"/></g></g>`;
}

/** A wheel with eight teeth in the upper right corner: this entry changes who has a vote. */
function gear(right: number, y: number): unknown {
  const teeth = Array.from({ length: 8 }, (_, i) => {
    const [sin, cos] = [Math.sin((i * Math.PI) / 4), Math.cos((i * Math.PI) / 4)];
    return `M${round(4 * sin)} ${round(4 * cos)}L${round(6.2 * sin)} ${round(6.2 * cos)}`;
  }).join('');
  return svg`<g class="gear" transform="translate(${right - 6.5} ${y + 6.5}) scale(0.8)"><circle class="wheel" r="3.6"/><path class="wheel" d=${teeth}/></g>`;
}

const caption: Seldom['caption'] = (view, moment, t) => jointCaption(view, moment, t.lang);

export const seldom: Seldom = { torn, meters, caption, cut: cutMark, glyph, held, cutFrom, scissors, gear };

/** The marks of a player, with their style. */
export function seldomIn(host: Element): Seldom {
  adoptLate(host, styles);
  return seldom;
}
