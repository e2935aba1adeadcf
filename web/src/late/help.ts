/** The help sheet, opened by `?`: what hands and keys do. It is fetched when it is first opened. */

import { html } from 'lit';
import type { Lang } from '../locales';
import type { Player } from '../player';
import { openSheet } from './dialog';
import styles from './help.css?inline';
import { helpWords } from './help-words';
import kbd from './kbd.css?inline';
import { adoptLate } from './sheet';

/** The keys of the help sheet: what is pressed, and the name of its sentence in the words of the page. */
const KEY_SHEET = [
  { keys: ['Space', 'K'], says: 'keyPlay' },
  { keys: ['←', '→'], says: 'keyStep' },
  { keys: ['PgUp', 'PgDn'], says: 'keyPage' },
  { keys: ['Shift', '←', '→'], says: 'keyReady' },
  { keys: ['Alt', '←', '→'], says: 'keyArrival' },
  { keys: ['Ctrl', '←', '→'], says: 'keyMoment' },
  { keys: [',', '.'], says: 'keyTick' },
  { keys: ['J', 'L'], says: 'keyBeat' },
  { keys: ['Home', 'End'], says: 'keyEnds' },
  { keys: ['Ctrl', 'Z'], says: 'keyUndo' },
  { keys: ['B'], says: 'keyBranches' },
  { keys: ['<', '>'], says: 'keySpeed' },
  { keys: ['1', '…', '9'], says: 'keySelect' },
  { keys: ['[', ']'], says: 'keyMessage' },
  { keys: ['Shift', 'F10'], says: 'keyMenu' },
  { keys: ['X'], says: 'keyToggle' },
  { keys: ['T'], says: 'keyTimeout' },
  { keys: ['A'], says: 'keyAlign' },
  { keys: ['P'], says: 'keyPartition' },
  { keys: ['C'], says: 'keyCommand' },
  { keys: ['M'], says: 'keyPanels' },
  { keys: ['G', 'I', 'N', 'S', 'O', 'D', 'R', 'E', 'V'], says: 'keyPanel' },
  { keys: ['F'], says: 'keyScreen' },
  { keys: ['?'], says: 'keyHelp' },
  { keys: ['Esc'], says: 'keyEscape' },
] as const;

/** Opens the sheet of a player. It covers the cluster, so the cluster waits while it is open. */
export function help(host: HTMLElement, lang: Lang, player: Player): void {
  const wasPlaying = player.playing;
  const closed = () => {
    if (wasPlaying) {
      player.play();
    }
  };
  if (openHelp(host, lang, closed)) {
    player.pause();
  }
}

/** Opens the sheet of a player, unless it is open; `closed` is called when it closes. False when it was open already. */
function openHelp(host: HTMLElement, lang: Lang, closed: () => void): boolean {
  adoptLate(host, kbd);
  adoptLate(host, styles);
  const words = helpWords[lang];
  const content = () => html`<dl class="help-hands">${[
    words.handNode,
    words.handLink,
    words.handLine,
    words.handMessage,
    words.handNext,
    words.handCommand,
  ].map(([hand, does]) => html`<div><dt>${hand}</dt><dd>${does}</dd></div>`)}</dl>
    <dl class="help-keys">${KEY_SHEET.map(
      (row) => html`<div><dt>${row.keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${words[row.says]}</dd></div>`,
    )}</dl>
    <p>${words.helpFocus}</p>`;
  return openSheet(host, 'help', { title: words.helpTitle, close: words.helpClose }, true, content, closed) !== null;
}
