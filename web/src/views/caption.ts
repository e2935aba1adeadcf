/** The caption line: one or two sentences on the most important thing that is true now. */

import { html, nothing, type TemplateResult } from 'lit';
import { momentOf } from '../format/moment';
import type { Words } from '../locales';
import type { FeedEvent, View } from '../model';
import type { Seldom } from './types';

/** The Raft paper's extended version, by its authors. */
const paper = 'https://raft.github.io/raft.pdf';

/** "Raft §5.4.2": a link to the paper, in a new tab; nothing without a section. */
export function paperLink(t: Words, section: string | undefined): TemplateResult | typeof nothing {
  if (section === undefined) return nothing;
  return html`<a class="paper" href=${paper} target="_blank" rel="noreferrer">${t.paper(section)}</a>`;
}

/** `events` are the newest records, oldest first; a handful is enough. */
export function captionView(args: {
  view: View;
  events: readonly FeedEvent[];
  t: Words;
  seldom?: Seldom | null;
}): TemplateResult {
  const moment = momentOf(args.view, args.events);
  const { lead, rest, section } = args.seldom?.caption(args.view, moment, args.t) ?? args.t.caption(moment);
  const alarm = moment.kind === 'fallen';
  return html`<p class="caption ${alarm ? 'alarm' : ''}" data-moment=${moment.kind}><b>${lead}</b>${args.t.gap}${rest} ${paperLink(args.t, section)}</p>`;
}
