/** The rules of Raft as switches, in the panel of conditions; and which of them are off. To switch is an action, so it is undone like any other. */

import { html, type TemplateResult } from 'lit';
import type { ShellHands, ShellState } from '../elements/shell';
import { RULES, type Rule, rulesWords } from './rules-words';

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

/** The switches, group by group. */
export function rulesSection(state: ShellState, hands: ShellHands, off: ReadonlySet<string>): TemplateResult {
  const words = rulesWords(state.lang);
  const fallen = new Set(state.view?.checks.filter(({ violation }) => violation !== null).map(({ name }) => name));
  const row = ({ name, checks, says }: Rule) => {
    const isOff = off.has(name);
    const turn = () => hands.emit({ type: 'act', text: `${isOff ? 'mend' : 'break'} ${name}` });
    return html`<label class="cd-rule ${isOff ? 'off' : ''}" data-rule=${name}><input type="checkbox" role="switch" .checked=${!isOff} @change=${turn}>
      <span>${says[state.lang]}<small class=${isOff && checks.some((check) => fallen.has(check)) ? 'fallen' : ''}>${checks
        .map((check) => state.t.check[check])
        .join(', ')}</small></span></label>`;
  };
  const groups = Object.entries(words.groups).map(
    ([group, title]) =>
      html`<fieldset><legend>${title}</legend>${RULES.filter((each) => each.group === group).map(row)}</fieldset>`,
  );
  return html`<section class="cd-rules"><h3>${words.title} <small>${words.onOf(RULES.length - off.size, RULES.length)}</small></h3>
    <p>${words.hint}</p><div class="cd-groups">${groups}</div></section>`;
}
