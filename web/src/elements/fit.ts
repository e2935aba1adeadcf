/** Which layout suits a box, and how much it is enlarged to fill it. Layouts go by the element's size, not by the device. */

import { type Size, sizeFor } from '../views';
import type { Ui } from './shell';

/** Width and height that each layout is drawn for, CSS pixels. */
const DRAWN_FOR: Readonly<Record<Ui, Readonly<Record<Size, readonly [number, number]>>>> = {
  full: { desktop: [1440, 900], embed: [960, 592], mobile: [390, 844] },
  player: { desktop: [960, 540], embed: [960, 540], mobile: [390, 700] },
  none: { desktop: [960, 424], embed: [960, 424], mobile: [390, 580] },
};

/** A hall's projector may be four times a slide; a small frame may shrink text to no less than four fifths. */
const ZOOM_MIN = 0.8;
const ZOOM_MAX = 4;

/** A full page below these has no room for the strip of events and stores, nor for the lamps' names. */
const STRIP_WIDTH_MIN = 1400;
const STRIP_HEIGHT_MIN = 820;

/** How a player is laid out. */
export interface Fit {
  readonly size: Size;
  /** How much it is enlarged. */
  readonly zoom: number;
  /** The full page leaves out what is not the cluster, its logs or the inspector. */
  readonly tight: boolean;
}

/** The layout for a box of CSS pixels. Only the full page has a desktop layout. */
export function fitTo(box: { width: number; height: number }, ui: Ui): Fit {
  const suits = sizeFor(box.width, box.height);
  const size = ui !== 'full' && suits === 'desktop' ? 'embed' : suits;
  if (size === 'mobile') {
    // A narrow page scrolls; it is never shrunk.
    return { size, zoom: 1, tight: true };
  }
  const [width, height] = DRAWN_FOR[ui][size];
  const fill = Math.min(box.width / width, box.height / height);
  const zoom = Math.round(Math.min(Math.max(fill, ui === 'full' ? 1 : ZOOM_MIN), ZOOM_MAX) * 1000) / 1000;
  return { size, zoom, tight: box.width < STRIP_WIDTH_MIN * zoom || box.height < STRIP_HEIGHT_MIN * zoom };
}
