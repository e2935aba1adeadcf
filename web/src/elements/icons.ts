/** Icons of the shell, drawn here: strokes in the text's colour on a 20 x 20 grid. Decoration only; names are on the buttons. */

import { html, type TemplateResult } from 'lit';

const icon = (path: string, filled = false): TemplateResult => html`<svg
  class=${filled ? 'icon icon-filled' : 'icon'} width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false"
><path d=${path} /></svg>`;

export const icons = {
  play: icon('M6 3.8v12.4L16.5 10z', true),
  pause: icon('M5.5 4h3v12h-3zM11.5 4h3v12h-3z', true),
  step: icon('M4.5 4.5v11l7-5.5zM14.5 4.5v11'),
  stepBack: icon('M15.5 4.5v11l-7-5.5zM5.5 4.5v11'),
  more: icon('M5 12.5l5-5 5 5'),
  undo: icon('M4 8h8a4 4 0 0 1 0 8H8M7 4.8L3.8 8 7 11.2'),
  redo: icon('M16 8H8a4 4 0 0 0 0 8h4M13 4.8L16.2 8 13 11.2'),
  theme: icon('M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0 -14zM10 3v14M10.8 3.4v13.2M12.4 4v12M14 5v10M15.6 6.4v7.2'),
  scenes: icon('M3 5h9v10H3zM15 6v8M17.5 7v6'),
  panels: icon('M3 4h14v12H3zM8 4v12M8 10h9'),
  share: icon('M10 12.5v-9M6.5 6.5L10 3l3.5 3.5M4 10.5V16.5h12V10.5'),
  help: icon('M7 7.4a3 3 0 1 1 4.4 2.7c-1 .5-1.4 1.1-1.4 2.2M10 15.6v.2'),
  fresh: icon('M16 10a6 6 0 1 1-2-4.5M14.3 2.3v3.4h-3.4'),
  close: icon('M5 5l10 10M15 5L5 15'),
  warning: icon('M10 3L18 16.5H2zM10 8v4.2M10 14.4v.2'),
} as const;

/** Raftarium's mark: a leader with its pennant. */
export const mark: TemplateResult = html`<svg class="mark" width="30" height="26" viewBox="0 0 30 26" aria-hidden="true" focusable="false"
><circle class="mark-core" cx="13" cy="15" r="6" /><circle class="mark-ring" cx="13" cy="15" r="9.6" /><path class="mark-core" d="M13 5.4V.8l7 2.4-7 2.4z" /></svg>`;
