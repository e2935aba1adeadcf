/** What a scene says: every scene its sentences, in both languages, in the order of their moments. */

import { expect, test } from 'vitest';
import { sentencesOf } from '../../src/late/lesson';
import lines from '../../src/late/scene-lines.json';
import { sceneLinesZh } from '../../src/late/scene-lines-zh';
import { sceneWords } from '../../src/late/scene-words';
import links from '../../src/late/scenes.json';

const names = Object.keys(links);

test('every scene has a title and a sentence in the menu, and sentences of its own, in both languages', () => {
  expect(Object.keys(lines)).toEqual(names);
  expect(Object.keys(sceneLinesZh).sort()).toEqual([...names].sort());
  for (const words of [sceneWords.en, sceneWords.zh]) {
    expect(Object.keys(words).sort()).toEqual([...names].sort());
  }
});

test.each(names)('%s says as much in Chinese as in English', (name) => {
  const said = sentencesOf(name);
  expect(sceneLinesZh[name]).toHaveLength(said.length);
  for (const { en, zh } of said) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(/§[\d.]+$/.exec(zh)?.[0], en).toBe(/§[\d.]+$/.exec(en)?.[0]);
  }
});
