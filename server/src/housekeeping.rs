//! Housekeeping: what is forgotten after a while, at the start and once a day.
//!
//! Nothing that a person did is forgotten: only that rows are gone, which a device that was away
//! longer learns by getting its partitions whole, when commands arrived that never came again, and
//! files that nothing names.

use std::fmt;
use std::time::{Duration, SystemTime};

use shared::moment::UtcMillis;
use shared::sync::server::Store as _;
use tokio::time::{MissedTickBehavior, interval};

use crate::attachments::Attachments;
use crate::config;
use crate::state::AppState;
use crate::store::{self, sqlite::Sqlite};

const DAY: Duration = Duration::from_hours(24);
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// What was forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forgotten {
    /// Removals of rows.
    pub removals: u64,
    /// Arrivals of commands that were never recorded.
    pub arrivals: u64,
    /// Files that nothing names.
    pub attachments: u64,
}

impl fmt::Display for Forgotten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            removals,
            arrivals,
            attachments,
        } = self;
        write!(
            f,
            "已清理 {removals} 条删除标记、{arrivals} 条到达记录、{attachments} 个无人引用的附件。\n\
             Forgot {removals} removals, {arrivals} arrivals, and {attachments} attachments that \
             nothing names."
        )
    }
}

/// Forgets what is old enough by the settings.
pub async fn forget(
    store: &Sqlite,
    settings: &config::Store,
    now: UtcMillis,
) -> Result<Forgotten, store::Error> {
    let before = |days: u32| UtcMillis(now.0.saturating_sub(i64::from(days) * DAY_MILLIS));
    let removals = store.prune(before(settings.removal_days)).await;
    let removals = removals.map_err(|error| store::Error::Passing(error.to_string()))?;
    let arrivals = store.forget_receipts(before(settings.arrival_days)).await?;
    let attachments = forget_attachments(store, settings, before(settings.attachment_days)).await?;
    Ok(Forgotten {
        removals,
        arrivals,
        attachments,
    })
}

/// Forgets files that were handed in before a time and that no row names.
async fn forget_attachments(
    store: &Sqlite,
    settings: &config::Store,
    before: UtcMillis,
) -> Result<u64, store::Error> {
    let folder = Attachments::of_data(&settings.data);
    if let Err(error) = folder.tidy(SystemTime::UNIX_EPOCH + millis(before)) {
        // What was left unfinished takes room and nothing else.
        tracing::warn!(%error, "unfinished attachments were not removed");
    }
    let mut old = store.attachments().await?;
    old.retain(|listed| listed.received < before);
    if old.is_empty() {
        return Ok(0);
    }
    let named = store.named_attachments().await?;
    let mut forgotten = 0;
    for listed in old.iter().filter(|listed| !named.contains(&listed.hash)) {
        let (folder, hash) = (folder.clone(), listed.hash);
        let remove = move || folder.remove(hash);
        forgotten += u64::from(store.forget_attachment(hash, before, remove).await?);
    }
    Ok(forgotten)
}

fn millis(at: UtcMillis) -> Duration {
    Duration::from_millis(u64::try_from(at.0).unwrap_or(0))
}

/// Forgets at once and then every day, until it is dropped.
pub async fn daily(state: AppState) {
    let mut days = interval(DAY);
    days.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        days.tick().await;
        let now = state.clock.now();
        match forget(&state.store, &state.config.store, now).await {
            Ok(forgotten) => tracing::info!(?forgotten, "forgot what is old"),
            // Nothing depends on it: the next day forgets more.
            Err(error) => tracing::warn!(%error, "old removals were not forgotten"),
        }
    }
}
