/**
 * The words of the page in one language. English comes with the page; another language is fetched when it is first spoken, so that
 * nobody loads two.
 */

import { en } from './en';
import type { Lang, Words } from './index';
import type { ShellWords } from './shell';
import { shellEn } from './shell-en';

/** The views' words and the shell's. */
export interface Speech {
  readonly lang: Lang;
  readonly t: Words;
  readonly words: ShellWords;
}

/** Tags for the `lang` attribute. */
export const languageTags: Readonly<Record<Lang, string>> = { en: 'en', zh: 'zh-CN' };

export const english: Speech = { lang: 'en', t: en, words: shellEn };

/** The words of a language. Rejects when they cannot be fetched. */
export async function speechOf(lang: Lang): Promise<Speech> {
  switch (lang) {
    case 'en':
      return english;
    case 'zh':
      return (await import('./chinese')).chinese;
    default:
      return lang satisfies never;
  }
}
