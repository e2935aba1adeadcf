/** The choice of panels: what is shown at first, what a toggle does, and what is kept of it. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keyCommand } from '../../src/controls/keyboard';
import { PANELS, Panels, readChoice } from '../../src/controls/panels';
import { toggled } from '../../src/late/panels-toggle';

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

afterEach(() => vi.unstubAllGlobals());

it('the inside of a node takes the place of logs and inspector, and gives it back', () => {
  const all = new Panels().shown(false);
  const inside = toggled(all, 'inside');
  expect([...inside].sort()).toEqual(['events', 'inside', 'stores']);
  expect([...toggled(inside, 'inside')].sort()).toEqual([...all].sort());
  expect(toggled(inside, 'logs').has('inside')).toBe(false);
});

it('wide panels stand in the strip one at a time; stores and clients, as conditions, take the place of the stores, and give it back', () => {
  const all = new Panels().shown(false);
  const clients = toggled(toggled(all, 'spaceTime'), 'clients');
  expect([...clients].sort()).toEqual(['clients', 'events', 'inspector', 'logs']);
  expect([...toggled(clients, 'clients')].sort()).toEqual([...all].sort());
  expect(toggled(clients, 'stores').has('clients')).toBe(false);
  expect([...toggled(clients, 'spaceTime')].sort()).toEqual(['events', 'inspector', 'logs', 'spaceTime']);
});

describe('panels', () => {
  it('are all shown at first where there is room, and without the strip where there is little', () => {
    expect([...new Panels().shown(false)]).toEqual(['logs', 'inspector', 'events', 'stores']);
    expect([...new Panels().shown(true)]).toEqual(['logs', 'inspector']);
  });

  it('are hidden and shown again, and the choice is kept for the next visit', () => {
    const panels = new Panels();
    panels.choose(toggled(panels.shown(false), 'logs'));
    expect(panels.shown(false).has('logs')).toBe(false);
    expect(new Panels().shown(false).has('logs')).toBe(false);
    panels.choose(toggled(panels.shown(false), 'logs'));
    expect(new Panels().shown(false).has('logs')).toBe(true);
  });

  it('stay as chosen when room gets little', () => {
    const panels = new Panels();
    panels.choose(toggled(panels.shown(true), 'events'));
    expect(panels.shown(true).has('events')).toBe(true);
  });

  it('that a kept choice names and that are none are left out', () => {
    expect([...(readChoice('logs nonsense stores') ?? [])]).toEqual(['logs', 'stores']);
    expect([...(readChoice('') ?? ['x'])]).toEqual([]);
    expect(readChoice(null)).toBeNull();
  });

  it('each have a key', () => {
    const press = (key: string) =>
      keyCommand({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }, 'player', 'self');
    const commands = [...'abcdefghijklmnopqrstuvwxyz'].map(press);
    const panels = commands.flatMap((command) => (command?.do === 'togglePanel' ? [command.panel] : []));
    expect(panels.sort()).toEqual([...PANELS].sort());
    expect(press('m')).toEqual({ do: 'panelsMenu' });
  });
});
