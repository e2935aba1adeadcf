/**
 * What index.html and embed.html do around their one element: URL parameters become attributes, the hash becomes the moment, and,
 * on the full page, the moment becomes the hash. The element itself knows nothing of the address bar.
 */

import { Address } from './controls/address';
import { applyParameters } from './controls/parameters';
import { defineRaftArium } from './elements';

const element = document.querySelector('raft-arium');
if (element === null) {
  throw new Error('this page has no <raft-arium>');
}
const keepsMoment = element.hasAttribute('keeps-moment');

applyParameters(element, window.location.search);
if (window.location.hash.length > 1) {
  element.setAttribute('moment', window.location.hash);
}
defineRaftArium();

const address = new Address(element);
if (keepsMoment) {
  element.addEventListener('raftarium-moment', () => address.keep());
}
window.addEventListener('hashchange', () => {
  if (!address.isOwn && window.location.hash.length > 1) {
    void element.openHash(window.location.hash);
  }
});
element.addEventListener('raftarium-look', () => {
  const { lang, theme } = element.look;
  document.documentElement.lang = lang;
  document.documentElement.dataset.theme = theme;
});
// Keys work at once on a page that is all player; in a frame the focus belongs to the page around it.
if (window.parent === window) {
  element.focus({ preventScroll: true });
}
