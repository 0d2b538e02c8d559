//! The first run: an empty installation gets its administrator, or the demo factory.
//!
//! Both are commands like any other; only accounts are written directly, because they are the
//! server's own. Accounts are made first: should the process die in between, the installation is
//! still empty, and the next attempt begins by forgetting them.

use std::fmt;

use chrono::Datelike as _;
use serde::{Deserialize, Serialize};
use shared::calendar::published;
use shared::command::Command;
use shared::command::organisation::{AdoptNotice, AdoptRegime, FoundCompany};
use shared::id::{AppointmentId, NoticeId, PersonId, RegimeId, UnitId};
use shared::moment::Made;
use shared::refusal::Refusal;
use shared::regime::preset::{Preset, shelf};
use shared::samples::{self, Act, DemoPerson};

use crate::chance;
use crate::error::ApiError;
use crate::routes::{account, attachment};
use crate::state::AppState;
use crate::store::account::Account;

/// The password of everybody in the demo factory. It guards nothing: the people are invented.
pub const DEMO_PASSWORD: &str = "jihe-demo";

/// Minutes east of UTC where nothing else is said: Asia/Shanghai.
const UTC_OFFSET: i32 = 480;

/// What the first administrator says of the company and of himself or herself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct First {
    /// The company's name.
    pub company: String,
    /// Its name in English; may be left out.
    #[serde(default)]
    pub company_en: String,
    /// The administrator's name.
    pub name: String,
    /// What the administrator types to sign in.
    pub login: String,
    /// The password.
    pub password: String,
    /// Key of the preset under which months will be planned; empty to choose later. Left out: the one
    /// that is suggested.
    #[serde(default)]
    pub preset: Option<String>,
}

/// The loaded demo factory, as the first-run page and the terminal show it.
#[derive(Debug, Clone, Serialize)]
pub struct Demo {
    /// One password for all.
    pub password: &'static str,
    /// Who can sign in.
    pub accounts: Vec<DemoAccount>,
}

/// Somebody at the demo factory who can sign in.
#[derive(Debug, Clone, Serialize)]
pub struct DemoAccount {
    /// Who.
    pub person: PersonId,
    /// What to type.
    pub login: String,
    /// The name.
    pub name: String,
    /// The post.
    pub post: String,
    /// The unit's name.
    pub unit: String,
}

impl fmt::Display for Demo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "演示工厂已载入 The demo factory is loaded. 密码 Password: {}",
            self.password
        )?;
        for account in &self.accounts {
            let DemoAccount {
                login,
                name,
                unit,
                post,
                ..
            } = account;
            writeln!(f, "  {login:<16} {name} · {unit} {post}")?;
        }
        Ok(())
    }
}

/// Says whether the installation has its company.
pub async fn is_ready(state: &AppState) -> Result<bool, ApiError> {
    Ok(state.sync.organisation().await?.company.is_some())
}

/// The regimes with which a company begins: the one that was chosen, and those that every one has.
fn regimes(chosen: Option<&str>) -> Result<Vec<Preset>, Refusal> {
    let chosen = match chosen {
        None => Some(shelf::suggested()),
        Some("") => None,
        Some(key) => Some(shelf::find(key).ok_or_else(|| Refusal::not_found("preset"))?),
    };
    let mut regimes = shelf::always();
    regimes.retain(|one| {
        chosen
            .as_ref()
            .is_none_or(|chosen| chosen.regime.key != one.regime.key)
    });
    regimes.splice(0..0, chosen);
    Ok(regimes)
}

/// Founds the company with its first administrator; gives that person.
///
/// Refuses a preset that is not there.
pub async fn begin(state: &AppState, first: First) -> Result<PersonId, ApiError> {
    let _alone = state.installing.lock().await;
    if is_ready(state).await? {
        return Err(ApiError::AlreadyInstalled);
    }
    let regimes = regimes(first.preset.as_deref())?;
    let person = PersonId::from_bits(chance::bits());
    let account = account::prepare(state, person, &first.login, first.password).await?;
    let now = state.clock.now();
    state.store.replace_accounts(&[account], now).await?;
    let today = now.day(UTC_OFFSET);
    let found = Command::FoundCompany(FoundCompany {
        root: UnitId::from_bits(chance::bits()),
        name: first.company,
        name_en: first.company_en,
        utc_offset: UTC_OFFSET,
        administrator: first.name,
        appointment: AppointmentId::from_bits(chance::bits()),
        // The company was there before its software: periods that run already are whole ones.
        from: today.with_ordinal(1).unwrap_or(today),
    });
    // What came out of public holidays; a company that works otherwise loads its own.
    let years = [today.year(), today.year() + 1];
    let notices = years.into_iter().filter_map(published).map(|notice| {
        Command::AdoptNotice(AdoptNotice {
            id: NoticeId::from_bits(chance::bits()),
            year: notice.year,
            source: notice.source,
            off: notice.off,
            work: notice.work,
        })
    });
    let adopt = regimes.into_iter().map(|preset| {
        let id = RegimeId::from_bits(chance::bits());
        let regime = preset.regime.into();
        Command::AdoptRegime(AdoptRegime { id, regime })
    });
    let begun = std::iter::once(found).chain(adopt);
    let commands: Vec<_> = begun.chain(notices).collect();
    state
        .sync
        .deciding()
        .await
        .execute_all(person, &commands)
        .await?;
    tracing::info!(person = %person, "installed");
    Ok(person)
}

/// How far the demo factory is when it is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum DemoStory {
    /// One month sealed, one that runs, one that is drafted.
    #[default]
    ThreeMonths,
    /// At its beginning: this month opened, its plans imported as drafts.
    Beginning,
}

/// Hands in the bytes of what was attached, as devices do once they have a network.
async fn hand_in_photos(state: &AppState, acts: &[Act]) -> Result<(), ApiError> {
    for act in acts {
        if let Some(hash) = act.command.attaches() {
            let photo = samples::PHOTO.to_vec();
            attachment::take_in(state, act.actor, hash, photo).await?;
        }
    }
    Ok(())
}

/// Loads the demo factory as it stands today.
pub async fn load_demo(state: &AppState, story: DemoStory) -> Result<Demo, ApiError> {
    let _alone = state.installing.lock().await;
    if is_ready(state).await? {
        return Err(ApiError::AlreadyInstalled);
    }
    let now = state.clock.now();
    let today = now.day(UTC_OFFSET);
    let demo = match story {
        DemoStory::ThreeMonths => samples::three_months(today, &mut chance::bits),
        DemoStory::Beginning => samples::demo_factory(today, &mut chance::bits),
    };
    // Everybody knows the password, so one salt for all gives nothing away.
    let password_hash = state.passwords.hash(DEMO_PASSWORD.to_owned()).await?;
    let account = |person: &DemoPerson| Account {
        person: person.person,
        login: person.login.clone(),
        password_hash: password_hash.clone(),
        is_closed: false,
    };
    let accounts: Vec<_> = demo.people.iter().map(account).collect();
    state.store.replace_accounts(&accounts, now).await?;
    let deciding = state.sync.deciding().await;
    let together =
        |before: &Act, after: &Act| (before.actor, before.moment) == (after.actor, after.moment);
    for acts in demo.acts.chunk_by(together) {
        let commands: Vec<_> = acts.iter().map(|act| act.command.clone()).collect();
        let moment = acts[0].moment;
        // What the factory does today, it does now: its noon may still lie ahead.
        let at = moment.recorded.min(now);
        let made = Made {
            est_server_time: at,
            device_wall: at,
            ..moment.made
        };
        deciding
            .execute_all_at(acts[0].actor, &commands, (made, at))
            .await?;
    }
    drop(deciding);
    hand_in_photos(state, &demo.acts).await?;
    tracing::info!("demo factory loaded");
    let organisation = state.sync.organisation().await?;
    let accounts = demo.people.into_iter().map(
        |DemoPerson {
             person,
             login,
             name,
             unit,
             post,
         }| {
            let unit = organisation
                .units
                .get(&unit)
                .map(|unit| unit.name.clone())
                .unwrap_or_default();
            DemoAccount {
                person,
                login,
                name,
                post,
                unit,
            }
        },
    );
    Ok(Demo {
        password: DEMO_PASSWORD,
        accounts: accounts.collect(),
    })
}
