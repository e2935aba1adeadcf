/**
 * The URL parameters of a page, in the names of the element's attributes. A value that cannot be meant is reported, not swallowed.
 */

/** Attributes that a URL may set, as text. */
export const PARAMETERS = ['seed', 'nodes', 'speed', 'autoplay', 'theme', 'lang', 'ui', 'keys'] as const;

/** Copies the parameters of a query string (`?seed=7&nodes=3`) to an element's attributes. */
export function applyParameters(element: Element, search: string): void {
  const query = new URLSearchParams(search);
  for (const name of PARAMETERS) {
    const value = query.get(name);
    if (value !== null) {
      element.setAttribute(name, value);
    }
  }
}
