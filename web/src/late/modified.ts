/** A band across the player while any rule of Raft is off: that this is not the protocol, which rule, and a button that switches it on again. */

import { html, nothing, render } from 'lit';
import type { Desk } from '../elements/desk';
import { rulesOff } from './rules';
import styles from './rules.css?inline';
import { RULES, rulesWords } from './rules-words';
import { searchWords } from './search-words';
import { adoptLate } from './sheet';

/** Players that have theirs. */
const given = new WeakSet<Desk>();

/** Gives a player the band: shown, changed or taken away whenever its run or its look changes. Once is enough. */
export function modified(desk: Desk): void {
  if (given.has(desk)) {
    return;
  }
  given.add(desk);
  const band = document.createElement('div');
  band.className = 'modified';
  band.setAttribute('role', 'status');
  adoptLate(desk.host, styles);
  for (const type of ['raftarium-change', 'raftarium-look']) {
    desk.host.addEventListener(type, () => draw(desk, band));
  }
  draw(desk, band);
}

function draw(desk: Desk, band: HTMLElement): void {
  const { lab } = desk;
  const off = rulesOff(lab.runText, lab.nowUs);
  if (off.size === 0) {
    band.remove();
    render(nothing, band);
    return;
  }
  if (!band.isConnected) {
    desk.host.prepend(band);
  }
  const { lang } = desk.state();
  const words = rulesWords(lang);
  const first = RULES.find(({ name }) => off.has(name))?.says[lang] ?? '';
  const restore = () => {
    for (const name of off) desk.act(`mend ${name}`);
    desk.host.focus({ preventScroll: true });
  };
  const search = () =>
    desk.fetch(import('./search-for'), ({ searchFor }) => searchFor(lab, desk.state(), desk.hands, off));
  render(
    html`<b>${words.modified}</b><p>${words.off(off.size, first)}</p><button class="to-search" type="button" @click=${search}>${searchWords(lang).find}</button><button type="button" @click=${restore}>${words.restore}</button>`,
    band,
  );
}
