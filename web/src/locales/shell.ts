/** The shape of the shell's words: its buttons, fields, messages and help. English is the shape; every other language must fill it. */

import type { shellEn } from './shell-en';

/** A choice of theme; `auto` follows the system. */
export type ThemeChoice = 'auto' | 'light' | 'dark' | 'projector';

export const themeChoices: readonly ThemeChoice[] = ['auto', 'light', 'dark', 'projector'];

/** Every word of the shell. */
export type ShellWords = typeof shellEn;
