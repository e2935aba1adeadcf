/**
 * A reveal.js plugin for decks with slides of Raftarium: the keys that turn pages, a presenter's remote among them, go through the scene
 * of the shown slide first, though nobody has clicked its frame. When the scene has been told the frame hands the key back, as it does
 * with keys of its own, and the deck turns the page. It knows frames only by what they say: one that has not said that it is there, and
 * a slide without one, leave the keys to the deck.
 *
 *     import RaftariumReveal from 'https://YOUR-HOST/raftarium-reveal.js';
 *     new Reveal({ plugins: [RaftariumReveal] }).initialize();
 */

/** What a page key asks for. */
const TURNS = { ArrowRight: 'next', PageDown: 'next', ArrowLeft: 'prev', PageUp: 'prev' };

export default {
  id: 'raftarium',
  init(deck) {
    const here = new WeakSet();
    window.addEventListener('message', ({ data, source }) => {
      if (data?.raftarium === 'here' && source !== null) here.add(source);
    });
    // Those that were there before: each answers.
    for (const { contentWindow } of document.querySelectorAll('.slides iframe'))
      contentWindow?.postMessage({ raftarium: 'where' }, '*');
    const press = (event) => {
      const turn = TURNS[event.key];
      const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
      if (turn === undefined || modified || typing || deck.isOverview() || deck.isPaused()) return;
      const frames = [...(deck.getCurrentSlide()?.querySelectorAll('iframe') ?? [])];
      const frame = frames.find(({ contentWindow }) => contentWindow !== null && here.has(contentWindow));
      if (frame !== undefined) {
        event.preventDefault();
        event.stopImmediatePropagation();
        frame.contentWindow.postMessage({ raftarium: turn }, '*');
      }
    };
    window.addEventListener('keydown', press, { capture: true });
  },
};
