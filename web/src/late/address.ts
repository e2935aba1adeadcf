/** Where links lead: the page's own address with another hash; a page may name a better one in the attribute `share-base`. */

/** The address of a moment. */
export function addressOf(host: Element | null, hash: string): string {
  const base = new URL(host?.getAttribute('share-base') ?? window.location.href, window.location.href);
  // The hash says these better.
  for (const name of ['seed', 'nodes', 'moment', 'autoplay']) {
    base.searchParams.delete(name);
  }
  base.hash = hash;
  return base.href;
}
