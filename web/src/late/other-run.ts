/**
 * Another run in the place of the present one: the same actions under another header, at the same moment, or one that a search has found. Undo goes back to the run before it once nothing of
 * the new one is left to take back, and from there to what was done in it, though it was opened again; redo goes forth.
 */

import type { Lab } from '../elements/lab';

interface Place {
  readonly text: string;
  readonly atUs: number;
}

/** Acts of a run that is left that can still be taken back when it is opened again. */
const ACTS_MAX = 20;

/** The runs that came of each other, and which of them is open. */
const chains = new WeakMap<Lab, { places: Place[]; at: number }>();

/** Opens a run text at the moment of the present run, or at another. Throws an `Error` that names the fault; the present run goes on then. */
export function playAgain(lab: Lab, text: string, momentUs?: number): void {
  const chain = lab.older === null && lab.newer === null ? undefined : chains.get(lab);
  const plays = lab.player.playing;
  const states = statesOf(lab);
  const here = states.at(-1) as Place;
  try {
    lab.openText(text);
  } catch (error) {
    for (let i = 1; i < states.length; i += 1) lab.redo();
    lab.seek(here.atUs);
    throw error;
  }
  const places = [...(chain?.places.slice(0, chain.at) ?? []), ...states, { text, atUs: momentUs ?? here.atUs }];
  arrive(lab, places, places.length - 1);
  if (plays) {
    lab.player.play();
  }
}

/** The present run as it stands, and before it what it was before each of its latest acts; they are taken back to know. */
function statesOf(lab: Lab): Place[] {
  const states: Place[] = [{ text: lab.runText, atUs: lab.nowUs }];
  const { older } = lab;
  lab.older = null;
  while (states.length <= ACTS_MAX && lab.undo()) {
    states.unshift({ text: lab.runText, atUs: lab.nowUs });
  }
  lab.older = older;
  return states;
}

/** Goes to the moment of a run that was just opened, and ties undo and redo to its neighbours. */
function arrive(lab: Lab, places: Place[], at: number): void {
  chains.set(lab, { places, at });
  lab.seek(places[at]?.atUs ?? 0);
  const goTo = (by: 1 | -1) => {
    const place = places[at + by];
    const go = () => {
      const states = statesOf(lab);
      const now = [...places.slice(0, at), ...states, ...places.slice(at + 1)];
      lab.openText(place?.text ?? '');
      arrive(lab, now, by < 0 ? at - 1 : at + states.length);
    };
    return place === undefined ? null : go;
  };
  lab.older = goTo(-1);
  lab.newer = goTo(1);
}
