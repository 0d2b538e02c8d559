//! The steps that a person can take back, and those that were taken back and can be done again.
//!
//! A step is what one act of the person did: one field, or all items that were pasted at once. Each
//! has a number of its own that no later one gets, so that an offer to take one back means no other.

use crate::command::Command;
use crate::id::PlanId;

use super::{binds, can_be_undone};

/// How many steps are kept.
const MOST_STEPS: usize = 200;

/// What one act did to a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number.
    pub id: u64,
    /// The plan.
    pub plan: PlanId,
    /// What was done, in order.
    pub commands: Vec<Command>,
}

/// What can be taken back, and what was.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The number of the newest step.
    newest: u64,
}

impl Steps {
    /// Notes what was done at once; nothing that was taken back of its plan can be done again then.
    /// A signature ends what can be taken back of its plan.
    pub fn note(&mut self, commands: Vec<Command>) {
        let undone = commands.iter().all(can_be_undone);
        let signed: Vec<PlanId> = commands.iter().filter_map(binds).collect();
        let plan = commands.first().and_then(Command::document);
        let plan = plan.filter(|_| undone);
        self.done.retain(|step| !signed.contains(&step.plan));
        let goes = |step: &Step| signed.contains(&step.plan) || Some(step.plan) == plan;
        self.undone.retain(|step| !goes(step));
        if let Some(plan) = plan {
            self.newest += 1;
            let id = self.newest;
            self.done.push(Step { id, plan, commands });
            if self.done.len() > MOST_STEPS {
                self.done.remove(0);
            }
        }
    }

    /// The number of the last step that was done.
    pub fn last(&self) -> Option<u64> {
        self.done.last().map(|step| step.id)
    }

    /// Says whether something of a plan can be taken back.
    pub fn can_undo(&self, plan: PlanId) -> bool {
        self.done.iter().any(|step| step.plan == plan)
    }

    /// Says whether something of a plan was taken back and can be done again.
    pub fn can_redo(&self, plan: PlanId) -> bool {
        self.undone.iter().any(|step| step.plan == plan)
    }

    /// Takes out the last step that is meant, to take it back.
    pub fn undo(&mut self, is: impl Fn(&Step) -> bool) -> Option<Step> {
        taken(&mut self.done, is)
    }

    /// Takes out what was taken back of a plan last, to do it again.
    pub fn redo(&mut self, plan: PlanId) -> Option<Step> {
        taken(&mut self.undone, |step| step.plan == plan)
    }

    /// Notes that a step was taken back.
    pub fn was_undone(&mut self, step: Step) {
        self.undone.push(step);
    }

    /// Notes that a step was done again.
    pub fn was_redone(&mut self, step: Step) {
        self.done.push(step);
    }
}

fn taken(steps: &mut Vec<Step>, is: impl Fn(&Step) -> bool) -> Option<Step> {
    let at = steps.iter().rposition(is)?;
    Some(steps.remove(at))
}
