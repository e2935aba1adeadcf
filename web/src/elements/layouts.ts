/**
 * Where everything stands: one template for each amount of page (`ui`), the same parts for each size. The style sheet places them by the
 * element's own size, never by the device.
 */

import { html, nothing, type TemplateResult } from 'lit';
import type { PanelName } from '../controls/panels';
import { clusterView, feedView, inspectorView, lampsView, layoutOf, ledgerView, type ViewArgs } from '../views';
import { captionLine } from './caption';
import { header } from './header';
import type { LateName } from './late-panels';
import type { ShellHands, ShellState } from './shell';
import { stores } from './stores';
import { clock, speedField, transport } from './transport';

/** The panels of the strip, in their order. */
const STRIP: readonly PanelName[] = ['spaceTime', 'clients', 'conditions', 'events', 'stores'];

/** The panels beside the cluster that are fetched when they are first shown. */
const BESIDE = ['inside', 'search'] as const;

/** Lines of the feed that are in the page at once. */
const FEED_LINES = 80;

/** The whole of one player. */
export function shell(state: ShellState, hands: ShellHands): TemplateResult {
  const full = state.ui === 'full';
  return html`<div class="shell" lang=${state.t.htmlLang} data-ui=${state.ui} data-size=${state.size} data-tight=${state.tight} data-show=${[...state.panels].join(' ')}>
    ${full ? header(state, hands) : nothing}
    ${stage(state, hands)}
    ${state.ui === 'none' ? nothing : html`${captionRow(state, hands)}${transport(state, hands)}`}
    ${state.trap === null || state.card === null ? nothing : state.card(state, hands, state.trap.message)}
    <div class="visually-hidden" aria-live="polite" data-live></div>
  </div>`;
}

/** The pictures: the cluster everywhere, and beside it the panels that are shown. */
function stage(state: ShellState, hands: ShellHands): TemplateResult {
  const { words } = state;
  const args = viewArgs(state, hands);
  return html`<main class="panes">
    <section class="pane pane-cluster" aria-label=${words.cluster}>${args === null ? nothing : clusterView(args)}</section>
    ${state.tabs?.(state, hands) ?? nothing}
    ${beside(state, args)}${strip(state, hands)}
  </main>`;
}

/** The panels beside the cluster. */
function beside(state: ShellState, args: ViewArgs | null): TemplateResult {
  const { panels, words } = state;
  const logs = html`<section class="pane pane-logs" aria-label=${words.logs}>${args === null ? nothing : ledgerView(args)}</section>`;
  const inspector = html`<div class="pane pane-inspector">${args === null ? nothing : inspectorView(args)}</div>`;
  return html`${panels.has('logs') ? logs : nothing}${panels.has('inspector') ? inspector : nothing}${BESIDE.map(
    (name) =>
      panels.has(name)
        ? html`<section class="pane pane-${name}" aria-label=${words[name]}>${state.late(name)}</section>`
        : nothing,
  )}`;
}

/** The panels below the pictures. */
function strip(state: ShellState, hands: ShellHands): TemplateResult | typeof nothing {
  const { panels, words, t } = state;
  const pane = (name: PanelName, content: () => TemplateResult | typeof nothing) =>
    panels.has(name)
      ? html`<section class="pane pane-${name}" aria-label=${words[name]}><h2 class="pane-title">${words[name]}</h2>${content()}</section>`
      : nothing;
  const feed =
    () => html`<div class="feed-box"><div class="pane-scroll" data-feed tabindex="0" @click=${hands.pressFeed}
    role="region" aria-label=${words.events}>${feedView({ items: state.feed.filter(hands.tells), t, max: FEED_LINES })}</div></div>`;
  const late = (name: LateName) => pane(name, () => state.late(name));
  return STRIP.some((name) => panels.has(name))
    ? html`<div class="strip">${late('spaceTime')}${late('clients')}${late('conditions')}${pane('events', feed)}${pane('stores', () => html`<div class="pane-scroll" tabindex="0" role="group" aria-label=${words.stores}>${stores(state)}</div>`)}</div>`
    : nothing;
}

function captionRow(state: ShellState, hands: ShellHands): TemplateResult {
  const { view, t } = state;
  const compact = state.tight || state.size !== 'desktop' || state.ui !== 'full';
  return html`<div class="caption-row">${captionLine(state, hands)}
    <div class="caption-lamps">${view === null ? nothing : lampsView({ view, t, compact })}${
      state.size === 'mobile' ? html`${speedField(state, hands)} ${clock(state)}` : nothing
    }</div></div>`;
}

/** What every view is given; null while there is no picture yet. */
export function viewArgs(state: ShellState, hands: ShellHands): ViewArgs | null {
  const { view, nowUs, t, detail, seldom, viewUi: ui } = state;
  return view === null
    ? null
    : {
        view,
        nowUs,
        layout: layoutOf(view, state.size),
        ui,
        t,
        detail,
        seldom,
        events: state.feed,
        emit: hands.emit,
      };
}
