/** The views as functions: the same arguments give the same picture, nothing is mutated, and the stable handles say what the model says. */

import { describe, expect, it } from 'vitest';
import { detail } from '../../src/late/detail';
import { layoutFor, type Size } from '../../src/layout';
import { languages, wordsOf } from '../../src/locales';
import type { NodeView } from '../../src/model';
import {
  captionView,
  clusterView,
  feedView,
  inspectorView,
  lampsView,
  ledgerView,
  type ViewArgs,
} from '../../src/views';
import { ringShape } from '../../src/views/glyphs';
import { linkAct, nodeAct } from '../../src/views/hands';
import { notches, wheeled } from '../../src/views/ledger';
import { cluster, node, timer } from '../fixtures/build';
import { eventsOf, figure8, type Scene, scenes } from '../fixtures/scenes';
import { flatten } from './flatten';

function argsOf(scene: Scene, size: Size = 'desktop', lang: 'en' | 'zh' = 'en'): ViewArgs {
  return {
    view: scene.view,
    nowUs: scene.view.nowUs,
    layout: layoutFor(scene.view.nodes.length, size),
    ui: { selected: scene.selected, reducedMotion: false, theme: 'light', lang, firstColumn: null },
    t: wordsOf(lang),
    detail,
    emit: () => {
      throw new Error('a view spoke without being asked');
    },
  };
}

function everything(scene: Scene, args: ViewArgs): string {
  const { view, t } = args;
  const items = eventsOf(scene);
  return [
    clusterView(args),
    ledgerView(args),
    inspectorView(args),
    captionView({ view, events: items, t }),
    lampsView({ view, t }),
    feedView({ items, t }),
  ]
    .map(flatten)
    .join('\n');
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}

describe('every view', () => {
  it('is a pure function: a frozen model, the same picture twice, in each size and language', () => {
    for (const scene of scenes()) {
      freeze(scene.view);
      for (const size of ['desktop', 'embed', 'mobile'] as const) {
        for (const lang of languages) {
          const first = everything(scene, argsOf(scene, size, lang));
          expect(everything(scene, argsOf(scene, size, lang))).toBe(first);
          expect(first, scene.name).not.toMatch(/undefined|NaN|\[object/u);
        }
      }
    }
  });

  it('says of a timer what stays true until the next event, as nothing is drawn anew before that', () => {
    const view = cluster(3);
    timer(view, 'n1', 156, 156);
    const [scene] = scenes();
    if (scene === undefined) throw new Error('there is no scene');
    const said = [0, 100_000].map((later) => {
      const args = { ...argsOf(scene), view, nowUs: view.nowUs + later };
      args.ui = { ...args.ui, selected: { kind: 'node', id: 'n1' } };
      return flatten(inspectorView(args));
    });
    expect(said[0]).toContain('runs out at 156 ms');
    expect(said[1]).toBe(said[0]);
  });

  it('uses no inline style, which the content security policy forbids', () => {
    for (const scene of scenes()) expect(everything(scene, argsOf(scene))).not.toMatch(/\sstyle=/u);
  });
});

describe('a role', () => {
  const base = node(cluster(3), 'n1');
  const withRole = (more: Partial<NodeView>) => ringShape({ ...base, ...more });

  it('is a ring shape, and no two share one', () => {
    const shapes = [
      withRole({ role: 'follower' }),
      withRole({ role: 'preCandidate' }),
      withRole({ role: 'candidate' }),
      withRole({ role: 'leader' }),
      withRole({ role: 'leader', staleLeader: true }),
      withRole({ up: false }),
    ];
    expect(shapes).toEqual(['plain', 'dotted', 'dashed', 'double', 'hatched', 'crossed']);
  });
});

describe('the cluster', () => {
  const picture = flatten(clusterView(argsOf(figure8())));

  it('carries the stable handles of every node and link', () => {
    expect(picture).toMatch(/data-node=n1 data-role=leader data-term=4 data-up=true/u);
    expect(picture).toMatch(/data-node=n5 data-role=follower data-term=3 data-up=false/u);
    expect(picture).toMatch(/data-link=n4-n5 data-cut=both/u);
    expect(picture).toMatch(/data-link=n1-n2 data-cut=none/u);
  });

  it('names its buttons in words', () => {
    expect(picture).toContain('aria-label=n1, leader, term 4, commit 1');
    expect(picture).toContain('aria-label=link n4–n5, cut');
  });

  it('counts in its middle who holds the entry that is to be decided', () => {
    expect(picture).toContain('data-compass=2@2 data-held=3');
  });

  it('says what a press does', () => {
    const { view } = figure8();
    expect(nodeAct(node(view, 'n1'))).toBe('crash n1');
    expect(nodeAct(node(view, 'n5'))).toBe('restart n5');
    expect(nodeAct({ ...node(view, 'n2'), frozen: true })).toBe('thaw n2');
    const [link] = view.links;
    if (link === undefined) throw new Error('five nodes have links');
    expect(linkAct(link, false)).toBe('cut n1 n2');
    expect(linkAct(link, true)).toBe('cut n1>n2');
    expect(linkAct({ ...link, cutAB: true }, false)).toBe('heal n1 n2');
  });
});

describe('the ledger', () => {
  it('carries the stable handles of every entry and store', () => {
    const picture = flatten(ledgerView(argsOf(figure8())));
    expect(picture).toMatch(/data-log=n1/u);
    expect(picture).toMatch(/data-index=1 data-term=1 data-committed=true/u);
    expect(picture).toMatch(/data-index=3 data-term=4 data-committed=false data-synced=false/u);
    expect(picture).toMatch(/data-store=n3[^>]*>x=1</u);
  });

  it('draws only the columns in view, the newest entry among them', () => {
    const scene = scenes().find((each) => each.view.nodes.length === 9);
    if (scene === undefined) throw new Error('there is a scene of nine nodes');
    const picture = flatten(ledgerView(argsOf(scene)));
    expect(picture).toContain('data-index=24');
    expect(picture).not.toContain('data-index=3 ');
    expect(picture).toContain('aria-label=20 earlier');
  });

  it('turns a column at a time and follows again at the end', () => {
    expect(wheeled(20, 20, -1)).toBe(19);
    expect(wheeled(1, 20, -1)).toBe(1);
    expect(wheeled(19, 20, 1)).toBe(null);
  });

  it('is scrolled a column for each notch of a wheel, and for each handful of a trackpad’s pixels', () => {
    expect([120, 120, -120].map(notches)).toEqual([1, 1, -1]);
    const slow = Array.from({ length: 30 }, () => notches(4));
    expect(slow.filter((step) => step === 1)).toHaveLength(3);
    expect([4, -4, -39, -4].map(notches)).toEqual([0, 0, -1, 0]);
  });
});
