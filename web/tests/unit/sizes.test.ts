/** Sizes of panels: what one column gains another loses, within limits; what is kept reads back, and nothing else does. */

import { expect, it } from 'vitest';
import { DRAWN, readSizes, shifted, stripped } from '../../src/late/sizes';

const total = ({ cluster, logs, inspector }: typeof DRAWN) => cluster + logs + inspector;

it('an edge gives one column what the other loses, and stops where either is at its least', () => {
  expect(shifted(DRAWN, 'logs', 'cluster', 100)).toEqual({ ...DRAWN, cluster: 596, logs: 524 });
  expect(shifted(DRAWN, 'logs', 'cluster', 10_000)).toMatchObject({ logs: 320 });
  expect(shifted(DRAWN, 'logs', 'cluster', -10_000)).toMatchObject({ cluster: 280 });
  for (const by of [-10_000, -33, 0, 7, 10_000]) {
    expect(total(shifted(DRAWN, 'inspector', 'logs', by))).toBe(total(DRAWN));
  }
});

it('the strip keeps a height for itself and one for wide panels', () => {
  expect(stripped(DRAWN, 'strip', 200)).toEqual({ ...DRAWN, strip: 200 });
  expect(stripped(DRAWN, 'wide', 9_999)).toMatchObject({ strip: 116, wide: 420 });
  expect(stripped(DRAWN, 'wide', -5)).toMatchObject({ wide: 160 });
});

it('what is kept reads back; anything else is as drawn', () => {
  const sizes = shifted(DRAWN, 'logs', 'cluster', 77);
  expect(readSizes(Object.values(sizes).join(' '))).toEqual(sizes);
  for (const kept of [null, '', '1 2 3 4 5', '496 624 320', 'a b c d e']) {
    expect(readSizes(kept)).toEqual(DRAWN);
  }
});
