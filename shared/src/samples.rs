//! Samples: a small factory as commands, for demonstrations, tests and pictures.
//!
//! The factory is data (`samples/factory.json`); what it becomes takes the same door as everything
//! else: whoever loads it sends these commands, each as the person who would do it. It comes at its
//! beginning, with a sheet of drafts for one month, or with three months of work behind it. All
//! names are invented.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::command::Command;
use crate::command::organisation::{
    AddPerson, AddUnit, AdoptRegime, Appoint, Assign, FoundCompany, OpenPeriod,
};
use crate::id::{AppointmentId, AssignmentId, PeriodId, PersonId, RegimeId, UnitId};
use crate::import;
use crate::moment::{Day, Made, Moment, UtcMillis};
use crate::organisation::{Office, Tenure};
use crate::regime::Regime;
use crate::regime::preset::shelf;
use crate::world::{Holdings, World};

mod three_months;
mod time;

pub use three_months::three_months;

/// Minutes east of UTC of the factory: Asia/Shanghai.
const UTC_OFFSET: i32 = 480;

/// The sheet of the factory's month.
pub const FACTORY_MONTH: &str = include_str!("samples/factory-month.csv");

/// The photo that its people attach as evidence, drawn for it; its bytes are handed in apart from
/// the commands.
pub const PHOTO: &[u8] = include_bytes!("samples/aisle.jpg");

/// The demo factory.
#[derive(Debug, Clone)]
pub struct Demo {
    /// What to send, in order of time.
    pub acts: Vec<Act>,
    /// Everybody, the administrator first.
    pub people: Vec<DemoPerson>,
    /// The opened month: the one in which the given day lies.
    pub period: PeriodId,
}

/// Something that somebody did.
#[derive(Debug, Clone)]
pub struct Act {
    /// Who.
    pub actor: PersonId,
    /// When.
    pub moment: Moment,
    /// What.
    pub command: Command,
}

/// Somebody at the demo factory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPerson {
    /// The person.
    pub person: PersonId,
    /// What the person types to sign in: the name in pinyin.
    pub login: String,
    /// The name.
    pub name: String,
    /// The unit.
    pub unit: UnitId,
    /// The post.
    pub post: String,
}

impl Demo {
    /// Finds somebody by login.
    pub fn person(&self, login: &str) -> Option<&DemoPerson> {
        self.people.iter().find(|person| person.login == login)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Factory {
    name: String,
    name_en: String,
    units: Vec<FactoryUnit>,
    people: Vec<FactoryPerson>,
    /// Keys of the shipped regimes that it adopts, the one of its month first.
    regimes: Vec<String>,
    calendars: Vec<time::FactoryCalendar>,
    absences: Vec<time::FactoryAbsence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactoryUnit {
    key: String,
    name: String,
    name_en: String,
    /// Key of the unit above; empty for the root.
    parent: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactoryPerson {
    login: String,
    name: String,
    /// Key of the unit; empty for the root.
    unit: String,
    post: String,
    #[serde(default)]
    heads: bool,
    #[serde(default)]
    office: Option<Office>,
}

/// Builds the factory step by step, trying each command as it goes.
struct Builder<'a> {
    world: World,
    moment: Moment,
    /// Since when everything is in force.
    from: Day,
    ids: &'a mut dyn FnMut() -> u128,
    acts: Vec<Act>,
}

impl Factory {
    fn read() -> Self {
        let text = include_str!("samples/factory.json");
        serde_json::from_str(text).expect("a test reads the sample")
    }

    /// The regimes that it adopts.
    fn regimes(&self) -> impl Iterator<Item = Regime> {
        let found = |key: &String| shelf::find(key).expect("a test reads the sample").regime;
        self.regimes.iter().map(found)
    }
}

/// Gives the demo factory at its beginning, as it stands on a day: founded in January of the year before, the month
/// opened, its plans imported as drafts.
///
/// `ids` mints the identities. Deciding the commands in order on an empty world, at a moment of the
/// same day, accepts them all.
pub fn demo_factory(today: Day, ids: &mut dyn FnMut() -> u128) -> Demo {
    let factory = Factory::read();
    let mut builder = Builder::begins(today, today, ids);
    let units = builder.units(&factory);
    let people = builder.people(&factory, &units);
    let office = plan_office(&factory, &people);
    builder.working_time(office, &factory, |key| units[key]);
    let first = month_of(today).0;
    let named = |login: &str| people.iter().find(|person| person.login == login);
    builder.absences(office, &factory, first, |login| {
        named(login).expect("the sample lists who is away").person
    });
    let period = builder.month(today, &factory, &people);
    Demo {
        acts: builder.acts,
        people,
        period,
    }
}

/// Noon of a day at the factory.
fn noon(day: Day) -> Moment {
    let noon = day
        .and_hms_opt(12, 0, 0)
        .expect("every day has a noon")
        .and_utc();
    at_once(UtcMillis(
        noon.timestamp_millis() - i64::from(UTC_OFFSET) * 60_000,
    ))
}

/// The moment of an act that is made and received at once.
const fn at_once(now: UtcMillis) -> Moment {
    let made = Made {
        device_wall: now,
        est_server_time: now,
        tz: UTC_OFFSET,
    };
    Moment {
        made,
        received: now,
        recorded: now,
        utc_offset: UTC_OFFSET,
    }
}

impl<'a> Builder<'a> {
    /// Begins on a day, with a past that reaches back to the January before another.
    fn begins(on: Day, reaches: Day, ids: &'a mut dyn FnMut() -> u128) -> Self {
        Self {
            world: World::new(Holdings::Everything),
            moment: noon(on),
            from: NaiveDate::from_ymd_opt(reaches.year() - 1, 1, 1).unwrap_or(on),
            ids,
            acts: Vec::new(),
        }
    }

    fn id(&mut self) -> u128 {
        (self.ids)()
    }

    fn send(&mut self, actor: PersonId, command: Command) {
        let changes = self.world.decide(&command, actor, &self.moment);
        let changes = changes.expect("a test sends the samples on days of all kinds");
        for change in &changes {
            self.world.apply(change);
        }
        let moment = self.moment;
        self.acts.push(Act {
            actor,
            moment,
            command,
        });
    }

    /// Founds the company as the first person listed, and adds its units; gives them by key.
    fn units(&mut self, factory: &Factory) -> BTreeMap<String, UnitId> {
        let administrator = PersonId::from_bits(self.id());
        let root = UnitId::from_bits(self.id());
        let appointment = AppointmentId::from_bits(self.id());
        let found = FoundCompany {
            root,
            name: factory.name.clone(),
            name_en: factory.name_en.clone(),
            utc_offset: UTC_OFFSET,
            administrator: factory.people[0].name.clone(),
            appointment,
            from: self.from,
        };
        self.send(administrator, Command::FoundCompany(found));
        let mut units = BTreeMap::from([(String::new(), root)]);
        for unit in &factory.units {
            let id = UnitId::from_bits(self.id());
            let add = AddUnit {
                unit: id,
                name: unit.name.clone(),
                name_en: unit.name_en.clone(),
                parent: units[&unit.parent],
                from: self.from,
            };
            self.send(administrator, Command::AddUnit(add));
            units.insert(unit.key.clone(), id);
        }
        units
    }

    fn people(&mut self, factory: &Factory, units: &BTreeMap<String, UnitId>) -> Vec<DemoPerson> {
        let administrator = self.acts[0].actor;
        let mut people = Vec::new();
        for person in &factory.people {
            let unit = units[&person.unit];
            let founder = people.is_empty();
            let id = if founder {
                administrator
            } else {
                PersonId::from_bits(self.id())
            };
            if !founder {
                let name = person.name.clone();
                self.send(
                    administrator,
                    Command::AddPerson(AddPerson { person: id, name }),
                );
            }
            let assign = Assign {
                assignment: AssignmentId::from_bits(self.id()),
                person: id,
                unit,
                post: person.post.clone(),
                tenure: Tenure::Main,
                heads: person.heads,
                from: self.from,
                to: None,
            };
            self.send(administrator, Command::Assign(assign));
            if let (Some(office), false) = (person.office, founder) {
                let appointment = AppointmentId::from_bits(self.id());
                let appoint = Appoint {
                    appointment,
                    person: id,
                    office,
                    from: self.from,
                };
                self.send(administrator, Command::Appoint(appoint));
            }
            people.push(DemoPerson {
                person: id,
                login: person.login.clone(),
                name: person.name.clone(),
                unit,
                post: person.post.clone(),
            });
        }
        people
    }

    /// Lets the plan office adopt the regime, open the month and import its plans.
    fn month(&mut self, today: Day, factory: &Factory, people: &[DemoPerson]) -> PeriodId {
        let plan_office = plan_office(factory, people);
        let regime = factory.regimes().next();
        let regime = regime.expect("the sample names a regime for its month");
        let kind = regime.cycles[0].kind;
        let regime = regime.into();
        let id = RegimeId::from_bits(self.id());
        self.send(
            plan_office,
            Command::AdoptRegime(AdoptRegime { id, regime }),
        );
        let period = PeriodId::from_bits(self.id());
        let (from, to) = month_of(today);
        let open = OpenPeriod {
            period,
            kind,
            from,
            to,
            regime: id,
        };
        self.send(plan_office, Command::OpenPeriod(open));
        let choices = import::Choices::into_period(period);
        let options = import::Options::of(&self.world, choices, plan_office, today);
        let options = options.expect("the period was opened just now");
        let preview = import::preview(FACTORY_MONTH, &options);
        let commands = import::commands(&preview, &options, self.ids);
        for command in commands {
            self.send(plan_office, command);
        }
        period
    }
}

/// The first listed person of the plan office.
fn plan_office(factory: &Factory, people: &[DemoPerson]) -> PersonId {
    let mut listed = factory.people.iter().zip(people);
    let office = listed.find(|(listed, _)| listed.office == Some(Office::PlanOffice));
    office.expect("the sample names a plan office").1.person
}

/// First and last day of the month of a day.
fn month_of(day: Day) -> (Day, Day) {
    let last = (28..=31).rev().find_map(|last| day.with_day(last));
    (day.with_day(1).unwrap_or(day), last.unwrap_or(day))
}
