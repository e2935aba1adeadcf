/**
 * A static file server, as plain as any host's: what works here works there. It mounts the folder below a path, so that an
 * absolute address in a page fails, as it would on a host that gives each project a folder.
 */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * @typedef {object} StaticServer
 * @property {string} url Address of the folder, with a slash at its end.
 * @property {() => Promise<void>} close
 */

/**
 * Serves `folder` at `http://127.0.0.1:PORT/MOUNT/`.
 * @param {string} folder
 * @param {{ port?: number, mount?: string, before?: (file: string) => Promise<void> | undefined }} [options] Any free port if absent;
 *   `mount` begins and ends with a slash; `before` is waited for before a file, named by its path inside the folder, is sent.
 * @returns {Promise<StaticServer>}
 */
export async function serveFolder(folder, { port = 0, mount = '/some/folder/', before } = {}) {
  const server = createServer(async (request, response) => {
    try {
      const inside = fileFor(request.url ?? '/', mount);
      const file = join(folder, inside);
      await before?.(inside);
      const body = await readFile(file);
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => listening(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}${mount}`,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

/**
 * @param {string} address Path of a request, as it came.
 * @param {string} mount
 * @returns {string} Path inside the folder.
 * @throws {Error} When the address is outside the mount, or no address at all.
 */
function fileFor(address, mount) {
  const path = decodeURIComponent(new URL(address, 'http://local').pathname);
  const inside = normalize(path.slice(mount.length));
  if (!path.startsWith(mount) || inside.startsWith('..')) throw new Error(`${path} is not below ${mount}`);
  return inside === '.' || inside.endsWith(sep) ? join(inside, 'index.html') : inside;
}
