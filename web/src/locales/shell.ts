/** The shell's dictionaries: its buttons, fields, messages and help. English is the shape; every other language must fill it. */

import type { Lang } from './index';
import { shellEn } from './shell-en';
import { shellZh } from './shell-zh';

/** A choice of theme; `auto` follows the system. */
export type ThemeChoice = 'auto' | 'light' | 'dark' | 'projector';

export const themeChoices: readonly ThemeChoice[] = ['auto', 'light', 'dark', 'projector'];

/** Every word of the shell. */
export type ShellWords = typeof shellEn;

export const shellWords: Readonly<Record<Lang, ShellWords>> = { en: shellEn, zh: shellZh };
