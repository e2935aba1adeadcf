/**
 * The views: pure functions from a view model, the time and the state of the page to pictures.
 *
 * Draw a view when the model, the selection, the language or the size changes; then call `moveCluster` with the playing rate. It hands all motion to
 * the browser's compositor, so nothing needs to be called on an animation frame: only when time jumps, the rate changes or a view was drawn again.
 */

export { type Layout, layoutFor, type Size, sizeFor } from '../layout';
export { captionView } from './caption';
export { clusterView } from './cluster';
export { feedView } from './feed';
export { inspectorView } from './inspector';
export { lampsView } from './lamps';
export { layoutOf, ledgerView } from './ledger';
export { type Crowd, type Moving, moveCluster } from './motion';
export type { Detail, Emit, Intent, Seldom, Selection, Theme, UiState, ViewArgs } from './types';
