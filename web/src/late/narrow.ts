/** The layout of a narrow page: fetched where the player is narrow. */

import styles from './narrow.css?inline';
import { adoptLate } from './sheet';

/** Makes the layout known where the player stands. */
export const adoptNarrow = (host: HTMLElement): void => adoptLate(host, styles);
