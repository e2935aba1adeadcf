//! Nodes and a bad network between them, moved one event at a time.

use std::collections::VecDeque;

use raft_core::{NodeId, Role};

use crate::host::{CrashPoint, Host, Letter, Outcome};
use crate::judge::{Judge, Violation};

/// A cluster under a judge's eyes.
pub struct Cluster {
    /// Node `id` is at `id - 1`.
    pub hosts: Vec<Box<dyn Host>>,
    /// Whether each node runs.
    pub up: Vec<bool>,
    /// What is on its way, oldest first.
    pub wire: VecDeque<Letter>,
    /// Which directed links are cut: `cut[from - 1][to - 1]`.
    pub cut: Vec<Vec<bool>>,
    /// Who watches.
    pub judge: Judge,
    /// Messages delivered.
    pub delivered: u64,
    /// Of those, snapshots.
    pub snapshots: u64,
    /// Of those, leaders' words that the receiver shall campaign at once.
    pub transfers: u64,
    reads_asked: u64,
}

/// Messages on their way, at most: a network that only collects would only delay.
const WIRE_MAX: usize = 128;

impl Cluster {
    /// A cluster of these nodes, all up and connected.
    pub fn new(hosts: Vec<Box<dyn Host>>) -> Cluster {
        let nodes = hosts.len();
        Cluster {
            hosts,
            up: vec![true; nodes],
            wire: VecDeque::new(),
            cut: vec![vec![false; nodes]; nodes],
            judge: Judge::new(nodes as u64),
            delivered: 0,
            snapshots: 0,
            transfers: 0,
            reads_asked: 0,
        }
    }

    /// Nodes, running or not.
    pub fn nodes(&self) -> u64 {
        self.hosts.len() as u64
    }

    /// The nodes of the configuration that was committed last: whoever left it need not follow.
    pub fn members(&self) -> impl Iterator<Item = &dyn Host> {
        let conf = self.judge.conf();
        (1..).zip(&self.hosts).filter(|(id, _)| conf.contains(*id)).map(|(_, host)| &**host)
    }

    /// Whether the node runs.
    pub fn is_up(&self, node: NodeId) -> bool {
        self.up[node as usize - 1]
    }

    fn is_writing(&self, node: NodeId) -> bool {
        self.is_up(node) && self.hosts[node as usize - 1].is_writing()
    }

    /// Changes a node that runs, does what its `Ready`s ask for, and judges that. Nothing happens to one that is down.
    ///
    /// # Errors
    /// The property that broke.
    pub fn act(
        &mut self,
        node: NodeId,
        crash: Option<CrashPoint>,
        change: impl FnOnce(&mut dyn Host),
    ) -> Result<(), Violation> {
        let at = node as usize - 1;
        if !self.up[at] {
            return Ok(());
        }
        change(&mut *self.hosts[at]);
        let outcome = self.hosts[at].process(crash);
        if !outcome.crashed {
            self.hosts[at].renew_snapshot();
        }
        self.follow(at, outcome)
    }

    /// Lets the disk of a node that runs write the oldest of what it was given.
    ///
    /// # Errors
    /// The property that broke.
    pub fn sync(&mut self, node: NodeId) -> Result<(), Violation> {
        let at = node as usize - 1;
        if !self.up[at] || !self.hosts[at].is_writing() {
            return Ok(());
        }
        let outcome = self.hosts[at].sync();
        self.follow(at, outcome)
    }

    /// Judges what came of a node's doing, and sends its messages.
    fn follow(&mut self, at: usize, outcome: Outcome) -> Result<(), Violation> {
        if outcome.crashed {
            self.up[at] = false;
        }
        self.judge.observe(&self.hosts, at, &outcome)?;
        for letter in outcome.letters {
            self.send(letter);
        }
        Ok(())
    }

    fn send(&mut self, letter: Letter) {
        if self.wire.len() >= WIRE_MAX {
            self.lose(0);
        }
        self.wire.push_back(letter);
    }

    /// Delivers the message at this place of the wire, unless its link is cut or its receiver is down.
    ///
    /// # Errors
    /// The property that broke.
    pub fn deliver(&mut self, place: usize, crash: Option<CrashPoint>) -> Result<(), Violation> {
        let Some(letter) = self.wire.get(place) else { return Ok(()) };
        let (from, to) = (letter.from(), letter.to());
        let known = 1..=self.nodes();
        let lost = !known.contains(&to) || !self.is_up(to) || self.is_cut(from, to);
        if lost {
            self.lose(place);
            return Ok(());
        }
        let Some(letter) = self.wire.remove(place) else { return Ok(()) };
        self.delivered += 1;
        self.transfers += u64::from(letter.is_timeout_now());
        let is_snapshot = letter.is_snapshot();
        self.act(to, crash, |host| host.receive(letter))?;
        if is_snapshot {
            self.snapshots += 1;
            self.act(from, None, |host| host.report_snapshot(to, true))?;
        }
        Ok(())
    }

    /// Whether nothing passes from one to the other. A message that names a sender outside of the cluster passes.
    pub fn is_cut(&self, from: NodeId, to: NodeId) -> bool {
        let row = self.cut.get((from as usize).wrapping_sub(1));
        row.is_some_and(|row| row.get((to as usize).wrapping_sub(1)).copied().unwrap_or(false))
    }

    /// Loses the message at this place of the wire. The sender of a snapshot is told, as its transport would tell it.
    pub fn lose(&mut self, place: usize) {
        let Some(letter) = self.wire.remove(place) else { return };
        if letter.is_snapshot() {
            let (from, to) = (letter.from() as usize - 1, letter.to());
            if self.up[from] {
                self.hosts[from].report_snapshot(to, false);
            }
        }
    }

    /// Stops a node: what it had not written is lost.
    pub fn crash(&mut self, node: NodeId) {
        self.up[node as usize - 1] = false;
    }

    /// Starts a node that is down again.
    ///
    /// # Errors
    /// The property that broke.
    pub fn restart(&mut self, node: NodeId) -> Result<(), Violation> {
        let at = node as usize - 1;
        if self.up[at] {
            return Ok(());
        }
        self.up[at] = true;
        self.hosts[at].restart();
        self.judge.restarted(node);
        self.act(node, None, |_| {})
    }

    /// Asks a node for a read of a new name.
    ///
    /// # Errors
    /// The property that broke.
    pub fn read(&mut self, node: NodeId) -> Result<(), Violation> {
        self.reads_asked += 1;
        let context = self.reads_asked;
        self.judge.read_asked(context);
        self.act(node, None, |host| host.read(context))
    }

    /// Reconnects all links and starts all nodes.
    ///
    /// # Errors
    /// The property that broke.
    pub fn heal(&mut self) -> Result<(), Violation> {
        self.cut.iter_mut().for_each(|row| row.fill(false));
        (1..=self.nodes()).try_for_each(|node| self.restart(node))
    }

    /// Delivers, oldest first, and writes, until there is nothing left to do.
    ///
    /// # Errors
    /// The property that broke, or messages that beget each other without end.
    pub fn settle(&mut self) -> Result<(), Violation> {
        const MOST: usize = 100_000;
        let mut latest = Vec::new();
        for delivered in 0..MOST {
            if let Some(letter) = self.wire.front() {
                if delivered + 8 >= MOST {
                    latest.push(letter.clone());
                }
                self.deliver(0, None)?;
            } else if let Some(node) = (1..=self.nodes()).find(|&node| self.is_writing(node)) {
                self.sync(node)?;
            } else {
                return Ok(());
            }
        }
        let nodes: Vec<_> = self.hosts.iter().map(|host| (host.kind(), host.view(), host.conf())).collect();
        Err(format!("messages beget each other without end, at last {latest:?} between {nodes:?}"))
    }

    /// The running leader of the highest term.
    pub fn leader(&self) -> Option<NodeId> {
        let leaders = (1..=self.nodes()).filter(|&node| self.is_up(node)).filter_map(|node| {
            let view = self.hosts[node as usize - 1].view();
            (view.role == Role::Leader).then_some((view.term, node))
        });
        leaders.max().map(|(_, node)| node)
    }
}
