/**
 * The style sheet of the element, adopted by whatever it stands in: a document, or another element's shadow. It is made in script, so
 * it needs no inline style (a strict content security policy holds) and no file beside it; everything is nested below `raft-arium`, so
 * that the short class names of the pictures mean nothing to the page around. Fonts are the page's: `../style/fonts.css`.
 */

import drawing from '../style/drawing.css?inline';
import parts from '../style/parts.css?inline';
import reading from '../style/reading.css?inline';
import shell from '../style/shell.css?inline';
import tokens from '../style/tokens.css?inline';

let sheet: CSSStyleSheet | null = null;

/** Makes the element's style known where it stands; once for each place. */
export function adoptStyle(element: Element): void {
  const place = element.getRootNode();
  if (!(place instanceof Document || place instanceof ShadowRoot)) {
    return;
  }
  sheet ??= makeSheet();
  if (!place.adoptedStyleSheets.includes(sheet)) {
    place.adoptedStyleSheets = [...place.adoptedStyleSheets, sheet];
  }
}

function makeSheet(): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(`${tokens}\n${parts}\n${shell}\nraft-arium {\n${drawing}\n${reading}\n}`);
  return made;
}
