/** Makes the style of a part that was fetched late known where the player stands, once. See `elements/style.ts` for the first sheet. */

const sheets = new Map<string, CSSStyleSheet>();

/** Adopts a sheet of this text at the element's root. */
export function adoptLate(element: Element, text: string): void {
  const place = element.getRootNode();
  if (!(place instanceof Document || place instanceof ShadowRoot)) {
    return;
  }
  let sheet = sheets.get(text);
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
  }
  if (!place.adoptedStyleSheets.includes(sheet)) {
    place.adoptedStyleSheets = [...place.adoptedStyleSheets, sheet];
  }
}
