/**
 * The button in the cluster's corner that opens the menu of the whole cluster. It opens by a press beside the cluster's things as well, and by the Menu
 * key: see `elements/menus.ts`. What stands in it is `deeds.ts`.
 */

import type { Desk } from '../elements/desk';
import { handsWords } from './hands-words';
import { open } from './thing-menu';

/** Gives a player the menu of its cluster. */
export function actsOnCluster(desk: Desk): void {
  const { host } = desk;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'cluster-act';
  button.textContent = '⋯';
  button.setAttribute('aria-haspopup', 'menu');
  const name = () => {
    const { act } = handsWords(desk.state().lang).deeds;
    if (button.title !== act) {
      button.title = act;
      button.setAttribute('aria-label', act);
    }
    // The shell is drawn by templates that know nothing of it: wherever the cluster is, it is put.
    const pane = host.querySelector('.pane-cluster');
    if (pane !== null && button.parentElement !== pane) {
      pane.append(button);
    }
  };
  button.addEventListener('click', () => openAt(desk, button));
  // It goes with the panel that it stands in, and comes with the next.
  host.addEventListener('raftarium-change', () => button.isConnected || name());
  host.addEventListener('raftarium-look', name);
  name();
}

function openAt(desk: Desk, button: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect();
  open(
    desk,
    { kind: 'cluster', id: desk.state().words.cluster },
    new MouseEvent('click', { clientX: left, clientY: bottom }),
  );
}
