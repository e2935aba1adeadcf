/** What each key does to the player, once `keyboard.ts` has said which command it is. Fetched with the first key. */

import * as actions from '../actions';
import type { KeyCommand } from '../controls/keyboard';
import type { Desk } from '../elements/desk';
import { turnPage } from '../elements/keys';

/** What need not be done at once. */
export type LateCommand = Exclude<KeyCommand, { do: 'togglePlay' | 'focusCommand' }>;

/** Does what a key asks for. */
export function runKeyCommand(command: LateCommand, desk: Desk): void {
  const { hands, lab } = desk;
  switch (command.do) {
    case 'step':
      hands.step();
      break;
    case 'stepBack':
      hands.stepBack();
      break;
    case 'time':
      hands.time(command.wish, command.by);
      break;
    case 'undo':
      hands.undo();
      break;
    case 'redo':
      hands.redo();
      break;
    case 'slower':
      lab.player.shiftSpeed(-1);
      break;
    case 'faster':
      lab.player.shiftSpeed(1);
      break;
    case 'help':
      hands.help();
      break;
    case 'panelsMenu':
      hands.panelsMenu();
      break;
    case 'togglePanel':
      hands.togglePanel(command.panel);
      break;
    case 'escape':
      letGo(desk);
      break;
    case 'takeKeys':
      hands.setKeyOwner('self');
      break;
    case 'deck':
      turn(desk, command.method);
      break;
    case 'selectNode':
      selectNode(desk, command.number);
      break;
    case 'selectMessage':
      desk.fetch(import('./thing-menu'), ({ selectMessage }) => selectMessage(desk, command.by));
      break;
    case 'partition':
      desk.fetch(import('./partition'), ({ brush }) => brush(desk));
      break;
    case 'align':
      desk.fetch(import('./deeds'), ({ alignTimers }) => alignTimers(desk));
      break;
    case 'toggleNode':
      onSelectedNode(desk, actions.toggleNode);
      break;
    case 'timeoutNode':
      onSelectedNode(desk, (node) => actions.timeout(node.id));
      break;
    default:
      command satisfies never;
  }
}

/** A scene that is told shows all of itself before the deck around it turns the page. */
function turn(desk: Desk, method: 'next' | 'prev'): void {
  if (desk.lab.scene === null) {
    turnPage(method);
  } else {
    desk.fetch(import('./lesson'), ({ turnScene }) => turnScene(desk, method === 'next' ? 1 : -1) || turnPage(method));
  }
}

function selectNode(desk: Desk, number: number): void {
  const node = desk.lab.view?.nodes[number - 1];
  if (node !== undefined) {
    desk.hands.emit({ type: 'select', what: { kind: 'node', id: node.id } });
  }
}

function onSelectedNode(desk: Desk, action: (node: { id: string; up: boolean }) => string): void {
  const id = desk.selected?.kind === 'node' ? desk.selected.id : null;
  const node = desk.lab.view?.nodes.find((each) => each.id === id);
  if (node !== undefined) {
    desk.act(action(node));
  }
}

/** Escape, where it leaves no field or list, closes the message, then lets go of the selection, then gives the keys back to the slide. */
function letGo({ hands, lab, selected, keyOwner }: Desk): void {
  if (lab.fault !== null) {
    lab.dismiss();
  } else if (selected !== null) {
    hands.emit({ type: 'select', what: null });
  } else if (keyOwner === 'self' && window.parent !== window) {
    hands.setKeyOwner('host');
  }
}
