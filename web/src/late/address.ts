/** Where links lead: the page's own address with another hash; a page may name a better one in the attribute `share-base`. */

/** The address of a moment. */
export function addressOf(host: Element | null, hash: string): string {
  const base = baseOf(host?.getAttribute('share-base'));
  // The hash says these better.
  for (const name of ['seed', 'nodes', 'moment', 'autoplay']) {
    base.searchParams.delete(name);
  }
  base.hash = hash;
  return base.href;
}

/** What is no address leads to the page itself: the crash card, too, needs a link, and must not fail for want of one. */
function baseOf(named: string | null | undefined): URL {
  const here = window.location.href;
  try {
    return new URL(named ?? here, here);
  } catch {
    return new URL(here);
  }
}
