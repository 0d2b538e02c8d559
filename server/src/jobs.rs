//! Jobs: sealing many results as one act, staged, confirmed by its digest, and resumed after a crash.
//!
//! A job is a list of commands with ids of their own, kept before the first is executed. Trying one
//! again is the same act, so a job goes on from wherever a process was killed. Its first command
//! marks the plans as being sealed and its last one takes the mark away.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use shared::command::seal::{BeginClosing, EndClosing};
use shared::command::{Command, MadeCommand};
use shared::id::{CommandId, DeviceId, PeriodId, PersonId, PlanId, UnitId};
use shared::moment::Made;
use shared::organisation::Office;
use shared::partition::PartitionId;
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::seal::bulk::{self, Ready};
use shared::sync::message::{Outcome, PROTOCOL_VERSION, PushRequest, PushedCommand};
use tokio::time::{MissedTickBehavior, interval};

use crate::chance;
use crate::error::ApiError;
use crate::state::AppState;
use crate::store::job::{Job, Step};

/// The word of this kind of job.
const SEAL: &str = "seal";
/// The most results that are sealed in one commit.
const MOST_TOGETHER: usize = 50;

/// What is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The period.
    pub period: PeriodId,
    /// The units in which the people are; empty: all of them.
    pub units: Vec<UnitId>,
}

/// What the preview says of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Who.
    pub person: PersonId,
    /// The plan of the last part.
    pub plan: PlanId,
    /// The total.
    pub total: Points,
    /// The coefficient.
    pub coefficient: BasisPoints,
}

/// Where a job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The job.
    pub id: CommandId,
    /// `staged`, `running`, `done`, `failed` or `cancelled`.
    pub state: String,
    /// Digest of what was shown, to be confirmed.
    pub digest: String,
    /// How many results it is about.
    pub of: usize,
    /// How many of them are sealed.
    pub sealed: usize,
    /// Those that were refused, with the reason.
    pub refused: Vec<(PersonId, Outcome)>,
    /// The last of them that was decided.
    pub last: Option<PersonId>,
}

/// Makes the list of what would be sealed, and keeps it; asked again with the same id, gives where
/// that job is.
pub async fn stage(
    state: &AppState,
    actor: PersonId,
    id: CommandId,
    wanted: &Wanted,
) -> Result<Progress, ApiError> {
    let args = serde_json::to_string(wanted).expect("identities serialise");
    if let Some(job) = state.store.job(id).await? {
        if (job.made_by, &job.args) != (actor, &args) {
            return Err(Refusal::already_exists("job").into());
        }
        return progress(state, id).await;
    }
    let now = state.clock.now();
    let deciding = state.sync.deciding().await;
    let world = deciding.plans_of(wanted.period).await?;
    let organisation = world.organisation();
    let today = now.day(organisation.utc_offset());
    if !organisation.holds(actor, Office::PlanOffice, today) {
        return Err(Refusal::Forbidden.into());
    }
    if !organisation.periods.contains_key(&wanted.period) {
        return Err(Refusal::not_found("period").into());
    }
    let ready = bulk::ready(&world, wanted.period, &wanted.units, now, actor);
    let made = Made {
        device_wall: now,
        est_server_time: now,
        tz: 0,
    };
    let job = Job {
        id,
        kind: SEAL.to_owned(),
        made_by: actor,
        args,
        digest: bulk::digest_of(&ready),
        state: "staged".to_owned(),
        staged_at: now,
    };
    let steps = steps(id, wanted, &ready, made)?;
    state.store.begin_job(&job, &steps).await?;
    drop(deciding);
    progress(state, id).await
}

/// The commands of a job: the mark, a seal for each person, the end of the mark.
fn steps(
    id: CommandId,
    wanted: &Wanted,
    ready: &[Ready],
    made: Made,
) -> Result<Vec<Step>, Refusal> {
    let begin = Command::BeginClosing(BeginClosing {
        closing: id,
        period: wanted.period,
        units: wanted.units.clone(),
    });
    let end = Command::EndClosing(EndClosing { closing: id });
    let expected = |ready: &Ready| {
        let (draft, plan) = (&ready.draft, ready.command.plan);
        let expected = Expected {
            person: draft.person,
            plan,
            total: draft.total,
            coefficient: draft.coefficient,
        };
        serde_json::to_string(&expected).expect("figures serialise")
    };
    let seal = |ready: &Ready| {
        let seal = Command::SealResult(ready.command.clone());
        (CommandId::from_bits(chance::bits()), seal, expected(ready))
    };
    let first = (id, begin, String::new());
    let last = (CommandId::from_bits(chance::bits()), end, String::new());
    let all = std::iter::once(first)
        .chain(ready.iter().map(seal))
        .chain([last]);
    let step = |(place, (cmd_id, command, expected)): (u32, (CommandId, Command, String))| {
        let supersedes = None;
        let made = MadeCommand {
            command,
            made,
            supersedes,
        };
        Ok(Step {
            place,
            cmd_id,
            bytes: made.write()?,
            expected,
            outcome: None,
        })
    };
    (0..).zip(all).map(step).collect()
}

/// Tells where a job is.
pub async fn progress(state: &AppState, id: CommandId) -> Result<Progress, ApiError> {
    let job = state.store.job(id).await?;
    let job = job.ok_or_else(|| Refusal::not_found("job"))?;
    let steps = state.store.job_steps(id).await?;
    let mut told = Progress {
        id,
        state: job.state,
        digest: job.digest,
        of: 0,
        sealed: 0,
        refused: Vec::new(),
        last: None,
    };
    for step in steps {
        let Ok(Expected { person, .. }) = serde_json::from_str(&step.expected) else {
            continue;
        };
        told.of += 1;
        let Some(outcome) = step.outcome else {
            continue;
        };
        told.last = Some(person);
        if outcome.is_applied() {
            told.sealed += 1;
        } else {
            told.refused.push((person, outcome));
        }
    }
    Ok(told)
}

/// Tells the person who asked for a job where it is.
pub async fn watch(state: &AppState, actor: PersonId, id: CommandId) -> Result<Progress, ApiError> {
    own(state, actor, id).await?;
    progress(state, id).await
}

async fn own(state: &AppState, actor: PersonId, id: CommandId) -> Result<Job, ApiError> {
    let job = state.store.job(id).await?;
    let job = job.ok_or_else(|| Refusal::not_found("job"))?;
    if job.made_by != actor {
        return Err(Refusal::Forbidden.into());
    }
    Ok(job)
}

/// Confirms a staged job by the digest of what was shown, and lets it run.
pub async fn confirm(
    state: &AppState,
    actor: PersonId,
    id: CommandId,
    digest: &str,
) -> Result<Progress, ApiError> {
    let job = own(state, actor, id).await?;
    if job.digest != digest {
        return Err(ApiError::JobChanged);
    }
    let now = state.clock.now();
    if state.store.move_job(id, "staged", "running", now).await? {
        let state = state.clone();
        tokio::spawn(async move { run(&state, id, usize::MAX).await });
    }
    progress(state, id).await
}

/// Gives up a job that does not run yet.
pub async fn cancel(
    state: &AppState,
    actor: PersonId,
    id: CommandId,
) -> Result<Progress, ApiError> {
    own(state, actor, id).await?;
    let now = state.clock.now();
    state.store.move_job(id, "staged", "cancelled", now).await?;
    progress(state, id).await
}

/// Goes on with the jobs that are under way: those that a killed process left behind, and those
/// that stopped at an error. One that runs at the moment is tried twice, which is the same act.
pub async fn resume(state: &AppState) {
    match state.store.running_jobs().await {
        Ok(jobs) => {
            for id in jobs {
                run(state, id, usize::MAX).await;
            }
        }
        Err(error) => tracing::error!(%error, "jobs were not resumed"),
    }
}

/// Goes on with what is under way at once and then every minute, until it is dropped: a job that
/// met a busy disk must not leave its period marked as being sealed until somebody restarts.
pub async fn keep_going(state: AppState) {
    let mut minutes = interval(Duration::from_mins(1));
    minutes.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        minutes.tick().await;
        resume(&state).await;
    }
}

/// Executes up to so many commits of a job, from where it is.
pub async fn run(state: &AppState, id: CommandId, most: usize) {
    for _ in 0..most {
        match go_on(state, id).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                // What is left is tried again in a minute, and with the next start.
                tracing::error!(%error, job = %id, "a job stopped");
                return;
            }
        }
    }
}

/// Executes the next commands of a job in one commit; says whether something is left.
async fn go_on(state: &AppState, id: CommandId) -> Result<bool, ApiError> {
    let job = state.store.job(id).await?;
    let Some(job) = job.filter(|job| job.state == "running") else {
        return Ok(false);
    };
    let steps = state.store.job_steps(id).await?;
    let now = state.clock.now();
    let refused_mark = steps.first().and_then(|step| step.outcome.as_ref());
    if refused_mark.is_some_and(|outcome| !outcome.is_applied()) {
        state.store.move_job(id, "running", "failed", now).await?;
        return Ok(false);
    }
    let left: Vec<&Step> = steps.iter().filter(|step| step.outcome.is_none()).collect();
    let Some(first) = left.first() else {
        state.store.move_job(id, "running", "done", now).await?;
        return Ok(false);
    };
    // The marks stand alone, so that a seal never runs without the first or after the last.
    let together = if first.expected.is_empty() {
        1
    } else {
        let seals = left.iter().take_while(|step| !step.expected.is_empty());
        seals.count().min(MOST_TOGETHER)
    };
    let pushed = |step: &&Step| PushedCommand {
        cmd_id: step.cmd_id,
        actor: job.made_by,
        prevs: Vec::new(),
        gap: false,
        bytes: step.bytes.clone(),
    };
    let request = PushRequest {
        proto: PROTOCOL_VERSION,
        app_build: "job".to_owned(),
        server_epoch: None,
        device: DeviceId::from_bits(id.bits()),
        unsent: None,
        commands: left[..together].iter().map(pushed).collect(),
    };
    let response = state.sync.push(job.made_by, request, false).await?;
    let mut outcomes = Vec::with_capacity(together);
    for (step, result) in left.iter().zip(response.results) {
        if !result.outcome.is_recorded() {
            return Err(ApiError::Busy { after: 1 });
        }
        outcomes.push((step.place, result.outcome));
    }
    state.store.note_steps(id, &outcomes).await?;
    Ok(true)
}

/// Says whether a partition holds plans of a period, or what was judged of them.
pub(crate) fn is_of(partition: PartitionId, period: PeriodId) -> bool {
    match partition {
        PartitionId::Common(_, of) | PartitionId::Personal(_, of) => of == period,
        _ => false,
    }
}
