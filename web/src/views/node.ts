/** One node on the ring: its disc, timer track, names, role, vote and, of a candidate, the votes it has. */

import { nothing, svg } from 'lit';
import { witnesses } from '../format/cluster';
import { direction, type Point, round } from '../layout/geometry';
import type { NodeView } from '../model';
import { type Drawing, discText, nodeDisc, selectionMark, termFill, textWidth } from './glyphs';
import { memo } from './memo';
import type { ViewArgs } from './types';

/** The vote as a stamp: a square of the term's colour, hollow until it survives a crash, and whom it was for. */
function voteStamp(args: ViewArgs, node: NodeView, x: number, y: number, centred: boolean): Drawing {
  if (node.votedFor === null) return nothing;
  const text = args.t.voted(node.votedFor);
  const left = centred ? x - (17 + textWidth(text, 14)) / 2 : x;
  const fill = node.voteSynced ? termFill(node.term) : 'fbg';
  const inset = node.voteSynced
    ? nothing
    : svg`<rect class="nof s${termFill(node.term).slice(1)}" x=${round(left + 2)} y=${round(y - 8.5)} width="7" height="7" stroke-width="2.5"/>`;
  return svg`<g data-vote=${node.votedFor} data-synced=${node.voteSynced}>
    <rect class="${fill} ink thin" x=${round(left)} y=${round(y - 10.5)} width="11" height="11"/>${inset}
    <text class="t2 halo" x=${round(left + 17)} y=${round(y)} font-size="14">${text}</text></g>`;
}

/** A candidate's tally instead of its own vote, which is never in doubt. */
function tally(args: ViewArgs, node: NodeView, x: number, y: number, centred: boolean): Drawing {
  const has = node.votes.filter((vote) => vote.vote === 'granted').length;
  return svg`<text class="t2 halo ${centred ? 'mid' : ''}" x=${round(x)} y=${round(y)} font-size="14">${args.t.votes(has, args.view.quorum)}</text>`;
}

/** What a node is, in a word: first what keeps it from taking part, then its part. */
export function roleWord({ role }: ViewArgs['t'], node: NodeView): string {
  if (node.member === 'outside') return role.outside;
  if (!node.up) return role.crashed;
  if (node.frozen) return role.frozen;
  if (node.member === 'learner') return role.learner;
  return node.staleLeader ? role.staleLeader : role[node.role];
}

/** On a crowded ring one line a node: a follower's vote, or the role that is not to be overlooked. */
function shortLabel(args: ViewArgs, node: NodeView, centre: Point): Drawing {
  const y = centre.y + args.layout.cluster.reach + 12;
  if (node.up && node.role === 'follower' && !node.frozen) return voteStamp(args, node, centre.x, y, true);
  if (node.up && node.role === 'candidate') return tally(args, node, centre.x, y, true);
  const weight = node.up && node.role === 'leader' ? 't b' : node.up ? 't w5' : 't2 w5';
  return svg`<text class="${weight} halo mid" x=${round(centre.x)} y=${round(y)} font-size="14">${roleWord(args.t, node)}</text>`;
}

function labels(args: ViewArgs, node: NodeView, i: number): Drawing {
  const { cluster } = args.layout;
  const place = cluster.nodes[i];
  if (place === undefined || place.label === 'none') return nothing;
  if (cluster.nodes.length > 6) return shortLabel(args, node, place.centre);
  const { x, y } = place.centre;
  const right = place.label === 'right';
  const labelX = right ? x + cluster.reach + 2 : x;
  const counts = node.up && node.role === 'candidate';
  // A candidate's votes stand around its timer: below them.
  const roleY = right ? y - 14 : y + cluster.reach + (counts ? 29 : 19);
  const lineY = right ? y + 6 : roleY + 20;
  const weight = node.up && node.role === 'leader' ? 'b' : 'w5';
  const tone = node.up ? 't' : 't2';
  return svg`<text class="${tone} halo ${weight} ${right ? '' : 'mid'}" x=${round(labelX)} y=${round(roleY)} font-size="15">${roleWord(args.t, node)}</text>
    ${counts ? tally(args, node, labelX, lineY, !right) : voteStamp(args, node, labelX, lineY, !right)}`;
}

/** The votes a candidate has: a small square where each voter's link meets it. Filled yes, open waiting, struck through no. */
function pips(args: ViewArgs, node: NodeView, c: Point): Drawing {
  const { cluster } = args.layout;
  const distance = cluster.timerRadius + 11;
  return svg`${node.votes.map(({ node: voter, vote }) => {
    const i = args.view.nodes.findIndex((each) => each.id === voter);
    const other = cluster.nodes[i]?.centre;
    if (other === undefined) return nothing;
    const own = voter === node.id;
    const u = own ? direction(cluster.centre, c) : direction(c, other);
    const x = round(c.x + u.x * distance);
    const y = round(c.y + u.y * distance);
    const fill = vote === 'granted' ? termFill(node.term) : 'fbg';
    return svg`<g data-pip=${voter} data-answer=${vote} transform="translate(${x} ${y})">
      <rect class="${fill} ink" x="-5.5" y="-5.5" width="11" height="11"/>
      ${vote === 'refused' ? svg`<path class="ink nof" d="M-5.5 5.5l11-11"/>` : nothing}</g>`;
  })}`;
}

/** How far a node's own drawing reaches; paper covers the links up to there. */
function clearing(args: ViewArgs, node: NodeView): number {
  const { radius, reach } = args.layout.cluster;
  if (!node.up) return radius + 5;
  return node.timer === null ? radius + 11 : reach;
}

function drawNode(args: ViewArgs, node: NodeView, i: number): unknown {
  const { cluster } = args.layout;
  const c = cluster.nodes[i]?.centre;
  if (c === undefined) return nothing;
  const r = cluster.radius;
  const mark = r + 17;
  const selected = args.ui.selected?.kind === 'node' && args.ui.selected.id === node.id;
  const text = discText(node);
  const x = round(c.x);
  return svg`<title>${args.t.nodeAction(node)}</title>
    <circle class="fbg" cx=${x} cy=${round(c.y)} r=${clearing(args, node)}/>
    ${nodeDisc(node, c, r, Math.round(r * 0.63))}
    <text class="${text} mid b" x=${x} y=${round(c.y - r * 0.06)} font-size=${cluster.nameSize}>${node.id}</text>
    <text class="${text} mid w5" x=${x} y=${round(c.y + r * 0.54)} font-size=${cluster.termSize}>T${node.term}</text>
    ${node.up && node.role === 'candidate' ? pips(args, node, c) : nothing}
    <path class="nof focus" d=${`M${round(c.x - mark)} ${round(c.y - mark)}h${2 * mark}v${2 * mark}h${-2 * mark}z`}/>
    ${selected ? selectionMark(c.x - mark, c.y - mark, 2 * mark, 2 * mark, 10) : nothing}
    ${witnesses(args.view).has(node.id) ? selectionMark(c.x - mark - 4, c.y - mark - 4, 2 * mark + 8, 2 * mark + 8, 14, 'alarm-s') : nothing}`;
}

/** Everything that a node's drawing reads, so that an unchanged node costs nothing. */
function signature(args: ViewArgs, node: NodeView): string {
  const { ui, view, layout, t } = args;
  const chosen = ui.selected?.kind === 'node' && ui.selected.id === node.id;
  const votes = node.votes.map((vote) => vote.node + vote.vote).join();
  return `${node.id}${node.up}${node.member}${node.frozen}${node.role}${node.staleLeader}${node.term}|${node.votedFor}${node.voteSynced}|${node.timer === null}|${votes}|${chosen}${witnesses(view).has(node.id)}|${t.lang}${layout.size}${view.nodes.length}`;
}

/** A node's words: they lie above the messages, which pass behind them. */
export function nodeWords(args: ViewArgs, node: NodeView, i: number): unknown {
  return memo(signature(args, node), () => labels(args, node, i));
}

/** A node as a button: a click crashes it, or brings it back. */
export function nodeView(args: ViewArgs, node: NodeView, i: number): Drawing {
  const { ui, t } = args;
  return svg`<g class="node" data-node=${node.id} data-role=${roleHandle(node)} data-term=${node.term} data-up=${node.up} data-frozen=${node.frozen}
    role="button" tabindex="0" aria-label=${t.nodeLabel(node)} aria-current=${ui.selected?.kind === 'node' && ui.selected.id === node.id}>
    ${memo(signature(args, node), () => drawNode(args, node, i))}</g>`;
}

/** The stable handle's spelling of a role. */
export function roleHandle(node: NodeView): string {
  return node.role === 'preCandidate' ? 'pre-candidate' : node.role;
}
