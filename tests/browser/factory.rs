//! The demo factory with more months and plans than a test needs, by the commands that people send.

use std::sync::Arc;

use chrono::Months;
use shared::command::Command;
use shared::command::organisation::OpenPeriod;
use shared::command::plan::{AddItem, ApprovePlan, DraftPlan, SubmitPlan};
use shared::digest;
use shared::id::{ItemId, PeriodId, PersonId, PlanId, UnitId};
use shared::item::Item;
use shared::moment::{Day, Made, Moment};
use shared::organisation::Organisation;
use shared::period::PeriodKind;
use shared::plan::Scope;
use shared::quantity::Points;
use shared::world::{Holdings, World};

use crate::colleague::{Colleague, fresh, now};
use crate::server::Server;

/// Items of one plan; the most that a plan holds.
const ITEMS: u32 = 200;
/// Commands of one push.
const PUSHED: usize = 90;

/// The factory, with the months that were added to it.
pub(crate) struct Factory {
    organisation: Arc<Organisation>,
    /// The added months, in order.
    pub(crate) months: Vec<PeriodId>,
}

impl Factory {
    /// Opens so many later months.
    pub(crate) fn with_months(count: u32, server: &Server) -> Self {
        let office = Colleague::signs_in("linxiaoyun", server);
        let organisation = Arc::clone(office.world().organisation());
        let earliest = organisation
            .periods
            .values()
            .min_by_key(|period| period.from);
        let earliest = earliest.expect("a month is open");
        let begins = |month| {
            let later = earliest.from.checked_add_months(Months::new(month));
            later.expect("a month follows")
        };
        let open = |month| {
            let period = PeriodId::from_bits(fresh());
            let last: Option<Day> = begins(month + 1).pred_opt();
            office.does(Command::OpenPeriod(OpenPeriod {
                period,
                kind: PeriodKind::Month,
                from: begins(month),
                to: last.expect("a day comes before"),
                regime: earliest.regime,
            }));
            period
        };
        let months = (1..=count).map(open).collect();
        // Asked once: every answer is as long as what the office may see.
        let organisation = Arc::clone(office.world().organisation());
        Self {
            organisation,
            months,
        }
    }

    fn unit_of(&self, person: PersonId) -> UnitId {
        let today = now().day(self.organisation.utc_offset());
        let mut posts = self.organisation.assignments_of(person, today);
        posts.next().expect("everybody has a post").unit
    }

    /// Makes a plan of as many items as a plan holds; the first is due today when `due` says so.
    pub(crate) fn plans(
        &self,
        owner: &Colleague,
        judge: &Colleague,
        period: PeriodId,
        scope: Scope,
        due: bool,
    ) {
        let plan = PlanId::from_bits(fresh());
        let today = now().day(self.organisation.utc_offset());
        let end = today
            .checked_add_months(Months::new(12))
            .expect("a year follows");
        let mut commands = vec![Command::DraftPlan(DraftPlan {
            plan,
            unit: self.unit_of(owner.person),
            period,
            scope,
            owner: owner.person,
        })];
        for position in 1..=ITEMS {
            let now_due = due && position <= 10;
            let item = Item {
                position,
                title: format!("一次交验合格率由97.0%提高到98.5% 第{position}项"),
                section: "key_work".to_owned(),
                responsible: Some(if now_due && scope == Scope::Unit {
                    judge.person
                } else {
                    owner.person
                }),
                due: Some(if now_due { today } else { end }),
                deliverable: "检验月报".to_owned(),
                standard: "不低于98.5%，连续三周".to_owned(),
                rule: "每低0.1个百分点扣1分".to_owned(),
                weight: Points(10_000 / i64::from(ITEMS)),
                ..Item::blank(ItemId::from_bits(fresh()), plan)
            };
            let item = Box::new(item);
            commands.push(Command::AddItem(AddItem { plan, item }));
        }
        let seen = self.seen(owner.person, plan, &commands);
        commands.push(Command::SubmitPlan(SubmitPlan {
            plan,
            seen: seen.clone(),
        }));
        for commands in commands.chunks(PUSHED) {
            owner.does_all(commands);
        }
        judge.does(Command::ApprovePlan(ApprovePlan { plan, seen }));
    }

    /// The digest of a plan that commands make.
    fn seen(&self, actor: PersonId, plan: PlanId, commands: &[Command]) -> String {
        let mut world =
            World::with_organisation(Arc::clone(&self.organisation), Holdings::Everything);
        let moment = Moment {
            made: Made::default(),
            received: now(),
            recorded: now(),
            utc_offset: self.organisation.utc_offset(),
        };
        for command in commands {
            for change in world
                .decide(command, actor, &moment)
                .expect("the factory allows it")
            {
                world.apply(&change);
            }
        }
        let document = world.document(plan).expect("it was drafted");
        digest::plan_content(document.plan.as_ref().expect("it was drafted"), document)
    }
}
