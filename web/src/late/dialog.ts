/** A sheet over the player: a native dialog with a title and a way to close it. One of its name at a time. */

import { html, render, type TemplateResult } from 'lit';
import { icons } from '../elements/icons';
import styles from './dialog.css?inline';
import { adoptLate } from './sheet';
import terms from './terms.css?inline';

/** Opens the sheet, unless it is open; a modal one takes the page's attention. Its content is drawn again by the answer, null if it was
 * open; `closed` is called when it closes. */
export function openSheet(
  host: HTMLElement,
  name: string,
  words: { title: string; close: string },
  modal: boolean,
  content: () => TemplateResult,
  closed: () => void = () => {},
): { draw(): void; close(): void } | null {
  if (host.querySelector(`dialog.sheet-${name}`) !== null) {
    return null;
  }
  adoptLate(host, terms);
  adoptLate(host, styles);
  const back = document.activeElement;
  const sheet = document.createElement('dialog');
  sheet.className = `sheet sheet-${name}`;
  sheet.setAttribute('aria-label', words.title);
  const draw = () =>
    render(
      html`<div class="sheet-head"><h2>${words.title}</h2><button class="plain" type="button" aria-label=${words.close}
        @click=${() => sheet.close()}>${icons.close}</button></div>${content()}`,
      sheet,
    );
  draw();
  sheet.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      sheet.close();
    }
  });
  sheet.addEventListener('close', () => {
    // Who closed it may have put the focus elsewhere by now.
    const isHere = document.activeElement === document.body || sheet.contains(document.activeElement);
    sheet.remove();
    if (isHere) {
      (back instanceof HTMLElement ? back : host).focus({ preventScroll: true });
    }
    closed();
  });
  host.querySelector('.shell')?.append(sheet);
  if (modal) {
    sheet.showModal();
  } else {
    sheet.show();
  }
  return { draw, close: () => sheet.close() };
}
