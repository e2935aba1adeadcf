/**
 * What the pointer rests on is marked wherever else it is: a message on the stage and its line in space-time, a node and the lines of the feed
 * about it, a line of the feed and its moment and nodes. Nothing is chosen and nothing changes by it. The marks are one style sheet of their own: no view
 * is drawn again.
 */

import type { Desk } from '../elements/desk';
import type { FeedEvent } from '../model';

/** What is pointed at, as every view can find it. */
export interface Pointed {
  /** A message's name. */
  readonly message: string | null;
  /** Nodes and clients, by name. */
  readonly lanes: readonly string[];
  /** A moment, simulated µs. */
  readonly atUs: number | null;
}

/** Nothing is. */
export const NOTHING: Pointed = { message: null, lanes: [], atUs: null };

/** The event by which views tell each other; it bubbles to the player, which then tells all. */
export const POINTED = 'raftarium-pointed';

/** Says what is pointed at, from any element of a player. */
export function point(from: Element, pointed: Pointed): void {
  from.dispatchEvent(new CustomEvent(POINTED, { bubbles: true, detail: pointed }));
}

/** Nodes and clients that a record names as the ones that did it or that it was done to. */
export function lanesOf({ what }: FeedEvent): string[] {
  const named = ['node', 'from', 'to', 'client', 'a', 'b'].map((name) => (what as Record<string, unknown>)[name]);
  return named.filter((name): name is string => typeof name === 'string' && /^[nc]\d+$/.test(name));
}

/** What of a player lies under an element; null where nothing does. */
function pointedAt({ lab }: Desk, target: Element): Pointed | null {
  const handle = (name: string) => target.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? null;
  const message = handle('message');
  if (message !== null) return { ...NOTHING, message };
  const lane = handle('node') ?? handle('select') ?? handle('client');
  if (lane !== null) return { ...NOTHING, lanes: [lane] };
  const seq = target.closest('.feed') === null ? null : handle('seq');
  const record = lab.feed.find((each) => String(each.seq) === seq);
  return record === undefined ? null : { message: null, lanes: lanesOf(record), atUs: record.atUs };
}

const quoted = (name: string) => `"${CSS.escape(name)}"`;

/** The marks as rules: what is pointed at by the pointer itself is marked too, which does no harm. */
function rulesOf({ lab }: Desk, { message, lanes, atUs }: Pointed): string {
  const rules: string[] = [];
  if (message !== null)
    rules.push(`.message[data-message=${quoted(message)}] .hit-box{stroke:var(--accent);stroke-width:2px}`);
  for (const lane of lanes) {
    rules.push(
      `[data-node=${quoted(lane)}]>.focus,[data-select=${quoted(lane)}]>.focus{stroke:var(--accent);stroke-width:2px}`,
      `[data-client=${quoted(lane)}]>rect{stroke:var(--accent)}`,
    );
  }
  // Lines of the feed are about nodes: a line itself points away from the feed, and of a message there is nothing in it.
  const about =
    atUs === null && message === null
      ? lab.feed.filter((each) => lanesOf(each).some((lane) => lanes.includes(lane)))
      : [];
  if (about.length > 0) {
    rules.push(
      `.feed :is(${about.map(({ seq }) => `[data-seq="${seq}"]`).join()}){box-shadow:-6px 0 0 -3px var(--accent)}`,
    );
  }
  return rules.join('\n');
}

const given = new WeakSet<Desk>();

/** Lets a player's views point at each other's things. */
export function points(desk: Desk): void {
  if (given.has(desk)) {
    return;
  }
  given.add(desk);
  const { host } = desk;
  const { uid } = desk.state();
  host.dataset.points = uid;
  const marks = new CSSStyleSheet();
  const place = host.getRootNode() as Document | ShadowRoot;
  place.adoptedStyleSheets = [...place.adoptedStyleSheets, marks];
  let shown = '';
  host.addEventListener(POINTED, (event) => {
    const rules = rulesOf(desk, (event as CustomEvent<Pointed>).detail);
    if (rules !== shown) {
      shown = rules;
      // Another player on the page has nodes and messages of the same names.
      marks.replaceSync(`[data-points="${uid}"]{${rules}}`);
    }
  });
  let last: Element | null = null;
  const rest = (event: PointerEvent) => {
    const target = event.type === 'pointerleave' || event.pointerType !== 'mouse' ? null : (event.target as Element);
    const thing = target?.closest('[data-message],[data-node],[data-select],[data-client],[data-seq]') ?? null;
    // Space-time says for itself what lies under the pointer.
    if (thing !== last && target?.closest('raft-space-time') == null) {
      last = thing;
      point(host, (thing === null ? null : pointedAt(desk, thing)) ?? NOTHING);
    }
  };
  host.addEventListener('pointerover', rest);
  host.addEventListener('pointerleave', rest);
}
