/** What the browser says about the viewer: dark or light, motion or none; and what the page keeps of their choices. */

import type { Lang } from '../locales';
import { languageFrom } from '../locales';
import { type ThemeChoice, themeChoices } from '../locales/shell';
import type { Theme } from '../views';

const DARK = '(prefers-color-scheme: dark)';
const STILL = '(prefers-reduced-motion: reduce)';

const answers = new Map<string, MediaQueryList>();

/** The browser's standing answer to a media query: asked once, true from then on. */
function asked(query: string): MediaQueryList {
  const known = answers.get(query) ?? matchMedia(query);
  answers.set(query, known);
  return known;
}

/** The theme to draw for a choice. */
export function themeOf(choice: ThemeChoice): Theme {
  return choice === 'auto' ? (asked(DARK).matches ? 'dark' : 'light') : choice;
}

/** Whether the viewer has asked for less motion. */
export function wantsLessMotion(): boolean {
  return asked(STILL).matches;
}

/** Calls back when the system's theme or motion setting changes, until `stop()`. */
export function watchPreferences(changed: () => void): { stop(): void } {
  const lists = [asked(DARK), asked(STILL)];
  for (const list of lists) {
    list.addEventListener('change', changed);
  }
  return {
    stop: () => {
      for (const list of lists) {
        list.removeEventListener('change', changed);
      }
    },
  };
}

/** A choice of theme by its name; null when there is none of that name. */
export function themeChoice(name: string): ThemeChoice | null {
  return themeChoices.find((choice) => choice === name) ?? null;
}

/** A language by its tag (`zh`, `zh-CN`, `en-GB`); null when it is none of the page's. */
export function langChoice(tag: string): Lang | null {
  return /^(en|zh)\b/i.test(tag) ? languageFrom([tag]) : null;
}

/** What is kept. */
type Kept = 'theme' | 'lang' | 'panels' | 'sizes' | 'stops' | 'guide';

/** What this viewer chose before; a sandboxed frame may have no storage, and then nothing was chosen. */
export function recall(key: Kept): string | null {
  try {
    return localStorage.getItem(`raftarium.${key}`);
  } catch {
    return null;
  }
}

/** Keeps a choice for the next visit, where that is possible. */
export function keep(key: Kept, value: string): void {
  try {
    localStorage.setItem(`raftarium.${key}`, value);
  } catch {
    // No storage here: the choice holds for this page.
  }
}
