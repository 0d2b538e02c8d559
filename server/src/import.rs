//! Import: a sheet's bytes become a preview, and after confirmation commands, all or none.
//!
//! The rules stand in `shared::import`; here are the encoding, the question who may, and the
//! confirmation by digest: what is applied is what was shown, or nothing is.

use std::fmt::Write as _;
use std::sync::Arc;

use chrono::Datelike as _;
use encoding_rs::{GB18030, UTF_8};
use shared::id::{PeriodId, PersonId};
use shared::import::{self, Choices, Options, Preview};
use shared::moment::Day;
use shared::organisation::{Office, Organisation};
use shared::period::PeriodKind;
use shared::permission;
use shared::refusal::Refusal;
use shared::regime::Document;
use shared::regime::preset::shelf;
use shared::world::World;

use crate::chance;
use crate::clock::Clock;
use crate::error::ApiError;
use crate::store::sqlite::Sqlite;
use crate::sync::Sync;
use crate::words;

/// What was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Applied {
    /// Items added.
    pub items: usize,
    /// Plans begun or added to.
    pub plans: usize,
}

/// Completes the choices: a sheet that comes alone goes into the period that is named beside it.
pub async fn choices(
    sync: &Sync,
    period: &str,
    chosen: Option<Choices>,
) -> Result<Choices, ApiError> {
    if let Some(choices) = chosen {
        return Ok(choices);
    }
    if period.is_empty() {
        let at = "query".to_owned();
        return Err(ApiError::Malformed { at });
    }
    let organisation = sync.organisation().await?;
    Ok(Choices::into_period(find_period(&organisation, period)?))
}

/// Tells what a sheet would do. Changes nothing.
pub async fn preview(
    sync: &Sync,
    clock: &dyn Clock,
    actor: PersonId,
    choices: Choices,
    sheet: &[u8],
) -> Result<Preview, ApiError> {
    let deciding = sync.deciding().await;
    let text = readable(sync, clock, actor, sheet).await?;
    let world = deciding.unit_plans(&choices).await?;
    let options = options(&world, choices, actor, clock)?;
    Ok(import::preview(&text, &options))
}

/// Applies a sheet if it still does what the preview of this digest showed.
pub async fn confirm(
    sync: &Sync,
    clock: &dyn Clock,
    actor: PersonId,
    choices: Choices,
    sheet: &[u8],
    digest: &str,
) -> Result<Applied, ApiError> {
    let deciding = sync.deciding().await;
    let text = readable(sync, clock, actor, sheet).await?;
    let world = deciding.unit_plans(&choices).await?;
    let options = options(&world, choices, actor, clock)?;
    let preview = import::preview(&text, &options);
    if preview.digest != digest {
        return Err(ApiError::ImportChanged);
    }
    if !preview.is_clean() && !preview.is_done() {
        return Err(ApiError::ImportRefused(preview.refused));
    }
    let commands = import::commands(&preview, &options, &mut chance::bits);
    deciding.execute_all(actor, &commands).await?;
    tracing::info!(actor = %actor, items = preview.accepted.len(), "imported");
    Ok(Applied {
        items: preview.accepted.len(),
        plans: preview.plans.len(),
    })
}

/// What a sheet's rows are read by: where it opens a longer period, a company without a pool gets one
/// of those that are shipped.
fn options<'w>(
    world: &'w World,
    choices: Choices,
    actor: PersonId,
    clock: &dyn Clock,
) -> Result<Options<'w>, ApiError> {
    let pools = shelf::always().into_iter();
    let pools = pools.map(|preset| Document::from(preset.regime));
    let options = Options::of(world, choices, actor, today(world, clock))?;
    Ok(options.offering(pools))
}

fn today(world: &World, clock: &dyn Clock) -> Day {
    clock.now().day(world.organisation().utc_offset())
}

/// Reads the sheet as text, for who may import.
async fn readable(
    sync: &Sync,
    clock: &dyn Clock,
    actor: PersonId,
    sheet: &[u8],
) -> Result<String, ApiError> {
    let organisation = sync.organisation().await?;
    let today = clock.now().day(organisation.utc_offset());
    if !permission::may_run_plans(&organisation, actor, today) {
        return Err(Refusal::Forbidden.into());
    }
    decode(sheet).ok_or(ApiError::EncodingUnknown)
}

/// Reads the bytes of a sheet: UTF-8, UTF-16 with its mark, or what Chinese Excel saves.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    if let Some(encoding) = encoding {
        let (text, _, broken) = encoding.decode(bytes);
        return (!broken).then(|| text.into_owned());
    }
    // GB18030 contains GBK. UTF-8 goes first, because it hardly ever fits by accident.
    let fits = |encoding: &'static encoding_rs::Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes)
    };
    fits(UTF_8)
        .or_else(|| fits(GB18030))
        .map(std::borrow::Cow::into_owned)
}

/// Finds a period by its id, or a month by its year and month as in `2026-11`.
pub fn find_period(organisation: &Organisation, wanted: &str) -> Result<PeriodId, Refusal> {
    let by_id = wanted
        .parse()
        .ok()
        .filter(|id| organisation.periods.contains_key(id));
    let by_month = || {
        let mut periods = organisation.periods.values();
        let month = periods.find(|period| {
            let (year, month) = (period.to.year(), period.to.month());
            period.kind == PeriodKind::Month && wanted == format!("{year:04}-{month:02}")
        });
        month.map(|period| period.id)
    };
    by_id
        .or_else(by_month)
        .ok_or_else(|| Refusal::not_found("period"))
}

/// Imports as the first administrator, for whoever sits at the server's own terminal; without
/// `confirmed` it only tells what would happen. Gives the sentences to show.
pub async fn from_terminal(
    store: Sqlite,
    clock: Arc<dyn Clock>,
    sheet: &[u8],
    period: &str,
    chosen: Option<Choices>,
    confirmed: bool,
) -> Result<String, ApiError> {
    let sync = Sync::start(store, clock.clone());
    let organisation = sync.organisation().await?;
    let today = clock.now().day(organisation.utc_offset());
    let administrator = organisation.appointments.values().find(|appointment| {
        appointment.office == Office::Administrator && appointment.in_force.covers(today)
    });
    let actor = administrator
        .ok_or_else(|| Refusal::not_found("company"))?
        .person;
    let choices = choices(&sync, period, chosen).await?;
    let preview = preview(&sync, clock.as_ref(), actor, choices.clone(), sheet).await?;
    if !preview.refused.is_empty() {
        return Err(ApiError::ImportRefused(preview.refused));
    }
    let mut told = words::import::preview(&preview);
    if preview.is_done() {
        return Ok(told);
    }
    if confirmed {
        let digest = &preview.digest;
        let applied = confirm(&sync, clock.as_ref(), actor, choices, sheet, digest).await?;
        let Applied { items, plans } = applied;
        write!(told, "已导入 Imported: {items} items, {plans} plans.")
            .expect("writing to a string cannot fail");
    } else {
        told += "以上仅为预览，加 --confirm 后导入。 This was a preview; add --confirm to import.";
    }
    Ok(told)
}
