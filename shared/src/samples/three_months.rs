//! The demo factory with three months: one sealed, one that runs, one that is drafted.
//!
//! What everybody does is data (`three-months.json`) and becomes a timeline of beats, each at a
//! plausible moment of a working day; the factory plays those that lie before the day of loading.
//! So a factory that is loaded on any day has just done what it would have done by then. Early in a
//! month the one before is still being judged, and then the month before that is the sealed one.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months};
use serde::Deserialize;

use super::{Builder, Demo, DemoPerson, Factory, plan_office};
use crate::command::Command;
use crate::command::organisation::AdoptRegime;
use crate::deadline::{DeadlineStep, of_step};
use crate::id::{PeriodId, PersonId, RegimeId, UnitId};
use crate::item::TargetKind;
use crate::moment::{Day, UtcMillis};
use crate::organisation::AbsenceBasis;
use crate::period::{Period, PeriodKind};
use crate::plan::Scope;
use crate::regime::{RegimeVersion, Rules};

mod play;
mod timeline;

use play::Playing;
use timeline::Timeline;

/// How many days before its oldest month the factory is founded.
const FOUNDED_BEFORE: Days = Days::new(60);

/// What the factory does in a month.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    absent: Absent,
    change: Asked,
    /// Why a drafted plan is returned.
    returned: String,
    /// What the person says who objects.
    objection: String,
    /// What the judge answers.
    upheld: String,
    plans: Vec<ScriptPlan>,
}

/// Somebody who is away while the running month runs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Absent {
    login: String,
    by: String,
    basis: AbsenceBasis,
    days: u64,
}

/// The change request that is open while the running month runs: for a later due day.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Whose plan.
    owner: String,
    /// The item's place in it.
    item: usize,
    reason: String,
    evidence: String,
}

/// Where the plan of the month that is drafted stands.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum NextState {
    Draft,
    Submitted,
    Returned,
}

/// What the owner says of the result.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default)]
#[serde(rename_all = "snake_case")]
enum Says {
    #[default]
    Signs,
    Silent,
    Objects,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptPlan {
    /// Key of the regime.
    regime: String,
    owner: String,
    /// Key of the unit.
    unit: String,
    scope: Scope,
    next: NextState,
    #[serde(default)]
    answer: Says,
    /// Whether it is handed in twice, because it came back the first time.
    #[serde(default)]
    returned_once: bool,
    /// Whether its judge misses the deadline, and the one above scores.
    #[serde(default)]
    late_judge: bool,
    items: Vec<ScriptItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptItem {
    title: String,
    section: String,
    kind: TargetKind,
    #[serde(default)]
    baseline: Option<String>,
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    measure: String,
    weight: String,
    /// The n-th day of the period, or of its end where negative.
    due: i64,
    #[serde(default)]
    helpers: Vec<String>,
    deliverable: String,
    standard: String,
    rule: String,
    /// Days between the due day and the completion.
    report: i64,
    #[serde(default)]
    reached: Option<String>,
    /// Levels of quality in turn, month by month.
    #[serde(default)]
    quality: Vec<String>,
    /// Points in turn, month by month, where the regime judges by points.
    #[serde(default)]
    points: Vec<String>,
    /// A report on the way.
    #[serde(default)]
    halfway: Option<String>,
    /// The name of the photo that is attached when it is complete.
    #[serde(default)]
    photo: Option<String>,
    /// Whether it is not finished while its month runs.
    #[serde(default)]
    stuck: bool,
    /// Whether its first helping unit has not answered while its month runs.
    #[serde(default)]
    asks: bool,
    /// Whether the next month goes on with it instead of planning it again.
    #[serde(default)]
    once: bool,
}

impl ScriptItem {
    /// Its due day in a period.
    fn due(&self, period: &Period) -> Day {
        let (edge, by) = if self.due < 0 {
            (period.to, self.due + 1)
        } else {
            (period.from, self.due - 1)
        };
        (edge + chrono::Duration::days(by)).clamp(period.from, period.to)
    }
}

/// How a month stands to the day of loading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Past,
    Running,
    Next,
}

/// A month under one regime.
struct Month {
    period: Period,
    regime: RegimeVersion,
    slot: Slot,
    /// Its number since the year 0, by which levels take turns.
    number: usize,
}

impl Month {
    /// What its regime says of months.
    fn rules(&self) -> Rules<'_> {
        let rules = self.regime.rules(self.period.kind);
        rules.expect("only regimes that have months are used")
    }
}

/// Whom the script names.
struct Cast {
    people: BTreeMap<String, PersonId>,
    units: BTreeMap<String, UnitId>,
    office: PersonId,
}

impl Cast {
    fn person(&self, login: &str) -> PersonId {
        self.people[login]
    }
}

/// Gives the demo factory as it stands on the morning of a day.
///
/// `ids` mints the identities. Every act has its own moment, in order of time and before the day
/// begins; deciding them at these moments on an empty world accepts them all.
pub fn three_months(today: Day, ids: &mut dyn FnMut() -> u128) -> Demo {
    let text = include_str!("three-months.json");
    let script: Script = serde_json::from_str(text).expect("a test reads the script");
    let factory = Factory::read();
    let begin = add_months(first_of(today), -4);
    let mut builder = Builder::begins(begin - FOUNDED_BEFORE, begin, ids);
    let units = builder.units(&factory);
    let people = builder.people(&factory, &units);
    let office = plan_office(&factory, &people);
    builder.working_time(office, &factory, |key| units[key]);
    let regimes = builder.regimes(office, &factory);
    let cast = Cast {
        people: people.iter().map(by_login).collect(),
        units,
        office,
    };
    let mut months = Vec::new();
    for regime in &regimes {
        months.extend(months_of(&builder, regime, &script, &cast, today));
    }
    let running = months.iter().position(|month| month.slot == Slot::Running);
    let running = running.expect("a month lies around every day");
    let organisation = builder.world.organisation().clone();
    let timeline = Timeline::new(&organisation, &script, &cast, today);
    let beats = timeline.all(&months);
    let mut playing = Playing::new(builder, &script, &cast, &months, today);
    for beat in &beats {
        playing.play(beat);
    }
    let (acts, periods) = playing.finish();
    Demo {
        acts,
        people,
        period: periods[&running],
    }
}

fn by_login(person: &DemoPerson) -> (String, PersonId) {
    (person.login.clone(), person.person)
}

/// The months of a regime: from the last one whose story is over to the one after today's.
fn months_of(
    builder: &Builder<'_>,
    regime: &RegimeVersion,
    script: &Script,
    cast: &Cast,
    today: Day,
) -> Vec<Month> {
    let organisation = builder.world.organisation();
    let timeline = Timeline::new(organisation, script, cast, today);
    let rules = regime.rules(PeriodKind::Month);
    let assessed = rules.and_then(|rules| rules.cycle.assessed);
    let begins_before = assessed.map(|range| range.from_day);
    let month = |ahead: i32| {
        let (from, to) = span(today, ahead, begins_before);
        let period = Period {
            id: PeriodId::from_bits(0),
            kind: PeriodKind::Month,
            from,
            to,
            regime: regime.id,
            opened: None,
            marks: Vec::new(),
        };
        let slot = match ahead {
            ..0 => Slot::Past,
            0 => Slot::Running,
            _ => Slot::Next,
        };
        Month {
            number: usize::try_from(to.year() * 12).unwrap_or(0) + to.month() as usize,
            period,
            regime: regime.clone(),
            slot,
        }
    };
    let over = |ahead: &i32| timeline.is_over(&month(*ahead));
    let first = (-3..0).rev().find(over).unwrap_or(-3);
    (first..=1).map(month).collect()
}

/// First and last day of the month that lies so many months ahead of the one around a day.
///
/// A month that begins on a day of the month before carries the name of the one in which it ends.
fn span(today: Day, ahead: i32, begins_before: Option<u32>) -> (Day, Day) {
    let Some(day) = begins_before else {
        let first = add_months(first_of(today), ahead);
        return (first, add_months(first, 1) - Days::new(1));
    };
    let begun = i32::from(today.day() >= day);
    let first = add_months(first_of(today), ahead + begun);
    let on = |month: Day| month.with_day(day).expect("a month has 26 days");
    (on(add_months(first, -1)), on(first) - Days::new(1))
}

fn first_of(day: Day) -> Day {
    day.with_day(1).unwrap_or(day)
}

fn add_months(day: Day, months: i32) -> Day {
    let by = Months::new(months.unsigned_abs());
    let moved = if months < 0 {
        day.checked_sub_months(by)
    } else {
        day.checked_add_months(by)
    };
    moved.unwrap_or(day)
}

impl Builder<'_> {
    /// Lets the plan office adopt the factory's regimes; gives those that judge months.
    fn regimes(&mut self, office: PersonId, factory: &Factory) -> Vec<RegimeVersion> {
        let mut used = Vec::new();
        for regime in factory.regimes() {
            let id = RegimeId::from_bits(self.id());
            let version = RegimeVersion::new(id, regime.into());
            let regime = version.document.clone();
            let adopt = AdoptRegime { id, regime };
            self.send(office, Command::AdoptRegime(adopt));
            if version.rules(PeriodKind::Month).is_some() {
                used.push(version);
            }
        }
        used
    }
}

/// The day of a step of a period, by the working days of a unit.
fn day_of(
    organisation: &crate::organisation::Organisation,
    month: &Month,
    step: DeadlineStep,
    unit: UnitId,
) -> Day {
    let days = organisation.work_days(unit);
    let deadline = of_step(month.rules(), step, &month.period, &days);
    deadline.map_or(month.period.to, |deadline| deadline.day)
}

/// The moment at which a day begins at the factory.
fn dawn(day: Day) -> UtcMillis {
    let noon = super::noon(day).recorded;
    UtcMillis(noon.0 - 12 * 3_600_000)
}
