//! One what-if on its way: here, between two paints, or at the server; stopped whenever asked.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::{CommandId, PeriodId};
use shared::regime::{Document, Regime};
use shared::whatif::{Outcome, WhatIf, plans_of};

use crate::api::whatif as api;
use crate::i18n::{refusal, whatif as words};
use crate::session::Session;
use crate::{chance, timer};

/// Plans that are judged before the page is drawn again.
const AT_A_TIME: usize = 40;
/// How often the server is asked where it is, in milliseconds.
const ASKED_EVERY: u32 = 400;

/// Where it is.
#[derive(Clone)]
pub(super) enum Stage {
    /// Nothing was asked yet.
    Idle,
    /// So many plans of so many are judged.
    Working(usize, usize),
    /// It ended without an outcome, with the words why.
    Stopped(String),
    /// What came of it, under which regime.
    Came(Arc<Outcome>, Arc<Regime>),
}

/// A what-if and what can be done with it.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub(super) stage: RwSignal<Stage>,
    /// Counts what was begun, so that an earlier one notices that it is over.
    turn: StoredValue<u32>,
}

impl Run {
    pub(super) fn new() -> Self {
        Self {
            stage: RwSignal::new(Stage::Idle),
            turn: StoredValue::new(0),
        }
    }

    /// Ends what runs and forgets what came of it.
    pub(super) fn forget(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.stage.set(Stage::Idle);
    }

    /// Ends what runs.
    pub(super) fn stop(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.stage.set(Stage::Stopped(words::stopped().to_owned()));
    }

    pub(super) fn begin(self, session: Session, period: PeriodId, regime: Regime, at_server: bool) {
        self.forget();
        let mine = self.turn.get_value();
        self.stage.set(Stage::Working(0, 0));
        let regime = Arc::new(regime);
        spawn_local(async move {
            let ended = if at_server {
                self.there(mine, period, &regime).await
            } else {
                self.here(mine, (session, period), &regime).await
            };
            if !self.is(mine) {
                return;
            }
            self.stage.set(match ended {
                Ok(outcome) => Stage::Came(Arc::new(outcome), regime),
                Err(why) => Stage::Stopped(why),
            });
        });
    }

    /// Whether the one of that turn is still wanted; a page that was left wants none.
    fn is(self, mine: u32) -> bool {
        self.turn.try_get_value() == Some(mine)
    }

    fn tell(self, done: usize, of: usize) {
        self.stage.set(Stage::Working(done, of));
    }

    async fn here(
        self,
        mine: u32,
        (session, period): (Session, PeriodId),
        regime: &Regime,
    ) -> Result<Outcome, String> {
        let world = session.world_untracked();
        let when = (session.person(), session.today_untracked());
        let document = Document::from(regime.clone());
        let tried = WhatIf::new(world.organisation(), when, period, document);
        let mut tried = tried.map_err(|refused| refusal::words(&refused))?;
        let plans = plans_of(&world, period);
        let mut done = 0;
        for some in plans.chunks(AT_A_TIME) {
            if !self.is(mine) {
                return Err(words::stopped().to_owned());
            }
            for plan in some {
                if let Some(document) = world.document(*plan) {
                    tried.add(document);
                }
            }
            done += some.len();
            self.tell(done, plans.len());
            timer::sleep(0).await;
        }
        while self.is(mine) && tried.go_on(AT_A_TIME) {
            timer::sleep(0).await;
        }
        Ok(tried.finish())
    }

    async fn there(self, mine: u32, period: PeriodId, regime: &Regime) -> Result<Outcome, String> {
        let id = CommandId::from_bits(chance::bits());
        let mut progress = api::begin(id, period, regime).await;
        loop {
            let told = progress.map_err(|error| error.words())?;
            if !self.is(mine) {
                api::give_up(id).await;
                return Err(words::stopped().to_owned());
            }
            match told.state.as_str() {
                "running" => self.tell(told.done, told.of),
                "done" => break,
                _ => return Err(words::failed().to_owned()),
            }
            timer::sleep(ASKED_EVERY).await;
            progress = api::watch(id).await;
        }
        let outcome = api::outcome(id).await.map_err(|error| error.words());
        api::give_up(id).await;
        outcome
    }
}
