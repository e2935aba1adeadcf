/**
 * Lays the layer of moving boxes over the cluster's still drawing. An SVG fits its view box into its own box by itself; boxes do not, so the layer is
 * scaled and moved as the drawing is, and everything in it is placed in the drawing's own units.
 */

import type { ClusterLayout } from '../layout/cluster';

/** Which layout a layer was fitted to last. */
const fitted = new WeakMap<Element, ClusterLayout>();

/** Scales the layer as `preserveAspectRatio="xMidYMid meet"` scales a drawing of this layout in the stage. */
function scaleTo(stage: HTMLElement, layer: HTMLElement, layout: ClusterLayout): void {
  const { clientWidth: width, clientHeight: height } = stage;
  if (width === 0 || height === 0) return;
  const scale = Math.min(width / layout.width, height / layout.height);
  layer.style.transform = `translate(${(width - layout.width * scale) / 2}px, ${(height - layout.height * scale) / 2}px) scale(${scale})`;
}

/** Puts each node's pulse where the node is. */
function placePulses(layer: HTMLElement, layout: ClusterLayout): void {
  layout.nodes.forEach(({ centre }, i) => {
    const ring = layer.firstElementChild?.children[i];
    if (ring instanceof SVGElement) ring.style.translate = `${centre.x}px ${centre.y}px`;
  });
}

/** Keeps the layer fitted to its stage: at once when the layout changed, and whenever the stage changes its size. */
export function fitLayer(stage: HTMLElement, layer: HTMLElement, layout: ClusterLayout): void {
  const known = fitted.get(layer);
  if (known === layout) return;
  fitted.set(layer, layout);
  scaleTo(stage, layer, layout);
  placePulses(layer, layout);
  if (known === undefined) {
    new ResizeObserver(() => scaleTo(stage, layer, fitted.get(layer) ?? layout)).observe(stage);
  }
}
