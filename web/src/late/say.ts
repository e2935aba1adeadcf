/** Tells a screen reader what a hand does, in the player's own live region. */

/** Says a sentence; one that was said last is not said again. */
export function say(host: Element, text: string): void {
  const region = host.querySelector('[data-live]');
  if (region !== null && region.textContent !== text) {
    region.textContent = text;
  }
}
