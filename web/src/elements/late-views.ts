/**
 * What the views do without at first: the selected thing in full, and the marks that most runs never need. Each is fetched when a picture first
 * asks for it.
 */

import type { View } from '../model';
import type { Detail, Seldom, Selection } from '../views';

/** Fetches a part and uses it; where it cannot be fetched, that is said. */
type Fetch = <Part>(fetched: Promise<Part>, use: (part: Part) => void) => unknown;

/** Whether anything can be in the picture that `Seldom` draws. Logs differ only once there was a second term. */
function isSeldom({ links, messages, nodes }: View): boolean {
  return (
    links.some(({ cutAB, cutBA }) => cutAB || cutBA) ||
    messages.some(({ heldUs, reads, kind }) => heldUs !== null || reads || /Snap|Now|transfer|^read/.test(kind)) ||
    nodes.some(({ term, member }) => term > 1 || member !== 'voter')
  );
}

/** What could not be fetched is asked for again after so many wall ms at the earliest. */
const AGAIN_MS = 10_000;

/** The late parts of one player's views. */
export class LateViews {
  detail: Detail | null = null;
  seldom: Seldom | null = null;
  #asked = '';

  /** Fetches what a picture needs and is not there yet. */
  want(host: HTMLElement & { requestUpdate(): void }, view: View | null, chosen: Selection | null, fetch: Fetch): void {
    if (chosen !== null && this.#ask('d')) {
      fetch(this.#again('d', import('../late/detail')), ({ detailIn }) => {
        this.detail = detailIn(host);
        host.requestUpdate();
      });
    }
    if (view !== null && !this.#asked.includes('s') && isSeldom(view) && this.#ask('s')) {
      fetch(this.#again('s', import('../late/seldom')), ({ seldomIn }) => {
        this.seldom = seldomIn(host);
        host.requestUpdate();
      });
    }
  }

  #ask(part: string): boolean {
    const first = !this.#asked.includes(part);
    if (first) this.#asked += part;
    return first;
  }

  /** A part that cannot be fetched may be asked for once more, a while later. */
  #again<Part>(part: string, fetched: Promise<Part>): Promise<Part> {
    const forget = () => {
      this.#asked = this.#asked.replace(part, '');
    };
    fetched.catch(() => setTimeout(forget, AGAIN_MS));
    return fetched;
  }
}
