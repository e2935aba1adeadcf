/**
 * The style sheets of the views, as constructable sheets for a shadow root: no inline style, so a strict content security policy holds.
 * Fonts must be declared in the document: link `fonts.css` from the page.
 */

import { type CSSResult, unsafeCSS } from 'lit';
import drawing from './drawing.css?inline';
import reading from './reading.css?inline';
import tokens from './tokens.css?inline';

/** Colours, strokes and type as custom properties on the host; themes by its `data-theme`. */
export const tokenStyles: CSSResult = unsafeCSS(tokens);

/** Everything the views need. */
export const viewStyles: CSSResult[] = [tokenStyles, unsafeCSS(drawing), unsafeCSS(reading)];
