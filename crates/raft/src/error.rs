//! What a node refuses, and why. Nothing here is a broken invariant: those are asserts.

use core::fmt;

use crate::entry::NodeId;
use crate::event::{ConfChangeRefusal, NoElection};
use crate::message::MessageKind;

/// Why a message was not taken.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum StepError {
    /// An answer from a node that is not in the configuration (etcd's `ErrStepPeerNotFound`).
    UnknownPeer {
        /// Who sent it.
        from: NodeId,
        /// What it sent.
        kind: MessageKind,
    },
    /// The message is for another node.
    NotForMe {
        /// For whom.
        to: NodeId,
    },
    /// The message comes from node 0 or from this node itself.
    BadSender {
        /// From whom.
        from: NodeId,
    },
    /// The message contradicts itself: a term of 0 where there must be one, entries that are not consecutive, an index
    /// with no successor.
    Malformed {
        /// What it is.
        kind: MessageKind,
    },
    /// A forwarded proposal was not taken.
    Proposal(ProposeError),
}

impl fmt::Display for StepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StepError::UnknownPeer { from, kind } => write!(f, "{kind:?} from n{from}, which is not in the cluster"),
            StepError::NotForMe { to } => write!(f, "the message is for n{to}"),
            StepError::BadSender { from } => write!(f, "a message cannot come from n{from}"),
            StepError::Malformed { kind } => write!(f, "the {kind:?} contradicts itself"),
            StepError::Proposal(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for StepError {}

/// Why a proposal was not taken. Nothing was appended, unless the variant says so.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum ProposeError {
    /// Only the leader appends.
    NotLeader {
        /// The leader, when one is known.
        hint: Option<NodeId>,
    },
    /// The proposal went to the leader; what becomes of it is not known here.
    Forwarded {
        /// To whom.
        to: NodeId,
    },
    /// The leader hands its leadership over (thesis 3.10).
    Transferring {
        /// To whom.
        to: NodeId,
    },
    /// The leader is no longer in the configuration.
    Removed,
    /// Too much is uncommitted: ask again later.
    UncommittedLimit,
    /// The configuration change is impossible now. By the default dialect a no-op was appended in its place.
    ConfChange(ConfChangeRefusal),
    /// There was nothing to propose.
    Empty,
}

impl fmt::Display for ProposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProposeError::NotLeader { hint: Some(hint) } => write!(f, "not the leader: ask n{hint}"),
            ProposeError::NotLeader { hint: None } => write!(f, "not the leader, and none is known"),
            ProposeError::Forwarded { to } => write!(f, "forwarded to the leader n{to}"),
            ProposeError::Transferring { to } => write!(f, "leadership is being transferred to n{to}"),
            ProposeError::Removed => write!(f, "the leader is no longer in the cluster"),
            ProposeError::UncommittedLimit => write!(f, "too much is uncommitted"),
            ProposeError::ConfChange(why) => write!(f, "the configuration cannot change: {why}"),
            ProposeError::Empty => write!(f, "nothing was proposed"),
        }
    }
}

impl core::error::Error for ProposeError {}

impl fmt::Display for ConfChangeRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfChangeRefusal::Pending { index, applied } => {
                write!(f, "possible unapplied conf change at index {index} (applied to {applied})")
            }
            ConfChangeRefusal::InJoint => write!(f, "must transition out of joint config first"),
            ConfChangeRefusal::NotInJoint => write!(f, "not in joint state; refusing empty conf change"),
            ConfChangeRefusal::NoCommitInTerm => write!(f, "the leader has committed nothing in its term yet"),
            ConfChangeRefusal::NoVoters => write!(f, "no voter would be left"),
            ConfChangeRefusal::ZeroId => write!(f, "node 0 is nobody"),
        }
    }
}

/// Why a node does not campaign.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct CampaignError(pub NoElection);

impl fmt::Display for CampaignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            NoElection::AlreadyLeader => "it leads already",
            NoElection::NotPromotable => "it is no voter, or its snapshot is not yet installed",
            NoElection::UnappliedConfChange => "a committed configuration change is not yet applied",
            NoElection::TermExhausted => "there is no term after this one",
        })
    }
}

impl core::error::Error for CampaignError {}
