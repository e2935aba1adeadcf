//! Plays that nobody wrote: random commands to a few nodes. Whatever happens, no node panics, and once the network heals
//! there is one leader and everybody holds the same log. No two nodes ever apply different entries.
//!
//! With changes of the configuration the second part does not hold, in etcd's dialect: a node that has not applied the
//! end of a joint configuration asks those who have left it, and may get no majority of them for ever.

use std::collections::BTreeMap;

use raft_conformance::env::Environment;
use raft_conformance::transcript::Transcript;

/// A small generator of numbers (splitmix64): the same seed gives the same play everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

/// Whether the configuration changes in a play.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Changes {
    None,
    Some,
}

/// Settings of the nodes: limits, features, and in every other play a dialect of their own.
fn random_settings(dice: &mut Dice) -> String {
    let mut settings = format!(
        "inflight={} max-size-per-msg={} max-committed-size-per-ready={} step-down-on-removal=true \
         unsynced-vote-requests=false",
        1 + dice.below(4),
        dice.one_of(&["1", "100", "10000"]),
        dice.one_of(&["0", "1", "100"]),
    );
    let mut switches = vec!["async-storage-writes", "prevote", "checkquorum", "forward-proposals"];
    if dice.below(2) == 0 {
        switches.extend([
            "separate-heartbeats",
            "answer-lower-terms",
            "conf-change-on-apply",
            "matching-snapshot-keeps-log",
            "lost-candidate-steps-down",
            "refused-change-becomes-noop",
        ]);
    }
    for switch in switches {
        settings.push_str(&format!(" {switch}={}", dice.one_of(&["true", "false"])));
    }
    settings
}

/// A play in progress, written down so that a failure can be replayed as a transcript.
struct Play {
    dice: Dice,
    environment: Environment,
    text: String,
    nodes: u64,
}

impl Play {
    fn new(seed: u64) -> Play {
        let mut dice = Dice(seed);
        let nodes = 3 + dice.below(3);
        let settings = random_settings(&mut dice);
        let voters: Vec<_> = (1..=nodes).map(|id| id.to_string()).collect();
        let mut play = Play { dice, environment: Environment::default(), text: String::new(), nodes };
        play.say("log-level none");
        play.say(&format!("add-nodes {nodes} voters=({}) index=5 {settings}", voters.join(",")));
        play
    }

    /// Carries out one directive, with its input on further lines.
    fn say(&mut self, directive: &str) -> String {
        self.text.push_str(&format!("{directive}\n----\n\n"));
        let transcript = Transcript::parse(&format!("{directive}\n----\n")).expect("a directive");
        let said = self.environment.handle(&transcript.blocks[0]);
        said.unwrap_or_else(|why| panic!("{why}:\n{}", self.text))
    }

    fn node(&mut self) -> u64 {
        1 + self.dice.below(self.nodes)
    }

    fn random_step(&mut self, changes: Changes) {
        let (node, other) = (self.node(), self.node());
        let kinds = if changes == Changes::Some { 26 } else { 24 };
        let directive = match self.dice.below(kinds) {
            0 => format!("campaign {node}"),
            1..=3 => format!("propose {node} x{}", self.dice.below(1000)),
            4..=7 => format!("process-ready {node}"),
            8..=9 => format!("process-append-thread {node}"),
            10 => format!("process-apply-thread {node}"),
            11..=14 => format!("deliver-msgs {node}"),
            15 => format!("deliver-msgs drop={node}"),
            16 => format!(
                "deliver-msgs {node} type={}",
                self.dice.one_of(&["MsgApp", "MsgAppResp", "MsgVote", "MsgSnap"])
            ),
            17 => format!("tick-heartbeat {node}"),
            18 => format!("tick-election {node}"),
            19 => format!("stabilize {node} {other}"),
            20 => format!("restart {node}"),
            21 => format!("transfer-leadership from={node} to={other}"),
            22 => format!("report-unreachable {node} {other}"),
            23 => format!("read-index {node} {}", self.dice.below(1000)),
            24 => self.random_change(node),
            _ => format!("propose-conf-change {node}"),
        };
        self.say(&directive);
        match self.dice.below(60) {
            0 => {
                drop(self.say(&format!("report-snapshot {node} {other} {}", ["lost", "arrived"][(other % 2) as usize])))
            }
            1 => drop(self.say(&format!("forget-leader {node}"))),
            2 => self.compact(node),
            _ => {}
        }
    }

    fn random_change(&mut self, node: u64) -> String {
        let transition = self.dice.one_of(&["auto", "auto", "implicit", "explicit"]);
        let mut steps = String::new();
        for _ in 0..=self.dice.below(3) {
            let kind = self.dice.one_of(&["v", "v", "v", "l", "r"]);
            steps.push_str(&format!("{kind}{} ", self.node()));
        }
        format!("propose-conf-change {node} transition={transition}\n{steps}")
    }

    /// Compacts a log up to what its node has applied: after a quiet moment that is all that is committed.
    fn compact(&mut self, node: u64) {
        self.say("stabilize");
        self.say("log-level error");
        let state = self.say(&format!("raft-log {node}"));
        self.say("log-level none");
        let committed = self.committed(node);
        let indexes = state.lines().filter_map(|line| line.split(['/', ' ']).nth(1)?.parse::<u64>().ok());
        if let Some(index) = indexes.filter(|index| *index <= committed).max() {
            self.say(&format!("compact {node} {index}"));
        }
    }

    /// The commit index of a node's next heartbeat to itself is not to be seen; a restart tells it.
    fn committed(&mut self, node: u64) -> u64 {
        self.say("log-level info");
        let said = self.say(&format!("restart {node}"));
        self.say("log-level none");
        let behind = said.split("applied: ").nth(1).expect("a restarted node says what it has applied");
        behind.split(',').next().and_then(|index| index.parse().ok()).expect("an index")
    }

    /// Nothing is lost any more: after a while there is one leader, and all its members hold what it holds. Who was
    /// removed may know less.
    fn heal(&mut self) {
        let mut trouble = String::new();
        for round in 0..60 {
            self.rest();
            self.say("log-level error");
            let state = self.say("raft-state");
            let found = match only_leader(&state) {
                Some(leader) => self.unequal_logs(leader),
                None => Some(state),
            };
            self.say("log-level none");
            match found {
                None => return,
                Some(found) => trouble = found,
            }
            for id in 1..=self.nodes {
                self.say(&format!("forget-leader {id}"));
            }
            let node = 1 + round % self.nodes;
            self.say(&format!("campaign {node}"));
        }
        panic!("it does not heal: {trouble}\n{}", self.text);
    }

    /// Everybody hears from everybody. A snapshot that got lost is not sent again before the host says so.
    fn rest(&mut self) {
        for node in 1..=self.nodes {
            for other in 1..=self.nodes {
                self.say(&format!("report-snapshot {node} {other} lost"));
            }
            self.say(&format!("tick-heartbeat {node}"));
        }
        self.say("stabilize");
    }

    /// The first member whose log does not end as the leader's does.
    fn unequal_logs(&mut self, leader: u64) -> Option<String> {
        let status = self.say(&format!("status {leader}"));
        let wanted = self.end_of_log(&leader.to_string());
        for line in status.lines() {
            let member = line.split(':').next().unwrap_or_default().to_string();
            let end = self.end_of_log(&member);
            let known = [&wanted.0, &end.0].iter().any(|entry| entry.is_empty());
            if end.1 != wanted.1 || (!known && end.0 != wanted.0) {
                return Some(format!("{member} ends in {end:?}, the leader {leader} in {wanted:?}"));
            }
        }
        None
    }

    /// What two nodes have applied is the same, as far as both still have it in their logs (State Machine Safety).
    fn expect_same_applied_entries(&mut self) {
        let nodes: Vec<_> = (1..=self.nodes).map(|node| (node, self.applied_entries(node))).collect();
        for (node, mine) in &nodes {
            for (other, theirs) in &nodes {
                for (index, entry) in mine {
                    let same = theirs.get(index).is_none_or(|their| their == entry);
                    assert!(same, "{node} applied {entry}, {other} {:?}:\n{}", theirs[index], self.text);
                }
            }
        }
    }

    fn applied_entries(&mut self, node: u64) -> BTreeMap<u64, String> {
        let applied = self.committed(node);
        self.say("log-level error");
        let log = self.say(&format!("raft-log {node}"));
        self.say("log-level none");
        let entry = |line: &str| Some((line.split(['/', ' ']).nth(1)?.parse().ok()?, line.to_string()));
        log.lines().filter_map(entry).filter(|(index, _)| *index <= applied).collect()
    }

    /// The last entry of a log and its index; a compacted log has only the index.
    fn end_of_log(&mut self, node: &str) -> (String, u64) {
        let log = self.say(&format!("raft-log {node}"));
        let end = log.lines().last().unwrap_or_default().to_string();
        let number = |text: Option<&str>| text.and_then(|text| text.parse().ok()).expect("an index");
        if let Some(last) = end.strip_prefix("log is empty").and_then(|text| text.rsplit('=').next()) {
            return (String::new(), number(Some(last)));
        }
        let index = number(end.split(['/', ' ']).nth(1));
        (end, index)
    }
}

/// The leader, if there is one and nobody has a later term.
fn only_leader(state: &str) -> Option<u64> {
    let term = |line: &str| line.split(['T', ' ']).find_map(|word| word.strip_prefix("erm:")?.parse::<u64>().ok());
    let latest = state.lines().filter_map(term).max()?;
    let mut leaders = state.lines().filter(|line| line.contains("StateLeader"));
    let leader = leaders.next().filter(|line| term(line) == Some(latest))?;
    if leaders.next().is_some() { None } else { leader.split(':').next()?.parse().ok() }
}

#[test]
fn random_plays_end_with_one_leader_and_one_log() {
    for seed in 0..200 {
        let mut play = Play::new(seed);
        for _ in 0..200 {
            play.random_step(Changes::None);
        }
        play.heal();
        play.expect_same_applied_entries();
    }
}

#[test]
fn random_changes_of_the_configuration_are_safe() {
    for seed in 0..200 {
        let mut play = Play::new(seed);
        for _ in 0..300 {
            play.random_step(Changes::Some);
        }
        play.rest();
        play.expect_same_applied_entries();
    }
}
