/**
 * Every situation as a picture, for looking at: `?scene=election&size=embed&theme=dark&lang=zh`; without `scene`, all of them below each other.
 * `&play` moves simulated time on a loop. A page of its own in the built site, at gallery/dev/gallery.html.
 */

import { html, render } from 'lit';
import { detailIn } from '../src/late/detail';
import { seldomIn } from '../src/late/seldom';
import { wordsOf } from '../src/locales';
import {
  captionView,
  clusterView,
  feedView,
  inspectorView,
  lampsView,
  layoutFor,
  ledgerView,
  moveCluster,
  type Size,
  type ViewArgs,
} from '../src/views';
import { eventsOf, type Scene, scenes } from '../tests/fixtures/scenes';

const query = new URLSearchParams(location.search);
const size = (query.get('size') ?? 'desktop') as Size;
const theme = query.get('theme') ?? 'light';
const lang = query.get('lang') === 'zh' ? 'zh' : 'en';
document.documentElement.dataset.theme = theme;
document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';

const detail = detailIn(document.documentElement);
const seldom = seldomIn(document.documentElement);

function argsOf(scene: Scene): ViewArgs {
  return {
    view: scene.view,
    nowUs: scene.view.nowUs,
    layout: layoutFor(scene.view.nodes.length, size),
    ui: { selected: scene.selected, reducedMotion: false, theme: 'light', lang, firstColumn: null },
    t: wordsOf(lang),
    detail,
    seldom,
    events: eventsOf(scene),
    emit: (intent) => console.log(intent),
  };
}

function frame(scene: Scene) {
  const args = argsOf(scene);
  const { t, view } = args;
  const events = eventsOf(scene);
  return html`<section class="frame ${size}">
    <h1>${scene.name}</h1>
    <main><div>${clusterView(args)}</div><div>${ledgerView(args)}</div><div>${inspectorView(args)}</div></main>
    <footer>${captionView({ view, events, t })}${feedView({ items: events, t })}${lampsView({ view, t, compact: size !== 'desktop' })}</footer>
  </section>`;
}

const wanted = query.get('scene');
const shown = scenes().filter((scene) => wanted === null || scene.name.includes(wanted));
const root = document.querySelector<HTMLElement>('#gallery');
if (root !== null) {
  render(
    shown.map((scene) => frame(scene)),
    root,
  );
  shown.forEach((scene, i) => {
    const section = root.children[i];
    if (section !== undefined) moveCluster(section, argsOf(scene));
  });
  const [only] = shown;
  if (query.has('play') && only !== undefined) {
    // A twentieth of real speed, from 15 ms before the scene's moment, over and over.
    const begin = () => {
      moveCluster(root, { ...argsOf(only), nowUs: only.view.nowUs - 10_000, rate: 10 });
      setTimeout(begin, 2000);
    };
    begin();
  }
}
