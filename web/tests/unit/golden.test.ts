/**
 * Golden pictures: each view in each situation, as SVG text, and what the page says beside it. `npm run goldens` writes them anew; the
 * difference is there to be read. The same situations can be looked at on the gallery page.
 */

import { expect, it } from 'vitest';
import { detail } from '../../src/late/detail';
import { seldom } from '../../src/late/seldom';
import { layoutFor } from '../../src/layout';
import { pathBetween } from '../../src/layout/motion';
import { wordsOf } from '../../src/locales';
import {
  captionView,
  clusterView,
  feedView,
  inspectorView,
  lampsView,
  ledgerView,
  type ViewArgs,
} from '../../src/views';
import { messageView } from '../../src/views/message';
import { endIn, extentOf } from '../../src/views/names';
import { eventsOf, type Scene, scenes } from '../fixtures/scenes';
import { svgText, wordsOnly } from './svg-text';

const fileOf = (scene: Scene, kind: string): string =>
  `../golden/${scene.name.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '')}.${kind}`;

function argsOf(scene: Scene): ViewArgs {
  return {
    view: scene.view,
    nowUs: scene.view.nowUs,
    layout: layoutFor(scene.view.nodes.length, 'desktop'),
    ui: { selected: scene.selected, reducedMotion: false, theme: 'light', lang: 'en', firstColumn: null },
    t: wordsOf('en'),
    detail,
    seldom,
    events: eventsOf(scene),
    emit: () => {},
  };
}

/** Every message under way, around its own middle, one below the other. */
function messagesText(args: ViewArgs): string {
  const { view, layout } = args;
  return view.messages
    .map((message) => {
      const [from, to] = [endIn(view, message.from), endIn(view, message.to)];
      const path = pathBetween(layout.cluster, from, to, extentOf(message));
      return `# ${message.kind} ${message.from} > ${message.to}\n${svgText(messageView(args, message, path, null))}`;
    })
    .join('\n');
}

function said(scene: Scene): string {
  const args = argsOf(scene);
  const { view, t } = args;
  const events = eventsOf(scene);
  const parts = {
    Caption: captionView({ view, events, t }),
    Inspector: inspectorView(args),
    Lamps: lampsView({ view, t }),
    Events: feedView({ items: events, t }),
  };
  return Object.entries(parts)
    .map(([name, part]) => `# ${name}\n${wordsOnly(part)}\n`)
    .join('\n');
}

it('there are situations enough', () => {
  const names = scenes().map((scene) => fileOf(scene, ''));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(12);
});

for (const scene of scenes()) {
  it(`looks as it did: ${scene.name}`, async () => {
    const args = argsOf(scene);
    await expect(svgText(clusterView(args))).toMatchFileSnapshot(fileOf(scene, 'cluster.svg.txt'));
    await expect(svgText(ledgerView(args))).toMatchFileSnapshot(fileOf(scene, 'logs.svg.txt'));
    if (args.view.messages.length > 0)
      await expect(messagesText(args)).toMatchFileSnapshot(fileOf(scene, 'messages.svg.txt'));
    await expect(said(scene)).toMatchFileSnapshot(fileOf(scene, 'txt'));
  });
}
