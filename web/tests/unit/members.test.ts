/** Who has a vote, and what a snapshot stands for: the pictures after the members changed or a log was compacted (Raft §6, §7). */

import { describe, expect, it } from 'vitest';
import { holdersStrip } from '../../src/late/holders';
import { whyEntry } from '../../src/late/why-entry';
import { wordsOf } from '../../src/locales';
import type { NodeView, View } from '../../src/model';
import { captionView, clusterView, inspectorView, layoutFor, ledgerView, type ViewArgs } from '../../src/views';
import { figure8 } from '../fixtures/scenes';
import { flatten } from './flatten';

/** Figure 8, with something else said of some nodes. */
function figure(more: Record<string, Partial<NodeView>>): View {
  const { view } = figure8();
  return { ...view, quorum: 2, nodes: view.nodes.map((node) => ({ ...node, ...more[node.id] })) };
}

function argsOf(view: View): ViewArgs {
  return {
    view,
    nowUs: view.nowUs,
    layout: layoutFor(view.nodes.length, 'desktop'),
    ui: { selected: null, reducedMotion: false, theme: 'light', lang: 'en', firstColumn: null },
    t: wordsOf('en'),
    emit: () => {},
  };
}

describe('members', () => {
  const learner = { n4: { member: 'learner' as const }, n5: { member: 'outside' as const } };

  it('are counted by their votes: neither a learner nor a node that has left is in the compass', () => {
    expect(flatten(clusterView(argsOf(figure(learner))))).toMatch(/>\d\/3<\/text>/u);
    expect(flatten(clusterView(argsOf(figure({}))))).toMatch(/>\d\/5<\/text>/u);
  });

  it('a learner that holds the entry does not make it a quorum', () => {
    const held = (view: View) => /data-held=(\d)/u.exec(flatten(clusterView(argsOf(view))))?.[1];
    const all = figure({});
    const holder = all.nodes.find((node) => node.id !== 'n1' && node.lastIndex >= 2 && node.synced >= 2)?.id ?? '';
    expect(Number(held(figure({ [holder]: { member: 'learner' } })))).toBe(Number(held(all)) - 1);
  });

  it('alone stand in the strip of an entry and in the sentence about it', () => {
    const args = argsOf(figure(learner));
    const strip = flatten(holdersStrip(args, { term: 1, index: 1 }));
    expect(strip).toContain('a majority of 3');
    expect(strip).not.toContain('>n4<');
    expect(whyEntry(args.view, 'n1', 1)).toMatchObject({ held: 3, nodes: 3, quorum: 2 });
  });

  it('are told apart in words and in the sentences that count', () => {
    const args = argsOf(figure(learner));
    const picture = flatten(clusterView(args));
    expect(picture).toContain('>learner<');
    expect(picture).toContain('>not a member<');
    expect(flatten(inspectorView(args))).toContain('2 of 3');
    expect(flatten(captionView({ view: args.view, events: [], t: args.t }))).not.toContain('of 5');
  });
});

describe('a compacted log', () => {
  it('shows the snapshot in the place of the entries that it stands for', () => {
    const { view } = figure8();
    const nodes = view.nodes.map((node) =>
      node.id === 'n1' ? { ...node, firstIndex: 2, log: node.log.filter((entry) => entry.index > 1) } : node,
    );
    const picture = flatten(ledgerView(argsOf({ ...view, nodes })));
    expect(picture).toContain('data-snapshot=1');
    expect(picture).toContain('snapshot to 1');
    expect(flatten(ledgerView(argsOf(view)))).not.toContain('data-snapshot');
  });
});
