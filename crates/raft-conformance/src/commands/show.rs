//! Commands that only look.

use raft_core::Status;

use crate::arguments::{Arguments, Trouble};
use crate::env::Environment;
use crate::words::{entry, progress};
use raft_core::Storage;

impl Environment {
    pub(super) fn raft_log(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let node = self.node(arguments.number_at(0, "the node")?)?;
        let disk = node.raw.storage();
        let (first, last) = (disk.first_index(), disk.last_index());
        let text = if last < first {
            format!("log is empty: first index={first}, last index={last}")
        } else {
            entry::lines(&disk.log())
        };
        self.output.say(&text);
        Ok(())
    }

    pub(super) fn raft_state(&mut self) -> Result<(), Trouble> {
        for node in &self.nodes {
            let Status { id, role, leader, term, conf, .. } = node.raw.status();
            let is_voter = conf.voters.contains(&id) || conf.voters_outgoing.contains(&id);
            let part = if is_voter { "(Voter)" } else { "(Non-Voter)" };
            let role = progress::role(role);
            self.output.say_line(&format!("{id}: {role} {part} Term:{term} Lead:{}", leader.unwrap_or_default()));
        }
        Ok(())
    }

    pub(super) fn status(&mut self, arguments: Arguments<'_>) -> Result<(), Trouble> {
        let node = self.node(arguments.number_at(0, "the node")?)?;
        let books = node.raw.status().progress;
        let lines: String =
            books.iter().map(|(id, book)| format!("{id}: {}\n", progress::progress(&book.view()))).collect();
        self.output.say(&lines);
        Ok(())
    }
}

/// What etcd logs when a node has started.
pub(super) fn started(status: &Status<'_>) -> String {
    let mut voters: Vec<_> = status.conf.voters.iter().chain(&status.conf.voters_outgoing).copied().collect();
    voters.sort_unstable();
    voters.dedup();
    let voters: Vec<_> = voters.iter().map(|id| format!("{id:x}")).collect();
    let Status { id, term, commit, applied, last, .. } = status;
    format!(
        "newRaft {id:x} [peers: [{}], term: {term}, commit: {commit}, applied: {applied}, lastindex: {}, lastterm: {}]",
        voters.join(","),
        last.index,
        last.term
    )
}
