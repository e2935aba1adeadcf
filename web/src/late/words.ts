/** The words of what is fetched late. They come with it, in both languages. English is the shape; every other language must fill it. */

import type { Lang } from '../locales';
import { lateEn } from './words-en';
import { lateZh } from './words-zh';

export type LateWords = typeof lateEn;

export function lateWords(lang: Lang): LateWords {
  return lang === 'zh' ? lateZh : lateEn;
}
