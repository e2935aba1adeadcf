/**
 * The view model: what one moment of a run looks like to the page.
 *
 * Everything drawn is a pure function of `View` and the time. Times are whole simulated microseconds; node ids are "n1".."n9", clients "c1"..;
 * digests and seeds are strings because they do not fit a double. The binding (`crates/wasm/src/view.rs`) owns these shapes.
 */

export type RoleView = 'follower' | 'preCandidate' | 'candidate' | 'leader';

export interface View {
  nowUs: number;
  /** Visible records so far; the sequence number the next one will carry. */
  seq: number;
  seed: string;
  /** The log indexes that the nodes' `log` fields show, both ends included; the newest ones unless others were asked for. */
  logFrom: number;
  logTo: number;
  nodes: NodeView[];
  links: LinkView[];
  messages: MessageView[];
  clients: ClientView[];
  checks: CheckView[];
  warnings: WarningView[];
  nextEventUs: number | null;
  /** Votes that make a majority of the cluster. */
  quorum: number;
  timing: TimingView;
}

export interface TimingView {
  tickUs: number;
  heartbeatUs: number;
  electionMinUs: number;
  electionMaxUs: number;
}

/** Legal but doubtful settings. */
export type WarningView =
  | { kind: 'heartbeatTooSlow'; heartbeatUs: number; electionMinUs: number }
  | { kind: 'roundTooSlow'; roundUs: number; electionMinUs: number }
  | { kind: 'timeoutsAlike'; electionUs: number };

/** An election timer. `minimumUs` is the earliest instant at which any draw would have let it fire; a frozen node's stands still. */
export interface TimerView {
  startUs: number;
  deadlineUs: number;
  minimumUs: number;
  stoppedRemainingUs: number | null;
}

export interface NodeView {
  id: string;
  up: boolean;
  frozen: boolean;
  role: RoleView;
  /** Leads, while another node that is up leads a later term. */
  staleLeader: boolean;
  term: number;
  votedFor: string | null;
  voteSynced: boolean;
  leader: string | null;
  commit: number;
  applied: number;
  /** Last index that survives a crash. */
  synced: number;
  firstIndex: number;
  lastIndex: number;
  timer: TimerView | null;
  /** From the view's `logFrom` to its `logTo`. */
  log: EntryView[];
  votes: VoteView[];
  progress: ProgressView[];
  store: PairView[];
  /** Items that wait in the node's queue. */
  inbox: number;
  syncing: boolean;
}

export interface PairView {
  key: string;
  value: string;
}

export interface VoteView {
  node: string;
  vote: 'granted' | 'refused' | 'waiting';
}

export interface ProgressView {
  node: string;
  matchIndex: number;
  nextIndex: number;
  state: 'probe' | 'replicate' | 'snapshot';
  inFlight: number;
  paused: boolean;
}

export interface EntryView {
  index: number;
  term: number;
  kind: 'noop' | 'command' | 'confChange';
  /** "put x 1"; "" for a no-op. */
  command: string;
  committed: boolean;
  synced: boolean;
  applied: boolean;
}

export interface LinkView {
  /** "n1-n2", the smaller id first. */
  id: string;
  a: string;
  b: string;
  cutAB: boolean;
  cutBA: boolean;
}

/** Raft's messages between nodes, and those between clients and nodes. */
export type MessageKind =
  | 'requestVote'
  | 'requestVoteResponse'
  | 'appendEntries'
  | 'appendEntriesResponse'
  | 'heartbeat'
  | 'heartbeatResponse'
  | 'requestPreVote'
  | 'requestPreVoteResponse'
  | 'installSnapshot'
  | 'timeoutNow'
  | 'transferLeader'
  | 'propose'
  | 'readIndex'
  | 'readIndexResponse'
  | 'clientRequest'
  | 'clientReply';

export interface PositionView {
  term: number;
  index: number;
}

export interface MessageView {
  id: string;
  kind: MessageKind;
  from: string;
  to: string;
  term: number;
  sentUs: number;
  arriveUs: number;
  /** Will be lost: its link is cut. */
  doomed: boolean;
  granted: boolean | null;
  rejected: boolean | null;
  prev: PositionView | null;
  entries: CarriedEntryView[];
  commit: number | null;
  matchIndex: number | null;
  last: PositionView | null;
  /** A client's command, or the one that is answered; null of others. */
  command: string | null;
}

export interface CarriedEntryView {
  index: number;
  term: number;
  /** Empty of a no-op. */
  command: string;
}

export interface ClientView {
  id: string;
  /** The node it asks now. */
  node: string | null;
  command: string | null;
  sinceUs: number;
  attempt: number;
  state: 'idle' | 'waiting' | 'done';
  result: string | null;
  queued: number;
}

export type CheckName =
  | 'electionSafety'
  | 'leaderAppendOnly'
  | 'logMatching'
  | 'leaderCompleteness'
  | 'stateMachineSafety';

export interface ViolationView {
  atUs: number;
  text: string;
  nodes: string[];
  index: number | null;
}

export interface CheckView {
  name: CheckName;
  violation: ViolationView | null;
}

/** One visible record: when, and what. `seq` counts from 0; records that only an expert's trace shows leave gaps. */
export interface FeedEvent {
  seq: number;
  atUs: number;
  what: Happening;
}

/** Why a voter refused (Raft §5.1, §5.2, §5.4.1). */
export type RefusalView =
  | { kind: 'lowerTerm'; mine: number }
  | { kind: 'alreadyVoted'; to: string }
  | { kind: 'logBehind'; mine: PositionView; theirs: PositionView }
  | { kind: 'leaderKnown'; leader: string }
  | { kind: 'leaseHeld'; leader: string };

export type StepDownReason = 'higherTerm' | 'heardLeader' | 'lostElection' | 'lostQuorum' | 'removed' | 'started';

/** Why a message never arrived: its link was cut, it was dropped, its receiver had crashed, or the receiver's inbox was full. */
export type LossReason = 'cut' | 'dropped' | 'down' | 'full';

/** What happened: facts and the numbers that were compared, never words. */
export type Happening =
  | { kind: 'action'; text: string }
  | { kind: 'actionRefused'; text: string; why: string }
  | { kind: 'crashed'; node: string; lostEntries: number }
  | { kind: 'restarted'; node: string; term: number; lastIndex: number }
  | { kind: 'frozen'; node: string }
  | { kind: 'thawed'; node: string }
  | { kind: 'cut'; a: string; b: string; oneWay: boolean }
  | { kind: 'healed'; a: string | null; b: string | null; oneWay: boolean }
  | { kind: 'partitioned'; groups: string[][] }
  | { kind: 'isolated'; node: string }
  | { kind: 'timedOut'; node: string; term: number }
  | { kind: 'becameCandidate'; node: string; term: number; preVote: boolean }
  | { kind: 'becameLeader'; node: string; term: number; votes: string[] }
  | {
      kind: 'becameFollower';
      node: string;
      term: number;
      leader: string | null;
      wasLeader: boolean;
      why: StepDownReason;
    }
  | { kind: 'voteGranted'; node: string; to: string; term: number }
  | { kind: 'voteRefused'; node: string; to: string; term: number; why: RefusalView }
  | { kind: 'appended'; node: string; from: number; to: number; term: number; command: string | null; own: boolean }
  | { kind: 'appendRefused'; node: string; from: string; prev: PositionView; hint: number }
  | { kind: 'truncated'; node: string; from: number; to: number }
  | { kind: 'synced'; node: string; term: number; votedFor: string | null; lastIndex: number }
  | { kind: 'committed'; node: string; from: number; index: number; term: number; own: boolean }
  | { kind: 'notCommitted'; node: string; index: number; entryTerm: number; term: number }
  | { kind: 'applied'; node: string; index: number; command: string; result: string; skipped: boolean }
  | { kind: 'higherTerm'; node: string; from: string; mine: number; theirs: number }
  | { kind: 'ignored'; node: string; from: string; message: MessageKind; term: number; mine: number }
  | { kind: 'lost'; message: MessageKind; from: string; to: string; why: LossReason }
  | { kind: 'clientQueued'; client: string; command: string }
  | { kind: 'clientSubmitted'; client: string; node: string; command: string; attempt: number }
  | { kind: 'clientRedirected'; client: string; node: string; leader: string | null }
  | { kind: 'clientTimedOut'; client: string; node: string; command: string }
  | { kind: 'clientAnswered'; client: string; node: string; command: string; result: string }
  | { kind: 'violated'; check: CheckName; text: string; nodes: string[]; index: number | null };
