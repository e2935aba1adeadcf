/** Every scene that can be opened by name has a title and a sentence, in both languages; a QR code says what it was given. */

import { describe, expect, it } from 'vitest';
import { sceneWords } from '../../src/late/scene-words';
import links from '../../src/late/scenes.json';
import { drawPictures, picture } from '../../src/late/scenes-menu';
import { qrCode } from '../../src/late/share';
import { handDrivenSessions } from '../fixtures/hand-driven';
import { figure8 } from '../fixtures/scenes';
import { flatten } from './flatten';

describe('scenes', () => {
  it('are told in both languages, each of them and no other', () => {
    for (const told of Object.values(sceneWords)) {
      expect(Object.keys(told).sort()).toEqual(Object.keys(links).sort());
      for (const [title, sentence] of Object.values(told)) {
        expect(title.length).toBeGreaterThan(1);
        expect(sentence.length).toBeGreaterThan(8);
      }
    }
  });

  it('have a picture: who leads, who is down, and no line where a link is cut', () => {
    const drawn = flatten(picture(figure8().view));
    expect(drawn.match(/class=disc down/g)).toHaveLength(1);
    expect(drawn.match(/class=wire/g) ?? drawn.match(/class="wire"/g)).toHaveLength(9);
  });

  it('are played for their pictures only as long as somebody looks at the menu', async () => {
    const sessions = handDrivenSessions();
    const drawn: string[] = [];
    await drawPictures(sessions, (name) => drawn.push(name) < 2);
    expect(drawn).toEqual(Object.keys(links).slice(0, 2));
    expect(sessions.made.map(({ disposed }) => disposed)).toEqual([true, true]);
  });
});

it('a QR code has its three corner marks, and grows with its text', () => {
  const small = flatten(qrCode('https://example.org/#1~5~7', 'code'));
  const large = flatten(qrCode(`https://example.org/#1~5~7~~${'C1R1'.repeat(60)}`, 'code'));
  const size = (text: string) => Number(/viewBox="0 0 (\d+)/.exec(text)?.[1] ?? /viewBox=0 0 (\d+)/.exec(text)?.[1]);
  expect(size(large)).toBeGreaterThan(size(small));
  for (const at of [4, size(small) - 11]) {
    expect(small).toContain(`M${at} 4h1v1h-1z`);
  }
});
