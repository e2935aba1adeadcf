/** English sentences: the caption's moments and the feed's records. One sentence a record; the numbers are those that were compared. */

import type { Moment } from '../format/moment';
import { clock, duration, entryId, shortCommand } from '../format/text';
import type { FeedEvent, Happening, LossReason, RefusalView } from '../model';
import { checksEn as checks, notesEn } from './en-notes';
import type { Sentence } from './words';

const kinds = {
  requestVote: 'RequestVote',
  requestVoteResponse: 'vote',
  appendEntries: 'AppendEntries',
  appendEntriesResponse: 'reply to AppendEntries',
  heartbeat: 'heartbeat',
  heartbeatResponse: 'reply to a heartbeat',
  requestPreVote: 'pre-vote request',
  requestPreVoteResponse: 'pre-vote',
  installSnapshot: 'snapshot',
  timeoutNow: 'TimeoutNow',
  transferLeader: 'TransferLeader',
  propose: 'proposal',
  readIndex: 'ReadIndex',
  readIndexResponse: 'reply to ReadIndex',
  clientRequest: 'client’s request',
  clientReply: 'reply to a client',
};

/** "n1", "n1 and n2", "n1, n2 and n3". */
function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

const leaderless = (since: number | null) => `No leader${since === null ? '' : ` since ${clock(since)}`}`;

export function captionEn(moment: Moment): Sentence {
  switch (moment.kind) {
    case 'fallen':
      return { lead: `${checks[moment.check]} has fallen.`, rest: moment.text };
    case 'twoLeaders':
      return {
        lead: `${moment.old} and ${moment.leader} both lead, and Raft allows it:`,
        rest: `${moment.old} leads term ${moment.oldTerm}, ${moment.leader} term ${moment.term}. The older one can commit nothing more.`,
        section: '§5.1',
      };
    case 'notCommitted':
      return {
        lead: `${moment.holders} of ${moment.nodes} hold entry ${entryId(moment.entry)}, yet it is not committed:`,
        rest: `its term (${moment.entry.term}) is not the leader’s term (${moment.leaderTerm}).`,
        section: '§5.4.2',
      };
    case 'split':
      return {
        lead: `${list(moment.candidates)} ask for votes in the same term ${moment.term}.`,
        rest: 'Each node has one vote a term: they may split it, and then a timer starts the next term.',
        section: '§5.2',
      };
    case 'candidate': {
      const missing = Math.max(0, moment.quorum - moment.granted);
      return {
        lead: `${moment.node} heard no leader and asks for votes in term ${moment.term}.`,
        rest: `It has ${moment.granted} of ${moment.nodes} votes${missing === 0 ? ', a majority.' : ` and needs ${missing} more.`}`,
        section: '§5.2',
      };
    }
    case 'preCandidate':
      return {
        lead: `${moment.node} asks whether it could win, before it starts a term.`,
        rest: `Its term stays ${moment.term} until a majority says yes.`,
      };
    case 'cutOff':
      return {
        lead: `${moment.leader} still leads term ${moment.term}, but reaches only ${moment.reach} of ${moment.nodes}.`,
        rest: `Without ${moment.quorum} it can commit nothing${moment.since === null ? '' : ` (since ${clock(moment.since)})`}: what it takes from clients stays dashed.`,
      };
    case 'noQuorum':
      return {
        lead: `${leaderless(moment.since)}: no node can reach ${moment.quorum} of ${moment.nodes}, so nobody can win.`,
        rest: `The largest group that talks has ${moment.reach}. Raft waits rather than guess.`,
      };
    case 'leaderless':
      return {
        lead: moment.first ? 'The cluster starts without a leader.' : `${leaderless(moment.since)}.`,
        rest:
          moment.next === null
            ? `A leader needs ${moment.quorum} of ${moment.nodes} votes.`
            : `${moment.next}’s timer runs out first: it will ask the others for their votes and needs ${moment.quorum} of ${moment.nodes}.`,
        section: '§5.2',
      };
    default:
      return captionOfLogs(moment);
  }
}

type LogMoment = Extract<
  Moment,
  { kind: 'refusedLog' | 'truncated' | 'unanswered' | 'elected' | 'replicating' | 'telling' | 'steady' }
>;

function captionOfLogs(moment: LogMoment): Sentence {
  switch (moment.kind) {
    case 'refusedLog':
      return {
        lead: `${moment.node} refuses ${moment.to} its vote: ${moment.to}’s log is behind.`,
        rest: `It ends at ${entryId(moment.theirs)}, ${moment.node}’s at ${entryId(moment.mine)}.`,
        section: '§5.4.1',
      };
    case 'truncated':
      return {
        lead: `${moment.node} removes ${moment.from === moment.to ? `entry ${moment.from}` : `entries ${moment.from} to ${moment.to}`}:`,
        rest: 'its leader holds another term there, so it was never committed.',
        section: '§5.3',
      };
    case 'unanswered':
      return {
        lead: `${moment.client} got no answer to ${shortCommand(moment.command)} and asks again.`,
        rest: 'It cannot know whether the first attempt will still happen.',
      };
    case 'elected':
      return {
        lead: `${moment.leader} leads term ${moment.term}, with ${moment.votes} of ${moment.nodes} votes.`,
        rest: `Its first entry, ${entryId(moment.noop)}, is empty: once that is committed, everything before it is too.`,
        section: '§5.4.2',
      };
    case 'replicating': {
      const missing = moment.quorum - moment.holders;
      const rest =
        missing > 0
          ? `${missing} more and it is committed.`
          : 'A majority: the leader commits when it has their answers.';
      return {
        lead: `Entry ${entryId(moment.entry)} (${shortCommand(moment.command) || 'no-op'}) is on ${moment.holders} of ${moment.nodes} disks.`,
        rest,
        section: '§5.3',
      };
    }
    case 'telling':
      return {
        lead: `Entry ${entryId(moment.entry)} is committed: ${moment.holders} of ${moment.nodes} hold it.`,
        rest: `${list(moment.behind)} will learn of it from the leader’s next message.`,
        section: '§5.3',
      };
    case 'steady': {
      const down =
        moment.down.length > 0 ? ` ${list(moment.down)} ${moment.down.length === 1 ? 'is' : 'are'} down.` : '';
      const timers = moment.followers === 1 ? 'one election timer' : `${moment.followers} election timers`;
      const rest =
        moment.followers === 0
          ? 'Nobody follows it now.'
          : `Its heartbeats, every ${duration(moment.heartbeatUs)}, keep ${timers} from running out.`;
      return { lead: `${moment.leader} leads term ${moment.term}.`, rest: `${rest}${down}` };
    }
    default:
      return moment satisfies never;
  }
}

export function eventEn({ what }: FeedEvent): string {
  switch (what.kind) {
    case 'action':
      return `Action: ${what.text}.`;
    case 'crashed': {
      const lost = what.lostEntries === 1 ? '1 unsynced entry' : `${what.lostEntries} unsynced entries`;
      return `${what.node} crashes${what.lostEntries > 0 ? ` and loses ${lost}` : ''}.`;
    }
    case 'restarted':
      return `${what.node} restarts from its disk: term ${what.term}, last index ${what.lastIndex}.`;
    case 'frozen':
      return `${what.node}’s process stops running.`;
    case 'thawed':
      return `${what.node}’s process runs again.`;
    case 'cut':
      return what.oneWay ? `The way from ${what.a} to ${what.b} is cut.` : `The link ${what.a}–${what.b} is cut.`;
    case 'actionRefused':
      return `Not done: ${what.text} (${what.why}).`;
    case 'healed':
      if (what.a === null) return 'All links are healed.';
      if (what.b === null) return `All links of ${what.a} are healed.`;
      return what.oneWay ? `The way from ${what.a} to ${what.b} is healed.` : `The link ${what.a}–${what.b} is healed.`;
    case 'isolated':
      return `${what.node} is cut off from all others.`;
    case 'partitioned':
      return `The network falls apart: ${what.groups.map((group) => list(group)).join(' | ')}.`;
    case 'timedOut':
      return `${what.node}’s election timer runs out in term ${what.term}.`;
    default:
      return electionEn(what);
  }
}

type AfterFaults = Exclude<
  Happening,
  {
    kind:
      | 'action'
      | 'crashed'
      | 'restarted'
      | 'frozen'
      | 'thawed'
      | 'cut'
      | 'healed'
      | 'partitioned'
      | 'timedOut'
      | 'actionRefused'
      | 'isolated';
  }
>;

function refusalEn(node: string, to: string, why: RefusalView): string {
  switch (why.kind) {
    case 'lowerTerm':
      return `it is already in term ${why.mine}`;
    case 'alreadyVoted':
      return `it voted for ${why.to}`;
    case 'logBehind':
      return `${to}’s log ends at ${entryId(why.theirs)}, ${node}’s at ${entryId(why.mine)}`;
    case 'leaderKnown':
      return `the term has a leader, ${why.leader}`;
    case 'leaseHeld':
      return `it heard its leader ${why.leader} a moment ago`;
    default:
      return why satisfies never;
  }
}

function electionEn(what: AfterFaults): string {
  switch (what.kind) {
    case 'becameCandidate':
      return what.preVote
        ? `${what.node} asks whether it could win term ${what.term}.`
        : `${what.node} becomes a candidate in term ${what.term} and votes for itself.`;
    case 'becameLeader':
      return `${what.node} becomes leader of term ${what.term} with the votes of ${list(what.votes)}.`;
    case 'becameFollower': {
      const was = what.wasLeader ? 'steps down' : 'becomes a follower';
      const whom = what.leader === null ? '' : ` and follows ${what.leader}`;
      return `${what.node} ${was} in term ${what.term}${whom}${downEn[what.why]}.`;
    }
    case 'voteGranted':
      return `${what.node} votes for ${what.to} in term ${what.term}.`;
    case 'voteRefused':
      return `${what.node} refuses ${what.to} its vote in term ${what.term}: ${refusalEn(what.node, what.to, what.why)}.`;
    case 'ignored':
      return `${what.node} ignores a ${kinds[what.message]} from ${what.from}: term ${what.term} is below its own ${what.mine}.`;
    case 'read':
      return `${what.node} reads its store as of index ${what.index}: ${shortCommand(what.command)}, ${what.result}.`;
    case 'configured': {
      const learners = what.learners.length > 0 ? `, learners ${list(what.learners)}` : '';
      return what.outgoing.length > 0
        ? `${what.node} needs majorities of ${list(what.outgoing)} and of ${list(what.voters)}${learners}, from now on.`
        : `${what.node} goes by the voters ${list(what.voters)}${learners}, from now on.`;
    }
    case 'noted':
      return notesEn[what.note](what.node, what.other ?? '', what.index ?? 0);
    case 'lost':
      return `${/^[AEIO]/.test(kinds[what.message]) ? 'An' : 'A'} ${kinds[what.message]} from ${what.from} to ${what.to} is lost: ${lostEn(what.to, what.why)}.`;
    case 'higherTerm':
      return `${what.node} hears of term ${what.theirs} from ${what.from} and leaves term ${what.mine}.`;
    case 'stalled':
      return `${what.led ? 'Nothing is committed' : 'No leader'} since ${clock(what.sinceUs)}.`;
    case 'violated':
      return `${checks[what.check]} has fallen: ${what.text}`;
    default:
      return logEn(what);
  }
}

function lostEn(to: string, why: LossReason): string {
  switch (why) {
    case 'cut':
      return 'its link is cut';
    case 'dropped':
      return 'it was dropped';
    case 'down':
      return `${to} is down`;
    case 'full':
      return `${to}’s inbox is full`;
    default:
      return why satisfies never;
  }
}

const downEn = {
  higherTerm: ': it saw a higher term',
  heardLeader: '',
  lostElection: ': a majority refused it',
  lostQuorum: ': it could not reach a majority',
  removed: ': it was removed from the cluster',
  started: '',
};

type AfterElections = Exclude<
  AfterFaults,
  {
    kind:
      | 'becameCandidate'
      | 'becameLeader'
      | 'becameFollower'
      | 'voteGranted'
      | 'voteRefused'
      | 'ignored'
      | 'lost'
      | 'noted'
      | 'read'
      | 'configured'
      | 'higherTerm'
      | 'stalled'
      | 'violated';
  }
>;

function logEn(what: AfterElections): string {
  switch (what.kind) {
    case 'appended': {
      const which = what.from === what.to ? `entry ${what.from}@${what.term}` : `entries ${what.from} to ${what.to}`;
      const body = what.command ? ` (${shortCommand(what.command)})` : '';
      return `${what.node} ${what.own ? 'appends' : 'takes'} ${which}${body}.`;
    }
    case 'appendRefused':
      return `${what.node} refuses entries from ${what.from}: it has no entry ${entryId(what.prev)} for them to follow.`;
    case 'truncated':
      return `${what.node} removes ${what.from === what.to ? `entry ${what.from}` : `entries ${what.from} to ${what.to}`}: they conflict with its leader’s.`;
    case 'synced': {
      const vote = what.votedFor === null ? '' : `, vote for ${what.votedFor}`;
      return `${what.node}’s disk holds term ${what.term}${vote} and entries up to ${what.lastIndex}.`;
    }
    case 'committed':
      return what.own
        ? `${what.node} commits up to ${what.index}@${what.term}: a majority holds it.`
        : `${what.node} learns that ${what.index}@${what.term} is committed.`;
    case 'notCommitted':
      return `${what.node} may not commit ${what.index}@${what.entryTerm} by counting: its own term is ${what.term}.`;
    case 'applied':
      return what.skipped
        ? `${what.node} skips ${shortCommand(what.command)} at index ${what.index}: it was already applied.`
        : `${what.node} applies ${shortCommand(what.command)} at index ${what.index}.`;
    case 'clientQueued':
      return `${what.client} keeps ${shortCommand(what.command)} for later.`;
    case 'clientSubmitted':
      return `${what.client} asks ${what.node} for ${shortCommand(what.command)}${what.attempt > 1 ? ` (attempt ${what.attempt})` : ''}.`;
    case 'clientRedirected':
      return what.leader === null
        ? `${what.node} does not lead and knows no leader; ${what.client} tries elsewhere.`
        : `${what.node} does not lead and sends ${what.client} to ${what.leader}.`;
    case 'clientTimedOut':
      return `${what.client} got no answer to ${shortCommand(what.command)} from ${what.node}: it may or may not happen.`;
    case 'clientAnswered':
      return `${what.node} answers ${what.client}: ${shortCommand(what.command)}, ${what.result}.`;
    default:
      return what satisfies never;
  }
}
