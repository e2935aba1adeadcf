/**
 * Lays the layer of moving boxes over the cluster's still drawing. An SVG fits its view box into its own box by itself; boxes do not, so the layer is
 * scaled and moved as the drawing is, and everything in it is placed in the drawing's own units.
 */

import type { ClusterLayout } from '../layout/cluster';
import { round } from '../layout/geometry';

interface Fitted {
  layer: HTMLElement | null;
  layout: ClusterLayout | null;
  observer: ResizeObserver;
}

const fitted = new WeakMap<Element, Fitted>();

/** Scales the layer as `preserveAspectRatio="xMidYMid meet"` scales a drawing of this layout in the stage. */
function scaleTo(stage: HTMLElement, layer: HTMLElement, layout: ClusterLayout): void {
  const { clientWidth: width, clientHeight: height } = stage;
  if (width === 0 || height === 0) return;
  const scale = Math.min(width / layout.width, height / layout.height);
  const x = round((width - layout.width * scale) / 2);
  const y = round((height - layout.height * scale) / 2);
  layer.style.transform = `translate(${x}px, ${y}px) scale(${Math.round(scale * 10_000) / 10_000})`;
}

/** Puts each node's pulse where the node is. */
function placePulses(layer: HTMLElement, layout: ClusterLayout): void {
  layout.nodes.forEach(({ centre }, i) => {
    const ring = layer.firstElementChild?.children[i];
    if (ring instanceof SVGElement) ring.style.translate = `${round(centre.x)}px ${round(centre.y)}px`;
  });
}

/** Keeps the layer fitted to its stage: at once when the layout changed, and whenever the stage changes its size. */
export function fitLayer(stage: HTMLElement, layer: HTMLElement, layout: ClusterLayout): void {
  let known = fitted.get(stage);
  if (known === undefined) {
    const observer = new ResizeObserver(() => {
      const { layer: own, layout: drawn } = known ?? {};
      if (own && drawn) scaleTo(stage, own, drawn);
    });
    known = { layer: null, layout: null, observer };
    fitted.set(stage, known);
    observer.observe(stage);
  }
  if (known.layer === layer && known.layout === layout) return;
  known.layer = layer;
  known.layout = layout;
  scaleTo(stage, layer, layout);
  placePulses(layer, layout);
}
