/** The layout of a narrow page, and its tabs: fetched where the player is narrow. */

import { html, type TemplateResult } from 'lit';
import { PANELS, type PanelName } from '../controls/panels';
import type { ShellHands, ShellState } from '../elements/shell';
import styles from './narrow.css?inline';
import { adoptLate } from './sheet';

/** Makes the layout known where the player stands; the answer draws its tabs. */
export function narrowIn(host: HTMLElement): typeof tabs {
  adoptLate(host, styles);
  return tabs;
}

/** Which panel stands below the cluster. */
function tabs(state: ShellState, hands: ShellHands): TemplateResult {
  return html`<div class="tabs" role="tablist">${PANELS.map((tab) => {
    const chosen = tab === state.tab;
    return html`<button type="button" role="tab" aria-selected=${chosen} tabindex=${chosen ? 0 : -1}
      @click=${() => hands.togglePanel(tab)} @keydown=${(event: KeyboardEvent) => moveTab(event, state.tab, hands)}>${state.words[tab]}</button>`;
  })}</div>`;
}

function moveTab(event: KeyboardEvent, from: PanelName, hands: ShellHands): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const next = PANELS[(PANELS.indexOf(from) + by + PANELS.length) % PANELS.length];
  if (next !== undefined) {
    hands.togglePanel(next);
    const list = (event.currentTarget as Element).parentElement;
    (list?.children[PANELS.indexOf(next)] as HTMLElement | undefined)?.focus();
  }
}
