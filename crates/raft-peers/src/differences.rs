//! Where raft-rs and we differ on purpose, and how the lockstep tests deal with each difference.

use std::collections::BTreeMap;

use raft::eraftpb::MessageType;
use raft_core::Index;

use crate::host::Letter;
use crate::judge::Violation;

/// How lockstep deals with a difference.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Treatment {
    /// Nobody sees it once both sides are quiet and a heartbeat has gone round.
    SettlesByItself,
    /// The harness removes it: see the note.
    Neutralized,
    /// The comparison allows it: see the note.
    Tolerated,
}

/// One intended difference.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// What raft-rs 0.7.0 does.
    pub theirs: &'static str,
    /// What we do.
    pub ours: &'static str,
    /// Why we do it.
    pub reason: &'static str,
    /// How lockstep deals with it.
    pub treatment: Treatment,
    /// How exactly.
    pub note: &'static str,
}

/// The intended differences, all of them.
pub const DIFFERENCES: [Difference; 10] = [
    Difference {
        theirs: "a candidate counts its own vote as soon as it campaigns",
        ours: "a candidate counts its own vote when its vote is on disk",
        reason: "a vote that a crash forgets must not elect anybody (etcd since 3.6, Figure 2)",
        treatment: Treatment::SettlesByItself,
        note: "the write is over before anything else happens",
    },
    Difference {
        theirs: "the leader's own match moves in on_persist_entries",
        ours: "the leader acknowledges itself by a mark, like any follower",
        reason: "one rule for all acknowledgements (etcd since 3.6, thesis 10.2.1)",
        treatment: Treatment::SettlesByItself,
        note: "the write is over before anything else happens",
    },
    Difference {
        theirs: "campaign() on a node that is not a voter starts an election",
        ours: "campaign() on a node that is not a voter is refused",
        reason: "a learner or a removed node cannot lead (etcd)",
        treatment: Treatment::Neutralized,
        note: "the host asks promotable() before it calls theirs",
    },
    Difference {
        theirs: "the commit index travels in votes and their answers, and moves the receiver's",
        ours: "votes carry the position of the last entry only (§5.4.1)",
        reason: "etcd and the paper do without; one rule fewer that moves the commit index",
        treatment: Treatment::Neutralized,
        note: "the network strips commit and commit_term from votes",
    },
    Difference {
        theirs: "a follower in Probe whose acknowledgement brings nothing new stays in Probe",
        ours: "it goes to Replicate: the logs are known to agree",
        reason: "etcd since 3.4; otherwise an idle follower is probed entry by entry at the next burst",
        treatment: Treatment::SettlesByItself,
        note: "a heartbeat's answer resumes a paused probe",
    },
    Difference {
        theirs: "Snapshot is left when match reaches the pending snapshot",
        ours: "Snapshot is left as soon as the follower's match connects to the leader's log",
        reason: "etcd since 3.6; a follower that caught up otherwise need not wait for the snapshot",
        treatment: Treatment::SettlesByItself,
        note: "both replicate afterwards",
    },
    Difference {
        theirs: "a heartbeat's answer frees one slot of a full in-flight window",
        ours: "a heartbeat's answer sends an empty append past a full window, whose answer frees it",
        reason: "etcd since 3.6; the window never understates what is on its way",
        treatment: Treatment::SettlesByItself,
        note: "either way replication goes on after a heartbeat",
    },
    Difference {
        theirs: "ReadIndex before the leader's first own-term commit is dropped",
        ours: "it waits for that commit and is answered then",
        reason: "etcd since 3.4; the client need not retry",
        treatment: Treatment::Tolerated,
        note: "what theirs answers, ours answers with the same index; ours may answer more",
    },
    Difference {
        theirs: "a snapshot at exactly the commit index is looked at",
        ours: "a snapshot at or below the commit index is ignored",
        reason: "it brings nothing (etcd)",
        treatment: Treatment::SettlesByItself,
        note: "theirs then finds that its log has the snapshot's position",
    },
    Difference {
        theirs: "each advance of the commit index is broadcast to everybody",
        ours: "a commit index that was already sent is not sent again",
        reason: "etcd since 3.6 (sentCommit): fewer empty appends",
        treatment: Treatment::SettlesByItself,
        note: "only the number of messages differs",
    },
];

/// What [`Treatment::Tolerated`] allows of reads: theirs may have dropped some that ours answered, and nothing else.
///
/// # Errors
/// The read that is answered otherwise, or by theirs alone.
pub fn reads_agree(theirs: &BTreeMap<u64, Index>, ours: &BTreeMap<u64, Index>) -> Result<(), Violation> {
    match theirs.iter().find(|(read, index)| ours.get(read) != Some(index)) {
        Some((read, index)) => Err(format!("read {read}: theirs answers {index}, ours {:?}", ours.get(read))),
        None => Ok(()),
    }
}

/// Takes from a letter what [`Treatment::Neutralized`] says: the commit index in votes.
pub fn neutralize(letter: Letter) -> Letter {
    match letter {
        Letter::Theirs(mut message) => {
            let votes = [
                MessageType::MsgRequestVote,
                MessageType::MsgRequestVoteResponse,
                MessageType::MsgRequestPreVote,
                MessageType::MsgRequestPreVoteResponse,
            ];
            if votes.contains(&message.get_msg_type()) {
                (message.commit, message.commit_term) = (0, 0);
            }
            Letter::Theirs(message)
        }
        Letter::Ours(message) => Letter::Ours(message),
    }
}
