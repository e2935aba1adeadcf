/** The feed: one sentence a record, newest at the foot, keyed so that old lines are never redrawn. */

import { html, type TemplateResult } from 'lit';
import { clock } from '../format/text';
import type { Words } from '../locales';
import type { FeedEvent } from '../model';
import { memo } from './memo';
import { rows } from './rows';

/** Which kinds speak louder: the turns of the story. */
function weight(event: FeedEvent): string {
  switch (event.what.kind) {
    case 'violated':
      return 'alarm';
    case 'becameLeader':
    case 'crashed':
    case 'restarted':
    case 'action':
    case 'partitioned':
    case 'clientAnswered':
    case 'truncated':
    case 'notCommitted':
      return 'strong';
    default:
      return '';
  }
}

/** `items` oldest first; the newest `max` of them are shown. */
export function feedView(args: { items: readonly FeedEvent[]; t: Words; max?: number }): TemplateResult {
  const { t } = args;
  const items = args.items.slice(-(args.max ?? 60));
  return html`<ol class="feed" aria-label=${t.panel.feed}>
    ${items.length === 0 ? html`<li class="empty">${t.feedEmpty}</li>` : ''}
    ${rows(
      items,
      (event) => event.seq,
      (event) =>
        html`<li class=${weight(event)} data-seq=${event.seq} data-kind=${event.what.kind}>${memo(
          t.lang,
          () => html`<time>${clock(event.atUs)}</time><span>${t.event(event)}</span>`,
        )}</li>`,
    )}
  </ol>`;
}
