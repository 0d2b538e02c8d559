//! First steps: what an administrator does before the first plan is handed in, computed from what
//! is there.
//!
//! What an administrator does not hold, such as plans of units that others lead, is told by the
//! server in a yes or no; nothing of the plan itself.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::moment::Day;
use crate::permission;
use crate::plan::PlanState;
use crate::world::World;

/// A step, in the order in which they are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FirstStep {
    /// Units below the company.
    Units,
    /// People beside the administrator.
    People,
    /// Posts: somebody leads the company, and a unit below it.
    Heads,
    /// A month to plan for.
    Period,
    /// Somebody else can sign in.
    Invitation,
    /// A plan with items.
    Plan,
    /// The plan handed in.
    Submission,
}

/// All steps in order.
pub const FIRST_STEPS: [FirstStep; 7] = [
    FirstStep::Units,
    FirstStep::People,
    FirstStep::Heads,
    FirstStep::Period,
    FirstStep::Invitation,
    FirstStep::Plan,
    FirstStep::Submission,
];

/// What the server knows of steps that an administrator's device may not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Told {
    /// Whether somebody beside one administrator can sign in.
    pub joined: bool,
    /// Whether there is a plan with items.
    pub drafted: bool,
    /// Whether a plan was ever handed in.
    pub handed_in: bool,
}

/// Tells which steps are done, for an administrator whose company has not handed in a plan; `None`
/// for others, and once everything is done.
pub fn first_steps(
    world: &World,
    person: PersonId,
    day: Day,
    told: Told,
) -> Option<Vec<(FirstStep, bool)>> {
    let organisation = world.organisation();
    let root = organisation.company.as_ref()?.root;
    if !permission::may_administer(organisation, person, day) {
        return None;
    }
    let led = |unit| organisation.head(unit, day).is_some();
    let units = || organisation.units.keys().filter(|unit| **unit != root);
    let plans = || {
        world
            .documents()
            .filter_map(|(_, d)| Some((d.plan.as_ref()?, d)))
    };
    let is_done = |step| match step {
        FirstStep::Units => units().next().is_some(),
        FirstStep::People => organisation.people.len() > 1,
        FirstStep::Heads => led(root) && units().any(|unit| led(*unit)),
        FirstStep::Period => !organisation.periods.is_empty(),
        FirstStep::Invitation => told.joined,
        FirstStep::Plan => told.drafted || plans().any(|(_, document)| !document.items.is_empty()),
        FirstStep::Submission => {
            told.handed_in || plans().any(|(plan, _)| plan.state != PlanState::Draft)
        }
    };
    let done: Vec<_> = FIRST_STEPS.map(|step| (step, is_done(step))).to_vec();
    // Whoever has handed in a plan knows the way, whatever of the rest was done otherwise.
    let over = done.last().is_some_and(|(_, done)| *done);
    (!over).then_some(done)
}
