//! A week is lived inside its month on phones: its item is drawn from the month's and brings that one
//! forward, a second person countersigns, and a second person rates beside the superior.
//!
//! The result is asserted on the head's own device: 70 % of what the superior says and 30 % of what the
//! project's manager does.

use chrono::{DateTime, Datelike, Days, Months};
use serde_json::{Value, json};
use shared::command::Command;
use shared::command::organisation::{AdoptRegime, OpenPeriod};
use shared::command::plan::{AddItem, ApprovePlan, DraftPlan, SubmitPlan};
use shared::command::signing::{HoldRole, SignPlan};
use shared::digest;
use shared::id::{ItemId, PeriodId, PersonId, PlanId, RegimeId, RoleHolderId, UnitId};
use shared::item::{Item, LineageKind, Target, TargetKind};
use shared::moment::Day;
use shared::period::PeriodKind;
use shared::plan::Scope;
use shared::quantity::{Points, Quantity};
use shared::world::World;

use crate::colleague::{Colleague, fresh, now};
use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{finds_the_plan, somebody, waits_for_the_light};

const ITEM: &str = "交付检测台软件一百件";

#[test]
fn a_week_is_lived_inside_its_month_with_a_second_signer_and_a_second_rater() {
    let factory = Factory::opens();
    let month = factory.month_is_approved();
    let head = somebody("wangxiulan", Device::Phone, &factory.server);
    let week = draws_the_week(&factory, &head, month);
    factory.superior_approves(week);

    let signer = somebody("heliping", Device::Phone, &factory.server);
    signer.tap("[data-list=to-approve] [data-act=open-plan]");
    signer.wait_for("document.querySelectorAll('[data-list=steps] > li').length === 3");
    signer.photograph("countersigns-a-week");
    signer.act("approve-plan");
    signer.act("sign-approve");
    finds_the_plan(&signer, "approved");
    waits_for_the_light(&signer, "synced");

    brings_the_month_forward(&head, month, week);

    let rater = somebody("xuhaitao", Device::Phone, &factory.server);
    rater.tap("[data-list=to-rate] [data-act=open-judging]");
    rater.wait_for("!!document.querySelector('[data-page=rating]')");
    rater.photograph("rates-beside-the-superior");
    rater.fill("points", "90");
    rater.wait_for("!!document.querySelector('.aside .meter[data-state=full]')");
    waits_for_the_light(&rater, "synced");

    let superior = somebody("chenguodong", Device::Phone, &factory.server);
    superior.open(&format!("/plans/{}/judging", month.0));
    superior.wait_for("!!document.querySelector('[data-list=raters] > [data-state=whole]')");
    superior.sees("90.00");
    superior.fill("points", "80");
    superior.wait_for("document.querySelector('[data-field=running-total]').innerText === '83.00'");
    superior.photograph("publishes-what-two-rated");
    superior.act("publish-result");
    superior.act("sign-publish");
    waits_for_the_light(&superior, "synced");

    head.open(&format!("/plans/{}/result", month.0));
    // 80 x 0.7 + 90 x 0.3 = 56 + 27.
    head.wait_for("document.querySelector('[data-field=total]')?.innerText === '83.00'");
    head.act("recompute");
    head.wait_for("!!document.querySelector('.banner[data-state=good]')");
    for person in [&head, &signer, &rater, &superior] {
        person.has_no_complaint();
    }
}

/// The head begins the week, draws the month's item into it and hands it in.
fn draws_the_week(
    factory: &Factory,
    head: &Person,
    (_, item): (PlanId, ItemId),
) -> (PlanId, ItemId) {
    head.open("/plans");
    head.act("new-plan");
    head.fill_in("dialog [data-field=period]", &factory.week.to_string());
    head.act("draft-plan");
    head.act("open-pool");
    let line = format!("[data-pool='{item}']");
    head.fill_in(&format!("{line} [data-field=pool-weight]"), "100");
    head.tap(&format!("{line} [data-act=draw-item]"));
    head.act("close-dialog");
    head.wait_for("!!document.querySelector('[data-act=open-source]')");
    head.act("submit-plan");
    head.act("sign-submit");
    finds_the_plan(head, "submitted");
    waits_for_the_light(head, "synced");
    factory.week_of(item)
}

/// What was reached in the week stands with the month's item.
fn brings_the_month_forward(head: &Person, month: (PlanId, ItemId), week: (PlanId, ItemId)) {
    head.open(&format!("/plans/{}/items/{}", week.0, week.1));
    head.choose("进度");
    head.fill("percent", "40");
    head.fill("quantity", "40");
    head.act("send-report");
    waits_for_the_light(head, "synced");
    head.open(&format!("/plans/{}", month.0));
    head.wait_for("!!document.querySelector('[data-part=rolled][data-percent=\"40\"]')");
    head.tap("[data-part=rolled] > summary");
    head.tap("[data-list=drawn] [data-act=open-drawn]");
    head.wait_for(&format!("location.pathname === '/plans/{}'", week.0));
    head.photograph("week-inside-its-month");
}

/// The factory under a regime of weeks in months, in which a deputy countersigns and a project's manager
/// rates.
struct Factory {
    server: Server,
    unit: UnitId,
    month: PeriodId,
    week: PeriodId,
    today: Day,
}

impl Factory {
    fn opens() -> Self {
        let server = Server::start_with_the_demo();
        let office = Colleague::signs_in("linxiaoyun", &server);
        let world = office.world();
        let organisation = world.organisation();
        let unit = organisation
            .units
            .values()
            .find(|unit| unit.name == "品管部");
        let person = |name: &str| {
            let mut people = organisation.people.values();
            let found = people.find(|person| person.name == name);
            found.expect("the demo factory has such a person").id
        };
        let regime = RegimeId::from_bits(fresh());
        office.does(Command::AdoptRegime(AdoptRegime {
            id: regime,
            regime: serde_json::from_value(rules()).expect("the rules read"),
        }));
        let today = DateTime::from_timestamp_millis(now().0 + 8 * 3_600_000);
        let today = today.expect("this moment is a day").date_naive();
        let (month, week) = (PeriodId::from_bits(fresh()), PeriodId::from_bits(fresh()));
        let first = today.with_day(1).expect("every month has a first day");
        let next = first.checked_add_months(Months::new(1));
        let last = next.and_then(|next| next.pred_opt());
        let since = Days::new(u64::from(today.weekday().num_days_from_monday()));
        let monday = today.checked_sub_days(since).expect("a week has a Monday");
        let sunday = monday.checked_add_days(Days::new(6));
        let spans = [
            (month, PeriodKind::Month, first, last),
            (week, PeriodKind::Week, monday, sunday),
        ];
        for (period, kind, from, to) in spans {
            let to = to.expect("a span ends");
            office.does(Command::OpenPeriod(OpenPeriod {
                period,
                kind,
                from,
                to,
                regime,
            }));
        }
        for (role, name) in [("general_manager", "何丽萍"), ("project_manager", "徐海涛")] {
            office.does(Command::HoldRole(HoldRole {
                holder: RoleHolderId::from_bits(fresh()),
                role: role.to_owned(),
                unit: None,
                person: person(name),
                from: first,
            }));
        }
        Self {
            unit: unit.expect("the demo factory has such a unit").id,
            server,
            month,
            week,
            today,
        }
    }

    fn colleague(&self, login: &str) -> Colleague {
        Colleague::signs_in(login, &self.server)
    }

    /// The month's plan with its one item, signed by both.
    fn month_is_approved(&self) -> (PlanId, ItemId) {
        let head = self.colleague("wangxiulan");
        let (plan, id) = (PlanId::from_bits(fresh()), ItemId::from_bits(fresh()));
        head.does(Command::DraftPlan(DraftPlan {
            plan,
            unit: self.unit,
            period: self.month,
            scope: Scope::Unit,
            owner: head.person,
        }));
        let item = Box::new(delivery(id, plan, head.person, self.today));
        head.does(Command::AddItem(AddItem { plan, item }));
        let seen = content(&head.world(), plan);
        head.does(Command::SubmitPlan(SubmitPlan { plan, seen }));
        self.superior_approves((plan, id));
        let signer = self.colleague("heliping");
        let seen = content(&signer.world(), plan);
        let step = "countersign".to_owned();
        signer.does(Command::SignPlan(SignPlan { plan, step, seen }));
        (plan, id)
    }

    fn superior_approves(&self, (plan, _): (PlanId, ItemId)) {
        let superior = self.colleague("chenguodong");
        let seen = content(&superior.world(), plan);
        superior.does(Command::ApprovePlan(ApprovePlan { plan, seen }));
    }

    /// The week's item that was drawn from an item of the month.
    fn week_of(&self, from: ItemId) -> (PlanId, ItemId) {
        let world = self.colleague("chenguodong").world();
        let mut items = world.documents().flat_map(|(_, one)| one.items.values());
        let drawn = items.find(|item| {
            let lineage = item.lineage.as_ref();
            lineage.is_some_and(|one| (one.kind, one.item) == (LineageKind::Drawn, from))
        });
        let drawn = drawn.expect("the superior sees what was drawn");
        (drawn.plan, drawn.id)
    }
}

/// The shipped rules, with a countersignature behind the approval.
fn rules() -> Value {
    let shipped = include_str!("../../../shared/src/regime/presets/software-company.json");
    let shipped: Value = serde_json::from_str(shipped).expect("the document is JSON");
    let mut regime = shipped["regime"].clone();
    regime["key"] = json!("projects");
    regime["house_defaults"] = json!([]);
    let steps = regime["signing"]["plan"].as_array_mut();
    steps.expect("a plan is signed in steps").insert(
        1,
        json!({
            "key": "countersign",
            "name": {"zh": "会签", "en": "Countersign"},
            "by": [{"role": "general_manager"}],
            "kind": {"countersign": {"all": true}},
        }),
    );
    regime
}

/// A hundred pieces from a project.
fn delivery(id: ItemId, plan: PlanId, responsible: PersonId, due: Day) -> Item {
    Item {
        position: 1,
        title: ITEM.to_owned(),
        section: "key_work".to_owned(),
        source: "project".to_owned(),
        responsible: Some(responsible),
        target: Target {
            kind: TargetKind::Count,
            baseline: None,
            value: Some(Quantity(1_000_000)),
            measure: "件".to_owned(),
            tolerance: None,
        },
        due: Some(due),
        deliverable: "验收单".to_owned(),
        standard: "一百件全部通过验收".to_owned(),
        weight: Points(10_000),
        ..Item::blank(id, plan)
    }
}

fn content(world: &World, plan: PlanId) -> String {
    let document = world.document(plan).expect("the signer sees the plan");
    let found = document.plan.as_ref().expect("the signer sees its row");
    digest::plan_content(found, document)
}
