/** What the core says of a fault, said again in Chinese. The sentences are the core's own: its tests keep the file. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faultInChinese } from '../../src/locales/zh-faults';

const kept = readFileSync(new URL('../../../crates/sim/tests/golden/sentences.txt', import.meta.url), 'utf8');
const sentences = [...new Set(kept.split('\n').filter((line) => line.startsWith('  ')))].map((line) => line.trim());

/** Words that stay as they are: the language of runs and actions. */
const words = new Set(
  (kept.match(/`[^`]*`/g) ?? [])
    .join(' ')
    .match(/[a-z]+/gi)
    ?.concat(
      'crash restart freeze thaw cut heal partition isolate link hold release drop duplicate deliver disk clock tick propose break mend timeout timer client load loop think member add promote remove joint replace voter learner compact transfer next off prevote checkquorum storage plain async'.split(
        ' ',
      ),
      'put get incr cas all tail latency loss reorder normal append sync lose seed nodes heartbeat election retry batch raftarium many one own term only commit'.split(
        ' ',
      ),
    ),
);

describe('the core’s sentences in Chinese', () => {
  test('there are some', () => {
    expect(sentences.length).toBeGreaterThan(50);
  });

  test.each(sentences)('%s', (sentence) => {
    const chinese = faultInChinese(sentence);
    expect(chinese).not.toBe(sentence);
    expect(chinese).toMatch(/\p{Script=Han}/u);
    const names = sentence.match(/`[^`]*`|\b[nc]\d\b|@\d+/g) ?? [];
    for (const name of names.filter((each) => !sentence.includes(`such as ${each}`))) expect(chinese).toContain(name);
    if (!sentence.includes('rule')) {
      const left = (chinese.match(/[a-z]{3,}/gi) ?? []).filter((each) => !words.has(each));
      expect(left).toEqual([]);
    }
  });

  test('line and column come first', () => {
    expect(faultInChinese('line 2, column 7: n2 is named twice')).toBe('第 2 行第 7 列：n2 出现了两次');
  });

  test('what is not known is said as it is', () => {
    expect(faultInChinese('Failed to fetch')).toBe('Failed to fetch');
  });
});
