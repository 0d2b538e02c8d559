//! Timers: acts on periods that a regime lets be done when a deadline passes.
//!
//! A timer has no rights of its own: its command is executed for who opened the period, by the rule
//! that decides everybody's. What a person did meanwhile is done; nothing is done twice.

use std::time::Duration;

use shared::command::period::MarkPeriod;
use shared::command::public_list::HangList;
use shared::command::{Command, MadeCommand};
use shared::id::{CommandId, DeviceId, ListId, PersonId};
use shared::moment::Made;
use shared::period::ready;
use shared::period::timer::{self, Due};
use shared::public_list;
use shared::regime::cycle::PeriodAct;
use shared::sync::message::{PROTOCOL_VERSION, PushRequest, PushedCommand};
use tokio::time::{MissedTickBehavior, interval};

use crate::chance;
use crate::error::ApiError;
use crate::state::AppState;

/// What a mark says that was made with something still open.
const REASON: &str = "到时自动办理 / by its timer";

/// Lets timers go off at once and then every minute, until it is dropped.
pub async fn keep_going(state: AppState) {
    let mut minutes = interval(Duration::from_mins(1));
    minutes.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        minutes.tick().await;
        if let Err(error) = go_off(&state).await {
            // What is due now is due in a minute, too.
            tracing::error!(%error, "timers stopped");
        }
    }
}

/// Lets every timer go off that is due and has somebody to act for; says how many acts were done.
pub async fn go_off(state: &AppState) -> Result<usize, ApiError> {
    let now = state.clock.now();
    let organisation = state.sync.organisation().await?;
    let mut done = 0;
    for due in timer::due(&organisation, now) {
        // One with nobody to act for stands on the period's page, for whoever runs the plans now.
        if let Some(actor) = due.actor {
            done += usize::from(act(state, due, actor).await?);
        }
    }
    Ok(done)
}

/// Does one act; says whether it was done. One that must wait for a decision waits.
async fn act(state: &AppState, due: Due, actor: PersonId) -> Result<bool, ApiError> {
    let now = state.clock.now();
    let command = {
        let deciding = state.sync.deciding().await;
        let world = deciding.plans_of(due.period).await?;
        let organisation = world.organisation();
        let Some(period) = organisation.periods.get(&due.period) else {
            return Ok(false);
        };
        let today = now.day(organisation.utc_offset());
        let open = ready::open(&world, period, due.act, &[], today);
        if ready::stops(organisation, period, due.act, &open) {
            return Ok(false);
        }
        let rules = organisation.rules(period);
        let lists = rules.is_some_and(|rules| rules.regime.after.publication.is_some());
        if lists && due.act == PeriodAct::Published {
            // What is made public is a list; one that would say nothing waits.
            let Ok(drafted) = public_list::draft(&world, due.period, &[], now) else {
                return Ok(false);
            };
            Command::HangList(HangList {
                list: ListId::from_bits(chance::bits()),
                period: due.period,
                units: Vec::new(),
                seen: drafted.digest,
            })
        } else {
            let reason = if open.is_empty() { "" } else { REASON };
            Command::MarkPeriod(MarkPeriod {
                period: due.period,
                act: due.act,
                units: Vec::new(),
                open: u32::try_from(open.len()).unwrap_or(u32::MAX),
                reason: reason.to_owned(),
            })
        }
    };
    let made = MadeCommand {
        command,
        made: Made {
            device_wall: now,
            est_server_time: now,
            tz: 0,
        },
        supersedes: None,
    };
    let pushed = PushedCommand {
        cmd_id: CommandId::from_bits(chance::bits()),
        actor,
        prevs: Vec::new(),
        gap: false,
        bytes: made.write()?,
    };
    let request = PushRequest {
        proto: PROTOCOL_VERSION,
        app_build: "timer".to_owned(),
        server_epoch: None,
        device: DeviceId::from_bits(due.period.bits()),
        unsent: None,
        commands: vec![pushed],
    };
    let response = state.sync.push(actor, request, false).await?;
    let applied = response.results.first();
    Ok(applied.is_some_and(|result| result.outcome.is_applied()))
}
