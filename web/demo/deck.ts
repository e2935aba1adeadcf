/**
 * A reveal.js deck with three slides of Raftarium, as a lecturer would write one: each is an iframe of embed.html. A slide that is not
 * seen stands still by itself; the keys that turn pages come back from the frame as messages, which reveal.js takes by default. The plugin
 * hands them to the scene of the third slide first, without a click.
 */

import Reveal from 'reveal.js';

// As any deck has it: from the address of the page, not from its bundle.
const { default: RaftariumReveal } = await import(
  /* @vite-ignore */ new URL('../../raftarium-reveal.js', document.baseURI).href
);

const deck = new Reveal({
  width: 960,
  height: 700,
  margin: 0.04,
  hash: true,
  history: false,
  transition: 'none',
  // The frames must stay as they are while another slide is shown.
  viewDistance: 10,
  plugins: [RaftariumReveal],
});

await deck.initialize();
