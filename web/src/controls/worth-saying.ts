/**
 * Which records a screen reader is told at once. The feed holds them all; said aloud, the steps of an election or of a commit would
 * bury its outcome.
 */

import type { FeedEvent, Happening } from '../model';

/** Every kind has an answer, so that a new one is not forgotten. */
const WORTH: Readonly<Record<Happening['kind'], boolean>> = {
  action: true,
  crashed: true,
  restarted: true,
  frozen: true,
  thawed: true,
  cut: true,
  healed: true,
  partitioned: true,
  isolated: true,
  actionRefused: true,
  becameCandidate: true,
  becameLeader: true,
  truncated: true,
  notCommitted: true,
  committed: true,
  clientSubmitted: true,
  clientTimedOut: true,
  clientAnswered: true,
  violated: true,
  stalled: true,
  timedOut: false,
  becameFollower: false,
  voteGranted: false,
  voteRefused: false,
  appended: false,
  appendRefused: false,
  applied: false,
  ignored: false,
  lost: false,
  clientRedirected: false,
  clientQueued: false,
  higherTerm: false,
  synced: false,
  noted: false,
  configured: false,
  read: false,
};

/** Whether to say it. What followers learn of a commit repeats what the leader's own count has told. */
export function worthSaying({ what }: FeedEvent): boolean {
  return what.kind === 'committed' ? what.own : WORTH[what.kind];
}
