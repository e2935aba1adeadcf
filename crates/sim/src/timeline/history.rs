//! Everything that was ever done in a session, as a tree: acting in the past makes a new branch, and no branch is lost.

use crate::run::Timed;

/// A point in the tree: the run with all actions from the root to here. The root, 0, is the run without actions.
pub(super) type Point = usize;

/// The run without actions.
pub(super) const ROOT: Point = 0;

/// One action, done after those of its parent.
#[derive(Clone, Debug)]
struct Move {
    parent: Point,
    timed: Timed,
    /// How many actions lie between the root and here, this one included.
    depth: usize,
    has_children: bool,
}

/// The tree, and the way to the present branch's end.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    /// The move to point `p` is `moves[p - 1]`.
    moves: Vec<Move>,
    /// The points of the present branch, without the root.
    path: Vec<Point>,
    /// The ends of branches that were left by acting, latest last, each with the time of the act.
    undo: Vec<(Point, u64)>,
    /// The ends of branches that were left by undoing, latest last, each with the time of the act.
    redo: Vec<(Point, u64)>,
}

impl History {
    /// A history of one branch.
    pub(super) fn of(actions: &[Timed]) -> History {
        let mut history = History::default();
        for timed in actions {
            history.append(timed.clone());
        }
        history
    }

    /// How many points there are.
    pub(super) fn points(&self) -> usize {
        self.moves.len() + 1
    }

    /// The present branch's point after `done` actions.
    pub(super) fn point(&self, done: usize) -> Point {
        done.checked_sub(1).map_or(ROOT, |last| self.path[last])
    }

    /// The end of the present branch.
    pub(super) fn end(&self) -> Point {
        self.point(self.path.len())
    }

    fn append(&mut self, timed: Timed) {
        let parent = self.end();
        if parent != ROOT {
            self.moves[parent - 1].has_children = true;
        }
        self.moves.push(Move { parent, timed, depth: self.path.len() + 1, has_children: false });
        self.path.push(self.moves.len());
    }

    /// Acts after the first `done` actions of the present branch. What lay ahead stays as a branch of its own.
    pub(super) fn act(&mut self, done: usize, timed: Timed) {
        self.undo.push((self.end(), timed.at_us));
        self.redo.clear();
        self.path.truncate(done);
        self.append(timed);
    }

    /// Goes back to the branch before the latest act. Returns the time of that act.
    pub(super) fn undo(&mut self) -> Option<u64> {
        let (end, at_us) = self.undo.pop()?;
        self.redo.push((self.end(), at_us));
        self.switch(end);
        Some(at_us)
    }

    /// Goes forth to the branch that was left by the latest undo. Returns the time of the act that made it.
    pub(super) fn redo(&mut self) -> Option<u64> {
        let (end, at_us) = self.redo.pop()?;
        self.undo.push((self.end(), at_us));
        self.switch(end);
        Some(at_us)
    }

    /// Goes to the branch that ends at a point, as an act of `at_us` that can be undone.
    pub(super) fn leave_for(&mut self, end: Point, at_us: u64) {
        self.undo.push((self.end(), at_us));
        self.redo.clear();
        self.switch(end);
    }

    /// Makes the branch that ends at a point the present one.
    fn switch(&mut self, end: Point) {
        self.path.clear();
        let mut point = end;
        while point != ROOT {
            self.path.push(point);
            point = self.moves[point - 1].parent;
        }
        self.path.reverse();
    }

    /// The actions of the branch that ends at a point.
    pub(super) fn actions(&self) -> Vec<Timed> {
        self.path.iter().map(|&point| self.moves[point - 1].timed.clone()).collect()
    }

    /// The ends of all branches, oldest first. The root is one while nothing was done.
    pub(super) fn ends(&self) -> Vec<Point> {
        let mut ends: Vec<Point> =
            (1..=self.moves.len()).filter(|&point| !self.moves[point - 1].has_children).collect();
        // A branch that was undone down to an inner point ends there.
        if !ends.contains(&self.end()) {
            ends.push(self.end());
        }
        ends
    }

    /// How many actions of the branch ending at `point` are those of the present branch, too.
    pub(super) fn shared(&self, mut point: Point) -> usize {
        while point != ROOT {
            let Move { parent, depth, .. } = &self.moves[point - 1];
            if self.path.get(depth - 1) == Some(&point) {
                return *depth;
            }
            point = *parent;
        }
        0
    }

    /// How many actions the branch ending at `point` has.
    pub(super) fn depth(&self, point: Point) -> usize {
        point.checked_sub(1).map_or(0, |place| self.moves[place].depth)
    }

    /// The time of the action after the first `done` of the branch that ends at `point`.
    pub(super) fn time_after(&self, mut point: Point, done: usize) -> Option<u64> {
        let mut at_us = None;
        while self.depth(point) > done {
            let Move { parent, timed, .. } = &self.moves[point - 1];
            at_us = Some(timed.at_us);
            point = *parent;
        }
        at_us
    }
}
