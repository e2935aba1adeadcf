/** What a newcomer does in the first minute, in engines that are not Chromium, by clicks and keys alone. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from './engine.ts';
import { firefox } from './firefox.ts';
import { attribute, click, leader, nodes, stored, until } from './tongue.ts';
import { webkit } from './webkit.ts';

/** An environment variable that `npm run test:engines` sets. */
function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this by \`npm run test:engines\``);
  return value;
}

const engines = {
  Firefox: () => firefox(given('RAFTARIUM_FIREFOX')),
  WebKit: () => webkit(JSON.parse(given('RAFTARIUM_WEBKIT'))),
};

describe.each(Object.entries(engines))('%s', (_name, start) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
    await engine.open(`${given('RAFTARIUM_URL')}index.html`);
  });
  afterAll(() => engine?.close());

  test('elects a leader', async () => {
    expect(await until('there is a leader', () => leader(engine))).toMatch(/^n[1-5]$/);
  });

  test('a click crashes the leader, and another is elected', async () => {
    const first = await until('there is a leader', () => leader(engine));
    await click(engine, `[data-node="${first}"]`);
    await until(
      `${first} is down`,
      async () => (await attribute(engine, `[data-node="${first}"]`, 'data-up')) === 'false',
    );
    const second = await until('another leads', () => leader(engine));
    expect(second).not.toBe(first);
    await click(engine, `[data-node="${first}"]`);
    await until(
      `${first} is up again`,
      async () => (await attribute(engine, `[data-node="${first}"]`, 'data-up')) === 'true',
    );
  });

  test('a submitted command reaches every store', async () => {
    await click(engine, 'input[name="command"]');
    await engine.run('document.activeElement.select();');
    await engine.enter('put x 42');
    await until('every store has x', async () => (await stored(engine, 'x')).every((value) => value === '42'));
    expect(await nodes(engine)).toHaveLength(5);
  });

  test('a worker finds a run that breaks a theorem, and it is opened', async () => {
    await click(engine, '[data-panels]');
    await click(engine, '[data-item="search"]');
    await click(engine, '[data-rule="one-vote-a-term"] input');
    await click(engine, '.se-press');
    const there = (selector: string) => engine.run<boolean>('return !!document.querySelector(arguments[0]);', selector);
    await until('it is found and cut', () => there('.se-story'), 240_000);
    await click(engine, '.se-hands .se-press');
    await until('it is on the stage', () => there('.modified'));
    await click(engine, '.se-hands .se-press');
    await until('its theorem has fallen there', () => there('[data-holds="false"]'));
  });
});
