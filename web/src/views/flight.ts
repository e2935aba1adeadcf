/**
 * The boxes of the messages in flight. A heartbeat looks like the one before it, so a box whose message has arrived is kept, unseen, and serves the next
 * message of its kind: nothing is laid out, painted or put on the compositor again but what differs. Where a box is, is not known here.
 */

import { render } from 'lit';
import { pathBetween } from '../layout/motion';
import type { MessageView } from '../model';
import { messageView } from './message';
import { endIn, extentOf, type Name } from './names';
import { still } from './tracks';
import type { ViewArgs } from './types';

/** Unseen boxes that are kept for the next messages. */
const SPARE_MAX = 16;

/** A box and what is drawn in it. */
export interface Flier {
  readonly box: HTMLElement;
  message: MessageView;
  /** Everything its drawing was made from. */
  drawn: string;
}

/** What drawing a message reads. */
export type Drawn = Pick<ViewArgs, 'view' | 'layout' | 'ui' | 't' | 'seldom'>;

/** What a message's drawing reads of everything but its place. */
export function signature(args: Drawn, message: MessageView, name: Name | null): string {
  const { kind, from, to, term, doomed, heldUs, reads, granted, rejected, commit, command } = message;
  const entries = message.entries.map((each) => `${each.index}.${each.term}${each.command}`);
  const chosen = args.ui.selected?.kind === 'message' && args.ui.selected.id === message.id;
  const named = name === null ? '' : `${name.side}${name.first}${name.second}${name.gap}`;
  return `${kind}${from}>${to}|${term}${doomed}${heldUs !== null}${reads}${!!args.seldom}${granted}${rejected}|${entries}|${entries.length > 0 ? commit : ''}|${command}|${named}|${chosen}${args.t.lang}${args.layout.size}${args.view.nodes.length}`;
}

/** The boxes of one layer. */
export class Flight {
  readonly #layer: Element;
  readonly #flying = new Map<string, Flier>();
  #spare: Flier[] = [];

  constructor(layer: Element) {
    this.#layer = layer;
  }

  /** Gives each message under way a box and draws it where it must be. `retire` is called with one whose message is under way no more. */
  sync(args: Drawn, names: ReadonlyMap<string, Name>, retire: (flier: Flier) => void): ReadonlyMap<string, Flier> {
    const wanted = new Map(args.view.messages.map((message) => [message.id, message]));
    for (const [id, flier] of this.#flying) {
      if (!wanted.has(id)) {
        this.#flying.delete(id);
        retire(flier);
        flier.box.removeAttribute('data-message');
        this.#spare.push(flier);
      }
    }
    for (const message of wanted.values()) {
      const name = names.get(message.id) ?? null;
      const drawn = signature(args, message, name);
      let flier = this.#flying.get(message.id);
      if (flier === undefined) {
        flier = this.#take(message, drawn);
        this.#flying.set(message.id, flier);
        flier.box.setAttribute('data-message', message.id);
      }
      flier.message = message;
      if (flier.drawn !== drawn) {
        flier.drawn = drawn;
        draw(args, flier, name);
      }
    }
    this.#drop(SPARE_MAX);
    return this.#flying;
  }

  /** Takes every unseen box away: a picture that stands still holds nothing but what it shows. */
  clear(): void {
    this.#drop(0);
  }

  #drop(kept: number): void {
    for (const { box } of this.#spare.splice(0, this.#spare.length - kept)) {
      still(box);
      box.remove();
    }
  }

  /** A spare box that shows just this, or one of its kind, or a new one. */
  #take(message: MessageView, drawn: string): Flier {
    const same = this.#spare.findIndex((flier) => flier.drawn === drawn);
    const at = same >= 0 ? same : this.#spare.findIndex((flier) => flier.message.kind === message.kind);
    const [spare] = at < 0 ? [] : this.#spare.splice(at, 1);
    if (spare !== undefined) return spare;
    const box = document.createElement('div');
    box.className = 'message';
    this.#layer.append(box);
    return { box, message, drawn: '' };
  }
}

function draw(args: Drawn, { box, message }: Flier, name: Name | null): void {
  const ends = [endIn(args.view, message.from), endIn(args.view, message.to)] as const;
  const path = pathBetween(args.layout.cluster, ...ends, extentOf(message));
  box.dataset.kind = message.kind;
  box.dataset.doomed = String(message.doomed);
  box.toggleAttribute('data-parked', message.heldUs !== null);
  render(messageView(args, message, path, name), box);
}
