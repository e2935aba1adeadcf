//! One node of the environment: the core, its disk, and the work that waits for its storage threads.

use std::collections::VecDeque;

use raft_core::{Body, Config, Decision, Entry, HardState, Mark, NodeId, RawNode, Ready, SelfAck, Storage, Written};

use super::disk::Disk;
use super::envelope::{AppendWork, ApplyWork, Envelope};

/// A node as a transcript sees it.
pub struct Node {
    /// The core, which writes down its decisions.
    pub raw: RawNode<Disk, Vec<Decision>>,
    /// What it was started with.
    pub config: Config,
    /// Waits for the append thread, oldest first.
    pub append_work: VecDeque<AppendWork>,
    /// Waits for the apply thread, oldest first.
    pub apply_work: VecDeque<ApplyWork>,
    /// The hard state that was handed out last.
    handed_out: HardState,
}

impl Node {
    /// A node on this disk.
    ///
    /// # Errors
    /// A sentence, when the settings are impossible.
    pub fn new(config: Config, disk: Disk) -> Result<Node, String> {
        let (handed_out, _) = disk.initial_state();
        let raw = RawNode::with_tracer(config.clone(), disk, Vec::new()).map_err(|error| error.to_string())?;
        let handed_out = HardState { commit: raw.status().commit, ..handed_out };
        Ok(Node { raw, config, append_work: VecDeque::new(), apply_work: VecDeque::new(), handed_out })
    }

    /// The same node after a crash: its memory is gone, its disk and its state machine are not.
    ///
    /// # Errors
    /// A sentence, when the disk does not fit the settings.
    pub fn restarted(self) -> Result<Node, String> {
        let mut disk = self.raw.into_storage();
        disk.note_applied_as_committed();
        Node::new(Config { applied: disk.applied(), ..self.config }, disk)
    }

    /// Its name.
    pub fn id(&self) -> NodeId {
        self.config.id
    }

    /// Whether a node is in the configuration that this one has in effect.
    pub fn knows(&self, id: NodeId) -> bool {
        let conf = self.raw.status().conf;
        [&conf.voters, &conf.voters_outgoing, &conf.learners].into_iter().any(|members| members.contains(&id))
    }

    /// The next Ready, and whether it must be synced in etcd's sense: entries, or a new term or vote.
    pub fn take_ready(&mut self) -> (Ready, bool) {
        let ready = self.raw.ready();
        let mut must_sync = !ready.append.entries.is_empty();
        if let Some(hard_state) = ready.append.hard_state {
            let before = std::mem::replace(&mut self.handed_out, hard_state);
            must_sync |= (before.term, before.voted_for) != (hard_state.term, hard_state.voted_for);
        }
        (ready, must_sync)
    }

    /// Applies entries to the state machine; configuration changes take effect.
    ///
    /// # Errors
    /// A sentence, when a configuration change is impossible: nothing validated it.
    pub fn apply(&mut self, entries: &[Entry]) -> Result<(), String> {
        for entry in entries {
            let (update, conf_state) = match &entry.body {
                Body::Noop => (&[][..], None),
                Body::Command(payload) => (&payload[..], None),
                Body::ConfChange(change) => {
                    let conf_state = self.raw.apply_conf_change(change).map_err(|why| why.to_string())?;
                    (&[][..], Some(conf_state))
                }
            };
            self.raw.storage_mut().apply(entry.position(), update, conf_state.as_deref());
        }
        Ok(())
    }
}

/// What the append thread must write for this Ready, if anything, and answer afterwards.
pub fn append_work(node: NodeId, ready: &Ready) -> Option<AppendWork> {
    let append = &ready.append;
    let Mark { self_acks, written } = &append.mark;
    let nothing = append.hard_state.is_none()
        && append.snapshot.is_none()
        && append.entries.is_empty()
        && append.messages.is_empty()
        && self_acks.is_empty();
    if nothing {
        return None;
    }
    let mut responses: Vec<_> = append.messages.iter().cloned().map(Envelope::Message).collect();
    for (place, ack) in self_acks.iter().enumerate() {
        let (SelfAck::Vote { after, .. } | SelfAck::Append { after, .. }) = ack;
        let at = place + usize::try_from(*after).expect("a count of messages");
        responses.insert(at.min(responses.len()), Envelope::SelfAck { node, ack: *ack });
    }
    // A snapshot is confirmed by the append that carried it, not by the ones behind it.
    let written =
        written.map(|written| Written { snapshot: written.snapshot.filter(|_| append.snapshot.is_some()), ..written });
    if let Some(written) = written.filter(|written| written.last.is_some() || written.snapshot.is_some()) {
        responses.push(Envelope::Written { node, written, snapshot: append.snapshot.clone() });
    }
    Some(AppendWork {
        hard_state: append.hard_state,
        snapshot: append.snapshot.clone(),
        entries: append.entries.clone(),
        responses,
    })
}
