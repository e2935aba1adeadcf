/**
 * A reveal.js deck with two slides of Raftarium, as a lecturer would write one: each is an iframe of embed.html. A slide that is not
 * seen stands still by itself; the keys that turn pages come back from the frame as messages, which reveal.js takes by default.
 */

import Reveal from 'reveal.js';

const deck = new Reveal({
  width: 960,
  height: 700,
  margin: 0.04,
  hash: true,
  history: false,
  transition: 'none',
  // The frames must stay as they are while another slide is shown.
  viewDistance: 10,
});

await deck.initialize();
