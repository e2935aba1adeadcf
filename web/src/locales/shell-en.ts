/** The words of the page's shell in English: buttons, fields, messages, help. Sentences about Raft are in the views' own words. */

import type { ThemeChoice } from './shell';

const themes: Record<ThemeChoice, string> = { auto: 'Automatic', light: 'Light', dark: 'Dark', projector: 'Projector' };

export const shellEn = {
  loading: 'Starting the cluster…',
  // Header
  seed: 'Seed',
  seedOpen: 'Run this seed',
  newSeed: 'New run',
  language: 'Language',
  theme: 'Theme',
  themes,
  share: 'Share',
  help: 'Help',
  // Transport
  controls: 'Playback',
  play: 'Play',
  pause: 'Pause',
  step: 'Next event',
  stepBack: 'Previous event',
  moreTime: 'More ways to move in time',
  undo: 'Undo',
  redo: 'Redo',
  seek: 'Moment of the run',
  seekValue: (ms: number, of: number) => `${ms} ms of ${of} ms`,
  slower: 'Slower',
  faster: 'Faster',
  speed: 'Speed',
  clock: 'Simulated time',
  command: 'Client command',
  submit: 'Submit',
  // Panels
  cluster: 'Cluster',
  logs: 'Logs',
  inspector: 'Inspector',
  stores: 'Stores',
  clients: 'Stores and clients',
  conditions: 'Conditions',
  search: 'Break Raft',
  storeIndex: 'applied',
  spaceTime: 'Space-time',
  inside: 'Inside',
  events: 'Events',
  panels: 'Panels',
  scenes: 'Scenes',
  more: (count: number) => `${count} more events.`,
  keysSelf: 'keys: player',
  keysHost: 'keys: slide',
  keysTake: 'Give the keys to the player (Enter)',
  keysGive: 'Give the keys back to the slide (Esc)',
  dismiss: 'Dismiss',
  // Faults: what was wrong, in the core's words, follows
  faultAct: 'That was not done:',
  faultRun: 'That run cannot be opened:',
  faultHash: 'The link in the address is not a run:',
  faultScene: (name: string) => `There is no scene “${name}”. There are:`,
  faultEngine: (engine: string) => `Another version of the engine, ${engine}, made this run: it may not go as it went.`,
  faultAttribute: (name: string) => `The setting “${name}” was left out:`,
  /** What the core says of a fault: its own words here. */
  faultDetail: (core: string) => core,
  faultGoesOn: 'The run goes on.',
  faultFresh: 'A new run was started.',
  faultLoad: 'The Raft core could not be loaded:',
  faultLate: 'A part of the page could not be fetched:',
  retry: 'Try again',
};
