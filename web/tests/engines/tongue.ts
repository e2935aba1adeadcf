/** The language of the journeys, for any engine: "the node n1, its role, a click on it, until there is a leader". */

import type { Engine } from './engine.ts';

/** The value of an attribute; null when the element or the attribute is not there. */
export function attribute(engine: Engine, selector: string, name: string): Promise<string | null> {
  return engine.run('return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null;', selector, name);
}

/** Clicks the middle of an element, as a person would, once it stays in its place. */
export async function click(engine: Engine, selector: string): Promise<void> {
  let last = '';
  const [x, y] = await until(`${selector} stays in its place`, async () => {
    const point = await engine.run<[number, number] | null>(
      `const element = document.querySelector(arguments[0]);
      if (!element) return null;
      element.scrollIntoView({ block: 'nearest' });
      const box = element.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];`,
      selector,
    );
    const stays = point !== null && last === String(point);
    last = String(point);
    return stays && point;
  });
  await engine.clickAt(x, y);
}

/** The id of the one node that is up and leads; null while there is none. */
export async function leader(engine: Engine): Promise<string | null> {
  return attribute(engine, '[data-node][data-up="true"][data-role="leader"]', 'data-node');
}

/** The ids of all nodes. */
export function nodes(engine: Engine): Promise<string[]> {
  return engine.run(
    "return [...document.querySelectorAll('[data-node]')].map((node) => node.getAttribute('data-node'));",
  );
}

/** What each node's store holds under a key; null where it holds nothing. */
export function stored(engine: Engine, key: string): Promise<(string | null)[]> {
  return engine.run(
    `const key = arguments[0];
    return document.querySelector('raft-arium').view.nodes.map(
      (node) => node.store.find((pair) => pair.key === key)?.value ?? null);`,
    key,
  );
}

/** Waits until `look` finds something, and returns it: an election takes six seconds at the page's own speed, a client that asks again ten. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  ms = 60_000,
): Promise<T> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    const found = await look();
    if (found) return found;
    await new Promise((wait) => setTimeout(wait, 100));
  }
  throw new Error(`waited ${ms / 1000} s in vain until ${what}`);
}
