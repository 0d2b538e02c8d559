//! Taking edits back, several steps, and doing them again.
//!
//! A step is what one act of the person did: one field, or all items that were pasted at once. It is
//! taken back by acts that compensate it ([`shared::undo`]), which go the way of every other act.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::Command;
use shared::id::PlanId;
use shared::undo;

use super::telling::Offer;
use super::{NotSent, Session};
use crate::i18n::{editor as words, refusal};
use crate::timer;

/// How long is waited for an act that is on its way before one looks again, in milliseconds.
const MOMENT_MILLISECONDS: u32 = 10;

/// How many steps are kept.
const MOST_STEPS: usize = 200;

/// What one act did to a plan.
#[derive(Debug, Clone)]
pub(super) struct Step {
    id: u64,
    plan: PlanId,
    commands: Vec<Command>,
}

impl Step {
    /// Says whether it is the one of this number.
    pub(super) const fn is(&self, id: u64) -> bool {
        self.id == id
    }
}

/// The steps of a session.
#[derive(Debug, Clone, Default)]
struct Steps {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// How many acts are on their way to the disk: what they do is noted when it is there.
    under_way: usize,
}

/// What can be taken back, and what was.
#[derive(Clone, Copy)]
pub(crate) struct Undoing(RwSignal<Steps>);

impl Undoing {
    /// Nothing was done yet.
    pub(super) fn none() -> Self {
        Self(RwSignal::new(Steps::default()))
    }

    /// Notes that an act is on its way, or that it has arrived.
    pub(super) fn under_way(self, begins: bool) {
        self.0.update_untracked(|steps| {
            steps.under_way = if begins {
                steps.under_way + 1
            } else {
                steps.under_way.saturating_sub(1)
            };
        });
    }

    /// Waits until every act has arrived: what is taken back is the last that the person did.
    async fn arrived(self) {
        while self.0.with_untracked(|steps| steps.under_way > 0) {
            timer::sleep(MOMENT_MILLISECONDS).await;
        }
    }

    /// Notes what was done at once. A signature ends what can be taken back of its plan.
    fn note(self, commands: Vec<Command>) {
        let undone = commands.iter().all(undo::can_be_undone);
        let signed: Vec<PlanId> = commands.iter().filter_map(undo::binds).collect();
        let plan = commands.first().and_then(Command::document);
        let plan = plan.filter(|_| undone);
        if plan.is_none() && signed.is_empty() {
            return;
        }
        self.0.update(|steps| {
            steps.done.retain(|step| !signed.contains(&step.plan));
            let goes = |step: &Step| signed.contains(&step.plan) || Some(step.plan) == plan;
            steps.undone.retain(|step| !goes(step));
            if let Some(plan) = plan {
                let id = steps.done.last().map_or(1, |step| step.id + 1);
                steps.done.push(Step { id, plan, commands });
                if steps.done.len() > MOST_STEPS {
                    steps.done.remove(0);
                }
            }
        });
    }

    /// Takes the last of the steps out that is meant.
    fn taken(
        self,
        of: fn(&mut Steps) -> &mut Vec<Step>,
        is: impl Fn(&Step) -> bool,
    ) -> Option<Step> {
        let mut taken = None;
        self.0.update(|steps| {
            let steps = of(steps);
            let at = steps.iter().rposition(is);
            taken = at.map(|at| steps.remove(at));
        });
        taken
    }
}

fn done(steps: &mut Steps) -> &mut Vec<Step> {
    &mut steps.done
}

fn undone(steps: &mut Steps) -> &mut Vec<Step> {
    &mut steps.undone
}

/// Undo and redo.
impl Session {
    /// Notes an act that was kept.
    pub(super) fn done(self, command: &Command) {
        self.undoing.note(vec![command.clone()]);
    }

    /// Keeps several acts, one after the other, as one step; stops at the first that is not kept and
    /// tells how many were.
    pub(crate) fn send_all(
        self,
        commands: Vec<Command>,
        then: impl FnOnce(usize, Result<(), NotSent>) + 'static,
    ) {
        self.undoing.under_way(true);
        spawn_local(async move {
            let (kept, sent) = self.keep_all(commands).await;
            let count = kept.len();
            if count > 0 {
                self.undoing.note(kept);
            }
            self.undoing.under_way(false);
            then(count, sent);
        });
    }

    async fn keep_all(self, commands: Vec<Command>) -> (Vec<Command>, Result<(), NotSent>) {
        let mut done = Vec::new();
        for command in commands {
            let kept = self.device().send(&command).await;
            if let Err(error) = self.kept(kept, &command) {
                return (done, Err(error));
            }
            done.push(command);
        }
        (done, Ok(()))
    }

    /// Tells what happened and offers to take the last step back.
    pub(crate) fn offer_step(self, words: &str) {
        let steps = self.undoing.0;
        let last = steps.with_untracked(|steps| steps.done.last().map(|step| step.id));
        match last {
            Some(step) => self.offer(words, Offer::Step(step)),
            None => self.say(words),
        }
    }

    /// Says whether something of a plan can be taken back. Observed.
    pub(crate) fn can_undo(self, plan: PlanId) -> bool {
        let steps = self.undoing.0;
        steps.with(|steps| steps.done.iter().any(|step| step.plan == plan))
    }

    /// Says whether something of a plan was taken back and can be done again. Observed.
    pub(crate) fn can_redo(self, plan: PlanId) -> bool {
        let steps = self.undoing.0;
        steps.with(|steps| steps.undone.iter().any(|step| step.plan == plan))
    }

    /// Takes the last step of a plan back.
    pub(crate) fn undo(self, plan: PlanId) {
        self.undo_step(move |step| step.plan == plan);
    }

    pub(super) fn undo_step(self, is: impl Fn(&Step) -> bool + 'static) {
        spawn_local(async move {
            self.undoing.arrived().await;
            let Some(step) = self.undoing.taken(done, is) else {
                return;
            };
            let offered = self.undo.get_untracked();
            if let Some((toast, Offer::Step(id))) = offered
                && step.is(id)
            {
                self.dismiss(toast);
            }
            let back = undo::undone(&self.world_untracked(), &step.commands);
            self.carry_out(back, step, undone, words::undone()).await;
        });
    }

    /// Does what was taken back again.
    pub(crate) fn redo(self, plan: PlanId) {
        spawn_local(async move {
            self.undoing.arrived().await;
            if let Some(step) = self.undoing.taken(undone, |step| step.plan == plan) {
                let again = step.commands.clone();
                self.carry_out(again, step, done, words::redone()).await;
            }
        });
    }

    async fn carry_out(
        self,
        commands: Vec<Command>,
        step: Step,
        to: fn(&mut Steps) -> &mut Vec<Step>,
        words: &'static str,
    ) {
        self.undoing.under_way(true);
        let kept = self.keep_all(commands).await.1;
        self.undoing.under_way(false);
        match kept {
            Ok(()) => {
                self.undoing.0.update(|steps| to(steps).push(step));
                self.say(words);
            }
            Err(NotSent::Refused(refused)) => self.complain(refusal::words(&refused)),
            Err(NotSent::NotSaved) => {}
        }
    }
}
