/** Clients: a box beside the ring, a line to the node it asks, its command and how long it has waited. */

import { nothing, svg } from 'lit';
import { shortCommand } from '../format/text';
import { clientCorner } from '../layout/cluster';
import { round } from '../layout/geometry';
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

export function clientsView(args: ViewArgs): Drawing {
  const { client: place } = args.layout.cluster;
  return svg`${args.view.clients.map((client, i) => {
    const { x, y } = clientCorner(args.layout.cluster, i);
    if (x < 0) return nothing;
    const dy = y - place.y;
    // At the right the words stand before the box.
    const [textX, end] = x === place.x ? [place.textX, ''] : [x - place.textX + place.x + place.side, ' end'];
    const says = clientSays(args, client);
    const more = [
      client.state === 'waiting' && client.attempt > 1 ? args.t.client.retry(client.attempt) : '',
      client.queued > 0 ? args.t.client.queued(client.queued) : '',
    ]
      .filter((part) => part !== '')
      .join(', ');
    const command = client.command === null ? '' : client.command;
    return svg`<g data-client=${client.id} data-state=${client.state} data-asks=${client.node ?? nothing}>
      <rect class="fsf ink" x=${x} y=${round(y)} width=${place.side} height=${place.side} rx="2"/>
      <text class="t mid b" x=${x + place.side / 2} y=${round(y + place.side / 2 + 6)} font-size=${place.nameSize}>${client.id}</text>
      <text class=${`t halo m w5${end}`} x=${textX} y=${round(place.commandY + dy)} font-size="14">${command.length > 16 ? shortCommand(command) : command}</text>
      <text class=${`t2 halo${end}`} data-says=${client.id} x=${textX} y=${round(place.waitY + dy)} font-size="14" .textContent=${says}></text>
      ${more === '' ? nothing : svg`<text class=${`t2 halo${end}`} x=${textX} y=${round(y + place.side + 1)} font-size="14">${more}</text>`}
    </g>`;
  })}`;
}
