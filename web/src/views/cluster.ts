/**
 * The cluster: a ring of nodes, the links between them, the quorum compass, clients, and the messages under way.
 *
 * Layers lie on each other. They change only with the model, but for two: one holds the messages, each in a box of its own around 0,0 of the same
 * drawing units; that one and the timers' belong to `moveCluster`, which touches nothing else.
 */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { arcsView, pulsesView } from './arcs';
import { clientLines, clientsView } from './client';
import { compassSubject, compassView } from './compass';
import type { Drawing } from './glyphs';
import { pressed } from './hands';
import { linksView } from './links';
import { nodeView, nodeWords } from './node';
import type { ViewArgs } from './types';

function heading(args: ViewArgs): Drawing {
  const { title } = args.layout.cluster;
  if (title === null) return nothing;
  const entry = compassSubject(args);
  return svg`<text class="t b" x=${title.x} y=${title.y} font-size="16">${args.t.panel.cluster}</text>
    ${entry === null ? nothing : svg`<text class="t2 end" x=${title.right} y=${title.y} font-size="13">${args.t.compassNote(entry)}</text>`}`;
}

/** The whole panel. Its root is `.cluster`; give that to `moveCluster`. */
export function clusterView(args: ViewArgs): TemplateResult {
  const { view, layout, t } = args;
  const box = `0 0 ${layout.cluster.width} ${layout.cluster.height}`;
  const hand = pressed(args);
  const compass = compassView(args);
  const layer = (name: string, drawing: unknown) => html`<svg class="layer ${name}" viewBox=${box}>${drawing}</svg>`;
  // What changes often is drawn on a layer of its own: the browser then draws that one again, and no other.
  return html`<div class="stage cluster" role="group" aria-label=${t.panel.cluster} @click=${hand} @keydown=${hand}>
    ${layer('ground', svg`${heading(args)}${args.seldom?.torn(args) ?? nothing}<g class="links">${linksView(args)}</g>`)}
    ${layer('asks', svg`${clientLines(args)}`)}
    ${layer('quorum', args.seldom?.meters(args, compass) ?? compass)}
    ${layer('nodes', svg`${view.nodes.map((node, i) => nodeView(args, node, i))}`)}
    ${layer('clients', clientsView(args))}
    ${layer('arcs', arcsView(args))}
    <div class="moving" aria-hidden="true">${pulsesView(args)}<div class="messages"></div></div>
    ${layer('words', svg`${view.nodes.map((node, i) => nodeWords(args, node, i))}`)}
  </div>`;
}
