/**
 * The player on paper: the picture as it stands on the screen, with ink on white, and without the buttons that paper cannot press. What moves is placed by
 * the size that it has on the screen, so the player keeps that size; a page that is all player becomes a sheet of its size.
 */

import type { Desk } from '../elements/desk';
import styles from './print.css?inline';
import { adoptLate } from './sheet';

/** The players that are prepared: of those the page's printing takes what is in the page then. */
const prepared = new WeakSet<Element>();

/** Puts back what was made ready for paper. */
let restore = () => {};

// Once for all players: a listener of each would keep those that have left the page.
window.addEventListener('beforeprint', () => {
  restore();
  const hosts = [...document.querySelectorAll<HTMLElement>('raft-arium')].filter((host) => prepared.has(host));
  const back = hosts.map(toPaper);
  restore = () => {
    for (const each of back.reverse()) each();
    restore = () => {};
  };
});
window.addEventListener('afterprint', () => restore());

/** Prepares a player for every printing from now on. */
export function prints({ host }: Desk): void {
  adoptLate(host, styles);
  prepared.add(host);
}

/** Makes a player ready for paper; the answer puts it back. */
function toPaper(host: HTMLElement): () => void {
  const { width, height } = host.getBoundingClientRect();
  const looks = [host, document.documentElement].map((element) => ({ element, theme: element.dataset.theme }));
  const { width: ownWidth, height: ownHeight } = host.style;
  host.style.width = `${width}px`;
  host.style.height = `${height}px`;
  if (getComputedStyle(host).colorScheme === 'dark') {
    for (const { element, theme } of looks) {
      if (theme !== undefined) element.dataset.theme = 'light';
    }
  }
  const sheet = new CSSStyleSheet();
  if (width >= document.documentElement.clientWidth && height >= window.innerHeight) {
    sheet.replaceSync(`@page{size:${Math.ceil(width)}px ${Math.ceil(height)}px;margin:0}`);
    document.adoptedStyleSheets.push(sheet);
  }
  return () => {
    host.style.width = ownWidth;
    host.style.height = ownHeight;
    for (const { element, theme } of looks) {
      if (theme !== undefined) element.dataset.theme = theme;
    }
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
}
