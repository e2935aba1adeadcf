/** The hands on time: play, steps, the slider, undo. What most visits do without is fetched when a hand first comes near. */

import type { Desk } from './desk';
import type { ShellHands } from './shell';

type Hands = 'togglePlay' | 'step' | 'stepBack' | 'undo' | 'redo' | 'seek' | 'settle' | 'near' | 'time' | 'setSpeed';

/** A desk's hands on time; `late` fetches a part, and says so where that fails. */
export function timeHands(
  desk: Desk,
  late: <Part>(fetched: Promise<Part>, use: (part: Part) => void) => unknown,
): Pick<ShellHands, Hands> {
  const { lab } = desk;
  const { player } = lab;
  const near = () => late(import('../late/scrubber'), ({ paintSeek }) => paintSeek(desk));
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
    time: (wish, by) => late(import('../late/travel'), ({ travel }) => travel(desk, wish, by)),
    setSpeed: (speed) => {
      player.speed = speed;
    },
  };
}
