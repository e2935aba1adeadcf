/** The rules of Raft as switches, in the panel of conditions and in that of the search; and which of them are off in a run. */

import { html, type TemplateResult } from 'lit';
import type { ShellHands, ShellState } from '../elements/shell';
import type { CheckName } from '../model';
import { RULES, type Rule, rulesWords } from './rules-words';
import { searchWords } from './search-words';

/** The rules that are off at a moment of a run, read off its text. */
export function rulesOff(runText: string, nowUs: number): Set<string> {
  const off = new Set<string>();
  for (const [, atUs, deed, name] of runText.matchAll(/^@(\d+) (break|mend) (\S+)$/gm)) {
    if (Number(atUs) > nowUs) break;
    if (deed === 'break') off.add(name ?? '');
    else off.delete(name ?? '');
  }
  return off;
}

/** The switches, group by group: which are off, which theorems have fallen, and what a turned switch does. */
export function ruleSwitches(
  { lang, t }: Pick<ShellState, 'lang' | 't'>,
  off: ReadonlySet<string>,
  fallen: ReadonlySet<CheckName>,
  turn: (rule: string, isOff: boolean) => void,
): TemplateResult {
  const row = ({ name, checks, says }: Rule) => {
    const isOff = off.has(name);
    return html`<label class="cd-rule ${isOff ? 'off' : ''}" data-rule=${name}><input type="checkbox" role="switch" .checked=${!isOff} @change=${() => turn(name, isOff)}>
      <span>${says[lang]}<small>${checks.map(
        (check, i) =>
          html`${i === 0 ? '' : ', '}<span class=${isOff && fallen.has(check) ? 'fallen' : ''}>${t.check[check]}</span>`,
      )}</small></span></label>`;
  };
  return html`<div class="cd-groups">${Object.entries(rulesWords(lang).groups).map(
    ([group, title]) =>
      html`<fieldset><legend>${title}</legend>${RULES.filter((each) => each.group === group).map(row)}</fieldset>`,
  )}</div>`;
}

/** The switches of the cluster on the stage. To turn one is an action, so it is undone like any other. */
export function rulesSection(
  state: ShellState,
  hands: ShellHands,
  off: ReadonlySet<string>,
  search: () => void,
): TemplateResult {
  const words = rulesWords(state.lang);
  const fallen = new Set(state.view?.checks.filter(({ violation }) => violation !== null).map(({ name }) => name));
  const turn = (name: string, isOff: boolean) =>
    hands.emit({ type: 'act', text: `${isOff ? 'mend' : 'break'} ${name}` });
  return html`<section class="cd-rules"><h3>${words.title} <small>${words.onOf(RULES.length - off.size, RULES.length)}</small></h3>
    <p>${words.hint} <button class="plain" type="button" @click=${search}>${searchWords(state.lang).find}</button></p>${ruleSwitches(state, off, fallen, turn)}</section>`;
}
