//! Who lives through the month, and the acts that have no screen in this journey.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, Months};
use shared::command::Command;
use shared::command::organisation::{AdoptRegime, OpenPeriod};
use shared::command::plan::{AddItem, ApprovePlan, DraftPlan, SubmitPlan};
use shared::command::review::{PublishResult, ReportItem, ScoreItem};
use shared::command::seal::{AnswerResult, DeliverResult};
use shared::command::signing::HoldRole;
use shared::deadline::{DeadlineMonth, Shift};
use shared::digest;
use shared::id::{ItemId, PeriodId, PersonId, PlanId, RegimeId, ReportId, RoleHolderId, UnitId};
use shared::item::{Edit, Item};
use shared::moment::{Day, UtcMillis};
use shared::period::PeriodKind;
use shared::plan::Scope;
use shared::quantity::Points;
use shared::regime::Regime;
use shared::regime::deadlines::On;
use shared::regime::preset::shelf;
use shared::report::ReportKind;
use shared::result;
use shared::score::Judgement;
use shared::seal::{DeliveryKind, ResultAnswer};
use shared::world::World;

use crate::colleague::{Colleague, fresh, now};
use crate::server::Server;

/// The month that is lived through, and the factory around it.
pub(crate) struct Month {
    /// The server of the factory.
    pub(crate) server: Server,
    /// The plan office.
    pub(crate) office: Colleague,
    /// The last month: opened late, lived through now.
    pub(crate) period: PeriodId,
    /// Its first day.
    pub(crate) from: Day,
    /// Its last day.
    pub(crate) to: Day,
    units: BTreeMap<String, UnitId>,
    people: BTreeMap<String, PersonId>,
}

impl Month {
    /// Opens the last month under a regime whose deadlines for judging lie inside the month.
    pub(crate) fn opens() -> Self {
        Self::opens_under(|_| {})
    }

    /// The same, with what else is changed in the regime.
    pub(crate) fn opens_under(change: impl FnOnce(&mut Regime)) -> Self {
        let server = Server::start_with_the_demo();
        let office = Colleague::signs_in("linxiaoyun", &server);
        let world = office.world();
        let organisation = world.organisation();
        let today = organisation
            .periods
            .values()
            .map(|period| period.from)
            .min();
        let this = today.expect("the demo factory opened the month of today");
        let from = this
            .checked_sub_months(Months::new(1))
            .expect("a month has one before");
        let to = this
            .checked_sub_days(Days::new(1))
            .expect("a day has one before");
        let mut regime = shelf::suggested().regime;
        let deadlines = regime.cycles[0].deadlines.iter_mut().skip(1);
        for (rule, day) in deadlines.zip([24, 25, 26]) {
            let month = DeadlineMonth::Within;
            rule.on = On::DayOfMonth { month, day };
            rule.shift = Shift::Stay;
        }
        change(&mut regime);
        let id = RegimeId::from_bits(fresh());
        let regime = regime.into();
        office.does(Command::AdoptRegime(AdoptRegime { id, regime }));
        let period = PeriodId::from_bits(fresh());
        office.does(Command::OpenPeriod(OpenPeriod {
            period,
            kind: PeriodKind::Month,
            from,
            to,
            regime: id,
        }));
        let units = organisation.units.values();
        let people = organisation.people.values();
        Self {
            units: units.map(|unit| (unit.name.clone(), unit.id)).collect(),
            people: people
                .map(|person| (person.name.clone(), person.id))
                .collect(),
            server,
            office,
            period,
            from,
            to,
        }
    }

    /// A unit by its name.
    pub(crate) fn unit(&self, name: &str) -> UnitId {
        self.units[name]
    }

    /// A person by name.
    pub(crate) fn person(&self, name: &str) -> PersonId {
        self.people[name]
    }

    /// Somebody who acts without a screen.
    pub(crate) fn colleague(&self, login: &str) -> Colleague {
        Colleague::signs_in(login, &self.server)
    }

    /// A day of the month, counted from 1.
    pub(crate) fn day(&self, day: u32) -> Day {
        self.from.with_day(day).expect("every month has that day")
    }

    /// Noon of a day of the month in China, where it is eight hours later than by universal time.
    pub(crate) fn noon(&self, day: u32) -> UtcMillis {
        let noon = self
            .day(day)
            .and_hms_opt(4, 0, 0)
            .expect("every day has that hour");
        UtcMillis(noon.and_utc().timestamp_millis())
    }

    /// The day before yesterday: what came to its end there is still heard when it arrives late.
    pub(crate) fn recently() -> Day {
        let moment = DateTime::from_timestamp_millis(now().0).expect("this moment is a day");
        let ago = moment.date_naive().checked_sub_days(Days::new(2));
        ago.expect("there was a day before yesterday")
    }

    /// The office gives somebody a role of the whole company from the month's first day on.
    pub(crate) fn gives_role(&self, role: &str, name: &str) {
        self.office.does(Command::HoldRole(HoldRole {
            holder: RoleHolderId::from_bits(fresh()),
            role: role.to_owned(),
            unit: None,
            person: self.person(name),
            from: self.from,
        }));
    }

    /// Drafts a plan of the month and hands it in; its judge approves it.
    pub(crate) fn approved(
        &self,
        owner: &Colleague,
        judge: &Colleague,
        (unit, scope): (&str, Scope),
        items: &[(&str, &str)],
    ) -> (PlanId, Vec<ItemId>) {
        self.approved_until(owner, judge, (unit, scope), items, self.to)
    }

    /// The same with a due day of one's own.
    pub(crate) fn approved_until(
        &self,
        owner: &Colleague,
        judge: &Colleague,
        (unit, scope): (&str, Scope),
        items: &[(&str, &str)],
        due: Day,
    ) -> (PlanId, Vec<ItemId>) {
        let plan = PlanId::from_bits(fresh());
        owner.does(Command::DraftPlan(DraftPlan {
            plan,
            unit: self.unit(unit),
            period: self.period,
            scope,
            owner: owner.person,
        }));
        let mut ids = Vec::new();
        for (position, (title, weight)) in (1..).zip(items) {
            let id = ItemId::from_bits(fresh());
            ids.push(id);
            let item = Item {
                position,
                title: (*title).to_owned(),
                section: "key_work".to_owned(),
                responsible: Some(owner.person),
                due: Some(due),
                deliverable: "记录".to_owned(),
                standard: "按要求完成".to_owned(),
                weight: weight.parse().expect("a weight reads"),
                ..Item::blank(id, plan)
            };
            let item = Box::new(item);
            owner.does(Command::AddItem(AddItem { plan, item }));
        }
        let seen = content(&owner.world(), plan);
        owner.does(Command::SubmitPlan(SubmitPlan { plan, seen }));
        let seen = content(&judge.world(), plan);
        judge.does(Command::ApprovePlan(ApprovePlan { plan, seen }));
        (plan, ids)
    }
}

/// Scores every item of a plan alike and publishes the result.
pub(crate) fn publishes(judge: &Colleague, plan: PlanId, judgement: (&str, &str)) {
    let items = judge
        .world()
        .document(plan)
        .expect("the judge sees it")
        .items
        .clone();
    for item in items.keys().copied() {
        judge.does(Command::ScoreSuperior(scored(plan, item, judgement)));
    }
    let world = judge.world();
    let period = world.document(plan).and_then(|found| found.plan.as_ref());
    let period = period.and_then(|found| world.organisation().periods.get(&found.period));
    let day = period.expect("the judge sees the plan's period").to;
    let verdict = result::verdict(&world, plan, judge.person, day);
    let seen = verdict.expect("every item is scored").seen;
    judge.does(Command::PublishResult(PublishResult { plan, seen }));
}

/// Reports an item as done on a day.
pub(crate) fn completed(plan: PlanId, item: ItemId, happened: Day) -> Command {
    Command::ReportItem(ReportItem {
        report: ReportId::from_bits(fresh()),
        plan,
        item,
        kind: ReportKind::Completion,
        percent: 100,
        quantity: None,
        note: String::new(),
        happened,
        of: None,
        reason: String::new(),
        paper: false,
    })
}

/// A score where none was given yet.
pub(crate) fn scored(plan: PlanId, item: ItemId, (efficiency, quality): (&str, &str)) -> ScoreItem {
    let judgement = Judgement::CarriedOut {
        efficiency: efficiency.to_owned(),
        quality: quality.to_owned(),
    };
    ScoreItem {
        plan,
        item,
        judgement: Edit {
            old: None,
            new: Some(judgement),
        },
        note: String::new(),
    }
}

/// Opens the result under the person's own sign-in, and answers it.
pub(crate) fn opens_and_answers(person: &Colleague, plan: PlanId, answer: ResultAnswer) {
    let world = person.world();
    let document = world.document(plan).expect("the owner sees the plan");
    let result = document.result().expect("a result is published");
    let version = result.version;
    person.does(Command::DeliverResult(DeliverResult {
        plan,
        version,
        how: DeliveryKind::Opened,
    }));
    person.does(Command::AnswerResult(AnswerResult {
        plan,
        version,
        seen: digest::result(result),
        answer,
    }));
}

fn content(world: &World, plan: PlanId) -> String {
    let document = world.document(plan).expect("the signer sees the plan");
    let found = document.plan.as_ref().expect("the signer sees its row");
    digest::plan_content(found, document)
}

/// The printed total of parts by their working days: the mean, rounded once, half up.
pub(crate) fn mean(parts: &[(Points, u32)]) -> Points {
    let days: i64 = parts.iter().map(|(_, days)| i64::from(*days)).sum();
    let sum: i64 = parts
        .iter()
        .map(|(total, days)| total.0 * i64::from(*days))
        .sum();
    Points((2 * sum + days).div_euclid(2 * days))
}
