/**
 * Whether the frame this page stands in can be seen. A slide that is not shown is often only invisible, not gone, and an
 * IntersectionObserver takes it for seen; so two more witnesses are asked: the deck, which says `slide:start` and `slide:stop`
 * (reveal.js does), and, where the page around is of the same origin, the frame's own style. A frame of another origin that cannot be
 * seen gets no animation frames from the browser. And what the deck's page keys ask of the slide, if the deck hands them on.
 */

import { turnPage } from '../elements/keys';

/** Slides come and go with a transition: their style is looked at again after these many milliseconds. */
const LOOKS_MS = [60, 300, 1000];

/** Watches until `stop()`; calls back whenever a witness may have changed its mind. To be called in a frame only. */
export function watchFrame(changed: (seen: boolean) => void): { stop(): void } {
  const frame = frameElement();
  let deckSays: boolean | null = null;
  let timers: number[] = [];
  const look = () => changed(deckSays !== false && (frame === null || isVisible(frame)));
  const lookRepeatedly = () => {
    look();
    for (const timer of timers) {
      clearTimeout(timer);
    }
    timers = LOOKS_MS.map((ms) => window.setTimeout(look, ms));
  };
  const heard = (event: MessageEvent) => {
    if (event.source !== window.parent) {
      return;
    }
    if (event.data?.raftarium === 'where') {
      tellDeck();
    }
    if (event.data?.raftarium === 'next' || event.data?.raftarium === 'prev') {
      turn(event.data.raftarium);
    }
    if (event.data === 'slide:start' || event.data === 'slide:stop') {
      deckSays = event.data === 'slide:start';
      lookRepeatedly();
    }
  };
  const observer = new MutationObserver(lookRepeatedly);
  for (let around: Element | null = frame; around !== null; around = around.parentElement) {
    observer.observe(around, { attributes: true, attributeFilter: ['class', 'style', 'hidden'] });
  }
  window.addEventListener('message', heard);
  tellDeck();
  lookRepeatedly();
  return {
    stop: () => {
      observer.disconnect();
      window.removeEventListener('message', heard);
      for (const timer of timers) {
        clearTimeout(timer);
      }
    },
  };
}

/** The frame in the page around; null when that is another origin's. */
function frameElement(): Element | null {
  try {
    return window.frameElement;
  } catch {
    return null;
  }
}

function isVisible(frame: Element): boolean {
  return frame.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

/** Tells the page around that this frame takes page keys; `web/public/raftarium-reveal.js` listens. Nothing private is in it. */
function tellDeck(): void {
  window.parent.postMessage({ raftarium: 'here' }, '*');
}

/** A page key of the deck, as if it had been pressed here; one for which there is no use here turns the deck's page. */
function turn(method: 'next' | 'prev'): void {
  const key = method === 'next' ? 'PageDown' : 'PageUp';
  const press = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  if (document.querySelector('raft-arium')?.dispatchEvent(press) !== false) {
    turnPage(method);
  }
}
