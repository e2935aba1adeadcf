/**
 * Keys go on working when the thing that had the focus is gone: a button that was pressed and is not there any more, or can do nothing more, leaves the
 * focus to nobody, and a presenter's remote would be dead. The player takes it then. Whoever puts the focus elsewhere keeps it there.
 */

/** What was done is drawn within so many wall milliseconds: a time, not a frame, which would be drawn for this alone. */
const SOON_MS = 34;

/** Watches one player for as long as it lives. */
export function keepsFocus(host: HTMLElement): void {
  /** What has the focus, or had it when it went; null when that is the player itself, or nothing of it. */
  let last: Element | null = null;
  const isLost = () => last !== null && (!last.isConnected || last.matches(':disabled'));
  host.addEventListener('focusin', (event) => {
    last = event.target === host ? null : (event.target as Element);
  });
  host.addEventListener('focusout', (event) => {
    // It went by itself only from a thing that is gone: some browsers say so before it goes.
    queueMicrotask(() => {
      if (last === event.target && !isLost()) {
        last = null;
      }
    });
  });
  let waits = false;
  const look = () => {
    waits = false;
    // Some browsers let a thing that is disabled keep the focus, and give its keys to nobody.
    const active = document.activeElement ?? document.body;
    if (isLost() && (active === document.body || active === last)) {
      last = null;
      host.focus({ preventScroll: true });
    }
  };
  // What was done is drawn soon after, or as the run moves on. Where nothing has the focus nothing can lose it.
  const soon = () => {
    if (last !== null && !waits) {
      waits = true;
      setTimeout(look, SOON_MS);
    }
  };
  for (const type of ['click', 'change', 'keyup', 'raftarium-change', 'raftarium-moment']) {
    host.addEventListener(type, soon);
  }
}
