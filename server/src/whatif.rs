//! What-if on the server: for a device that does not hold a period's results.
//!
//! It reads beside the writer, a few plans at a time, and sees what the person may see. What comes of
//! it lies in memory alone, for its person, until it is fetched and given up or its time is over; a
//! person has one at a time, and few run at once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use shared::id::{CommandId, PeriodId, PersonId, PlanId, RegimeId};
use shared::moment::UtcMillis;
use shared::organisation::Organisation;
use shared::partition::PartitionId;
use shared::permission;
use shared::refusal::Refusal;
use shared::regime::Document;
use shared::regime::preset::shelf;
use shared::whatif::{Outcome, WhatIf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::ApiError;
use crate::state::AppState;

/// Plans that are read and judged before others get their turn.
const AT_A_TIME: usize = 50;
/// How long one may take.
const PATIENCE: Duration = Duration::from_mins(5);
/// How long what came of one is kept for its person, in milliseconds.
const KEPT: i64 = 10 * 60 * 1_000;

/// Which regime is tried.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Other {
    /// One that was adopted.
    Adopted(RegimeId),
    /// A shipped one with alternatives, by their keys.
    Preset(String, Vec<String>),
    /// A document that somebody is writing.
    Document(Box<Document>),
}

/// What is asked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Its name, which the device makes up.
    pub id: CommandId,
    /// The period.
    pub period: PeriodId,
    /// The regime under which it is tried.
    pub other: Other,
}

/// Where one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Its state.
    pub state: State,
    /// How many plans were judged.
    pub done: usize,
    /// Of how many; 0 until they are counted.
    pub of: usize,
}

/// The state of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It runs.
    Running,
    /// What came of it can be fetched.
    Done,
    /// It took too long, or the database was not to be read.
    Failed,
}

/// Those that run and those that are kept; cloning shares them.
#[derive(Debug, Clone)]
pub struct WhatIfs {
    places: Arc<Semaphore>,
    kept: Arc<Mutex<HashMap<PersonId, Arc<Trial>>>>,
}

/// One of them.
#[derive(Debug)]
struct Trial {
    id: CommandId,
    begun: UtcMillis,
    given_up: AtomicBool,
    done: AtomicUsize,
    of: AtomicUsize,
    end: Mutex<End>,
}

#[derive(Debug)]
enum End {
    Open,
    Came(Arc<Outcome>),
    Failed,
}

impl WhatIfs {
    /// With so many places for those that run at the same time.
    pub fn new(at_once: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_once)),
            kept: Arc::default(),
        }
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<PersonId, Arc<Trial>>> {
        lock(&self.kept)
    }

    fn of(&self, actor: PersonId, id: CommandId, now: UtcMillis) -> Result<Arc<Trial>, ApiError> {
        let mut kept = self.kept();
        kept.retain(|_, trial| !trial.is_over(now));
        let own = kept.get(&actor).filter(|trial| trial.id == id);
        // Nobody learns whether somebody else has one of this name.
        own.cloned()
            .ok_or_else(|| Refusal::not_found("what_if").into())
    }
}

/// A panic while it was held leaves whole values behind.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Trial {
    fn is_over(&self, now: UtcMillis) -> bool {
        now.0 - self.begun.0 > KEPT
    }

    fn progress(&self) -> Progress {
        let state = match &*lock(&self.end) {
            End::Open => State::Running,
            End::Came(_) => State::Done,
            End::Failed => State::Failed,
        };
        Progress {
            state,
            done: self.done.load(Ordering::Relaxed),
            of: self.of.load(Ordering::Relaxed),
        }
    }
}

/// Begins one in place of the person's earlier one; asked again with the same id, says where it is.
pub async fn begin(state: &AppState, actor: PersonId, asked: Asked) -> Result<Progress, ApiError> {
    let now = state.clock.now();
    if let Ok(trial) = state.what_ifs.of(actor, asked.id, now) {
        return Ok(trial.progress());
    }
    let organisation = state.sync.organisation().await?;
    let today = now.day(organisation.utc_offset());
    let other = document(&organisation, asked.other)?;
    let tried = WhatIf::new(&organisation, (actor, today), asked.period, other)?;
    let places = Arc::clone(&state.what_ifs.places);
    let place = places.try_acquire_owned();
    let place = place.map_err(|_| ApiError::Busy { after: 5 })?;
    let trial = Arc::new(Trial {
        id: asked.id,
        begun: now,
        given_up: AtomicBool::new(false),
        done: AtomicUsize::new(0),
        of: AtomicUsize::new(0),
        end: Mutex::new(End::Open),
    });
    let earlier = state.what_ifs.kept().insert(actor, Arc::clone(&trial));
    if let Some(earlier) = earlier {
        earlier.given_up.store(true, Ordering::Relaxed);
    }
    let progress = trial.progress();
    let seen = Seen {
        organisation,
        reader: actor,
        period: asked.period,
        today,
    };
    tokio::spawn(run(state.clone(), trial, (tried, seen), place));
    Ok(progress)
}

/// Tells its person where one is.
pub fn watch(state: &AppState, actor: PersonId, id: CommandId) -> Result<Progress, ApiError> {
    let now = state.clock.now();
    Ok(state.what_ifs.of(actor, id, now)?.progress())
}

/// Gives its person what came of one.
pub fn outcome(state: &AppState, actor: PersonId, id: CommandId) -> Result<Arc<Outcome>, ApiError> {
    let trial = state.what_ifs.of(actor, id, state.clock.now())?;
    match &*lock(&trial.end) {
        End::Came(outcome) => Ok(Arc::clone(outcome)),
        End::Open => Err(ApiError::Busy { after: 1 }),
        End::Failed => Err(Refusal::not_found("what_if").into()),
    }
}

/// Stops one and forgets what came of it.
pub fn give_up(state: &AppState, actor: PersonId, id: CommandId) -> Result<(), ApiError> {
    let trial = state.what_ifs.of(actor, id, state.clock.now())?;
    trial.given_up.store(true, Ordering::Relaxed);
    state.what_ifs.kept().remove(&actor);
    Ok(())
}

fn document(organisation: &Organisation, other: Other) -> Result<Document, ApiError> {
    match other {
        Other::Adopted(id) => {
            let version = organisation.regimes.get(&id);
            let version = version.ok_or_else(|| Refusal::not_found("regime"))?;
            Ok(version.document.clone())
        }
        Other::Preset(key, alternatives) => {
            let preset = shelf::find(&key);
            let keys: Vec<&str> = alternatives.iter().map(String::as_str).collect();
            let regime = preset.and_then(|preset| preset.with(&keys));
            Ok(regime.ok_or_else(|| Refusal::not_found("preset"))?.into())
        }
        Other::Document(document) => Ok(*document),
    }
}

/// What somebody sees of a period on a day.
struct Seen {
    organisation: Arc<Organisation>,
    reader: PersonId,
    period: PeriodId,
    today: shared::moment::Day,
}

impl Seen {
    /// Whether plans of the period stand in a partition that the reader sees.
    fn is_in(&self, partition: PartitionId) -> bool {
        let of_period = match partition {
            PartitionId::Common(_, of)
            | PartitionId::Personal(_, of)
            | PartitionId::Judging(_, of, _) => of == self.period,
            PartitionId::User(_) => true,
            PartitionId::Organisation
            | PartitionId::Helping(..)
            | PartitionId::Ledger(..)
            | PartitionId::Payroll => false,
        };
        let (organisation, day) = (&self.organisation, self.today);
        of_period && permission::may_see(organisation, self.reader, day, partition)
    }
}

/// Runs one to its end, unless it is given up or takes too long.
async fn run(
    state: AppState,
    trial: Arc<Trial>,
    (tried, seen): (WhatIf, Seen),
    place: OwnedSemaphorePermit,
) {
    let judged = tokio::time::timeout(PATIENCE, judge(&state, &trial, tried, &seen)).await;
    let end = match judged {
        Ok(Ok(Some(outcome))) => End::Came(Arc::new(outcome)),
        Ok(Ok(None)) => End::Failed,
        Ok(Err(error)) => {
            tracing::error!(%error, "a what-if could not be read");
            End::Failed
        }
        Err(_) => {
            tracing::warn!(reader = %seen.reader, "a what-if took too long");
            End::Failed
        }
    };
    *lock(&trial.end) = end;
    drop(place);
}

/// Judges plan after plan; none where it was given up.
async fn judge(
    state: &AppState,
    trial: &Trial,
    mut tried: WhatIf,
    seen: &Seen,
) -> Result<Option<Outcome>, ApiError> {
    let plans = state
        .sync
        .plans_in(|partition| seen.is_in(partition), seen.period)
        .await?;
    trial.of.store(plans.len(), Ordering::Relaxed);
    let given_up = || trial.given_up.load(Ordering::Relaxed);
    for some in plans.chunks(AT_A_TIME) {
        if given_up() {
            return Ok(None);
        }
        let world = state.sync.documents(&seen.organisation, some).await?;
        for plan in some {
            if let Some(document) = world.document(*plan) {
                tried.add(document);
            }
        }
        trial.done.fetch_add(some.len(), Ordering::Relaxed);
        tokio::task::yield_now().await;
    }
    while tried.go_on(AT_A_TIME) {
        if given_up() {
            return Ok(None);
        }
        tokio::task::yield_now().await;
    }
    // Cohorts and sums of ten thousand people would hold up whoever else waits for this thread.
    let finished = tokio::task::spawn_blocking(move || tried.finish()).await;
    Ok(finished.ok())
}

/// Plans, each once.
pub(crate) fn once(mut plans: Vec<PlanId>) -> Vec<PlanId> {
    plans.sort_unstable();
    plans.dedup();
    plans
}
