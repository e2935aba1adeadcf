/** How numbers, entries and commands are written, in every language alike. */

import type { PositionView } from '../model';

/** "3@4": entry 3, made in term 4. */
export function entryId(position: PositionView): string {
  return `${position.index}@${position.term}`;
}

/** Whole milliseconds below ten seconds, then seconds with one decimal; never negative. */
export function duration(us: number): string {
  const ms = Math.max(0, us) / 1000;
  if (ms < 10_000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(1)} s`;
}

/** A moment of a run, for the feed and the clock: the whole milliseconds that have passed, "1412 ms". */
export function clock(us: number): string {
  return `${Math.floor(us / 1000)} ms`;
}

/** A command as it stands in a log cell: "put x 1" is "x=1". Unknown commands stay as they are. */
export function shortCommand(command: string): string {
  const [verb, key, first, second] = command.split(' ');
  if (key === undefined) return command;
  if (verb === 'put' && first !== undefined) return `${key}=${first}`;
  if (verb === 'get') return `${key}?`;
  if (verb === 'incr') return `${key}+${first ?? '1'}`;
  if (verb === 'cas' && second !== undefined) return `${key}:${first}→${second}`;
  return command;
}

/** At most `max` characters, the last one an ellipsis if something is left out. */
export function ellipsis(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, Math.max(1, max - 1)).join('')}…`;
}

/** Term colours repeat after six: 1..6. Term 0, before any election, has none. */
export function termColour(term: number): number {
  return term <= 0 ? 0 : ((term - 1) % 6) + 1;
}
