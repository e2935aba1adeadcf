/** The page's languages. English and Simplified Chinese; every word on screen is in both. */

import { en } from './en';
import type { Lang, Words } from './words';
import { zh } from './zh';

export type { Lang, Sentence, Words } from './words';

export const languages: readonly Lang[] = ['en', 'zh'];

export function wordsOf(lang: Lang): Words {
  return lang === 'zh' ? zh : en;
}

/** The language for a list of preferences such as `navigator.languages`; English when none of them is ours. */
export function languageFrom(preferences: readonly string[]): Lang {
  for (const preference of preferences) {
    const tag = preference.toLowerCase();
    if (tag.startsWith('zh')) return 'zh';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}
