/**
 * Where the menu of the whole cluster opens: a button in the cluster's corner, the second mouse button or a long press beside its things,
 * and the Menu key or Shift+F10 when nothing is selected. What stands in it is `deeds.ts`.
 */

import type { Desk } from '../elements/desk';
import { handsWords } from './hands-words';
import { afterLongPress, open } from './thing-menu';

const cluster = { kind: 'cluster', id: '' } as const;

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
  host.addEventListener('raftarium-change', name);
  host.addEventListener('raftarium-look', name);
  name();
  host.addEventListener('contextmenu', (event) => {
    if (!event.defaultPrevented && wants(desk, event)) {
      event.preventDefault();
      open(desk, named(desk), event);
    }
  });
  host.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' && wants(desk, event)) {
      afterLongPress(event, host, () => open(desk, named(desk), event));
    }
  });
}

/** Beside the things of the cluster; or, by key, with nothing else to mean. */
function wants(desk: Desk, event: MouseEvent): boolean {
  const target = event.target as Element;
  const onThing = target.closest('[data-node],[data-link],[data-message],[data-client],.brush-bar') !== null;
  return (target.closest('.cluster') !== null && !onThing) || (target === desk.host && desk.selected === null);
}

/** The menu's title is the cluster's. */
function named(desk: Desk): { kind: 'cluster'; id: string } {
  return { ...cluster, id: desk.state().words.cluster };
}

function openAt(desk: Desk, button: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect();
  open(desk, named(desk), new MouseEvent('click', { clientX: left, clientY: bottom }));
}
