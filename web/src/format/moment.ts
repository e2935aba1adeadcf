/**
 * What is worth saying about this moment: the caption's choice among all that could be said. The choice is made from the view model and the
 * newest records alone; the words are the locales'.
 */

import type { CheckName, FeedEvent, NodeView, PositionView, View } from '../model';
import { bestReach, currentLeader, entryAt, holders, nodeOf, reachable, votersOf } from './cluster';

export type Moment =
  | { kind: 'fallen'; check: CheckName; text: string }
  | { kind: 'twoLeaders'; old: string; oldTerm: number; leader: string; term: number }
  | { kind: 'notCommitted'; entry: PositionView; holders: number; nodes: number; leaderTerm: number }
  | { kind: 'split'; term: number; candidates: string[] }
  | { kind: 'candidate'; node: string; term: number; granted: number; refused: number; quorum: number; nodes: number }
  | { kind: 'preCandidate'; node: string; term: number }
  | { kind: 'cutOff'; leader: string; term: number; reach: number; quorum: number; nodes: number; since: number | null }
  | { kind: 'noQuorum'; reach: number; quorum: number; nodes: number; since: number | null }
  | { kind: 'leaderless'; next: string | null; quorum: number; nodes: number; first: boolean; since: number | null }
  | { kind: 'refusedLog'; node: string; to: string; mine: PositionView; theirs: PositionView }
  | { kind: 'truncated'; node: string; from: number; to: number }
  | { kind: 'unanswered'; client: string; command: string }
  | { kind: 'elected'; leader: string; term: number; votes: number; nodes: number; noop: PositionView }
  | { kind: 'replicating'; entry: PositionView; command: string; holders: number; quorum: number; nodes: number }
  | { kind: 'telling'; entry: PositionView; holders: number; nodes: number; behind: string[] }
  | { kind: 'steady'; leader: string; term: number; followers: number; down: string[]; heartbeatUs: number };

/** How long a record may hold the caption, simulated µs. */
const recordHoldsUs = 80_000;

/** The moment the caption tells, most important first. */
export function momentOf(view: View, newest: readonly FeedEvent[]): Moment {
  return fallen(view) ?? leadership(view) ?? fromRecords(view, newest) ?? elections(view) ?? progress(view);
}

function fallen(view: View): Moment | null {
  for (const check of view.checks) {
    if (check.violation !== null) return { kind: 'fallen', check: check.name, text: check.violation.text };
  }
  return null;
}

/** What a leader's presence makes strange: a second one, one that nobody hears, an entry that counting cannot commit. */
function leadership(view: View): Moment | null {
  const leader = currentLeader(view);
  if (leader === null) return null;
  const stale = view.nodes.find((node) => node.up && node.role === 'leader' && node.term < leader.term);
  if (stale !== undefined) {
    return { kind: 'twoLeaders', old: stale.id, oldTerm: stale.term, leader: leader.id, term: leader.term };
  }
  const next = entryAt(leader, leader.commit + 1);
  if (next !== undefined && next.term < leader.term) {
    const held = holders(view, next).length;
    if (held >= view.quorum) {
      return {
        kind: 'notCommitted',
        entry: { term: next.term, index: next.index },
        holders: held,
        nodes: votersOf(view).length,
        leaderTerm: leader.term,
      };
    }
  }
  const reach = reachable(view, leader.id).length;
  // Candidates are the news only where one of them could win.
  if (reach < view.quorum && (!candidateOf(view) || bestReach(view) < view.quorum)) {
    return {
      kind: 'cutOff',
      leader: leader.id,
      term: leader.term,
      reach,
      quorum: view.quorum,
      nodes: votersOf(view).length,
      since: view.stalledUs,
    };
  }
  return null;
}

function fromRecords(view: View, newest: readonly FeedEvent[]): Moment | null {
  for (let i = newest.length - 1; i >= 0; i -= 1) {
    const event = newest[i];
    if (event === undefined || event.atUs < view.nowUs - recordHoldsUs) return null;
    const { what } = event;
    if (what.kind === 'voteRefused' && what.why.kind === 'logBehind') {
      return { kind: 'refusedLog', node: what.node, to: what.to, mine: what.why.mine, theirs: what.why.theirs };
    }
    if (what.kind === 'truncated') return { kind: 'truncated', node: what.node, from: what.from, to: what.to };
    if (what.kind === 'clientTimedOut') return { kind: 'unanswered', client: what.client, command: what.command };
  }
  return null;
}

function candidateOf(view: View): NodeView | undefined {
  return view.nodes.find((node) => node.up && (node.role === 'candidate' || node.role === 'preCandidate'));
}

function elections(view: View): Moment | null {
  const nodes = votersOf(view).length;
  const led = currentLeader(view) !== null;
  const reach = bestReach(view);
  // Whoever campaigns now campaigns in vain: that is the news.
  if (!led && reach < view.quorum)
    return { kind: 'noQuorum', reach, quorum: view.quorum, nodes, since: view.stalledUs };
  const candidates = view.nodes.filter((node) => node.up && node.role === 'candidate');
  const term = Math.max(0, ...candidates.map((node) => node.term));
  const rivals = candidates.filter((node) => node.term === term);
  const [node] = rivals;
  if (rivals.length > 1) return { kind: 'split', term, candidates: rivals.map((rival) => rival.id) };
  if (node !== undefined) {
    const count = (vote: 'granted' | 'refused') => node.votes.filter((held) => held.vote === vote).length;
    return {
      kind: 'candidate',
      node: node.id,
      term,
      granted: count('granted'),
      refused: count('refused'),
      quorum: view.quorum,
      nodes,
    };
  }
  const pre = view.nodes.find((each) => each.up && each.role === 'preCandidate');
  if (pre !== undefined) return { kind: 'preCandidate', node: pre.id, term: pre.term };
  if (led) return null;
  const first = view.nodes.every((each) => each.term === 0);
  return { kind: 'leaderless', next: nextTimer(view), quorum: view.quorum, nodes, first, since: view.stalledUs };
}

/** Whose election timer runs out first. */
function nextTimer(view: View): string | null {
  let best: { id: string; at: number } | null = null;
  for (const { id, timer, frozen } of view.nodes) {
    if (timer === null || frozen) continue;
    if (best === null || timer.deadlineUs < best.at) best = { id, at: timer.deadlineUs };
  }
  return best?.id ?? null;
}

/** With one leader and a majority: where the newest entry is on its way. */
function progress(view: View): Moment {
  const nodes = votersOf(view).length;
  const leader = currentLeader(view);
  if (leader === null)
    return { kind: 'leaderless', next: null, quorum: view.quorum, nodes, first: false, since: view.stalledUs };
  const next = entryAt(leader, leader.commit + 1);
  if (next !== undefined) {
    const entry = { term: next.term, index: next.index };
    const held = holders(view, entry).length;
    if (next.kind === 'noop' && next.term === leader.term) {
      const votes = view.nodes.filter((node) => node.votedFor === leader.id && node.term === leader.term).length;
      return { kind: 'elected', leader: leader.id, term: leader.term, votes, nodes, noop: entry };
    }
    return { kind: 'replicating', entry, command: next.command, holders: held, quorum: view.quorum, nodes };
  }
  const done = entryAt(leader, leader.commit);
  const behind = reachable(view, leader.id).filter((id) => (nodeOf(view, id)?.commit ?? 0) < leader.commit);
  if (done !== undefined && behind.length > 0) {
    const entry = { term: done.term, index: done.index };
    return { kind: 'telling', entry, holders: holders(view, entry).length, nodes, behind };
  }
  const down = view.nodes.filter((node) => !node.up).map((node) => node.id);
  return {
    kind: 'steady',
    leader: leader.id,
    term: leader.term,
    followers: view.nodes.filter((node) => node.up && node.leader === leader.id && node.id !== leader.id).length,
    down,
    heartbeatUs: view.timing.heartbeatUs,
  };
}
