/** The help sheet: a native dialog, opened by `?`, closed by Escape. Playback is paused while it is open. */

import { html, type TemplateResult } from 'lit';
import { KEY_SHEET } from '../controls/keyboard';
import { icons } from './icons';
import type { ShellState } from './shell';

/** The sheet, closed at first; `openHelp` opens it. */
export function helpSheet(state: ShellState): TemplateResult {
  const { words, uid } = state;
  const close = (event: Event) => (event.currentTarget as HTMLElement).closest('dialog')?.close();
  return html`<dialog class="help" aria-labelledby="${uid}-help">
    <div class="help-head"><h2 id="${uid}-help">${words.helpTitle}</h2>
      <button class="plain" type="button" aria-label=${words.helpClose} @click=${close}>${icons.close}</button></div>
    <dl class="help-hands">${[words.handNode, words.handLink, words.handCommand].map(
      ([hand, does]) => html`<div><dt>${hand}</dt><dd>${does}</dd></div>`,
    )}</dl>
    <dl class="help-keys">${KEY_SHEET.map(
      (row) => html`<div><dt>${row.keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${words[row.says]}</dd></div>`,
    )}</dl>
    <p>${words.helpFocus}</p>
  </dialog>`;
}

/** Opens the sheet that stands in `root`, where there is one; `closed` is called when it closes. False when there is none. */
export function openHelp(root: ParentNode, closed: () => void): boolean {
  const sheet = root.querySelector<HTMLDialogElement>('dialog.help');
  if (sheet === null || sheet.open) {
    return false;
  }
  sheet.addEventListener('close', closed, { once: true });
  sheet.showModal();
  return true;
}
