/** The menu of prepared scenes: a small picture of where each comes to, a title and a sentence. Opening one plays it. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { sceneLinks } from '../controls/scenes';
import type { Desk } from '../elements/desk';
import type { Sessions } from '../elements/lab';
import { termColour } from '../format/text';
import { onEllipse } from '../layout/geometry';
import type { NodeView, View } from '../model';
import { openSheet } from './dialog';
import { sceneWords } from './scene-words';
import { lateWords } from './words';

// One file, whoever asks for it first.
const links = await sceneLinks();

/** Each scene is played this long after its last action for its picture, simulated µs. */
const PICTURE_US = 60_000;

/** Each is played so long at least: a first election is over then. */
const FIRST_US = 300_000;

/** Wall milliseconds that one picture may take. */
const BUDGET_MS = 240;

/** Opens the menu. */
export function openScenes(desk: Desk): void {
  const { lang } = desk.state();
  const words = lateWords(lang).scenes;
  const told = sceneWords[lang];
  const pictures = new Map<string, View>();
  let isOpen = true;
  const sheet = openSheet(
    desk.host,
    'scenes',
    words,
    true,
    () =>
      html`<ul class="scenes">${Object.keys(links).map((name) => {
        const [title, sentence] = told[name] ?? [name, ''];
        const open = () => {
          sheet?.close();
          // Not back to the button that opened the sheet: Space plays the scene.
          desk.host.focus({ preventScroll: true });
          void desk.open({ from: 'hash', hash: `#scene=${name}` });
        };
        const view = pictures.get(name);
        return html`<li><button type="button" data-scene=${name} @click=${open}>${view === undefined ? html`<svg></svg>` : picture(view)}
        <b>${title}</b><span>${sentence}</span></button></li>`;
      })}</ul>`,
    () => {
      isOpen = false;
    },
  );
  if (sheet !== null) {
    void drawPictures(desk.lab.sessions, (name, view) => {
      pictures.set(name, view);
      sheet.draw();
      return isOpen;
    });
  }
}

/** One picture after the other, so that the sheet answers meanwhile, until nobody looks at them any more. */
export async function drawPictures(sessions: Sessions, draw: (name: string, view: View) => boolean): Promise<void> {
  for (const [name, link] of Object.entries(links)) {
    await new Promise((resume) => setTimeout(resume, 0));
    const view = glimpse(sessions, link);
    if (view !== null && !draw(name, view)) {
      return;
    }
  }
}

/** The picture of a run some time after its last action; null when it cannot be played. */
function glimpse(sessions: Sessions, link: string): View | null {
  try {
    const session = sessions.fromLink(link);
    const last = [...session.runText.matchAll(/^@(\d+) /gm)].at(-1)?.[1] ?? 0;
    session.advance(Math.max(Number(last) + PICTURE_US, FIRST_US), BUDGET_MS);
    const view = session.view(null);
    session.dispose();
    return view;
  } catch {
    return null;
  }
}

/** A cluster at a glance: who leads, who is down, which links are cut. */
export function picture(view: View): TemplateResult {
  const centre = { x: 42, y: 44 };
  const at = (id: string) => {
    const i = view.nodes.findIndex((node) => node.id === id);
    return onEllipse(centre, 30, 30, (2 * Math.PI * i) / view.nodes.length);
  };
  return html`<svg viewBox="0 0 84 84" aria-hidden="true" focusable="false">
    ${view.links.map(({ a, b, cutAB, cutBA }) => {
      const [from, to] = [at(a), at(b)];
      return cutAB || cutBA ? nothing : svg`<path class="wire" d=${`M${from.x} ${from.y}L${to.x} ${to.y}`} />`;
    })}
    ${view.nodes.map((node) => disc(node, at(node.id)))}</svg>`;
}

function disc(node: NodeView, { x, y }: { x: number; y: number }): TemplateResult<2> {
  const leads = node.up && node.role === 'leader';
  return svg`<g class=${`tc${termColour(node.term)}`} transform=${`translate(${Math.round(x)} ${Math.round(y)})`}>
    <circle class=${node.up ? 'disc' : 'disc down'} r="8.5" />
    ${leads ? svg`<circle r="11" />` : nothing}
    ${node.up ? nothing : svg`<path class="down" d="M-6 6L6 -6" />`}
    <text class=${node.up && node.term > 0 ? '' : 'plain-text'} y="4">${node.term}</text></g>`;
}
