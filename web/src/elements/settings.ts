/**
 * The attributes of a player as values. A value that cannot be meant is left out and reported: the cluster runs all the same.
 */

import type { KeyOwner } from '../controls/keyboard';
import { langChoice, themeChoice } from '../controls/preferences';
import type { Lang } from '../locales';
import type { ThemeChoice } from '../locales/shell';
import { SPEED_DEFAULT, SPEED_MAX, SPEED_MIN } from '../player';
import type { Fault, Source } from './lab';
import type { Ui } from './shell';

/** Attributes that the element observes. */
export const ATTRIBUTES = ['seed', 'nodes', 'moment', 'speed', 'autoplay', 'theme', 'lang', 'ui', 'keys'] as const;

export type AttributeName = (typeof ATTRIBUTES)[number];

const NODES_DEFAULT = 5;
const NODES_MAX = 9;

/** What the attributes say. */
export interface Settings {
  readonly source: Source;
  readonly nodes: number;
  readonly speed: number;
  /** Whether it plays by itself; null leaves that to the viewer's motion setting. */
  readonly autoplay: boolean | null;
  /** Null when the attribute is not there, or not a theme: the viewer's own choice holds. */
  readonly theme: ThemeChoice | null;
  readonly lang: Lang | null;
  readonly ui: Ui;
  readonly keys: KeyOwner;
  /** The first attribute that could not be meant. */
  readonly fault: Fault | null;
}

type Get = (name: AttributeName) => string | null;

/** Reads the attributes of one player. `framed`: it stands in a frame of another page, whose keys it gives back. */
export function readSettings(get: Get, framed: boolean): Settings {
  const faults: Fault[] = [];
  /** The value of one attribute: what `parse` makes of it, or `fallback` and a fault that says what was `wanted`. */
  const read = <T>(name: AttributeName, wanted: string, fallback: T, parse: (text: string) => T | null): T => {
    const text = get(name);
    if (text === null) {
      return fallback;
    }
    const value = parse(text.trim());
    if (value === null) {
      faults.push({ what: 'attribute', name, detail: `"${text}" is not ${wanted}`, after: 'goesOn' });
    }
    return value ?? fallback;
  };
  const nodes = read('nodes', `a number from 1 to ${NODES_MAX}`, NODES_DEFAULT, nodesOf);
  return {
    nodes,
    source: sourceOf(get, nodes),
    speed: read('speed', `a speed from ${SPEED_MIN} to ${SPEED_MAX}`, SPEED_DEFAULT, speedOf),
    autoplay: read(
      'autoplay',
      '1, 0 or visible',
      null,
      (text) => plays.test(text) || (waits.test(text) ? false : null),
    ),
    theme: read('theme', 'auto, light, dark or projector', null, themeChoice),
    lang: read('lang', 'en or zh', null, langChoice),
    ui: read('ui', 'full, player or none', 'player', (text) => uis.find((ui) => ui === text) ?? null),
    keys: read(
      'keys',
      'host, self or off',
      framed ? 'host' : 'self',
      (text) => owners.find((one) => one === text) ?? null,
    ),
    fault: faults[0] ?? null,
  };
}

const uis: readonly Ui[] = ['full', 'player', 'none'];
const owners: readonly KeyOwner[] = ['self', 'host', 'off'];
const plays = /^(1|true|visible|)$/;
const waits = /^(0|false)$/;

function nodesOf(text: string): number | null {
  const nodes = Number(text);
  return /^\d$/.test(text) && nodes >= 1 && nodes <= NODES_MAX ? nodes : null;
}

/** `0.05`, `1/20`, with or without an `x` behind it. */
function speedOf(text: string): number | null {
  const found = /^(\d*\.?\d+)(?:\/(\d+))?[x×]?$/.exec(text);
  if (found === null) {
    return null;
  }
  const speed = Number(found[1]) / Number(found[2] ?? 1);
  return speed >= SPEED_MIN && speed <= SPEED_MAX ? speed : null;
}

function sourceOf(get: Get, nodes: number): Source {
  const hash = get('moment');
  if (hash !== null && hash.replace('#', '') !== '') {
    return { from: 'hash', hash };
  }
  const seed = get('seed');
  return seed === null ? { from: 'fresh', nodes } : seedSource(seed, nodes);
}

/** A new run of a seed; the core judges the seed. */
export function seedSource(seed: string, nodes: number): Source {
  return { from: 'text', text: `raftarium 1\nnodes ${nodes}\nseed ${seed.trim().replace(/\s+/g, ' ')}\n` };
}
