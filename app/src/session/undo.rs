//! Taking edits back, several steps, and doing them again.
//!
//! What a step is and which can be taken back stands in [`shared::undo`]; it is taken back by acts
//! that compensate it, which go the way of every other act.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::Command;
use shared::id::PlanId;
use shared::undo::{self, Step, Steps};

use super::{NotSent, Session};
use crate::i18n::{editor as words, refusal};
use crate::timer;

/// How long is waited for an act that is on its way before one looks again, in milliseconds.
const MOMENT_MILLISECONDS: u32 = 10;

/// The steps of a session.
#[derive(Default)]
struct Taken {
    steps: Steps,
    /// How many acts are on their way to the disk: what they do is noted when it is there.
    under_way: usize,
}

/// What can be taken back, and what was.
#[derive(Clone, Copy)]
pub(crate) struct Undoing(RwSignal<Taken>);

impl Undoing {
    /// Nothing was done yet.
    pub(super) fn none() -> Self {
        Self(RwSignal::new(Taken::default()))
    }

    /// Notes that an act is on its way, or that it has arrived.
    pub(super) fn under_way(self, begins: bool) {
        self.0.update_untracked(|taken| {
            taken.under_way = if begins {
                taken.under_way + 1
            } else {
                taken.under_way.saturating_sub(1)
            };
        });
    }

    /// Waits until every act has arrived: what is taken back is the last that the person did.
    async fn arrived(self) {
        while self.0.with_untracked(|taken| taken.under_way > 0) {
            timer::sleep(MOMENT_MILLISECONDS).await;
        }
    }

    /// Changes the steps.
    fn change<T>(self, act: impl FnOnce(&mut Steps) -> T) -> T {
        let mut done = None;
        self.0.update(|taken| done = Some(act(&mut taken.steps)));
        done.expect("a session that acts has its signals")
    }
}

/// Undo and redo.
impl Session {
    /// Notes an act that was kept.
    pub(super) fn done(self, command: &Command) {
        self.undoing
            .change(|steps| steps.note(vec![command.clone()]));
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
                self.undoing.change(|steps| steps.note(kept));
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
        match self.undoing.0.with_untracked(|taken| taken.steps.last()) {
            Some(step) => self.offer(words, step),
            None => self.say(words),
        }
    }

    /// Says whether something of a plan can be taken back. Observed.
    pub(crate) fn can_undo(self, plan: PlanId) -> bool {
        self.undoing.0.with(|taken| taken.steps.can_undo(plan))
    }

    /// Says whether something of a plan was taken back and can be done again. Observed.
    pub(crate) fn can_redo(self, plan: PlanId) -> bool {
        self.undoing.0.with(|taken| taken.steps.can_redo(plan))
    }

    /// Takes the last step of a plan back.
    pub(crate) fn undo(self, plan: PlanId) {
        self.undo_step(move |step| step.plan == plan);
    }

    pub(super) fn undo_step(self, is: impl Fn(&Step) -> bool + 'static) {
        spawn_local(async move {
            self.undoing.arrived().await;
            let Some(step) = self.undoing.change(|steps| steps.undo(is)) else {
                return;
            };
            if let Some((toast, offered)) = self.undo.get_untracked()
                && offered == step.id
            {
                self.dismiss(toast);
            }
            let back = undo::undone(&self.world_untracked(), &step.commands);
            if self.carry_out(back, words::undone()).await {
                self.undoing.change(|steps| steps.was_undone(step));
            }
        });
    }

    /// Does what was taken back again.
    pub(crate) fn redo(self, plan: PlanId) {
        spawn_local(async move {
            self.undoing.arrived().await;
            if let Some(step) = self.undoing.change(|steps| steps.redo(plan))
                && self.carry_out(step.commands.clone(), words::redone()).await
            {
                self.undoing.change(|steps| steps.was_redone(step));
            }
        });
    }

    /// Keeps acts and says so, or why not all were kept.
    async fn carry_out(self, commands: Vec<Command>, words: &'static str) -> bool {
        self.undoing.under_way(true);
        let kept = self.keep_all(commands).await.1;
        self.undoing.under_way(false);
        match kept {
            Ok(()) => self.say(words),
            Err(NotSent::Refused(refused)) => {
                self.complain(refusal::words(&refused));
                return false;
            }
            Err(NotSent::NotSaved) => return false,
        }
        true
    }
}
