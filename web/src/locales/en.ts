/** English. The glossary of the lessons decides the terms; sentences are short enough to be read from the last row. */

import { clock, duration, entryId } from '../format/text';
import type { EntryView, MessageView, NodeView } from '../model';
import { checksEn } from './en-notes';
import { captionEn, eventEn } from './en-sentences';
import { whyEn } from './en-why';
import type { Words } from './words';

const role = {
  follower: 'follower',
  preCandidate: 'pre-candidate',
  candidate: 'candidate',
  leader: 'leader',
  crashed: 'crashed',
  frozen: 'frozen',
  staleLeader: 'stale leader',
  learner: 'learner',
  outside: 'not a member',
};

function roleOf(node: NodeView): string {
  if (!node.up) return role.crashed;
  const name = node.staleLeader ? role.staleLeader : role[node.role];
  return node.frozen ? `${name}, ${role.frozen}` : name;
}

function messageDetail(message: MessageView): string {
  switch (message.kind) {
    case 'requestVote':
    case 'requestPreVote':
      return message.last === null ? `term ${message.term}` : `last entry ${entryId(message.last)}`;
    case 'requestVoteResponse':
    case 'requestPreVoteResponse':
      return message.granted === true ? 'yes' : 'no';
    case 'appendEntries': {
      const [first, ...more] = message.entries;
      if (first === undefined) return 'empty';
      if (more.length === 0) return `entry ${entryId(first)}`;
      return `${message.entries.length} entries from ${entryId(first)}`;
    }
    case 'appendEntriesResponse':
      return message.rejected === true ? 'refused' : `match ${message.matchIndex ?? 0}`;
    case 'heartbeat':
    case 'heartbeatResponse':
    case 'installSnapshot':
    case 'timeoutNow':
    case 'transferLeader':
    case 'propose':
    case 'readIndex':
    case 'readIndexResponse':
    case 'clientRequest':
    case 'clientReply':
      return '';
    default:
      return message.kind satisfies never;
  }
}

function entryState(entry: EntryView): string {
  const commit = entry.applied ? 'committed, applied' : entry.committed ? 'committed' : 'uncommitted';
  return `${commit}, ${entry.synced ? 'synced' : 'not yet synced'}`;
}

function content(entry: EntryView): string {
  return entry.kind === 'noop' ? 'no-op' : entry.command;
}

export const en: Words = {
  lang: 'en',
  htmlLang: 'en',
  gap: ' ',
  panel: { cluster: 'Cluster', logs: 'Logs', inspector: 'Inspector', feed: 'Events', checks: 'Theorems' },
  role,
  nodeLabel: (node) => `${node.id}, ${roleOf(node)}, term ${node.term}, commit ${node.commit}`,
  nodeAction: (node) => `${node.frozen ? 'Thaw' : node.up ? 'Crash' : 'Restart'} ${node.id}`,
  linkLabel: ({ a, b, cutAB, cutBA }) => {
    if (cutAB && cutBA) return `link ${a}–${b}, cut`;
    if (cutAB) return `link ${a}–${b}, cut from ${a} to ${b}`;
    if (cutBA) return `link ${a}–${b}, cut from ${b} to ${a}`;
    return `link ${a}–${b}`;
  },
  linkAction: ({ a, b, cutAB, cutBA }) => `${cutAB || cutBA ? 'Heal' : 'Cut'} ${a}–${b}`,
  voted: (id) => `voted ${id}`,
  votes: (has, needed) => `${has} of ${needed} votes`,
  cut: 'cut',
  client: {
    waits: (us) => `waits ${duration(us)}`,
    answered: (result) => `answer: ${result}`,
    retry: (attempt) => `attempt ${attempt}`,
    queued: (count) => `${count} more waiting`,
  },
  compassNote: (entry) => `centre: who holds ${entryId(entry)} (index ${entry.index}, term ${entry.term})`,
  compassLabel: (entry, held, nodes) => `${held} of ${nodes} hold entry ${entryId(entry)}`,
  ledger: {
    index: 'index',
    view: (leader) => `${leader}’s view`,
    believes: (leader) => `${leader} believes`,
    above: (leader) => `above each log: what ${leader} believes`,
    below: 'below: what the node knows',
    itself: 'itself',
    match: 'match',
    next: 'next',
    inFlight: (count) => `${count} in flight`,
    idle: 'idle',
    paused: 'waits',
    noAnswer: 'no answer',
    earlier: (count) => `${count} earlier`,
    newest: 'newest entry',
    snapshot: (to) => `snapshot to ${to}`,
    noop: 'no-op',
    empty: 'empty',
    rowLabel: (node) =>
      `log of ${node.id}: last index ${node.lastIndex}, commit ${node.commit}, applied ${node.applied}`,
    entryLabel: (node, entry) => `${node.id}, entry ${entryId(entry)}, ${content(entry)}, ${entryState(entry)}`,
    progressLabel: (leader, { node, matchIndex, nextIndex, state, inFlight }) =>
      `${leader} on ${node}: ${state}, match ${matchIndex}, next ${nextIndex}, ${inFlight} in flight`,
  },
  legend: {
    committed: 'committed',
    uncommitted: 'uncommitted',
    synced: 'synced',
    unsynced: 'not yet synced',
    applied: 'applied',
    commit: 'commit',
    syncedTo: 'synced to',
    states: 'P probe   R replicate   S snapshot',
  },
  message: {
    requestVote: 'RequestVote',
    requestVoteResponse: 'vote',
    appendEntries: 'AppendEntries',
    appendEntriesResponse: 'reply',
    heartbeat: 'heartbeat',
    heartbeatResponse: 'heartbeat reply',
    requestPreVote: 'pre-vote?',
    requestPreVoteResponse: 'pre-vote',
    installSnapshot: 'snapshot',
    timeoutNow: 'TimeoutNow',
    transferLeader: 'TransferLeader',
    propose: 'proposal',
    readIndex: 'ReadIndex',
    readIndexResponse: 'ReadIndex reply',
    clientRequest: 'request',
    clientReply: 'answer',
  },
  messageDetail,
  held: ', held',
  check: checksEn,
  conditions: {
    held: (held, nodes, entry) => `${held} of ${nodes} hold ${entryId(entry)}`,
    term: (entry, leader) => `entry term ${entry} = leader term ${leader}`,
  },
  holds: 'holds:',
  fallen: 'has fallen:',
  checkFallen: (name) => `${name} has fallen`,
  inspector: {
    term: 'term',
    votedFor: 'voted for',
    commit: 'commit',
    applied: 'applied',
    last: 'last',
    syncedTo: 'synced to',
    timer: 'timer',
    store: 'store',
    inbox: 'inbox',
    disk: 'disk',
    leader: 'leader',
    none: 'none',
    storeAt: (index) => `as of index ${index}`,
    timerAt: (deadline) => `runs out at ${clock(deadline)}`,
    timerStopped: (left) => `stopped, ${duration(left)} left`,
    waiting: (count) => (count === 1 ? '1 item waits' : `${count} items wait`),
    syncing: 'syncing',
    idle: 'idle',
    summary: (node) => {
      const hears =
        node.up && node.role === 'follower' ? `, ${node.leader ? `hears ${node.leader}` : 'no leader'}` : '';
      return `${roleOf(node)}, term ${node.term}${hears}`;
    },
    holders: 'who holds it',
    majority: (nodes) => `a majority of ${nodes}`,
    hint: 'Click a row of the log to look inside a node.',
    link: 'link',
    arrives: (us) => `in ${duration(us)}`,
    prev: 'follows',
    entries: 'entries',
    answer: 'answer',
    granted: 'yes from',
    refused: 'no from',
    noAnswer: 'waits for',
    accepted: 'accepted',
    rejected: 'refused',
    lost: 'will be lost',
    entryState,
    command: 'command',
    state: 'state',
    whole: 'whole',
  },
  caption: captionEn,
  why: whyEn,
  event: (event) => eventEn(event),
  feedEmpty: 'Nothing has happened yet.',
  paper: (section) => `Raft ${section}`,
};
