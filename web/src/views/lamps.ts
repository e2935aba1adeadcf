/** The theorem lamps: a ring with a check while a theorem holds, a filled alarm disc with a cross once it has fallen. */

import { html, svg, type TemplateResult } from 'lit';
import type { Words } from '../locales';
import type { CheckView, View } from '../model';

function lamp(check: CheckView, t: Words): TemplateResult {
  const drawing =
    check.violation === null
      ? svg`<circle class="nof ink" cx="8" cy="8" r="6.75"/><path class="nof ink round" d="M5 8.2l2.2 2.3L11 5.8"/>`
      : svg`<circle class="falarm" cx="8" cy="8" r="7.5"/><path class="nof on-alarm" d="M5 5l6 6m0-6l-6 6"/>`;
  return html`<svg class="lamp" viewBox="0 0 16 16" role="img" aria-label=${check.violation === null ? t.holds : t.fallen}>${drawing}</svg>`;
}

/** `compact` leaves the names to screen readers and tooltips, for the embed and the narrow page; what has fallen is always named. */
export function lampsView({ view, t, compact }: { view: View; t: Words; compact?: boolean }): TemplateResult {
  return html`<ul class="lamps ${compact === true ? 'compact' : ''}" aria-label=${t.panel.checks}>${view.checks.map(
    (check) => {
      const name = t.check[check.name];
      const holds = check.violation === null;
      return html`<li data-check=${check.name} data-holds=${holds} class=${holds ? '' : 'fallen'} title=${holds ? name : t.checkFallen(name)}>
      ${lamp(check, t)}<span>${name}</span></li>`;
    },
  )}</ul>`;
}
