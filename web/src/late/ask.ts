/** A small form beside what was pressed: a client, a command with its value, and the node it is for. Submitting makes one action. */

import { html, render } from 'lit';
import type { Desk } from '../elements/desk';
import { handsWords } from './hands-words';
import { type Anchor, place } from './menu';
import styles from './menu.css?inline';
import { adoptLate } from './sheet';

/** Clients are called c1 to c9. */
const CLIENTS = Array.from({ length: 9 }, (_, i) => `c${i + 1}`);

/** The command that was submitted last, to be offered again. */
let latest = 'put x 1';

/** Opens the form; `node` is the one to ask, or null for the one that the client takes for the leader. */
export function ask(desk: Desk, node: string | null, at: Anchor): void {
  const { host } = desk;
  const { lang, view, words: shell, uid } = desk.state();
  const words = handsWords(lang).ask;
  adoptLate(host, styles);
  host.querySelector('.ask')?.remove();
  const back = document.activeElement;
  const box = document.createElement('div');
  box.className = 'menu ask';
  box.popover = 'manual';
  box.setAttribute('role', 'dialog');
  box.setAttribute('aria-label', words.title);
  const stop = new AbortController();
  const close = () => {
    stop.abort();
    box.remove();
    (back instanceof HTMLElement || back instanceof SVGElement ? back : host).focus({ preventScroll: true });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const field = (name: string) => new FormData(event.target as HTMLFormElement).get(name)?.toString().trim() ?? '';
    const via = field('via');
    if (desk.act(`client ${field('client')} ${field('command')}${via === '' ? '' : ` via ${via}`}`)) {
      latest = field('command');
      close();
    }
  };
  const option = (value: string, text: string, chosen: boolean) =>
    html`<option value=${value} ?selected=${chosen}>${text}</option>`;
  render(
    html`<form @submit=${submit}><p class="menu-title">${words.title}</p>
      <label><span>${words.client}</span><select name="client">${CLIENTS.map((id) => option(id, id, id === 'c1'))}</select></label>
      <label><span>${words.command}</span><input name="command" type="text" .value=${latest} required autocomplete="off" autocapitalize="off"
        spellcheck="false" aria-describedby="${uid}-ask-how"></label>
      <small id="${uid}-ask-how">${words.how}</small>
      <label><span>${words.via}</span><select name="via">${option('', words.anybody, node === null)}${(
        view?.nodes ?? []
      ).map(({ id }) => option(id, id, id === node))}</select></label>
      <div><button class="plain" type="submit">${shell.submit}</button><button class="plain" type="button" @click=${close}>${words.cancel}</button></div></form>`,
    box,
  );
  box.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  });
  window.addEventListener('pointerdown', (event) => box.contains(event.target as Node) || close(), {
    capture: true,
    signal: stop.signal,
  });
  host.addEventListener('raftarium-gone', close, { signal: stop.signal });
  host.append(box);
  box.showPopover();
  place(box, at, host);
  const command = box.querySelector('input');
  command?.focus({ preventScroll: true });
  command?.select();
}
