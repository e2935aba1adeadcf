/**
 * From a key's command to what it does: most of that is fetched with the first such key, and the keys after it wait. What turns the pages of a deck never
 * waits for a fetch: nobody may get stuck on a slide.
 */

import type { KeyCommand } from '../controls/keyboard';
import type { runKeyCommand as runLate } from '../late/key-commands';
import type { Desk } from './desk';
import { turnPage } from './keys';

let run: typeof runLate | null = null;

/** Does what a key asks for. */
export function runKeyCommand(command: KeyCommand, desk: Desk): void {
  if (command.do === 'deck' && desk.lab.scene === null) {
    turnPage(command.method);
  } else if (command.do === 'escape' && desk.host.querySelector(':is(input, select):focus')) {
    // The next key is the player's.
    desk.host.focus({ preventScroll: true });
  } else if (command.do === 'togglePlay') {
    desk.hands.togglePlay();
  } else if (command.do === 'focusCommand') {
    // At once: what is typed next is for the field.
    desk.host.querySelector<HTMLInputElement>('input[name="command"]')?.focus();
  } else if (run) {
    run(command, desk);
  } else {
    desk.fetch(import('../late/key-commands'), (part) => {
      run = part.runKeyCommand;
      part.runKeyCommand(command, desk);
    });
  }
}
