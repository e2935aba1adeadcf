//! How nodes and clients are called: `n1` to `n9`, `c1` to `c99`; and small sets of nodes.

use std::fmt;

use raft_core::NodeId;

/// Clusters have at most this many nodes, all of them called `n1` to `n9`.
pub const NODES_MAX: u64 = 9;
/// At most this many clients, called `c1` to `c99`.
pub const CLIENTS_MAX: u64 = 99;

/// A client's number, 1..=99.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClientId(u8);

impl ClientId {
    /// The client with this number, if it is 1..=99.
    #[must_use]
    pub fn new(number: u64) -> Option<ClientId> {
        u8::try_from(number).ok().filter(|&n| (1..=CLIENTS_MAX).contains(&u64::from(n))).map(ClientId)
    }

    /// Its number, 1..=99.
    #[must_use]
    pub fn number(self) -> u64 {
        u64::from(self.0)
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{}", self.0)
    }
}

/// Prints a node as `n1`.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct NodeName(pub NodeId);

impl fmt::Display for NodeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "n{}", self.0)
    }
}

/// A set of nodes n1..n9. Prints as `n1,n2`, lowest first.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct NodeSet(u16);

impl NodeSet {
    /// All nodes of a cluster of `nodes` nodes.
    #[must_use]
    pub fn all(nodes: u64) -> NodeSet {
        (1..=nodes).collect()
    }

    /// Adds a node, 1..=9. False if it was already there.
    pub fn insert(&mut self, node: NodeId) -> bool {
        assert!((1..=NODES_MAX).contains(&node), "n{node} is no node");
        let before = self.0;
        self.0 |= 1 << node;
        self.0 != before
    }

    /// Takes a node out.
    pub fn remove(&mut self, node: NodeId) {
        self.0 &= !(1 << node);
    }

    /// Whether the node is in the set.
    #[must_use]
    pub fn contains(self, node: NodeId) -> bool {
        node <= NODES_MAX && self.0 & (1 << node) != 0
    }

    /// How many nodes it has.
    #[must_use]
    pub fn len(self) -> u64 {
        u64::from(self.0.count_ones())
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The nodes of `self` that are not in `other`.
    #[must_use]
    pub fn without(self, other: NodeSet) -> NodeSet {
        NodeSet(self.0 & !other.0)
    }

    /// The nodes that are in both.
    #[must_use]
    pub fn and(self, other: NodeSet) -> NodeSet {
        NodeSet(self.0 & other.0)
    }

    /// Its nodes, lowest first.
    pub fn iter(self) -> impl Iterator<Item = NodeId> {
        (1..=NODES_MAX).filter(move |&node| self.contains(node))
    }
}

impl FromIterator<NodeId> for NodeSet {
    fn from_iter<I: IntoIterator<Item = NodeId>>(nodes: I) -> NodeSet {
        let mut set = NodeSet::default();
        for node in nodes {
            set.insert(node);
        }
        set
    }
}

impl fmt::Display for NodeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, node) in self.iter().enumerate() {
            write!(f, "{}n{node}", if place == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}
