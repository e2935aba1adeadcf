/** Keys, settings, hashes, actions and announcements: the small pure parts of the shell. */

import { afterEach, describe, expect, test, vi } from 'vitest';
import * as actions from '../../src/actions';
import { Announcer } from '../../src/controls/announcer';
import { formatHash, parseHash } from '../../src/controls/hash';
import { type FocusPlace, type KeyOwner, keyCommand } from '../../src/controls/keyboard';
import { type AttributeName, readSettings } from '../../src/elements/settings';
import { nextCommand } from '../../src/elements/transport';

const press = (key: string, place: FocusPlace = 'player', owner: KeyOwner = 'self') =>
  keyCommand({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }, place, owner);

describe('keys', () => {
  test('play, step, speed, nodes and hands', () => {
    expect(press(' ')).toEqual({ do: 'togglePlay' });
    expect(press('K')).toEqual({ do: 'togglePlay' });
    expect(press('ArrowRight')).toEqual({ do: 'step' });
    expect(press('PageDown')).toEqual({ do: 'time', wish: 'page', by: 1 });
    expect(press('ArrowLeft')).toEqual({ do: 'stepBack' });
    const shifted = { key: 'ArrowRight', ctrlKey: false, metaKey: false, altKey: false, shiftKey: true };
    expect(keyCommand(shifted, 'player', 'self')).toEqual({ do: 'time', wish: 'ready', by: 1 });
    expect(keyCommand({ ...shifted, key: 'ArrowLeft' }, 'player', 'self')).toEqual({
      do: 'time',
      wish: 'ready',
      by: -1,
    });
    expect(press('<')).toEqual({ do: 'slower' });
    expect(press('>')).toEqual({ do: 'faster' });
    expect(press('3')).toEqual({ do: 'selectNode', number: 3 });
    expect(press('x')).toEqual({ do: 'toggleNode' });
    expect(press('T')).toEqual({ do: 'timeoutNode' });
    expect(press('q')).toBeNull();
  });

  test('a text field keeps all but Escape; a button keeps Space and Enter', () => {
    expect(press('x', 'text')).toBeNull();
    expect(press('Escape', 'text')).toEqual({ do: 'escape' });
    expect(press(' ', 'control')).toBeNull();
    expect(press('k', 'control')).toEqual({ do: 'togglePlay' });
  });

  test('with the keys given to the slide, pages turn and the rest stays', () => {
    expect(press('ArrowRight', 'player', 'host')).toEqual({ do: 'deck', method: 'next' });
    expect(press('PageUp', 'player', 'host')).toEqual({ do: 'deck', method: 'prev' });
    expect(press('Enter', 'player', 'host')).toEqual({ do: 'takeKeys' });
    expect(press('x', 'player', 'host')).toEqual({ do: 'toggleNode' });
    expect(press('x', 'player', 'off')).toBeNull();
  });

  test('shortcuts of the browser are left alone, all but undo and redo', () => {
    const held = { ctrlKey: true, metaKey: false, altKey: false, shiftKey: false };
    expect(keyCommand({ ...held, key: 't' }, 'player', 'self')).toBeNull();
    expect(keyCommand({ ...held, key: 'z' }, 'player', 'self')).toEqual({ do: 'undo' });
    expect(keyCommand({ ...held, key: 'Z', shiftKey: true }, 'player', 'self')).toEqual({ do: 'redo' });
    expect(keyCommand({ ...held, key: 'z' }, 'text', 'self')).toBeNull();
  });

  test('a slider keeps the keys that move it', () => {
    expect(press('ArrowLeft', 'slider')).toBeNull();
    expect(press('k', 'slider')).toEqual({ do: 'togglePlay' });
  });
});

describe('settings', () => {
  const read = (values: Partial<Record<AttributeName, string>>, framed = false) =>
    readSettings((name) => values[name] ?? null, framed);

  test('none at all: a fresh run of five nodes at 1/20', () => {
    expect(read({})).toMatchObject({ source: { from: 'fresh', nodes: 5 }, speed: 0.05, autoplay: null, fault: null });
  });

  test('a seed makes a run text, a moment goes before a seed', () => {
    expect(read({ seed: '7', nodes: '3' }).source).toEqual({ from: 'text', text: 'raftarium 1\nnodes 3\nseed 7\n' });
    expect(read({ seed: '7', moment: '#abc' }).source).toEqual({ from: 'hash', hash: '#abc' });
  });

  test('a seed cannot smuggle lines into the run text', () => {
    expect(read({ seed: '7\nnodes 9' }).source).toEqual({
      from: 'text',
      text: 'raftarium 1\nnodes 5\nseed 7 nodes 9\n',
    });
  });

  test('speeds are written as a number, a fraction or with a cross', () => {
    expect(read({ speed: '1/20' }).speed).toBe(0.05);
    expect(read({ speed: '0.5x' }).speed).toBe(0.5);
    expect(read({ speed: '.25×' }).speed).toBe(0.25);
  });

  test.each([
    ['nodes', '12'],
    ['nodes', 'many'],
    ['speed', 'fast'],
    ['speed', '1/0'],
    ['autoplay', 'perhaps'],
    ['autoplay', 'constructor'],
    ['theme', 'pink'],
    ['lang', 'fr'],
    ['ui', 'some'],
    ['keys', 'mine'],
  ] as const)('%s=%s is left out and named', (name, value) => {
    const { fault } = read({ [name]: value });
    expect(fault).toMatchObject({ what: 'attribute', name });
    expect(fault?.detail).toContain(`"${value}" is not`);
  });

  test('in a frame the page keys belong to the slide', () => {
    expect(read({}, true).keys).toBe('host');
    expect(read({}).keys).toBe('self');
  });
});

test('a hash is a link and a moment', () => {
  expect(parseHash('#abc&t=1500')).toEqual({ link: 'abc', atUs: 1500 });
  expect(parseHash('#scene=figure-8&t=5')).toEqual({ link: '', scene: 'figure-8', atUs: 5 });
  expect(parseHash('abc')).toEqual({ link: 'abc', atUs: null });
  expect(formatHash({ link: 'abc', atUs: 1500 })).toBe('#abc&t=1500');
  expect(() => parseHash('#abc&t=-1')).toThrow('"t=-1" is not a moment');
  expect(() => parseHash('#abc&t=99999999999999')).toThrow('is not a moment');
});

test('a key on a node and a command are one action each', () => {
  expect(actions.toggleNode({ id: 'n1', up: true })).toBe('crash n1');
  expect(actions.toggleNode({ id: 'n1', up: false })).toBe('restart n1');
  expect(actions.submit(' put x 1 ')).toBe('client c1 put x 1');
});

test('after a command was submitted, the next one is offered', () => {
  expect(nextCommand('put x 1')).toBe('put x 2');
  expect(nextCommand('put y 99')).toBe('put y 100');
  expect(nextCommand('get x')).toBe('get x');
});

describe('announcements', () => {
  afterEach(() => vi.useRealTimers());

  test('many sentences become one piece, with the newest and a count', () => {
    vi.useFakeTimers();
    const said: string[] = [];
    const announcer = new Announcer(
      (text) => said.push(text),
      (count) => `${count} more.`,
    );
    announcer.add(['a.', 'b.']);
    announcer.add(['c.', 'd.', 'e.']);
    vi.runAllTimers();
    expect(said).toEqual(['2 more. c. d. e.']);
    announcer.add(['f.']);
    vi.runAllTimers();
    expect(said[1]).toBe('f.');
  });
});
