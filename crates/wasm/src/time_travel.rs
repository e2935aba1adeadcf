//! Back and forth in time: the part of `Session` that moves along a run and between its branches.
//!
//! Nothing here changes what happened: it shows another moment of it, or takes a person's last act back.

use wasm_bindgen::prelude::*;

use crate::session::{Session, Unit, unit};

#[wasm_bindgen]
impl Session {
    /// Goes to any moment of the present branch, µs. It equals playing the run to there, whatever was played before.
    pub fn seek(&mut self, at_us: f64) {
        self.timeline.seek(at_us.max(0.0) as u64);
    }

    /// Goes back to the last event before now that left a visible record, or to the last event, Ready or message; to time 0 when
    /// there is none. False at time 0.
    pub fn step_back(&mut self, to: Option<Unit>) -> bool {
        self.timeline.step_back_by(unit(to))
    }

    /// Takes the latest act back: returns to the branch before it, at the moment of the act. False when there is none.
    pub fn undo(&mut self) -> bool {
        self.timeline.undo()
    }

    /// Does the act again that was taken back last. False when there is none.
    pub fn redo(&mut self) -> bool {
        self.timeline.redo()
    }

    /// The present branch's name for `switch_to`. Acting gives the run another name; this one goes on naming the run without that act.
    #[wasm_bindgen(getter)]
    pub fn branch(&self) -> u32 {
        u32::try_from(self.timeline.branch()).unwrap_or(u32::MAX)
    }

    /// Makes another branch the present one, where it leaves this one; undoing takes that back. False when there is none of that name.
    pub fn switch_to(&mut self, branch: u32) -> bool {
        usize::try_from(branch).is_ok_and(|id| self.timeline.switch_to(id))
    }
}
