/** Where links lead. */

import { afterEach, expect, test, vi } from 'vitest';
import { addressOf } from '../../src/late/address';

afterEach(() => vi.unstubAllGlobals());

/** A player on a page, with what that page names as the base of links. */
function linkOf(href: string, base: string | null): string {
  vi.stubGlobal('window', { location: { href } });
  return addressOf({ getAttribute: () => base } as unknown as Element, '#1~5~7&t=9');
}

test('a link leads to the page around, without what the hash says better', () => {
  expect(linkOf('https://host/lab/?seed=7&lang=zh&nodes=3#old', null)).toBe('https://host/lab/?lang=zh#1~5~7&t=9');
  expect(linkOf('https://host/lab/embed.html', 'index.html')).toBe('https://host/lab/index.html#1~5~7&t=9');
  expect(linkOf('https://host/deck/', 'https://other/?x=1')).toBe('https://other/?x=1#1~5~7&t=9');
});

test('a base that is no address is no harm', () => {
  for (const base of ['https://', 'http://[', '//', 'http://a b/'])
    expect(linkOf('https://host/lab/', base), base).toBe('https://host/lab/#1~5~7&t=9');
  expect(linkOf('about:srcdoc', 'index.html')).toBe('about:srcdoc#1~5~7&t=9');
});
