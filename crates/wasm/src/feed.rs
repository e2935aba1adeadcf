//! The feed: the world's visible records as a tagged union, one `kind` a variant. The page's locales turn each into a sentence.
//!
//! It holds facts and the numbers that were compared, never words: the words are the page's, in two languages.

use crate::plain::{Json, List, Text, plain};
use crate::view::{CheckName, MessageKind, PositionView};

plain! {
    /// One visible record: when, and what. Records that only an expert's trace shows are left out, so numbers may have gaps.
    pub struct FeedEvent<'a> {
        /// Its number in the run, from 0.
        pub seq: u32,
        /// When, µs.
        pub at_us: u64,
        /// What.
        pub what: Json<Happening<'a>>,
    }

    /// Why a voter refused (Raft §5.1, §5.2, §5.4.1).
    pub enum RefusalView<'a> {
        /// The candidate's term is over (§5.1).
        LowerTerm {
            /// The voter's term.
            mine: u64,
        },
        /// Its vote of this term is given (§5.2).
        AlreadyVoted {
            /// To whom.
            to: Text<'a>,
        },
        /// The candidate's log is behind the voter's (§5.4.1).
        LogBehind {
            /// The voter's last entry.
            mine: PositionView,
            /// The candidate's last entry.
            theirs: PositionView,
        },
        /// This term has a leader already (§5.2).
        LeaderKnown {
            /// Which.
            leader: Text<'a>,
        },
        /// It heard a leader within an election timeout, and so does not answer (thesis 4.2.3).
        LeaseHeld {
            /// Which.
            leader: Text<'a>,
        },
    }

    /// Why a node gave up candidacy, leadership or an older term.
    pub enum StepDownReason {
        /// A message of a higher term arrived (§5.1).
        HigherTerm,
        /// A leader of its own term was heard (§5.2).
        HeardLeader,
        /// A majority refused it (etcd).
        LostElection,
        /// As a leader it could not reach a majority for an election timeout (thesis 6.2).
        LostQuorum,
        /// It was removed from the cluster (§6).
        Removed,
        /// It started, or restarted, as a follower.
        Started,
    }

    /// Why a message never arrived.
    pub enum LossReason {
        /// Its link was cut when it left, or while it was on its way.
        Cut,
        /// Chance, or somebody's hand, took it.
        Dropped,
        /// The receiver had crashed.
        Down,
        /// The receiver's inbox was full.
        Full,
    }

    /// What a [`Happening::Noted`] is about.
    pub enum Note {
        /// It dropped its log up to the index; a snapshot stands for it (§7).
        Compacted,
        /// As leader it sends the other node its snapshot, which ends at the index (§7).
        SnapshotSent,
        /// A snapshot that ends at the index replaced its log (§7).
        SnapshotInstalled,
        /// The snapshot's end was in its log already: only the commit index moves (§7).
        SnapshotMatched,
        /// The snapshot brought nothing.
        SnapshotIgnored,
        /// It starts with an empty disk and is no member yet.
        Joined,
        /// As leader it refuses to change the configuration now (§6).
        ChangeRefused,
        /// It cannot propose the change of the configuration that was asked for.
        NotProposed,
        /// As leader it begins to hand over to the other node (thesis 3.10).
        TransferStarted,
        /// It tells the other node to campaign at once.
        TimeoutNowSent,
        /// It goes on leading, and the other node does not.
        TransferAborted,
        /// It does not hand over to the other node.
        TransferIgnored,
        /// A read waits for the leader's first commit (§8).
        ReadPostponed,
        /// The leader has made sure that it leads: the other node may read at the index (§8).
        ReadConfirmed,
    }

    /// What happened.
    pub enum Happening<'a> {
        /// A person or a lesson acted; the text is the action's, such as `timeout n1`. Crashes and cuts have kinds of their own.
        Action {
            /// The action as text.
            text: Text<'a>,
        },
        /// An action of the run could not be done when its time came; nothing changed.
        ActionRefused {
            /// The action as text.
            text: Text<'a>,
            /// Why not, in the world's words.
            why: Text<'a>,
        },
        /// A node lost its memory and what it had not synced.
        Crashed {
            /// The node.
            node: Text<'a>,
            /// Log entries that were written but not synced.
            lost_entries: u32,
        },
        /// A node came back from its disk.
        Restarted {
            /// The node.
            node: Text<'a>,
            /// Its term as saved.
            term: u64,
            /// The last index as saved.
            last_index: u64,
        },
        /// A node's process stopped running.
        Frozen {
            /// The node.
            node: Text<'a>,
        },
        /// A node's process runs again.
        Thawed {
            /// The node.
            node: Text<'a>,
        },
        /// A link was cut.
        Cut {
            /// One end; the sender, if only one way.
            a: Text<'a>,
            /// The other end.
            b: Text<'a>,
            /// Only messages from a to b are lost.
            one_way: bool,
        },
        /// Messages get through again: everywhere (both null), to and from a node (only a), or on one link.
        Healed {
            /// One end; the sender, if only one way.
            a: Option<Text<'a>>,
            /// The other end.
            b: Option<Text<'a>>,
            /// Only from a to b.
            one_way: bool,
        },
        /// The network fell into islands.
        Partitioned {
            /// The islands.
            groups: List<List<Text<'a>>>,
        },
        /// All links of a node were cut.
        Isolated {
            /// The node.
            node: Text<'a>,
        },
        /// An election timer fired (§5.2), or was made to.
        TimedOut {
            /// The node.
            node: Text<'a>,
            /// Its term before it campaigns.
            term: u64,
        },
        /// A node became a candidate, or a pre-candidate.
        BecameCandidate {
            /// The node.
            node: Text<'a>,
            /// The term it campaigns for.
            term: u64,
            /// Whether it only asks whether it could win (thesis 9.6).
            pre_vote: bool,
        },
        /// A node became a leader.
        BecameLeader {
            /// The node.
            node: Text<'a>,
            /// Its term.
            term: u64,
            /// Whose votes it has, its own among them.
            votes: List<Text<'a>>,
        },
        /// A node became a follower.
        BecameFollower {
            /// The node.
            node: Text<'a>,
            /// Its term now.
            term: u64,
            /// The leader it follows, if it knows one.
            leader: Option<Text<'a>>,
            /// Whether it led until now.
            was_leader: bool,
            /// Why.
            why: StepDownReason,
        },
        /// A voter said yes.
        VoteGranted {
            /// The voter.
            node: Text<'a>,
            /// The candidate.
            to: Text<'a>,
            /// The candidate's term.
            term: u64,
        },
        /// A voter said no.
        VoteRefused {
            /// The voter.
            node: Text<'a>,
            /// The candidate.
            to: Text<'a>,
            /// The candidate's term.
            term: u64,
            /// Why.
            why: RefusalView<'a>,
        },
        /// A log grew.
        Appended {
            /// The node.
            node: Text<'a>,
            /// First new index.
            from: u64,
            /// Last new index.
            to: u64,
            /// The term of the last new entry.
            term: u64,
            /// The command, when it is one entry that has one.
            command: Option<Text<'a>>,
            /// Whether the node is the leader that made them.
            own: bool,
        },
        /// A follower lacks, or has another, entry where the append wants to follow (§5.3).
        AppendRefused {
            /// The follower.
            node: Text<'a>,
            /// The leader.
            from: Text<'a>,
            /// The place the append follows.
            prev: PositionView,
            /// The last index where the follower says they may agree.
            hint: u64,
        },
        /// A follower removed entries that conflict with its leader's (§5.3).
        Truncated {
            /// The follower.
            node: Text<'a>,
            /// First removed index.
            from: u64,
            /// Last removed index.
            to: u64,
        },
        /// What a node had written now survives a crash.
        Synced {
            /// The node.
            node: Text<'a>,
            /// Its term.
            term: u64,
            /// Its vote in that term.
            voted_for: Option<Text<'a>>,
            /// The last index of its log.
            last_index: u64,
        },
        /// A node's commit index rose.
        Committed {
            /// The node.
            node: Text<'a>,
            /// The first newly committed index.
            from: u64,
            /// Its commit index now.
            index: u64,
            /// The term of that entry.
            term: u64,
            /// Whether the node, as leader, counted the matches itself.
            own: bool,
        },
        /// An entry is on a majority, and yet the leader may not count it: it is of an older term (§5.4.2).
        NotCommitted {
            /// The leader.
            node: Text<'a>,
            /// The index.
            index: u64,
            /// The entry's term.
            entry_term: u64,
            /// The leader's term.
            term: u64,
        },
        /// A node's store took a command.
        Applied {
            /// The node.
            node: Text<'a>,
            /// The index.
            index: u64,
            /// The command.
            command: Text<'a>,
            /// The store's answer.
            result: Text<'a>,
            /// The command was a retry of one already applied, and was skipped (thesis 6.3).
            skipped: bool,
        },
        /// A message of a higher term arrived: the node moves to that term (§5.1).
        HigherTerm {
            /// The node.
            node: Text<'a>,
            /// Who told it.
            from: Text<'a>,
            /// Its term until now.
            mine: u64,
            /// The message's term.
            theirs: u64,
        },
        /// A message of an older term was ignored by its receiver (§5.1).
        Ignored {
            /// The receiver.
            node: Text<'a>,
            /// The sender.
            from: Text<'a>,
            /// What it was.
            message: MessageKind,
            /// Its term.
            term: u64,
            /// The receiver's term.
            mine: u64,
        },
        /// A node read its store for a client, not through the log (§8).
        Read {
            /// The node.
            node: Text<'a>,
            /// What its store had applied.
            index: u64,
            /// The command.
            command: Text<'a>,
            /// What it came to.
            result: Text<'a>,
        },
        /// From now on a node goes by this configuration (§6).
        Configured {
            /// The node.
            node: Text<'a>,
            /// The voters; of a joint configuration the new ones.
            voters: List<Text<'a>>,
            /// The old voters of a joint configuration; otherwise empty.
            outgoing: List<Text<'a>>,
            /// The learners.
            learners: List<Text<'a>>,
        },
        /// Something of snapshots, configurations, transfers or reads.
        Noted {
            /// The node.
            node: Text<'a>,
            /// What.
            note: Note,
            /// The other node concerned, if there is one.
            other: Option<Text<'a>>,
            /// The index concerned, if there is one.
            index: Option<u64>,
        },
        /// A message was lost.
        Lost {
            /// What it was.
            message: MessageKind,
            /// The sender.
            from: Text<'a>,
            /// The receiver.
            to: Text<'a>,
            /// Why.
            why: LossReason,
        },
        /// A client put a command behind the one it is busy with.
        ClientQueued {
            /// The client.
            client: Text<'a>,
            /// The command.
            command: Text<'a>,
        },
        /// A client sent its command.
        ClientSubmitted {
            /// The client.
            client: Text<'a>,
            /// The node it asked.
            node: Text<'a>,
            /// The command.
            command: Text<'a>,
            /// The attempt, from 1.
            attempt: u32,
        },
        /// A node that does not lead sent a client elsewhere.
        ClientRedirected {
            /// The client.
            client: Text<'a>,
            /// Who answered.
            node: Text<'a>,
            /// Whom it took for the leader, if anyone.
            leader: Option<Text<'a>>,
        },
        /// A client got no answer in time: its command may or may not happen.
        ClientTimedOut {
            /// The client.
            client: Text<'a>,
            /// Whom it had asked.
            node: Text<'a>,
            /// The command.
            command: Text<'a>,
        },
        /// A client got its answer.
        ClientAnswered {
            /// The client.
            client: Text<'a>,
            /// Who answered.
            node: Text<'a>,
            /// The command.
            command: Text<'a>,
            /// The answer.
            result: Text<'a>,
        },
        /// Nothing goes forward, for two election timeouts already. That breaks no theorem.
        Stalled {
            /// Since when, µs.
            since_us: u64,
            /// Whether somebody leads, and nothing is committed; otherwise nobody leads.
            led: bool,
        },
        /// A theorem fell.
        Violated {
            /// Which.
            check: CheckName,
            /// The checker's sentence.
            text: Text<'a>,
            /// The witnesses.
            nodes: List<Text<'a>>,
            /// The index in question, if there is one.
            index: Option<u64>,
        },
    }
}
