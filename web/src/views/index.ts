/**
 * The views: pure functions from a view model, the time and the state of the page to pictures.
 *
 * Draw a view when the model, the selection, the language or the size changes. On every animation frame call only `moveCluster`, which touches
 * nothing but the positions of messages, the arcs of election timers and the waiting time of clients.
 */

export { type Layout, layoutFor, type Size, sizeFor } from '../layout';
export { captionView } from './caption';
export { clusterView, type Moving, moveCluster } from './cluster';
export { feedView } from './feed';
export { inspectorView } from './inspector';
export { lampsView } from './lamps';
export { ledgerView } from './ledger';
export type { Emit, Intent, Selection, Theme, UiState, ViewArgs } from './types';
