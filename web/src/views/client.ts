/** Clients: a box beside the ring, a line to the node it asks, its command and how long it has waited. */

import { nothing, svg } from 'lit';
import { shortCommand } from '../format/text';
import { type ClusterLayout, clientCorner } from '../layout/cluster';
import { type Point, round } from '../layout/geometry';
import type { ClientView } from '../model';
import type { Drawing } from './glyphs';
import type { ViewArgs } from './types';

/** The line from a waiting client to the node it asks; drawn below the nodes. */
export function clientLines(args: ViewArgs): Drawing {
  const { cluster } = args.layout;
  return svg`${args.view.clients.map((client, i) => {
    if (client.state !== 'waiting' || client.node === null) return nothing;
    const target = cluster.nodes[args.view.nodes.findIndex((node) => node.id === client.node)]?.centre;
    if (target === undefined) return nothing;
    const corner = clientCorner(cluster, i);
    const y = corner.y + cluster.client.side / 2;
    const x = corner.x < target.x ? corner.x + cluster.client.side : corner.x;
    return svg`<path class="line-s nof" d=${`M${x} ${round(y)}L${round(target.x)} ${round(target.y)}`}/>`;
  })}`;
}

/** What a client says below its command: how long it waits, or what it heard. */
export function clientSays(args: ViewArgs, client: ClientView): string {
  const { t } = args;
  if (client.state === 'done') return client.result === null ? '' : t.client.answered(client.result);
  if (client.state === 'idle') return '';
  return t.client.waits(Math.floor((args.nowUs - client.sinceUs) / 5000) * 5000);
}

/** Pixels between two lines of a client's words. */
const LINE = 17;

/** Where a client's words stand, and each line of them: beside its box; above it where a node or its words are beside. */
function wordsAt({ client: place, words }: ClusterLayout, i: number, { x, y }: Point, rest: number) {
  const right = i === 1;
  if (i > 1 || (right && words)) {
    const first = y - 7 - LINE * (1 + rest);
    return { x: right ? x + place.side : x, right, y: (line: number) => round(first + LINE * line) };
  }
  const below = y + place.side + 1;
  const lines = [place.commandY, place.waitY, below, below + LINE];
  return {
    x: right ? x - place.textX + place.x + place.side : place.textX,
    right,
    y: (line: number) => round(lines[line] ?? below),
  };
}

export function clientsView(args: ViewArgs): Drawing {
  const { cluster } = args.layout;
  const { client: place } = cluster;
  const { client: said } = args.t;
  return svg`${args.view.clients.map((client, i) => {
    const corner = clientCorner(cluster, i);
    const { x, y } = corner;
    if (x < 0) return nothing;
    const rest = [
      client.state === 'waiting' && client.attempt > 1 ? said.retry(client.attempt) : '',
      client.queued > 0 ? said.queued(client.queued) : '',
    ].filter((part) => part !== '');
    const at = wordsAt(cluster, i, corner, rest.length);
    const end = at.right ? ' end' : '';
    const command = client.command ?? '';
    return svg`<g data-client=${client.id} data-state=${client.state} data-asks=${client.node ?? nothing}>
      <rect class="fsf ink" x=${x} y=${round(y)} width=${place.side} height=${place.side} rx="2"/>
      <text class="t mid b" x=${x + place.side / 2} y=${round(y + place.side / 2 + 6)} font-size=${place.nameSize}>${client.id}</text>
      <text class=${`t halo m w5${end}`} x=${at.x} y=${at.y(0)} font-size="14">${command.length > 16 ? shortCommand(command) : command}</text>
      <text class=${`t2 halo${end}`} data-says=${client.id} x=${at.x} y=${at.y(1)} font-size="14" .textContent=${clientSays(args, client)}></text>
      ${rest.map((part, k) => svg`<text class=${`t2 halo${end}`} x=${at.x} y=${at.y(k + 2)} font-size="14">${part}</text>`)}
    </g>`;
  })}`;
}
