/**
 * What to know before one searches without some rules: from the table of the rules, and from the size of the clusters; and the run of a schedule made by
 * hand where no search finds one. Those runs are the core's (`crates/sim/tests/directed.rs` writes them). Pure.
 */

import { RULES, type Rule } from './rules-words';
import runs from './search-by-hand.json';
import type { SearchWords } from './search-words';

/** The sentences, one for each thing to know; none where something falls soon anyway. */
export function hintsOf(off: ReadonlySet<string>, nodes: number, words: SearchWords): string[] {
  const broken: Rule[] = RULES.filter(({ name }) => off.has(name));
  const few = nodes < 5;
  const soon = ({ search }: Rule) => search === undefined || (search === 'five-nodes' && !few);
  if (broken.some(soon)) return [];
  return [...new Set(broken.map(({ search = 'never' }) => words.hint(search, few)))];
}

/** The run of the first of these rules that no search shows, and a schedule made by hand does; null where a search may do. */
export function byHandOf(off: ReadonlySet<string>, nodes: number, words: SearchWords): string | null {
  if (hintsOf(off, nodes, words).length === 0) return null;
  const [run] = Object.entries(runs).flatMap(([name, text]) => (off.has(name) ? [text] : []));
  return run ?? null;
}
