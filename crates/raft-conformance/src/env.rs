//! The environment: the nodes of one transcript, everything on its way between them, and the output.

pub mod disk;
pub mod envelope;
pub mod node;

use std::collections::VecDeque;

use raft_core::{Message, NodeId};

use crate::arguments::{Arguments, Trouble};
use crate::output::Output;
use crate::transcript::Block;
use crate::transcript::line::{self, Directive};
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
    /// The message that is being delivered.
    pub(crate) heard: Option<Message>,
    /// What the directive at hand says.
    pub(crate) output: Output,
}

impl Environment {
    /// Carries out a directive and returns what it says; each line ends with a newline.
    ///
    /// # Errors
    /// A sentence, when the directive makes no sense.
    pub fn handle(&mut self, block: &Block) -> Result<String, String> {
        let mut trouble = self.carry_out(&block.directive, &block.input)?;
        // Only a change of the configuration has input of its own; below any other directive stand further ones.
        let has_own_input = block.directive.command == "propose-conf-change";
        if trouble.is_none() && !has_own_input {
            trouble = self.carry_out_lines(&block.input)?;
        }
        // Trouble is always heard.
        match trouble {
            Some(why) if self.output.is_quiet() => return Ok(why + "\n"),
            Some(why) => self.output.say(&why),
            None => {}
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

    /// Carries out one directive. Returns what a transcript may expect of one that failed.
    fn carry_out(&mut self, directive: &Directive, input: &str) -> Result<Option<String>, String> {
        match self.dispatch(&directive.command, Arguments(&directive.arguments), input) {
            Ok(()) => Ok(None),
            Err(Trouble::Said(why)) => Ok(Some(why)),
            Err(Trouble::BadDirective(why)) => Err(format!("{}: {why}", directive.command)),
        }
    }

    /// Carries out a directive a line. One that fails says so and does not end them, unless nothing else can be heard.
    fn carry_out_lines(&mut self, lines: &str) -> Result<Option<String>, String> {
        for line in lines.lines() {
            let Some(directive) = line::parse(line).map_err(|why| why.to_string())? else { continue };
            if let Some(why) = self.carry_out(&directive, "")? {
                if self.output.is_quiet() {
                    return Ok(Some(why));
                }
                self.output.say(&why);
            }
        }
        Ok(None)
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
        let heard = self.heard.take();
        let node = self.node(id)?;
        let result = act(node);
        let decisions = std::mem::take(node.raw.tracer_mut());
        let knows_sender = heard.as_ref().is_none_or(|message| node.knows(message.from));
        let status = node.raw.status();
        let speaker = Speaker { id, role: status.role, term: status.term, heard, knows_sender };
        for decision in &decisions {
            for (level, line) in decision::lines(&speaker, decision) {
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
