//! The scenario: a cluster in memory, on one thread, that commits and applies commands of 16 bytes on every node.
//!
//! The host hands a batch of proposals to the leader and lets the cluster settle, again and again, in rounds: each node
//! takes all that arrives, then hands out what it has to send, to save and to apply, as a server would. Every node
//! compacts its log each [`COMPACT_EVERY`] entries. No clock ticks while it settles: nothing is lost here.

/// Bytes of one command.
pub const PAYLOAD_BYTES: usize = 16;

/// Entries after which a node compacts its log.
pub const COMPACT_EVERY: u64 = 8_192;

/// How much is proposed, and in what portions.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Load {
    /// Nodes in the cluster, all voters.
    pub nodes: u64,
    /// Proposals handed over at once, before the cluster settles.
    pub batch: u64,
    /// When followers learn that something is committed.
    pub news: News,
}

/// When followers learn that something is committed. It decides how many messages an entry takes.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum News {
    /// With the next append or heartbeat: two messages an entry and follower. raft-io knows no other way.
    WithNext,
    /// At once, by a message of its own: four messages an entry and follower. etcd's way, and raft-rs' default.
    AtOnce,
}

impl Load {
    /// The loads that the figures are about.
    pub const ALL: [Load; 8] = {
        const fn of(nodes: u64, batch: u64, news: News) -> Load {
            Load { nodes, batch, news }
        }
        [
            of(3, 1, News::WithNext),
            of(3, 64, News::WithNext),
            of(5, 1, News::WithNext),
            of(5, 64, News::WithNext),
            of(3, 1, News::AtOnce),
            of(3, 64, News::AtOnce),
            of(5, 1, News::AtOnce),
            of(5, 64, News::AtOnce),
        ]
    };

    /// `3n.b1` with the news in the next message; `announced.3n.b1` with the news at once.
    pub fn name(&self) -> String {
        let announced = if self.news == News::AtOnce { "announced." } else { "" };
        format!("{announced}{}n.b{}", self.nodes, self.batch)
    }
}

/// A cluster of one implementation.
pub trait Cluster: Sized {
    /// What it is called in the tables, with its version.
    const NAME: &'static str;

    /// A cluster whose node 1 leads and in which nothing is on its way.
    fn elect(nodes: u64, news: News) -> Self;

    /// Hands the leader as many proposals as `commands` has.
    fn propose(&mut self, commands: impl Iterator<Item = [u8; PAYLOAD_BYTES]>);

    /// Delivers messages until none is on its way.
    fn settle(&mut self);

    /// Lets a heartbeat pass and settles: followers learn of the last commit.
    fn heartbeat(&mut self);

    /// What each node's state machine has applied.
    fn applied(&self) -> impl Iterator<Item = Applied>;
}

/// A state machine that only counts: the commands it was given and a sum of their bytes, so that they are read.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Applied {
    /// Commands applied.
    pub commands: u64,
    /// Sum of the commands' numbers, wrapping.
    pub sum: u64,
}

impl Applied {
    /// Applies one command; what is not a command of the scenario (a leader's first entry) is not counted.
    pub fn apply(&mut self, command: &[u8]) {
        if let Some((number, _)) = command.split_first_chunk() {
            self.commands += 1;
            self.sum = self.sum.wrapping_add(u64::from_le_bytes(*number));
        }
    }
}

/// Puts `messages` on the wire, and copies none of them where it need not.
pub(crate) fn send<M>(messages: &mut Vec<M>, wire: &mut Vec<M>) {
    if wire.is_empty() {
        std::mem::swap(messages, wire);
    } else if !messages.is_empty() {
        wire.append(messages);
    }
}

/// Proposes `proposals` commands (rounded up to whole batches), commits and applies them on every node, and returns
/// how many that were.
///
/// # Panics
/// When a node has not applied exactly what was proposed: then the figure would mean nothing.
pub fn run<C: Cluster>(cluster: &mut C, load: Load, proposals: u64) -> u64 {
    let before: Vec<Applied> = cluster.applied().collect();
    let batches = proposals.div_ceil(load.batch);
    let mut sum = 0u64;
    for batch in 0..batches {
        let numbers = batch * load.batch..(batch + 1) * load.batch;
        sum = numbers.clone().fold(sum, u64::wrapping_add);
        cluster.propose(numbers.map(command));
        cluster.settle();
    }
    cluster.heartbeat();
    for (before, after) in before.iter().zip(cluster.applied()) {
        assert_eq!(after.commands - before.commands, batches * load.batch, "{}: commands are missing", C::NAME);
        assert_eq!(after.sum, before.sum.wrapping_add(sum), "{}: commands are wrong", C::NAME);
    }
    batches * load.batch
}

fn command(number: u64) -> [u8; PAYLOAD_BYTES] {
    let mut command = [0x5a; PAYLOAD_BYTES];
    command[..8].copy_from_slice(&number.to_le_bytes());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_implementation_applies_what_was_proposed_on_every_node() {
        fn check<C: Cluster>() {
            for load in Load::ALL {
                let mut cluster = C::elect(load.nodes, load.news);
                assert_eq!(cluster.applied().count() as u64, load.nodes);
                assert!(run(&mut cluster, load, 20_000) >= 20_000);
            }
        }
        check::<crate::Ours>();
        check::<crate::RaftIo>();
        check::<crate::RaftRs>();
    }
}
