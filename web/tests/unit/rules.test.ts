/** The rules that can be broken: the page names those of the core, reads which are off, and says in Chinese what fell. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rulesOff } from '../../src/late/rules';
import { RULES } from '../../src/late/rules-words';
import { violationInChinese } from '../../src/locales/zh-violations';

const core = (path: string) => readFileSync(`crates/sim/src/${path}`, 'utf8');

it('names the rules of the core, each once and in both languages', () => {
  const names = [...core('rules.rs').matchAll(/^ {4}"([a-z-]+)", (?:core|host)\./gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(20);
  expect(RULES.map(({ name }) => name).sort()).toEqual(names.sort());
  for (const { says, checks } of RULES) {
    expect(says.en).toMatch(/^[A-Z].*\.$/);
    expect(says.zh).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(checks.length).toBeGreaterThan(0);
  }
});

it('reads off a run which rules are off at a moment', () => {
  const run =
    'raftarium 1\nnodes 5\n@100 break one-vote-a-term\n@200 break retries-recognised\n@300 mend one-vote-a-term\n';
  expect([...rulesOff(run, 99)]).toEqual([]);
  expect([...rulesOff(run, 100)]).toEqual(['one-vote-a-term']);
  expect([...rulesOff(run, 250)]).toEqual(['one-vote-a-term', 'retries-recognised']);
  expect([...rulesOff(run, 300)]).toEqual(['retries-recognised']);
});

it('says what fell in Chinese, for every sentence of the checkers', () => {
  const sentences = [
    ...core('checks/tests.rs').matchAll(/"((?:n\d|no order|command \d|at index|the commit) [^"]+)"/g),
  ].map(([, it]) => it ?? '');
  expect(sentences.length).toBeGreaterThan(12);
  for (const sentence of [...sentences, 'at index 3 the stores of n1 and n2 differ']) {
    const said = violationInChinese(sentence);
    expect(said, sentence).toMatch(/[\u4e00-\u9fff]/);
    // Names, numbers and commands stay; no English word does.
    expect(said.replace(/\b(put|get|incr|cas|local|x|y)\b|[nc]\d+/g, ''), sentence).not.toMatch(/[a-z]/);
  }
});
