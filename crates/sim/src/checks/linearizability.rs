//! Linearizability: every answer can be explained by an order of all commands that respects who was answered before whom asked
//! (Herlihy and Wing; thesis ch. 6). Keys are independent, so each is checked by itself.
//!
//! Just-in-time linearization (Lowe): the checker knows every state that the key may be in, given the answers so far, and which
//! open commands have taken effect in it. An answer throws out the states that do not explain it; if none is left, no order
//! does. A read changes nothing, so it makes no states: each state knows what every open read may have found on the way there.
//! Clients ask one thing at a time, so there are few open commands, and nearly always one state.

use std::sync::Arc;

use raft_core::NodeId;

use super::{Fact, Finding, Scene, name};
use crate::command::Command;
use crate::names::ClientId;
use crate::store::Outcome;

/// A key with more possible states than this is not checked any more.
const STATES_MAX: usize = 2_048;

/// A read that may have found more values than this is not checked any more.
const VALUES_MAX: usize = 1_024;

/// What a key may be, if these open commands have taken effect and came to this.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct State {
    value: Option<Arc<str>>,
    done: Vec<(ClientId, Outcome)>,
    /// What each open read may come to: all that the key was since it was asked. Nothing stands for anything: too much to keep.
    reads: Vec<(ClientId, Vec<Outcome>)>,
}

/// One key.
#[derive(Clone, Debug)]
struct Register {
    key: Arc<str>,
    /// What was asked and not yet answered, but for reads.
    open: Vec<(ClientId, Command)>,
    /// Never empty, unless there are too many to follow.
    states: Vec<State>,
    /// The latest answer, for words.
    latest: Option<Latest>,
}

#[derive(Clone, Debug)]
struct Latest {
    client: ClientId,
    node: NodeId,
    command: Command,
}

/// All keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Linearizability {
    registers: Arc<Vec<Register>>,
}

impl Linearizability {
    pub(super) fn observe(&mut self, scene: Scene<'_>, fact: Fact<'_>) -> Option<Finding> {
        if let Fact::Asked(client, command) = fact {
            let place = self.place(command).unwrap_or(self.registers.len());
            let registers = Arc::make_mut(&mut self.registers);
            if place == registers.len() {
                let key = Arc::clone(command.key());
                registers.push(Register { key, open: Vec::new(), states: vec![State::default()], latest: None });
            }
            registers[place].asked(client, command);
        }
        if let Fact::Answered(client, command, outcome) = fact {
            let place = self.place(command)?;
            let register = &mut Arc::make_mut(&mut self.registers)[place];
            if !register.answered(client, outcome) {
                return Some(finding(client, command, outcome, scene.node, register.latest.as_ref()));
            }
            register.latest = Some(Latest { client, node: scene.node, command: command.clone() });
        }
        None
    }
}

impl Linearizability {
    /// Where the command's key is. There are few keys, and they keep the order in which they were first asked for.
    fn place(&self, command: &Command) -> Option<usize> {
        self.registers.iter().position(|register| register.key == *command.key())
    }
}

impl State {
    /// The command takes effect now.
    fn after(&self, who: ClientId, command: &Command) -> State {
        let mut after = self.clone();
        let (came_to, value) = command.on(self.value.as_ref());
        let at = after.done.partition_point(|(other, _)| *other < who);
        after.done.insert(at, (who, came_to));
        if value.is_some() {
            for (_, found) in after.reads.iter_mut().filter(|(_, found)| !found.is_empty()) {
                found.push(Outcome::Value(value.clone()));
                if found.len() > VALUES_MAX {
                    found.clear();
                }
            }
            after.value = value;
        }
        after
    }

    /// Whether the client's command has taken effect; it leaves the state, with what it came to if that is the outcome.
    fn take(&mut self, client: ClientId, outcome: &Outcome) -> Option<bool> {
        if let Some(at) = self.done.iter().position(|(who, _)| *who == client) {
            return Some(self.done.remove(at).1 == *outcome);
        }
        let at = self
            .reads
            .iter()
            .position(|(who, found)| *who == client && (found.is_empty() || found.contains(outcome)))?;
        self.reads.remove(at);
        Some(true)
    }
}

impl Register {
    fn asked(&mut self, client: ClientId, command: &Command) {
        if let Command::Get { .. } = command {
            for state in &mut self.states {
                state.reads.push((client, vec![Outcome::Value(state.value.clone())]));
            }
        } else {
            self.open.push((client, command.clone()));
        }
    }

    /// Whether the answer can be explained.
    fn answered(&mut self, client: ClientId, outcome: &Outcome) -> bool {
        if self.states.is_empty() {
            return true;
        }
        let mut seen = std::mem::take(&mut self.states);
        let mut left: Vec<State> = Vec::new();
        let mut next = 0;
        while let Some(mut state) = seen.get(next).cloned() {
            next += 1;
            if let Some(explained) = state.take(client, outcome) {
                if explained {
                    add(&mut left, state);
                }
                continue;
            }
            for (who, command) in &self.open {
                if state.done.iter().all(|(done, _)| done != who) {
                    add(&mut seen, state.after(*who, command));
                }
            }
            if seen.len() > STATES_MAX {
                self.open.clear();
                return true;
            }
        }
        self.open.retain(|(who, _)| *who != client);
        let explained = !left.is_empty();
        self.states = left;
        explained
    }
}

fn add(states: &mut Vec<State>, state: State) {
    if !states.contains(&state) {
        states.push(state);
    }
}

fn finding(client: ClientId, command: &Command, outcome: &Outcome, node: NodeId, before: Option<&Latest>) -> Finding {
    let mut text = format!("no order explains that {} answered {client}'s {command} with {outcome}", name(node));
    let mut nodes = vec![node];
    if let Some(Latest { client, node, command }) = before {
        text.push_str(&format!(", after {} had answered {client}'s {command}", name(*node)));
        nodes.insert(0, *node);
    }
    Finding::new(&nodes, None, text)
}

#[cfg(test)]
#[path = "linearizability_tests.rs"]
mod tests;
