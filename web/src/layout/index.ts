/** Pure geometry of the page's views: numbers from a node count and a size, nothing else. */

import { type ClusterLayout, clusterLayout } from './cluster';
import { type LedgerLayout, ledgerLayout } from './ledger';

export type { ClusterLayout, LabelSide, NodePlace } from './cluster';
export type { Point } from './geometry';
export { firstColumn, type LedgerLayout, type RowStyle } from './ledger';

/** `desktop` is drawn for 1440x900, `embed` for 960x540, `mobile` for 390x844; each is a viewBox and scales. */
export type Size = 'desktop' | 'embed' | 'mobile';

export interface Layout {
  size: Size;
  cluster: ClusterLayout;
  ledger: LedgerLayout;
}

const known = new Map<string, Layout>();

/** The layout for 1 to 9 nodes, its ledger with twice the columns if `dense`; equal arguments give the same object. */
export function layoutFor(nodes: number, size: Size, dense = false): Layout {
  const key = `${size}${nodes}${dense}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const layout = {
    size,
    cluster: clusterLayout(nodes, size),
    ledger: ledgerLayout(nodes, size, dense),
  };
  known.set(key, layout);
  return layout;
}

/** The size that suits a box of this many CSS pixels. */
export function sizeFor(width: number, height: number): Size {
  if (width < 640) return 'mobile';
  return width >= 1200 && height >= 640 ? 'desktop' : 'embed';
}
