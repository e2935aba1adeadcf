/** Ports of this machine, and waiting for what listens on them. */

import { createServer } from 'node:net';

/** @returns {Promise<number>} A port that nobody listens on just now. */
export function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * Waits until something answers, whatever it says.
 * @param {string} url
 * @param {number} [ms]
 */
export async function untilAnswers(url, ms = 20_000) {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((wait) => setTimeout(wait, 100));
  }
  throw new Error(`nothing answered at ${url} for ${ms / 1000} s`);
}
