/**
 * The same actions under another header: a run of its own, opened at the same moment. Undo goes back to the run before it once nothing of
 * the new one is left to take back, and redo forth again.
 */

import type { Lab } from '../elements/lab';

interface Place {
  readonly text: string;
  readonly atUs: number;
}

/** The runs that came of each other, and which of them is open. */
const chains = new WeakMap<Lab, { places: Place[]; at: number }>();

/** Opens a run text at the moment of the present run. Throws an `Error` that names the fault; the present run goes on then. */
export function playAgain(lab: Lab, text: string): void {
  const here: Place = { text: lab.runText, atUs: lab.nowUs };
  const chain = lab.older === null && lab.newer === null ? undefined : chains.get(lab);
  const plays = lab.player.playing;
  lab.openText(text);
  const places = [...(chain?.places.slice(0, chain.at) ?? []), here, { text, atUs: here.atUs }];
  arrive(lab, places, places.length - 1);
  if (plays) {
    lab.player.play();
  }
}

/** Goes to the moment of a run that was just opened, and ties undo and redo to its neighbours. */
function arrive(lab: Lab, places: Place[], at: number): void {
  chains.set(lab, { places, at });
  lab.seek(places[at]?.atUs ?? 0);
  const goTo = (to: number) => {
    const place = places[to];
    const go = () => {
      places[at] = { text: lab.runText, atUs: lab.nowUs };
      lab.openText(place?.text ?? '');
      arrive(lab, places, to);
    };
    return place === undefined ? null : go;
  };
  lab.older = goTo(at - 1);
  lab.newer = goTo(at + 1);
}
