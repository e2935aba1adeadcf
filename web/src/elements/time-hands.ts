/** The hands on time: play, steps, the slider, undo. What most visits do without is fetched when a hand first comes near. */

import type { Desk } from './desk';
import type { ShellHands } from './shell';

type Hands =
  | 'togglePlay'
  | 'step'
  | 'stepBack'
  | 'undo'
  | 'redo'
  | 'seek'
  | 'settle'
  | 'near'
  | 'time'
  | 'setSpeed'
  | 'tells';

/** A desk's hands on time. */
export function timeHands(desk: Desk): Pick<ShellHands, Hands> {
  const { lab } = desk;
  const { player } = lab;
  const near = () => desk.fetch(import('../late/scrubber'), ({ paintSeek }) => paintSeek(desk), false);
  const went = (somewhere: boolean) => {
    if (somewhere) {
      desk.tellMoment();
      near();
    }
  };
  return {
    togglePlay: () => {
      player.toggle();
      if (!player.playing) {
        desk.tellMoment();
      }
    },
    step: () => {
      player.step();
      desk.tellMoment();
    },
    stepBack: () => went(lab.stepBack()),
    undo: () => went(lab.undo()),
    redo: () => went(lab.redo()),
    seek: (atUs) => lab.seek(atUs),
    settle: () => went(true),
    near,
    tells: () => true,
    time: (wish, by) => desk.fetch(import('../late/travel'), ({ travel }) => travel(desk, wish, by)),
    setSpeed: (speed) => {
      player.speed = speed;
    },
  };
}
