/**
 * The content security policy of the built page holds: what an intruder would try is tried in the page itself, and each attempt must fail; the same
 * attempts on a page without a policy must all succeed, so that none of them fails for another reason.
 */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { open, openEmbed } from './cluster';
import { expect, test } from './fixtures';

let outside: Server;
let address = '';
/** Requests that reached the other origin. */
let reached: string[] = [];

test.beforeAll(async () => {
  outside = createServer((request, response) => {
    reached.push(request.url ?? '');
    const type = request.url?.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' });
    response.end(type === 'text/html' ? '<!doctype html><title>no policy</title>' : 'window.intruders.push("script")');
  });
  await new Promise<void>((ready) => outside.listen(0, '127.0.0.1', ready));
  address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
});

test.afterAll(() => new Promise((done) => outside.close(done)));

test.beforeEach(() => {
  reached = [];
});

/** What came through by now, and which rules were broken. */
interface Result {
  came: string[];
  broken: string[];
}

const result = () => {
  const { intruders, broken } = window as unknown as { intruders: string[]; broken: Set<string> };
  return { came: [...intruders].sort(), broken: [...broken].sort() };
};

/** Runs in the page: tries everything. What comes of it may take its time: `result`. */
async function intrude(address: string): Promise<void> {
  const came: string[] = [];
  const broken = new Set<string>();
  document.addEventListener('securitypolicyviolation', (event) => broken.add(event.effectiveDirective));
  Object.assign(window, { intruders: came, broken });
  // Programs that drive a browser may use eval where a page may not: what counts is what the page does by itself, later.
  await new Promise((later) => setTimeout(later, 0));
  const attempts: Record<string, () => unknown> = {
    inline: () => {
      const script = document.createElement('script');
      script.append('window.intruders.push("inline")');
      document.head.append(script);
    },
    handler: () => {
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.intruders.push("handler")');
      image.setAttribute('src', 'data:image/png,no');
      document.body.append(image);
    },
    // biome-ignore lint/security/noGlobalEval: that it is refused is what is tested.
    eval: () => globalThis.eval('window.intruders.push("eval")'),
    markup: () => {
      document.createElement('div').innerHTML = '<b>intruder</b>';
      came.push('markup');
    },
    style: () => {
      const style = document.createElement('style');
      style.textContent = 'html { --intruder: here }';
      document.head.append(style);
      if (getComputedStyle(document.documentElement).getPropertyValue('--intruder') !== '') came.push('style');
    },
    script: () => {
      const script = document.createElement('script');
      script.src = `${address}intruder.js`;
      document.head.append(script);
    },
    fetch: async () => {
      await fetch(`${address}fetched`);
      came.push('fetch');
    },
    worker: () =>
      new Promise((done) => {
        const script = URL.createObjectURL(new Blob(['postMessage(0)'], { type: 'text/javascript' }));
        const worker = new Worker(script);
        worker.onmessage = () => done(came.push('worker'));
        worker.onerror = done;
      }),
    policy: () => {
      const { trustedTypes } = window as unknown as {
        trustedTypes?: { createPolicy(name: string, rules: object): unknown };
      };
      trustedTypes?.createPolicy('intruder', { createHTML: (text: string) => text });
      came.push('policy');
    },
    image: () =>
      new Promise((done) => {
        const image = new Image();
        image.onerror = done;
        image.src = `${address}image.png`;
        document.body.append(image);
      }),
    frame: () => {
      const frame = document.createElement('iframe');
      frame.src = `${address}frame`;
      document.body.append(frame);
    },
  };
  for (const attempt of Object.values(attempts)) {
    try {
      await attempt();
    } catch {
      // Refused: that is what is hoped for.
    }
  }
}

/** What has come of it after a while in which all that could come through would have. */
async function inTheEnd(page: Page, broken: string[]): Promise<Result> {
  await expect.poll(async () => (await page.evaluate(result)).broken).toEqual(expect.arrayContaining(broken));
  await page.waitForTimeout(600);
  return page.evaluate(result);
}

const all = ['eval', 'fetch', 'handler', 'inline', 'markup', 'policy', 'script', 'style', 'worker'];

test('without a policy every attempt succeeds', async ({ page, troubles }) => {
  await page.goto(address);
  await page.evaluate(intrude, address);
  await expect.poll(async () => (await page.evaluate(result)).came).toEqual(all);
  await expect
    .poll(() => reached)
    .toEqual(expect.arrayContaining(['/fetched', '/frame', '/image.png', '/intruder.js']));
  troubles.length = 0;
});

for (const [name, visit] of [
  ['the page', (page: Parameters<typeof open>[0]) => open(page)],
  ['the embed', (page: Parameters<typeof open>[0]) => openEmbed(page, 'seed=7&autoplay=0')],
] as const) {
  test(`on ${name} none does: no inline script, no eval, no markup from text, no style, nothing from elsewhere`, async ({
    page,
    troubles,
  }) => {
    await visit(page);
    await page.evaluate(intrude, address);
    const rules = [
      'connect-src',
      'frame-src',
      'img-src',
      'require-trusted-types-for',
      'style-src-elem',
      'trusted-types',
    ];
    expect((await inTheEnd(page, rules)).came).toEqual([]);
    expect(reached).toEqual([]);
    // The page lives on.
    await page.getByRole('button', { name: 'Next event' }).click();
    troubles.length = 0;
  });
}

test('on the deck, whose slides write their own markup, nothing else comes through', async ({ page, troubles }) => {
  await page.goto('web/demo/index.html', { waitUntil: 'networkidle' });
  await page.evaluate(intrude, address);
  const { came } = await inTheEnd(page, ['script-src', 'script-src-attr', 'script-src-elem']);
  expect(came).toEqual(['markup', 'policy']);
  expect(reached).toEqual([]);
  troubles.length = 0;
});
