/** Sharing this very moment: as a link, as the run's text, as a QR code. Nothing leaves the browser but by the viewer's hand. */

import { html, svg, type TemplateResult } from 'lit';
import { encode } from 'uqr';
import type { Lang } from '../locales';
import { addressOf } from './address';
import { openSheet } from './dialog';
import { lateWords } from './words';

/** What is shared. */
export interface Shared {
  readonly address: string;
  readonly runText: string;
  /** Whether the link is on the clipboard already. */
  readonly copied: boolean;
}

/** The longest address that a camera in a lecture hall still reads from the screen. */
const QR_MAX = 1200;

/** Sheets that were opened: another player's has its own ids. */
let sheets = 0;

/** Copies the link, where that is allowed, and opens the sheet. */
export async function share(host: HTMLElement, lang: Lang, hash: string, runText: string): Promise<void> {
  const address = addressOf(host, hash);
  let copied = true;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    copied = false;
  }
  openShare(host, lang, { address, runText, copied });
}

function openShare(host: HTMLElement, lang: Lang, shared: Shared): void {
  const words = lateWords(lang).share;
  sheets += 1;
  const uid = `share-${sheets}`;
  let said = shared.copied ? words.linkCopied : '';
  const copy = async (text: string, done: string) => {
    try {
      await navigator.clipboard.writeText(text);
      say(done);
    } catch {
      say(words.failed);
    }
  };
  const row = (name: string, field: TemplateResult, text: string, done: string) =>
    html`<div class="share-row"><label for="${uid}-${name}">${name === 'link' ? words.link : words.text}</label>${field}
      <button type="button" aria-label="${words.copy}: ${name === 'link' ? words.link : words.text}" @click=${() => copy(text, done)}>${words.copy}</button></div>`;
  const sheet = openSheet(
    host,
    'share',
    words,
    false,
    () => html`${row('link', html`<input id="${uid}-link" readonly .value=${shared.address} />`, shared.address, words.linkCopied)}
      ${row('text', html`<textarea id="${uid}-text" readonly rows="4" .value=${shared.runText}></textarea>`, shared.runText, words.textCopied)}
      ${shared.address.length > QR_MAX ? html`<p>${words.tooLong}</p>` : qrCode(shared.address, words.qr)}
      <p role="status">${said}</p>`,
  );
  const say = (text: string) => {
    said = text;
    sheet?.draw();
  };
  host.querySelector<HTMLInputElement>('.sheet-share input')?.select();
}

/** The code as one path, four modules of quiet around it. */
export function qrCode(text: string, label: string): TemplateResult {
  const { data, size } = encode(text, { border: 4, ecc: 'L' });
  const rows = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return html`<svg class="qr" role="img" aria-label=${label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">${svg`<path fill="#000000" d=${rows.join('')} />`}</svg>`;
}
