/** The English names of the checks, and sentences about snapshots, configurations, transfers and reads: one a note of the feed. */

import type { CheckNames, NoteSentences } from './words';

export const checksEn: CheckNames = {
  electionSafety: 'Election safety',
  leaderAppendOnly: 'Leader append-only',
  logMatching: 'Log matching',
  leaderCompleteness: 'Leader completeness',
  stateMachineSafety: 'State machine safety',
  oneVote: 'One vote a term',
  acknowledgedDurable: 'Durability',
  commitMonotonic: 'Monotonic commit',
  linearizability: 'Linearizability',
  exactlyOnce: 'Exactly once',
};

export const notesEn: NoteSentences = {
  compacted: (node, _, index) => `${node} makes a snapshot and drops its log up to ${index}.`,
  snapshotSent: (node, other, index) =>
    `${node} no longer has the entries that ${other} lacks: it sends its snapshot up to ${index}.`,
  snapshotInstalled: (node, _, index) => `${node} replaces its log and its store by the snapshot up to ${index}.`,
  snapshotMatched: (node, _, index) =>
    `${node} has the snapshot’s end in its log already: it keeps the log and commits up to ${index}.`,
  snapshotIgnored: (node, _, index) => `${node} ignores the snapshot up to ${index}: it brings nothing new.`,
  joined: (node) => `${node} starts with an empty disk: it is no member yet.`,
  changeRefused: (node) => `${node} refuses to change the configuration now: one change at a time.`,
  notProposed: (node) => `${node} cannot propose that change: it does not lead, or hands over.`,
  transferStarted: (node, other) => `${node} hands its leadership over to ${other}, and takes no more commands.`,
  timeoutNowSent: (node, other) => `${node} tells ${other}, which has the whole log, to campaign at once.`,
  transferAborted: (node, other) => `${node} gives up handing over to ${other} and goes on leading.`,
  transferIgnored: (node, other) => `${node} does not hand over to ${other}.`,
  readPostponed: (node) => `${node} lets a read wait: it has committed nothing in its own term yet.`,
  readConfirmed: (node, other, index) => `${node} has made sure that it leads: ${other} may read at index ${index}.`,
};
