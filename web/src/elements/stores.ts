/** The stores: what each node's state machine holds, and the index it reflects. Equal indexes, equal stores: seen at a glance. */

import { html, type TemplateResult } from 'lit';
import type { NodeView } from '../model';
import type { ShellState } from './shell';

/** One column a node, one row a key. */
export function stores(state: ShellState): TemplateResult {
  const { words } = state;
  const nodes = state.view?.nodes ?? [];
  const keys = [...new Set(nodes.flatMap(({ store }) => store.map(({ key }) => key)))].sort();
  return html`<table class="stores" aria-label=${words.stores}>
    <thead><tr><td></td>${nodes.map(({ id }) => html`<th scope="col">${id}</th>`)}</tr></thead>
    <tbody>
      <tr><th scope="row">${words.storeIndex}</th>${nodes.map((node) => cell(node, 'index', node.up ? String(node.applied) : '–'))}</tr>
      ${keys.map((key) => html`<tr><th scope="row">${key}</th>${nodes.map((node) => cell(node, key, stored(node, key)))}</tr>`)}
    </tbody>
  </table>`;
}

function cell(node: NodeView, key: string, text: string): TemplateResult {
  return html`<td data-cell=${node.id} data-key=${key} class=${node.up ? '' : 'is-down'}>${text}</td>`;
}

/** A crashed node has lost its store; it is built again from the log. */
function stored(node: NodeView, key: string): string {
  return (node.up ? node.store.find((pair) => pair.key === key)?.value : undefined) ?? '–';
}
