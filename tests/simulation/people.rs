//! The company in which every run plays: nine people in six units, a month, and plans under way.

use std::cell::Cell;

use chrono::{Days, NaiveDate};
use shared::command::Command;
use shared::command::ledger::AdoptTariffs;
use shared::command::organisation::{
    AddPerson, AddUnit, AdoptRegime, Appoint, Assign, FoundCompany, OpenPeriod,
};
use shared::command::plan::{AddItem, ApprovePlan, DraftPlan, SubmitPlan};
use shared::command::review::{PublishResult, ScoreItem};
use shared::command::seal::AnswerResult;
use shared::deadline::{DeadlineMonth, Shift};
use shared::id::{
    AppointmentId, AssignmentId, CommandId, DeviceId, Epoch, ItemId, PeriodId, PersonId, PlanId,
    RegimeId, UnitId,
};
use shared::item::{Edit, Item, Target, TargetKind};
use shared::moment::{Day, UtcMillis};
use shared::organisation::{Office, Tenure};
use shared::plan::Scope;
use shared::quantity::Points;
use shared::regime::Name;
use shared::regime::charge::Amount;
use shared::regime::deadlines::{Deadline, On, PlanStep};
use shared::regime::preset::shelf;
use shared::regime::tariff::{Legal, Per, Tariff, TariffSheet};
use shared::regime::who::Who;
use shared::score::Judgement;
use shared::seal::ResultAnswer;
use shared::sync::server::store::Needs;
use shared::sync::server::{MemoryStore, Server, Store as _};
use shared::world::{Holdings, World};

use shared::{digest, result};

use crate::chance::Chance;
use crate::checkers::convergence::Readings;
use crate::checkers::replay::Replay;
use crate::executor::at_once;

mod after;
mod earlier;

/// Noon in Shanghai on 10 March 2026: when every run begins.
pub(crate) const BEGIN: UtcMillis = UtcMillis(1_773_115_200_000);
/// A day, in milliseconds.
pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;

/// Places in [`Company::people`].
pub(crate) const ADMINISTRATOR: usize = 0;
const MANAGER: usize = 1;
const OFFICE_HEAD: usize = 2;
const HEAD_A: usize = 3;
const MEMBER_A: usize = 4;
const HEAD_B: usize = 5;
const MEMBER_B: usize = 6;
const HEAD_C: usize = 7;
const MEMBER_C: usize = 8;

/// Whose own plans are judged when a run begins.
const JUDGED: [usize; 3] = [MEMBER_C, MEMBER_B, HEAD_C];

/// The company, and the store in which it stands.
pub(crate) struct Company {
    pub(crate) store: MemoryStore,
    pub(crate) people: Vec<PersonId>,
    pub(crate) units: Vec<UnitId>,
    /// The month that runs, and the next.
    pub(crate) periods: [PeriodId; 2],
    /// Items that people have heard of, with their plans.
    pub(crate) rumours: Vec<(PlanId, ItemId)>,
    /// The history of the founding, replayed.
    pub(crate) replay: Replay,
    /// The rows that stand after it, as they read.
    pub(crate) rows: Readings,
}

/// Founds the company step by step.
struct Founder {
    server: Server<MemoryStore>,
    chance: Chance,
    now: Cell<i64>,
    /// The month of the plans that are drafted now, and the due day of their items.
    month: (PeriodId, Day),
    company: Company,
}

/// The day on which a run begins, at the company.
pub(crate) fn first_day() -> Day {
    BEGIN.day(480)
}

/// Founds the company; every run begins with a copy of it.
pub(crate) fn found() -> Company {
    let store = || MemoryStore::new(Epoch::from_bits(1));
    let periods = [PeriodId::from_bits(9), PeriodId::from_bits(10)];
    let (people, units, rumours) = (Vec::new(), Vec::new(), Vec::new());
    let company = Company {
        store: store(),
        people,
        units,
        periods,
        rumours,
        replay: Replay::begin(),
        rows: Readings::default(),
    };
    let mut founder = Founder {
        server: Server::new(store()),
        chance: Chance::new(7),
        now: Cell::new(BEGIN.0 - 30 * DAY),
        month: (periods[0], first_day()),
        company,
    };
    founder.units();
    founder.people();
    founder.month();
    founder.seats();
    founder.plans();
    founder.earlier();
    founder.pay();
    let store = founder.server.store().restored(Epoch::from_bits(1));
    let (mut replay, log) = (Replay::begin(), store.log());
    let replayed = replay.go_on(&log).and_then(|()| replay.compare(&store));
    assert_eq!(replayed, Ok(()), "the founding is replayed");
    replay.keep(log);
    Company {
        rows: Readings::of(&store),
        store,
        replay,
        ..founder.company
    }
}

impl Founder {
    fn send(&mut self, person: usize, commands: Vec<Command>) {
        let mint = |command| (CommandId::from_bits(self.chance.wide()), command);
        let commands: Vec<_> = commands.into_iter().map(mint).collect();
        self.now.set(self.now.get() + 1000);
        let now = UtcMillis(self.now.get());
        let actor = self.company.people[person];
        let done = at_once(
            self.server
                .execute_all(actor, DeviceId::from_bits(0), &commands, now),
        );
        assert_eq!(done, Ok(Ok(())), "the company is founded");
    }

    fn units(&mut self) {
        self.company.people = (0..9)
            .map(|_| PersonId::from_bits(self.chance.wide()))
            .collect();
        self.company.units = (0..6)
            .map(|_| UnitId::from_bits(self.chance.wide()))
            .collect();
        let (units, from) = (self.company.units.clone(), founding_day());
        let found = Command::FoundCompany(FoundCompany {
            root: units[0],
            name: "Factory".to_owned(),
            name_en: String::new(),
            utc_offset: 480,
            administrator: "Administrator".to_owned(),
            appointment: AppointmentId::from_bits(self.chance.wide()),
            from,
        });
        // Unit C lies below A, so that heads stand one and two levels above.
        let parents = [0, 0, 0, 2, 0];
        let add = |(place, parent): (usize, usize)| {
            Command::AddUnit(AddUnit {
                unit: units[place + 1],
                name: format!("Unit {place}"),
                name_en: String::new(),
                parent: units[parent],
                from,
            })
        };
        let below = parents.into_iter().enumerate().map(add);
        let commands = [found].into_iter().chain(below).collect();
        self.send(ADMINISTRATOR, commands);
    }

    fn people(&mut self) {
        let from = founding_day();
        let posts: [(usize, usize, bool); 9] = [
            (ADMINISTRATOR, 1, false),
            (MANAGER, 0, true),
            (OFFICE_HEAD, 1, true),
            (HEAD_A, 2, true),
            (MEMBER_A, 2, false),
            (HEAD_B, 3, true),
            (MEMBER_B, 3, false),
            (HEAD_C, 4, true),
            (MEMBER_C, 4, false),
        ];
        let mut commands = Vec::new();
        for (place, unit, heads) in posts {
            let person = self.company.people[place];
            if place != ADMINISTRATOR {
                let name = format!("Person {place}");
                commands.push(Command::AddPerson(AddPerson { person, name }));
            }
            commands.push(Command::Assign(Assign {
                assignment: AssignmentId::from_bits(self.chance.wide()),
                person,
                unit: self.company.units[unit],
                post: "Post".to_owned(),
                tenure: Tenure::Main,
                heads,
                from,
                to: None,
            }));
        }
        commands.push(Command::Appoint(Appoint {
            appointment: AppointmentId::from_bits(self.chance.wide()),
            person: self.company.people[OFFICE_HEAD],
            office: Office::PlanOffice,
            from,
        }));
        self.send(ADMINISTRATOR, commands);
    }

    /// A regime whose days of reckoning fall into the days of a run, and three months.
    fn month(&mut self) {
        let id = RegimeId::from_bits(self.chance.wide());
        let steps = [
            (PlanStep::Submission, 11),
            (PlanStep::SelfScore, 12),
            (PlanStep::SuperiorScore, 13),
            (PlanStep::Filing, 16),
        ];
        let month = DeadlineMonth::Within;
        let deadline = |(step, day)| Deadline {
            step,
            on: On::DayOfMonth { month, day },
            minute: None,
            shift: Shift::Stay,
            counts: None,
        };
        let mut regime = after::with_hearings(shelf::suggested().regime);
        regime.cycles[0].deadlines = steps.into_iter().map(deadline).collect();
        let kind = regime.cycles[0].kind;
        let adopt = AdoptRegime {
            id,
            regime: regime.into(),
        };
        let sheet = Box::new(tariffs());
        let of_sheet = RegimeId::from_bits(self.chance.wide());
        let sheet = AdoptTariffs {
            id: of_sheet,
            sheet,
        };
        let mut commands = vec![Command::AdoptRegime(adopt), Command::AdoptTariffs(sheet)];
        let [now, next] = self.company.periods;
        for (period, month, last) in [(earlier::MONTH, 2, 28), (now, 3, 31), (next, 4, 30)] {
            let day = |day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or(first_day());
            commands.push(Command::OpenPeriod(OpenPeriod {
                period,
                kind,
                from: day(1),
                to: day(last),
                regime: id,
            }));
        }
        self.send(OFFICE_HEAD, commands);
    }

    /// Unit A's plan is approved, unit B's and C's are drafts; members have plans of their own.
    fn plans(&mut self) {
        self.plan(HEAD_A, 2, Scope::Unit, &[MEMBER_A, HEAD_A], Some(MANAGER));
        self.plan(HEAD_B, 3, Scope::Unit, &[MEMBER_B, HEAD_B], None);
        self.plan(
            MEMBER_A,
            2,
            Scope::Personal,
            &[MEMBER_A, MEMBER_A],
            Some(HEAD_A),
        );
        self.plan(HEAD_C, 4, Scope::Unit, &[MEMBER_C], None);
        let plan = self.plan(MEMBER_C, 4, Scope::Personal, &[MEMBER_C], Some(HEAD_C));
        self.carried(MEMBER_C, plan);
        // It could be sealed.
        self.publish((HEAD_C, MEMBER_C), plan, "good", ResultAnswer::Signed);
        self.hearings();
    }

    /// A plan is judged and published, and its owner answers.
    fn publish(
        &mut self,
        (judge, owner): (usize, usize),
        plan: PlanId,
        quality: &str,
        answer: ResultAnswer,
    ) {
        let world = self.world(&[plan]);
        let document = world.document(plan).expect("it was drafted");
        let scores = document.items.keys().map(|item| {
            Command::ScoreSuperior(ScoreItem {
                plan,
                item: *item,
                judgement: Edit {
                    old: None,
                    new: Some(Judgement::CarriedOut {
                        efficiency: "on_time".to_owned(),
                        quality: quality.to_owned(),
                    }),
                },
                note: String::new(),
            })
        });
        self.send(judge, scores.collect());
        let world = self.world(&[plan]);
        let verdict = result::verdict(&world, plan, self.company.people[judge], first_day());
        let seen = verdict.expect("every item is judged").seen;
        self.send(
            judge,
            vec![Command::PublishResult(PublishResult { plan, seen })],
        );
        let world = self.world(&[plan]);
        let document = world.document(plan).expect("it was drafted");
        let result = document.result().expect("it is published");
        let answer = Command::AnswerResult(AnswerResult {
            plan,
            version: result.version,
            seen: digest::result(result),
            answer,
        });
        self.send(owner, vec![answer]);
    }

    /// The organisation and some documents as they stand.
    fn world(&self, documents: &[PlanId]) -> World {
        let needs = Needs {
            documents: documents.iter().copied().collect(),
            ..Needs::default()
        };
        let loaded = at_once(self.server.store().load(&needs)).expect("memory does not fail");
        let mut world = World::new(Holdings::Everything);
        let organisation = loaded.organisation.iter().map(|(_, text)| text);
        for text in organisation.chain(loaded.rows.iter().map(|row| &row.text)) {
            world.put(&serde_json::from_str(text).expect("the server writes rows"));
        }
        world
    }

    fn plan(
        &mut self,
        owner: usize,
        unit: usize,
        scope: Scope,
        responsible: &[usize],
        judge: Option<usize>,
    ) -> PlanId {
        let plan = PlanId::from_bits(self.chance.wide());
        let (units, people) = (self.company.units.clone(), self.company.people.clone());
        let ((period, due), unit_id) = (self.month, units[unit]);
        let draft = DraftPlan {
            plan,
            unit: unit_id,
            period,
            scope,
            owner: people[owner],
        };
        let mut commands = vec![Command::DraftPlan(draft)];
        let share = 10_000 / i64::try_from(responsible.len()).expect("a few");
        let judged = scope == Scope::Personal && JUDGED.contains(&owner);
        for (place, person) in responsible.iter().enumerate() {
            let item = Item {
                // Nobody is asked to help with what is published already.
                helpers: (place == 0 && !judged)
                    .then(|| units[if unit == 3 { 2 } else { 3 }])
                    .into_iter()
                    .collect(),
                weight: Points(share),
                due: Some(due),
                ..item(&mut self.chance, plan, people[*person], place)
            };
            self.company.rumours.push((plan, item.id));
            commands.push(Command::AddItem(AddItem {
                plan,
                item: Box::new(item),
            }));
        }
        self.send(owner, commands);
        if let Some(judge) = judge {
            let world = self.world(&[plan]);
            let document = world.document(plan).expect("it was drafted");
            let drafted = document.plan.as_ref().expect("it was drafted");
            let seen = digest::plan_content(drafted, document);
            let submit = SubmitPlan {
                plan,
                seen: seen.clone(),
            };
            self.send(owner, vec![Command::SubmitPlan(submit)]);
            let approve = ApprovePlan { plan, seen };
            self.send(judge, vec![Command::ApprovePlan(approve)]);
        }
        plan
    }
}

fn founding_day() -> Day {
    first_day()
        .checked_sub_days(Days::new(400))
        .unwrap_or(first_day())
}

/// An item that lacks nothing.
pub(crate) fn item(chance: &mut Chance, plan: PlanId, person: PersonId, place: usize) -> Item {
    let kind = TargetKind::Done;
    Item {
        position: u32::try_from(place).unwrap_or(0),
        title: format!("Work {}", chance.below(1000)),
        section: "daily_work".to_owned(),
        responsible: Some(person),
        post: String::new(),
        helpers: Vec::new(),
        target: Target {
            kind,
            baseline: None,
            value: None,
            measure: String::new(),
            tolerance: None,
        },
        due: Some(first_day()),
        deliverable: "A sheet".to_owned(),
        standard: "As agreed".to_owned(),
        rule: String::new(),
        weight: Points(0),
        ..Item::blank(ItemId::from_bits(chance.wide()), plan)
    }
}

/// Tariffs that a superior proposes and the plan office or the head confirms.
fn tariffs() -> TariffSheet {
    let steps = [100, 200, 500].map(Points).to_vec();
    TariffSheet {
        format: 2,
        key: "house-rules".to_owned(),
        name: named("House rules"),
        source: String::new(),
        roles: Vec::new(),
        tariffs: vec![
            tariff("late", Who::PlanOffice, Amount::Fixed(Points(200))),
            tariff("chat", Who::Head, Amount::Escalating(steps)),
        ],
        fund: None,
        house_defaults: Vec::new(),
    }
}

/// A tariff in points that a superior, the plan office or the person proposes.
fn tariff(key: &str, confirmed_by: Who, points: Amount) -> Tariff {
    Tariff {
        key: key.to_owned(),
        name: named(key),
        clause: "1".to_owned(),
        legal: Legal::Points,
        counted: Per::Time,
        points: Some(points),
        money: None,
        bearers: Vec::new(),
        item_zero: false,
        to_fund: false,
        proposed_by: vec![Who::Superior, Who::PlanOffice, Who::Responsible],
        confirmed_by: vec![confirmed_by],
        answer_days: 3,
        trigger: None,
    }
}

fn named(words: &str) -> Name {
    let (zh, en) = (words.to_owned(), words.to_owned());
    Name { zh, en }
}
