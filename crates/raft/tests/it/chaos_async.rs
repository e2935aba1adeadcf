//! Random clusters whose hosts write and apply in the background: appends are synced late, a crash loses those that are
//! not, and applying goes on beside it. The properties of Figure 3 hold all the same.

use std::collections::VecDeque;

use raft_core::{Append, Body, Entry, Index, Message, NodeId, Ready, Storage};

use crate::chaos::{Dice, Witness, settings};
use crate::cluster::{Cluster, cluster_with, write};

/// A cluster, and what each host has taken from its node and not yet done.
struct Background {
    cluster: Cluster,
    appends: Vec<VecDeque<Append>>,
    applies: Vec<VecDeque<Vec<Entry>>>,
}

impl Background {
    fn new(seed: u64) -> Background {
        let cluster = cluster_with(3, |config| {
            settings(seed)(config);
            config.async_storage_writes = true;
        });
        Background { cluster, appends: vec![VecDeque::new(); 3], applies: vec![VecDeque::new(); 3] }
    }

    fn take_ready(&mut self, id: NodeId) {
        if !self.cluster.node(id).has_ready() {
            return;
        }
        let mut ready = self.cluster.node(id).ready();
        self.cluster.network.append(&mut ready.messages);
        let at = id as usize - 1;
        if !ready.committed_entries.is_empty() {
            self.applies[at].push_back(std::mem::take(&mut ready.committed_entries));
        }
        self.appends[at].push_back(ready.append);
    }

    /// The oldest append reaches the disk: what it promises may leave.
    fn sync(&mut self, id: NodeId) {
        let Some(append) = self.appends[id as usize - 1].pop_front() else { return };
        let mut ready = Ready { append, ..Ready::default() };
        write(self.cluster.node(id), &ready);
        self.cluster.network.append(&mut ready.append.messages);
        self.cluster.node(id).ack_append(ready.append.mark);
    }

    fn apply(&mut self, id: NodeId) {
        let Some(entries) = self.applies[id as usize - 1].pop_front() else { return };
        for entry in &entries {
            if let Body::ConfChange(change) = &entry.body {
                let _ = self.cluster.node(id).apply_conf_change(change);
            }
        }
        let last: Index = entries.last().map_or(0, |entry| entry.index);
        assert!(last <= self.cluster.node(id).storage().last_index(), "applied before it was on disk");
        self.cluster.node(id).ack_applied(last);
    }

    /// The process ends; what was not synced is lost, and it starts again.
    fn crash(&mut self, id: NodeId) {
        self.appends[id as usize - 1].clear();
        self.applies[id as usize - 1].clear();
        self.cluster.restart(id);
    }

    fn happen(&mut self, dice: &mut Dice) {
        let id = dice.node(&self.cluster);
        match dice.roll(200) {
            0..=79 => {
                if !self.cluster.network.is_empty() {
                    let at = dice.roll(self.cluster.network.len().min(8) as u64) as usize;
                    let message: Message = self.cluster.network.remove(at);
                    if dice.roll(30) > 0 {
                        self.cluster.deliver(message);
                    }
                }
            }
            80..=119 => self.take_ready(id),
            120..=149 => self.sync(id),
            150..=169 => self.apply(id),
            170..=183 => drop(self.cluster.tick(id, 1 + dice.roll(4) as u32)),
            184..=195 => drop(self.cluster.node(id).propose("x")),
            196 => self.crash(id),
            197 => drop(self.cluster.node(id).campaign()),
            _ => {
                let to = dice.node(&self.cluster);
                self.cluster.node(id).transfer_leader(to);
            }
        }
    }
}

#[test]
fn no_run_with_writes_in_the_background_contradicts_figure_3() {
    for seed in 0..300 {
        let (mut b, mut dice, mut witness) = (Background::new(seed * 61), Dice(seed), Witness::default());
        for _ in 0..4_000 {
            b.happen(&mut dice);
            assert_eq!(witness.look(&b.cluster), Ok(()), "seed {seed}");
        }
    }
}
