/**
 * From a key's command to what it does: that is fetched with the first key, and the keys after it wait. What turns the pages of a deck never waits for a
 * fetch: nobody may get stuck on a slide.
 */

import type { KeyCommand } from '../controls/keyboard';
import type { Desk } from './desk';
import { turnPage } from './keys';

let run: ((command: KeyCommand, desk: Desk) => void) | null = null;

/** Does what a key asks for. */
export function runKeyCommand(command: KeyCommand, desk: Desk): void {
  if (command.do === 'deck' && desk.lab.scene === null) {
    turnPage(command.method);
  } else if (run) {
    run(command, desk);
  } else {
    desk.fetch(import('../late/key-commands'), (part) => {
      run = part.runKeyCommand;
      run(command, desk);
    });
  }
}
