/**
 * From a click or a key to an intent. One listener on a view's root serves everything inside it: what was hit is read from the stable handles, so no
 * listener is ever added for a thing that moves.
 */

import { nodeOf } from '../format/cluster';
import type { LinkView, NodeView, View } from '../model';
import type { Intent, ViewArgs } from './types';

/** A press is a click, or Enter or Space on a focused button. */
export function isPress(event: Event): boolean {
  if (!(event instanceof KeyboardEvent)) return event.type === 'click';
  return (event.key === 'Enter' || event.key === ' ') && !event.ctrlKey && !event.metaKey;
}

/** What a press on a node does: crash it, thaw it, or bring it back. */
export function nodeAct(node: NodeView): string {
  if (!node.up) return `restart ${node.id}`;
  return node.frozen ? `thaw ${node.id}` : `crash ${node.id}`;
}

/** What a press on a link does: cut it both ways, or one way with Alt; heal it if it is cut at all. */
export function linkAct(link: LinkView, oneWay: boolean): string {
  if (link.cutAB || link.cutBA) return `heal ${link.a} ${link.b}`;
  return oneWay ? `cut ${link.a}>${link.b}` : `cut ${link.a} ${link.b}`;
}

/** The nearest element around the event's target that carries a handle. */
function handle(event: Event, name: string): string | null {
  const { target } = event;
  return target instanceof Element ? (target.closest(`[${name}]`)?.getAttribute(name) ?? null) : null;
}

/** The intents a press in the cluster means, the selection first; none when it hit nothing. */
export function intentsOf(view: View, event: Event): Intent[] {
  const message = handle(event, 'data-message');
  if (message !== null) return [{ type: 'select', what: { kind: 'message', id: message } }];
  const modified = event instanceof MouseEvent || event instanceof KeyboardEvent ? event : null;
  const id = handle(event, 'data-node');
  const node = id === null ? undefined : nodeOf(view, id);
  if (node !== undefined) {
    const select: Intent = { type: 'select', what: { kind: 'node', id: node.id } };
    return modified?.shiftKey === true ? [select] : [select, { type: 'act', text: nodeAct(node) }];
  }
  const linkId = handle(event, 'data-link');
  const link = view.links.find((each) => each.id === linkId);
  if (link !== undefined) return [{ type: 'act', text: linkAct(link, modified?.altKey === true) }];
  return [{ type: 'select', what: null }];
}

/** The cluster's one listener for clicks and keys. */
export function pressed(args: ViewArgs): (event: Event) => void {
  return (event) => {
    if (!isPress(event)) return;
    const intents = intentsOf(args.view, event);
    const hit = intents.some((intent) => intent.type !== 'select' || intent.what !== null);
    if (event instanceof KeyboardEvent) {
      if (!hit) return;
      event.preventDefault();
      event.stopPropagation();
    }
    for (const intent of intents) args.emit(intent);
  };
}
