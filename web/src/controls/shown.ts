/**
 * Whether anybody can see the player: the tab is in front, the element is on screen, and so is the frame around it. A hidden slide's
 * frame keeps its animation frames when it is of the same origin, so the browser's own pause is not enough. Only a page in a frame needs `late/frame`.
 */

/** Watches one element until `stop()`; calls back with every change, first when it is first known. */
export function watchShown(element: Element, changed: (shown: boolean) => void): { stop(): void } {
  let onScreen = true;
  let frameSeen = true;
  let told: boolean | null = null;
  const tell = () => {
    const shown = onScreen && frameSeen && document.visibilityState === 'visible';
    if (shown !== told) {
      told = shown;
      changed(shown);
    }
  };
  const observer = new IntersectionObserver((entries) => {
    onScreen = entries[entries.length - 1]?.isIntersecting ?? onScreen;
    tell();
  });
  observer.observe(element);
  document.addEventListener('visibilitychange', tell);
  let stopFrame: (() => void) | null = null;
  if (window.parent !== window) {
    // A frame that cannot be watched is taken for seen.
    import('../late/frame').then(
      ({ watchFrame }) => {
        stopFrame ??= watchFrame((seen) => {
          frameSeen = seen;
          tell();
        }).stop;
      },
      () => {},
    );
  }
  return {
    stop: () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', tell);
      stopFrame?.();
      stopFrame = () => {};
    },
  };
}
