//! The environment: the nodes of one transcript, everything on its way between them, and the output.

pub mod disk;
pub mod envelope;
pub mod node;

use std::collections::VecDeque;

use raft_core::NodeId;

use crate::arguments::{Arguments, Trouble};
use crate::output::Output;
use crate::transcript::Block;
use crate::words::decision::{self, Speaker};
use envelope::Envelope;
use node::Node;

/// Everything that a transcript acts on. It starts empty.
#[derive(Default)]
pub struct Environment {
    /// Node n stands at n - 1.
    pub(crate) nodes: Vec<Node>,
    /// On its way, oldest first.
    pub(crate) messages: VecDeque<Envelope>,
    /// What the directive at hand says.
    pub(crate) output: Output,
}

impl Environment {
    /// Carries out a directive and returns what it says; each line ends with a newline.
    ///
    /// # Errors
    /// A sentence, when the directive makes no sense.
    pub fn handle(&mut self, block: &Block) -> Result<String, String> {
        let directive = &block.directive;
        match self.dispatch(&directive.command, Arguments(&directive.arguments), &block.input) {
            Ok(()) => {}
            Err(Trouble::BadDirective(why)) => return Err(format!("{}: {why}", directive.command)),
            // Trouble is always heard.
            Err(Trouble::Said(why)) if self.output.is_quiet() => return Ok(why + "\n"),
            Err(Trouble::Said(why)) => self.output.say(&why),
        }
        let mut said = self.output.open();
        if said.is_empty() {
            said.push_str("ok");
        }
        if !said.ends_with('\n') {
            said.push('\n');
        }
        Ok(said)
    }

    /// A node that a directive names.
    pub(crate) fn node(&mut self, id: NodeId) -> Result<&mut Node, Trouble> {
        let count = self.nodes.len();
        let at = usize::try_from(id).ok().and_then(|id| id.checked_sub(1));
        at.and_then(|at| self.nodes.get_mut(at))
            .ok_or_else(|| Trouble::bad(format!("there is no node {id}: there are {count} nodes")))
    }

    /// The ids of all nodes.
    pub(crate) fn ids(&self) -> Vec<NodeId> {
        self.nodes.iter().map(Node::id).collect()
    }

    /// Lets a node do something, and logs what it decided.
    pub(crate) fn with<R>(&mut self, id: NodeId, act: impl FnOnce(&mut Node) -> R) -> Result<R, Trouble> {
        let node = self.node(id)?;
        let result = act(node);
        let decisions = std::mem::take(node.raw.tracer_mut());
        let status = node.raw.status();
        let speaker = Speaker { id, role: status.role, term: status.term };
        for decision in &decisions {
            for (level, line) in decision::lines(speaker, decision) {
                self.output.log(level, &line);
            }
        }
        Ok(result)
    }

    /// Does something whose output is indented.
    pub(crate) fn indented(&mut self, act: impl FnOnce(&mut Self) -> Result<(), Trouble>) -> Result<(), Trouble> {
        let before = self.output.open();
        let result = act(self);
        self.output.close(before);
        result
    }
}
