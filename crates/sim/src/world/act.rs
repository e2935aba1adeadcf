//! Doing an action: first whether it can be done, then doing it.

use raft_core::{NodeId, Role};

use super::World;
use crate::act_error::ActError;
use crate::action::{Action, Healing, Losing, Path, Quality};
use crate::checks::Fact;
use crate::command::{Command, Reading};
use crate::names::NodeSet;
use crate::node::{Item, Node};
use crate::rules::RuleId;
use crate::trace::Happening;

impl World {
    /// Does an action now. Everything else that is due at this instant is done before it, and what follows from it at this
    /// instant after it, so that replaying the action at its time gives the same world.
    ///
    /// # Errors
    /// Why it cannot be done. Nothing changes then.
    pub fn act(&mut self, action: &Action) -> Result<(), ActError> {
        self.can(action)?;
        self.advance_to(self.now_us);
        // What was due at this instant may have changed who leads.
        self.can(action)?;
        self.digest.bytes(action.to_string().as_bytes());
        self.carry(action);
        self.look_at_latest_leader();
        self.advance_to(self.now_us);
        Ok(())
    }

    /// Records that an action of the run could not be done.
    pub(crate) fn refuse(&mut self, action: &Action, why: ActError) {
        self.record(Happening::Refused { action: action.clone(), why });
    }

    /// Whether an action can be done now.
    ///
    /// # Errors
    /// Why not.
    pub fn can(&self, action: &Action) -> Result<(), ActError> {
        match action {
            Action::Crash { node, .. } => self.up(*node),
            Action::Restart { node } | Action::DiskLose { node } => {
                self.exists(*node)?;
                if self.node(*node).is_up() { Err(ActError::Running { node: *node }) } else { Ok(()) }
            }
            Action::Freeze { node } | Action::Tick { node } | Action::Propose { node, .. } => self.awake(*node),
            Action::Thaw { node } => {
                self.up(*node)?;
                if self.node(*node).is_frozen() { Ok(()) } else { Err(ActError::NotFrozen { node: *node }) }
            }
            Action::DiskSync { node, .. } | Action::Clock { node, .. } => self.exists(*node),
            Action::Member(membership) => self.can_change(*membership),
            Action::Transfer { node } | Action::Next { node, .. } => {
                self.exists(*node)?;
                self.leader().map_or(Err(ActError::NoLeader), |_| Ok(()))
            }
            Action::Compact { node, index } => {
                self.awake(*node)?;
                let (first, applied) = (self.node(*node).first_index(), self.node(*node).applied());
                let fits = (first..=applied).contains(index);
                if fits { Ok(()) } else { Err(ActError::NotApplied { node: *node, first, applied }) }
            }
            Action::Link { path: None, .. } => Ok(()),
            Action::Meet { fate, pattern } => {
                if self.network.can_meet(*fate, pattern) {
                    Ok(())
                } else {
                    Err(ActError::NoSuchMessage { pattern: *pattern })
                }
            }
            Action::Cut(path) | Action::Heal(Healing::Path(path)) | Action::Link { path: Some(path), .. } => {
                let (a, b) = path.ends();
                self.exists(a).and_then(|()| self.exists(b))
            }
            Action::Heal(Healing::All)
            | Action::Load { .. }
            | Action::EndLoop { .. }
            | Action::Break { .. }
            | Action::Mend { .. } => Ok(()),
            Action::Heal(Healing::Node(node)) | Action::Isolate { node } => self.exists(*node),
            Action::Partition { groups } => {
                groups.iter().flat_map(|group| group.iter()).try_for_each(|node| self.exists(node))
            }
            Action::Timeout { node } | Action::Timer { node, .. } => {
                self.awake(*node)?;
                if self.node(*node).role() == Role::Leader { Err(ActError::Leads { node: *node }) } else { Ok(()) }
            }
            Action::Client { client, via, command, .. } => {
                if matches!(command, Command::Get { how: Reading::Lease, .. }) && !self.config.check_quorum {
                    return Err(ActError::NoLease);
                }
                via.map_or(Ok(()), |node| self.exists(node))?;
                if self.has_room(*client) { Ok(()) } else { Err(ActError::QueueFull { client: *client }) }
            }
        }
    }

    fn exists(&self, node: NodeId) -> Result<(), ActError> {
        let nodes = self.nodes.len() as u64;
        if (1..=nodes).contains(&node) { Ok(()) } else { Err(ActError::NoSuchNode { node, nodes }) }
    }

    fn up(&self, node: NodeId) -> Result<(), ActError> {
        self.exists(node)?;
        if self.node(node).is_up() { Ok(()) } else { Err(ActError::Down { node }) }
    }

    fn awake(&self, node: NodeId) -> Result<(), ActError> {
        self.up(node)?;
        if self.node(node).is_frozen() { Err(ActError::Frozen { node }) } else { Ok(()) }
    }

    fn carry(&mut self, action: &Action) {
        let has_own_record =
            matches!(action, Action::Crash { .. } | Action::Restart { .. } | Action::Client { think_us: None, .. });
        if !has_own_record {
            self.record(Happening::Acted(action.clone()));
        }
        match action {
            Action::Crash { node, losing } => self.crash(*node, *losing),
            Action::Restart { node } => self.restart(*node),
            Action::Client { client, command, via, think_us: None } => self.submit(*client, command, *via),
            Action::Client { client, command, via, think_us: Some(think_us) } => {
                self.set_cycle(*client, Some((command.clone(), *via, *think_us)));
            }
            Action::EndLoop { client } => self.set_cycle(*client, None),
            Action::Freeze { node } => self.at_node(*node, &mut |node, outside| node.freeze(outside.now_us)),
            Action::Thaw { node } => {
                self.at_node(*node, &mut |node, outside| node.thaw(outside));
                self.schedule_tick(*node);
            }
            Action::Cut(path) => self.set_cut(*path, true),
            Action::Heal(Healing::Path(path)) => self.set_cut(*path, false),
            Action::Heal(Healing::Node(node)) => self.set_cuts_of(*node, false),
            Action::Heal(Healing::All) => self.network.partition(&[NodeSet::all(self.nodes.len() as u64)]),
            Action::Partition { groups } => self.partition(groups),
            Action::Isolate { node } => self.set_cuts_of(*node, true),
            Action::Link { path, quality } => self.set_quality(*path, *quality),
            Action::Meet { fate, pattern } => {
                for key in self.network.meet(*fate, *pattern, self.now_us) {
                    self.outside().under_way(key);
                }
            }
            Action::DiskSync { node, sync_us } => self.at_node(*node, &mut |node, _| node.set_sync(*sync_us)),
            Action::DiskLose { node } => self.at_node(*node, &mut |node, _| node.lose_disk()),
            Action::Member(membership) => self.change_members(*membership),
            Action::Transfer { node } => self.at_leader(Item::Transfer(*node)),
            Action::Next { node, index } => self.at_leader(Item::Next(*node, *index)),
            Action::Compact { node, index } => self.at_node(*node, &mut |node, outside| node.compact(*index, outside)),
            Action::Clock { node, rate_percent } => {
                self.at_node(*node, &mut |node, outside| node.set_clock(outside.now_us, *rate_percent));
                if self.node(*node).is_up() && !self.node(*node).is_frozen() {
                    self.schedule_tick(*node);
                }
            }
            Action::Tick { node } => self.at_node(*node, &mut Node::tick),
            Action::Propose { node, word } => {
                // An inbox that is full keeps out this item like any other.
                let _full = self.give(*node, Item::word(word));
            }
            Action::Break { rule } => self.set_rule(*rule, false),
            Action::Mend { rule } => self.set_rule(*rule, true),
            Action::Timeout { node } => {
                // An inbox that is full keeps out this item like any other.
                let _full = self.give(*node, Item::Campaign);
            }
            Action::Timer { node, length_us } => self.at_node(*node, &mut |node, _| node.set_timer(*length_us)),
            Action::Load { client, every_us } => self.set_load(*client, *every_us),
        }
    }

    fn crash(&mut self, id: NodeId, losing: Losing) {
        let mut lost_entries = 0;
        self.at_node(id, &mut |node, outside| {
            lost_entries = node.crash(losing);
            outside.record(Happening::Crashed { node: id, lost_entries });
        });
    }

    fn restart(&mut self, id: NodeId) {
        self.at_node(id, &mut |node, outside| {
            node.restart(outside.now_us);
            let (term, last_index) = (node.term(), node.last_index());
            outside.record(Happening::Restarted { node: id, term, last_index });
            outside.fact(id, Fact::Restarted(node.storage()));
            node.start(outside);
        });
        self.schedule_tick(id);
    }

    fn set_cut(&mut self, path: Path, cut: bool) {
        let (a, b) = path.ends();
        self.network.set_cut(a, b, cut);
        match path {
            Path::Between(..) => self.network.set_cut(b, a, cut),
            Path::OneWay { .. } => {}
        }
    }

    fn set_rule(&mut self, rule: RuleId, holds: bool) {
        for id in 1..=self.nodes.len() as u64 {
            self.at_node(id, &mut |node, _| node.set_rule(rule, holds));
        }
    }

    fn set_quality(&mut self, path: Option<Path>, quality: Quality) {
        let nodes = self.nodes.len() as u64;
        for from in 1..=nodes {
            for to in (1..=nodes).filter(|&to| to != from) {
                if path.is_none_or(|path| path.leads(from, to)) {
                    self.network.set_quality(from, to, quality);
                }
            }
        }
    }

    fn set_cuts_of(&mut self, node: NodeId, cut: bool) {
        for other in (1..=self.nodes.len() as u64).filter(|&other| other != node) {
            self.set_cut(Path::Between(node, other), cut);
        }
    }

    /// Nodes that no group names form one more group.
    fn partition(&mut self, groups: &[NodeSet]) {
        let all = NodeSet::all(self.nodes.len() as u64);
        let rest = groups.iter().fold(all, |rest, group| rest.without(*group));
        let mut groups = groups.to_vec();
        if !rest.is_empty() {
            groups.push(rest);
        }
        self.network.partition(&groups);
    }
}
