/** Where the futures that were left leave the present run, and what is done in them: read off the texts of the runs. */

import type { Branch } from '../elements/lab';

/** A future that was left, beside the present run. */
export interface Fork extends Branch {
  /** Where it leaves the present run, simulated µs. */
  readonly fromUs: number;
  /** The actions from the first on that the present run has not. */
  readonly does: readonly string[];
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
    return { ...branch, fromUs, does: acts.slice(shared).map(({ text }) => text) };
  });
  return forks.filter(({ fromUs, untilUs, does }) => fromUs < untilUs || does.length > 0).reverse();
}

/** How the names of futures are put together. */
interface Naming {
  readonly nothingDone: string;
  readonly nothingMore: string;
  later(first: string, next: string): string;
}

/**
 * What each future is called: by its first action; where others begin with the same one, by the first that tells them apart as well; and where
 * nothing does, by its number among those of that name, the oldest first.
 */
export function namesOf(forks: readonly Fork[], words: Naming): string[] {
  const names = forks.map((fork) => nameOf(fork, forks, words));
  return names.map((name, i) => {
    const older = names.slice(i + 1).filter((each) => each === name).length;
    return older > 0 || names.indexOf(name) < i ? `${name} (${older + 1})` : name;
  });
}

function nameOf(fork: Fork, forks: readonly Fork[], { nothingDone, nothingMore, later }: Naming): string {
  const { does } = fork;
  const [first] = does;
  if (first === undefined) {
    return nothingDone;
  }
  /** Actions that another future has in common with this one. */
  const common = (other: Fork) => {
    const differs = other.does.findIndex((text, i) => text !== does[i]);
    return differs < 0 ? other.does.length : differs;
  };
  const told = Math.max(0, ...forks.filter((each) => each !== fork).map(common));
  if (told === 0) {
    return first;
  }
  const next = does[told];
  return next === undefined
    ? later(does.length === 1 ? first : later(first, does.at(-1) ?? ''), nothingMore)
    : later(first, next);
}
