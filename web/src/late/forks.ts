/** Where the futures that were left leave the present run, and what is done in them: read off the texts of the runs. */

import type { Branch } from '../elements/lab';

/** A future that was left, beside the present run. */
export interface Fork extends Branch {
  /** Where it leaves the present run, simulated µs. */
  readonly fromUs: number;
  /** The first action that the present run has not; "" when there is none. */
  readonly does: string;
}

/** An action of a run, and when it is done. */
interface Act {
  readonly atUs: number;
  readonly text: string;
}

function actsOf(runText: string): Act[] {
  return [...runText.matchAll(/^@(\d+) (.+)$/gm)].map(([, at = '0', text = '']) => ({ atUs: Number(at), text }));
}

/** The futures that there are beside a run, the latest that was left first. */
export function forksOf(runText: string, branches: Iterable<Branch>): Fork[] {
  const present = actsOf(runText);
  const forks = [...branches].map((branch) => {
    const acts = actsOf(branch.runText);
    const differs = (act: Act, i: number) => act.atUs !== present[i]?.atUs || act.text !== present[i]?.text;
    const found = acts.findIndex(differs);
    const shared = found < 0 ? acts.length : found;
    const [mine, its] = [present[shared], acts[shared]];
    const fromUs = Math.min(mine?.atUs ?? Number.POSITIVE_INFINITY, its?.atUs ?? Number.POSITIVE_INFINITY);
    return { ...branch, fromUs, does: its?.text ?? '' };
  });
  return forks.filter(({ fromUs, untilUs, does }) => fromUs < untilUs || does !== '').reverse();
}
