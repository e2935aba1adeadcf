/**
 * What the views do without at first: the selected thing in full, the marks that most runs never need, and crowds. Each is fetched when a picture
 * first asks for it.
 */

import type { View } from '../model';
import type { Crowd, Detail, Seldom, Selection } from '../views';

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

/** So many messages are nearly a crowd. */
const CROWD = 60;

/** What could not be fetched is asked for again after so many wall ms at the earliest. */
const AGAIN_MS = 10_000;

/** The late parts of one player's views. */
export class LateViews {
  detail: Detail | null = null;
  seldom: Seldom | null = null;
  crowd: Crowd | null = null;
  #asked = '';

  /** Fetches what a picture needs and is not there yet. */
  want(host: HTMLElement & { requestUpdate(): void }, view: View | null, chosen: Selection | null, fetch: Fetch): void {
    const part = <Part>(name: string, get: () => Promise<Part>, use: (part: Part) => void): void => {
      if (this.#asked.includes(name)) return;
      this.#asked += name;
      const fetched = get();
      // A part that cannot be fetched may be asked for once more, a while later.
      const forget = () => {
        this.#asked = this.#asked.replace(name, '');
      };
      fetched.catch(() => setTimeout(forget, AGAIN_MS));
      fetch(fetched, (got) => {
        use(got);
        host.requestUpdate();
      });
    };
    if (chosen !== null) {
      part(
        'd',
        () => import('../late/detail'),
        ({ detailIn }) => {
          this.detail = detailIn(host);
        },
      );
    }
    if (view !== null && this.seldom === null && isSeldom(view)) {
      part(
        's',
        () => import('../late/seldom'),
        ({ seldomIn }) => {
          this.seldom = seldomIn(host);
        },
      );
    }
    if (view !== null && view.messages.length > CROWD) {
      part(
        'c',
        () => import('../late/crowd'),
        ({ crowdOf }) => {
          this.crowd = crowdOf();
        },
      );
    }
  }
}
