//! The view model: everything the page draws, as plain data. Its TypeScript types are generated from this file.
//!
//! It is not the world and it decides nothing: `project.rs` fills it from the world's public state, and the page's views
//! are pure functions of it. Times are simulated microseconds; ids are the words a person types (`n1`, `c1`).

use crate::plain::{List, Text, plain};

plain! {
    /// The world at one instant.
    pub struct View<'a> {
        /// Simulated time, µs since the run began.
        pub now_us: u64,
        /// Visible records so far; `Session.events(seq, n)` reads them.
        pub seq: u32,
        /// The run's seed in decimal: a JavaScript number could not hold all of it.
        pub seed: Text<'a>,
        /// How many votes or matches a decision needs: more than half of all nodes.
        pub quorum: u32,
        /// The first log index that the nodes' `log` fields show.
        pub log_from: u64,
        /// The last log index that they show, if it exists.
        pub log_to: u64,
        /// The nodes in order, n1 first.
        pub nodes: List<NodeView<'a>>,
        /// One for each unordered pair of nodes.
        pub links: List<LinkView<'a>>,
        /// Messages in flight, in the order in which they were sent; no more of them than a picture can show.
        pub messages: List<MessageView<'a>>,
        /// How many more there are.
        pub messages_more: u32,
        /// The clients, c1 first.
        pub clients: List<ClientView<'a>>,
        /// The theorems under watch, in a fixed order.
        pub checks: List<CheckView<'a>>,
        /// What is questionable about the run's settings, though legal.
        pub warnings: List<WarningView>,
        /// When the next event is due, µs; null when nothing is scheduled.
        pub next_event_us: Option<u64>,
        /// Since when nobody leads or nothing is committed, µs; null while all goes forward.
        pub stalled_us: Option<u64>,
        /// The timing of the run.
        pub timing: TimingView,
    }

    /// The run's timing, µs.
    pub struct TimingView {
        /// One tick of a node's logical clock.
        pub tick_us: u64,
        /// A leader's heartbeat interval.
        pub heartbeat_us: u64,
        /// The shortest election timeout.
        pub election_min_us: u64,
        /// The longest election timeout.
        pub election_max_us: u64,
    }

    /// A node's role, as in Raft §5.1 and the thesis' PreVote.
    pub enum RoleView {
        /// Passive: answers leaders and candidates.
        Follower,
        /// Asks whether it could win, without a new term (thesis 9.6).
        PreCandidate,
        /// Asks for votes.
        Candidate,
        /// Leads its term.
        Leader,
    }

    /// What a node is in the cluster's configuration (§6).
    pub enum MemberView {
        /// It has a vote.
        Voter,
        /// It has a vote in the new part of a joint configuration only.
        Incoming,
        /// It has a vote in the old part of a joint configuration only.
        Outgoing,
        /// It gets the log and has no vote.
        Learner,
        /// It is no member.
        Outside,
    }

    /// One node: what it knows, what is on its disk, what it believes of others.
    pub struct NodeView<'a> {
        /// `n1` to `n9`.
        pub id: Text<'a>,
        /// False between crash and restart; the node then has only its disk.
        pub up: bool,
        /// True while its process does not run (its disk and inbox stay).
        pub frozen: bool,
        /// Its role; of a crashed node, follower.
        pub role: RoleView,
        /// What it is in the configuration by which the leader goes.
        pub member: MemberView,
        /// A leader while some other running node follows or leads a later term. Legal in Raft, and worth seeing.
        pub stale_leader: bool,
        /// Its current term.
        pub term: u64,
        /// Whom it voted for in this term.
        pub voted_for: Option<Text<'a>>,
        /// Whether term and vote would survive a crash now.
        pub vote_synced: bool,
        /// Whom it takes for the leader of its term.
        pub leader: Option<Text<'a>>,
        /// Its commit index.
        pub commit: u64,
        /// Highest index its store reflects.
        pub applied: u64,
        /// Highest log index that survives a crash.
        pub synced: u64,
        /// First index still in its log.
        pub first_index: u64,
        /// Last index in its log; 0 when empty.
        pub last_index: u64,
        /// The election timer of a follower or candidate; null of leaders and crashed nodes.
        pub timer: Option<TimerView>,
        /// Its log, from the view's `log_from` to its `log_to`.
        pub log: List<EntryView<'a>>,
        /// A candidate's count of votes, by node; empty otherwise.
        pub votes: List<VoteView<'a>>,
        /// A leader's belief of each other node; empty otherwise.
        pub progress: List<ProgressView<'a>>,
        /// Its copy of the key-value store, by key.
        pub store: List<PairView<'a>>,
        /// Items that wait in its inbox.
        pub inbox: u32,
        /// Whether it waits for its disk, and so takes nothing from its inbox.
        pub syncing: bool,
    }

    /// An election timer. While the node runs, what remains at t is `deadline_us - t`.
    pub struct TimerView {
        /// When it was last reset, µs.
        pub start_us: u64,
        /// When it fires, µs.
        pub deadline_us: u64,
        /// The earliest instant at which any draw would have let it fire, µs.
        pub minimum_us: u64,
        /// Of a frozen node: what remains, µs; the arc stands still. Null while it runs.
        pub stopped_remaining_us: Option<u64>,
    }

    /// What a log entry holds.
    pub enum EntryKindView {
        /// The empty entry a new leader appends (§8).
        Noop,
        /// A client's command.
        Command,
        /// A change of the cluster's configuration (§6).
        ConfChange,
    }

    /// One entry of one node's log.
    pub struct EntryView<'a> {
        /// Position in the log, from 1.
        pub index: u64,
        /// Term in which a leader made it.
        pub term: u64,
        /// No-op or command.
        pub kind: EntryKindView,
        /// The command as typed, such as `put x 1`; empty of a no-op.
        pub command: Text<'a>,
        /// At or below this node's commit index.
        pub committed: bool,
        /// Survives a crash of this node.
        pub synced: bool,
        /// Reflected in this node's store.
        pub applied: bool,
    }

    /// One vote in a candidate's count.
    pub struct VoteView<'a> {
        /// The voter.
        pub node: Text<'a>,
        /// What the candidate knows of its vote.
        pub vote: VoteState,
    }

    /// What a candidate knows of a vote.
    pub enum VoteState {
        /// It said yes.
        Granted,
        /// It said no.
        Refused,
        /// No answer yet.
        Waiting,
    }

    /// What a leader believes of one follower (Figure 2: nextIndex, matchIndex).
    pub struct ProgressView<'a> {
        /// The follower.
        pub node: Text<'a>,
        /// Highest index known to be on the follower's disk.
        pub match_index: u64,
        /// Next index to send: a guess, never a promise.
        pub next_index: u64,
        /// How it is fed.
        pub state: ProgressState,
        /// Appends sent and not yet answered.
        pub in_flight: u32,
        /// Whether the leader waits before it sends more.
        pub paused: bool,
    }

    /// How a leader feeds a follower (etcd's names).
    pub enum ProgressState {
        /// Looks for the place where the logs agree, one append at a time.
        Probe,
        /// Sends ahead of the answers.
        Replicate,
        /// Waits for a snapshot to arrive.
        Snapshot,
    }

    /// A key and its value.
    pub struct PairView<'a> {
        /// The key.
        pub key: Text<'a>,
        /// Its value.
        pub value: Text<'a>,
    }

    /// A link between two nodes, in both directions.
    pub struct LinkView<'a> {
        /// `n1-n2`, the lower node first.
        pub id: Text<'a>,
        /// The lower node.
        pub a: Text<'a>,
        /// The higher node.
        pub b: Text<'a>,
        /// Whether messages from a to b are lost.
        pub cut_a_b: bool,
        /// Whether messages from b to a are lost.
        pub cut_b_a: bool,
    }

    /// The kinds of message: Raft's (etcd's names in brackets), and those between clients and nodes.
    pub enum MessageKind {
        /// Asks for a vote (MsgVote).
        RequestVote,
        /// Answers it (MsgVoteResp).
        RequestVoteResponse,
        /// Carries entries and the place they follow (MsgApp).
        AppendEntries,
        /// Accepts or refuses them (MsgAppResp).
        AppendEntriesResponse,
        /// A leader's sign of life (MsgHeartbeat).
        Heartbeat,
        /// Answers it (MsgHeartbeatResp).
        HeartbeatResponse,
        /// Asks whether a vote would be given (MsgPreVote).
        RequestPreVote,
        /// Answers it (MsgPreVoteResp).
        RequestPreVoteResponse,
        /// Carries a snapshot (MsgSnap).
        InstallSnapshot,
        /// Tells a node to campaign at once (MsgTimeoutNow).
        TimeoutNow,
        /// Asks the leader to hand over (MsgTransferLeader).
        TransferLeader,
        /// Forwards proposals to the leader (MsgProp).
        Propose,
        /// Asks the leader for a read index (MsgReadIndex).
        ReadIndex,
        /// Answers it (MsgReadIndexResp).
        ReadIndexResponse,
        /// A client's command on its way to a node.
        ClientRequest,
        /// A node's answer on its way to a client.
        ClientReply,
    }

    /// (term, index) of an entry.
    pub struct PositionView {
        /// Term of the entry.
        pub term: u64,
        /// Index of the entry.
        pub index: u64,
    }

    /// A message in flight now, between two nodes or between a client (`c1`) and a node: at time t it is `(t - sent) / (arrive - sent)` of the way.
    pub struct MessageView<'a> {
        /// Unique in the run.
        pub id: Text<'a>,
        /// What it is.
        pub kind: MessageKind,
        /// Sender.
        pub from: Text<'a>,
        /// Receiver.
        pub to: Text<'a>,
        /// The sender's term when it was sent.
        pub term: u64,
        /// When it left, µs; as much later as it was held on its way.
        pub sent_us: u64,
        /// When it arrives, or, when it is doomed, when it is lost, µs.
        pub arrive_us: u64,
        /// It will be lost: its link was cut on the way, or chance took it.
        pub doomed: bool,
        /// Since when it is held where it was then, µs; null while it travels.
        pub held_us: Option<u64>,
        /// Whether a heartbeat, or its answer, confirms reads (thesis 6.4).
        pub reads: bool,
        /// A vote response's answer; null of others.
        pub granted: Option<bool>,
        /// Whether an append response refuses, or a reply to a client says that the node does not lead; null of others.
        pub rejected: Option<bool>,
        /// The place an append follows; null of others.
        pub prev: Option<PositionView>,
        /// The candidate's last entry in a vote request, the last one that a snapshot stands for; null of others.
        pub last: Option<PositionView>,
        /// The entries it carries.
        pub entries: List<CarriedEntryView<'a>>,
        /// The leader's commit index that it carries; null of others.
        pub commit: Option<u64>,
        /// The index that an append response confirms, or refuses; null of others.
        pub match_index: Option<u64>,
        /// A client's command; null of others.
        pub command: Option<Text<'a>>,
    }

    /// An entry inside a message.
    pub struct CarriedEntryView<'a> {
        /// Its index.
        pub index: u64,
        /// Its term.
        pub term: u64,
        /// The command as typed; empty of a no-op.
        pub command: Text<'a>,
    }

    /// What a client is doing.
    pub enum ClientState {
        /// Nothing asked yet.
        Idle,
        /// Asked, and no answer yet: nobody can know whether it happened.
        Waiting,
        /// The last command was answered.
        Done,
    }

    /// A client and its current or last command.
    pub struct ClientView<'a> {
        /// `c1`.
        pub id: Text<'a>,
        /// What it is doing.
        pub state: ClientState,
        /// The node it asks now; null while it knows none to ask or is idle.
        pub node: Option<Text<'a>>,
        /// The current or last command.
        pub command: Option<Text<'a>>,
        /// When that command was first submitted, µs.
        pub since_us: u64,
        /// How often it was sent, from 1.
        pub attempt: u32,
        /// The last answer.
        pub result: Option<Text<'a>>,
        /// Commands that wait behind the current one.
        pub queued: u32,
    }

    /// The theorems that are checked after each event (Raft, Figure 3).
    pub enum CheckName {
        /// At most one leader a term (§5.2).
        ElectionSafety,
        /// A leader never overwrites or deletes entries of its log (§5.3).
        LeaderAppendOnly,
        /// Logs with an equal (index, term) are equal up to there (§5.3).
        LogMatching,
        /// Committed entries are in the logs of all later leaders (§5.4).
        LeaderCompleteness,
        /// No two nodes apply different commands at one index (§5.4.3).
        StateMachineSafety,
        /// One vote a node and term, across restarts (§5.2).
        OneVote,
        /// What was acknowledged survives a crash (§5.1).
        AcknowledgedDurable,
        /// A process's commit index never goes back (Figure 2).
        CommitMonotonic,
        /// One order explains every answer to a client (thesis ch. 6).
        Linearizability,
        /// A command takes effect once (thesis 6.3).
        ExactlyOnce,
    }

    /// One theorem: holds, or has fallen.
    pub struct CheckView<'a> {
        /// Which.
        pub name: CheckName,
        /// How it fell first; null while it holds.
        pub violation: Option<ViolationView<'a>>,
    }

    /// How a theorem fell.
    pub struct ViolationView<'a> {
        /// When, µs.
        pub at_us: u64,
        /// The checker's sentence.
        pub text: Text<'a>,
        /// The witnesses.
        pub nodes: List<Text<'a>>,
        /// The index in question, if there is one.
        pub index: Option<u64>,
    }

    /// A legal but doubtful setting.
    pub enum WarningView {
        /// The heartbeat is not well below the election timeout: followers will rebel against a healthy leader.
        HeartbeatTooSlow {
            /// The heartbeat interval, µs.
            heartbeat_us: u64,
            /// The shortest election timeout, µs.
            election_min_us: u64,
        },
        /// A round of votes takes as long as an election timeout: elections will interrupt each other.
        RoundTooSlow {
            /// Two latencies and a sync at their longest, µs.
            round_us: u64,
            /// The shortest election timeout, µs.
            election_min_us: u64,
        },
        /// All election timeouts are equal: split votes may repeat (§5.2).
        TimeoutsAlike {
            /// The one election timeout, µs.
            election_us: u64,
        },
    }
}
