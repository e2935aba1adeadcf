/** What to know before one searches without some rules: from the table of the rules, and from the size of the clusters. Pure. */

import { RULES, type Rule } from './rules-words';
import type { SearchWords } from './search-words';

/** The sentences, one for each thing to know; none where something falls soon anyway. */
export function hintsOf(off: ReadonlySet<string>, nodes: number, words: SearchWords): string[] {
  const broken: Rule[] = RULES.filter(({ name }) => off.has(name));
  const few = nodes < 5;
  const soon = ({ search }: Rule) => search === undefined || (search === 'five-nodes' && !few);
  if (broken.some(soon)) return [];
  return [...new Set(broken.map(({ search = 'never' }) => words.hint(search, few)))];
}
