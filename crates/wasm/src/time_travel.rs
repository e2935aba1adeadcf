//! Back and forth in time: the part of `Session` that moves along a run and between its branches.
//!
//! Nothing here changes what happened: it shows another moment of it, or takes a person's last act back.

use serde::ser::{Serialize, SerializeMap, Serializer};
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::error::to_js;
use crate::session::{Session, Unit, unit};

/// A branch of the history: acting in the past keeps the old future as one.
#[derive(Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct BranchView {
    /// Its name for `switch_to`; it stays the same.
    pub id: u32,
    /// Whether it is the one that is shown.
    pub present: bool,
    /// How many actions it has.
    pub actions: u32,
    /// Where it leaves the present branch, µs; null for the present one.
    pub forks_at_us: Option<u64>,
}

/// Not derived: a derived one looks each name up in a table of JavaScript's strings, which pays for great numbers of objects only.
impl Serialize for BranchView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("id", &self.id)?;
        object.serialize_entry("present", &self.present)?;
        object.serialize_entry("actions", &self.actions)?;
        object.serialize_entry("forksAtUs", &self.forks_at_us)?;
        object.end()
    }
}

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

    /// All branches, oldest first.
    ///
    /// # Errors
    /// None that data can cause.
    #[wasm_bindgen(unchecked_return_type = "BranchView[]")]
    pub fn branches(&self) -> Result<JsValue, JsValue> {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let branches = self.timeline.branches().into_iter().map(|branch| BranchView {
            id: small(branch.id),
            present: branch.is_present,
            actions: small(branch.actions),
            forks_at_us: branch.forks_at_us,
        });
        to_js(&branches.collect::<Vec<_>>())
    }

    /// Makes another branch the present one, where it leaves this one. False when there is none of that name.
    pub fn switch_to(&mut self, branch: u32) -> bool {
        usize::try_from(branch).is_ok_and(|id| self.timeline.switch_to(id))
    }
}
