/**
 * The feed of one node, or of one kind: a button beside the feed opens a menu of both. What passes is asked of `ShellHands.tells` at each drawing;
 * captions, inspector and screen readers are told everything all the same. An alarm passes every filter.
 */

import { html, render, svg } from 'lit';
import type { Desk } from '../elements/desk';
import type { FeedEvent } from '../model';
import styles from './feed-filter.css?inline';
import { type HandsWords, handsWords } from './hands-words';
import { type MenuItem, openMenu } from './menu';
import { lanesOf } from './pointing';
import { adoptLate } from './sheet';

/** A kind of records that may be asked for alone. */
export type FeedKind = keyof HandsWords['feed']['kinds'];

/** Of which kind each record is; `always` passes every filter. */
const KIND_OF: Readonly<Record<FeedEvent['what']['kind'], FeedKind | 'always'>> = {
  timedOut: 'elections',
  becameCandidate: 'elections',
  becameLeader: 'elections',
  becameFollower: 'elections',
  voteGranted: 'elections',
  voteRefused: 'elections',
  higherTerm: 'elections',
  ignored: 'elections',
  appended: 'log',
  appendRefused: 'log',
  truncated: 'log',
  synced: 'log',
  committed: 'log',
  notCommitted: 'log',
  applied: 'log',
  configured: 'log',
  noted: 'log',
  action: 'faults',
  actionRefused: 'faults',
  crashed: 'faults',
  restarted: 'faults',
  frozen: 'faults',
  thawed: 'faults',
  cut: 'faults',
  healed: 'faults',
  partitioned: 'faults',
  isolated: 'faults',
  lost: 'faults',
  read: 'clients',
  clientQueued: 'clients',
  clientSubmitted: 'clients',
  clientRedirected: 'clients',
  clientTimedOut: 'clients',
  clientAnswered: 'clients',
  stalled: 'always',
  violated: 'always',
};

/** What is shown: null for all. */
export interface Filter {
  readonly lane: string | null;
  readonly kind: FeedKind | null;
}

/** Whether a record passes. */
export function passes({ lane, kind }: Filter, event: FeedEvent): boolean {
  const { what } = event;
  const its = KIND_OF[what.kind];
  if (its === 'always') {
    return true;
  }
  const named = what.kind === 'action' ? (what.text.match(/[nc]\d+/g) ?? []) : lanesOf(event);
  return (kind === null || its === kind) && (lane === null || what.kind === 'partitioned' || named.includes(lane));
}

const funnel = svg`<path d="M3 4h14l-5.5 6.5V16l-3-1.5v-4z"/>`;

/** Gives a player the button, wherever its feed is shown. */
export function filtersFeed(desk: Desk): void {
  const { host } = desk;
  adoptLate(host, styles);
  let filter: Filter = { lane: null, kind: null };
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'feed-filter';
  button.setAttribute('aria-haspopup', 'menu');
  let drawn = '';
  const attach = () => {
    const words = handsWords(desk.state().lang).feed;
    const chosen = [filter.lane, filter.kind && words.kinds[filter.kind]].filter(Boolean).join(words.sep);
    const name = chosen === '' ? words.title : words.only(chosen);
    if (name !== drawn) {
      drawn = name;
      button.title = name;
      button.setAttribute('aria-label', name);
      button.classList.toggle('on', chosen !== '');
      render(
        html`<svg class="icon" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">${funnel}</svg>${chosen}`,
        button,
      );
    }
    // The shell is drawn by templates that know nothing of it.
    const pane = host.querySelector('.pane-events');
    if (pane !== null && button.parentElement !== pane) {
      pane.append(button);
    }
  };
  const choose = (next: Filter) => {
    filter = next;
    attach();
    host.requestUpdate();
  };
  button.addEventListener('click', () => {
    const label = handsWords(desk.state().lang).feed.title;
    const items = () => itemsOf(desk, filter, choose);
    openMenu(host, { label, titled: true, stays: true, items }, button.getBoundingClientRect());
  });
  // Wherever the feed is drawn it asks this, and there the button must be.
  let due = false;
  desk.hands.tells = (event) => {
    if (!due) {
      due = true;
      queueMicrotask(() => {
        due = false;
        attach();
      });
    }
    return passes(filter, event);
  };
  host.addEventListener('raftarium-look', attach);
  attach();
}

/** One line for each node, client and kind, of each one at a time. */
function itemsOf(desk: Desk, filter: Filter, choose: (next: Filter) => void): MenuItem[] {
  const { view, lang } = desk.state();
  const words = handsWords(lang).feed;
  const lanes = [...(view?.nodes ?? []), ...(view?.clients ?? [])].map(({ id }) => id);
  const kinds = Object.keys(words.kinds) as FeedKind[];
  const lane = (id: string | null): MenuItem => ({
    label: id ?? words.everybody,
    on: filter.lane === id,
    oneOf: true,
    run: () => choose({ ...filter, lane: id }),
  });
  const kind = (name: FeedKind | null): MenuItem => ({
    label: name === null ? words.everything : words.kinds[name],
    on: filter.kind === name,
    oneOf: true,
    apart: name === null,
    run: () => choose({ ...filter, kind: name }),
  });
  return [lane(null), ...lanes.map(lane), kind(null), ...kinds.map(kind)];
}
