/** Ports of this machine, and waiting for what listens on them. */

import { createServer } from 'node:net';
import { Trouble } from './run.mjs';

/**
 * @param {string | undefined} [text] What `PORT` says.
 * @returns {number | undefined} The port that is asked for.
 * @throws {Trouble} Where it is none.
 */
export function portWished(text = process.env.PORT) {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new Trouble(`PORT must be a number from 0 to 65535, not \`${text}\`.`);
}

/**
 * What a server that cannot listen throws, said so that a person can put it right.
 * @param {unknown} error
 * @param {number} port
 * @returns {unknown} The error itself when it is about something else.
 */
export function portTrouble(error, port) {
  const said = error instanceof Error ? `${'code' in error ? error.code : ''} ${error.message}` : '';
  if (/EADDRINUSE|already in use/.test(said)) {
    return new Trouble(`Port ${port} is in use: end what listens there, or set PORT to another one (0 takes any).`);
  }
  if (/EACCES/.test(said)) return new Trouble(`Port ${port} is not yours to use: set PORT to one above 1023.`);
  return error;
}

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
