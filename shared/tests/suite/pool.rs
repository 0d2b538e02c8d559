//! The pool: longer plans from which a month's items are drawn, again and again.

use shared::command::Command;
use shared::command::organisation::{AdoptRegime, OpenPeriod};
use shared::command::plan::DraftPlan;
use shared::id::{ItemId, PeriodId, PlanId, RegimeId};
use shared::item::{Item, LineageKind};
use shared::period::PeriodKind;
use shared::plan::{Plan, Scope};
use shared::pool;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::report::ReportKind;

use crate::format_1;
use crate::prelude::*;

const YEAR: PeriodId = PeriodId::from_bits(301);
const POOL: PlanId = PlanId::from_bits(302);

/// The line's November plan is a draft, and its pool of the year has two items.
fn pooled() -> Story {
    let mut story = Story::drafted(&[]);
    let mut regimes = format_1::all().into_iter();
    let regime = regimes.find(|regime| regime.key == "annual-plan");
    let id = RegimeId::from_bits(300);
    let regime = regime.unwrap().into();
    story.must(
        PLAN_OFFICE,
        Command::AdoptRegime(AdoptRegime { id, regime }),
    );
    let open = OpenPeriod {
        period: YEAR,
        kind: PeriodKind::Year,
        from: day(2026, 1, 1),
        to: day(2026, 12, 31),
        regime: id,
    };
    story.must(PLAN_OFFICE, Command::OpenPeriod(open));
    let draft = DraftPlan {
        plan: POOL,
        unit: LINE,
        period: YEAR,
        scope: Scope::Unit,
        owner: LINE_HEAD,
    };
    story.must(LINE_HEAD, Command::DraftPlan(draft));
    for (n, due) in [(1, day(2026, 11, 20)), (2, day(2026, 12, 31))] {
        let mut item = item(n, 5_000);
        (item.id, item.plan, item.due) = (pool_item(n), POOL, Some(due));
        item.extra = vec![("system".into(), "S64".into())];
        story.must(LINE_HEAD, add(item));
    }
    story
}

fn pool_item(n: u128) -> ItemId {
    ItemId::from_bits(400 + n)
}

fn plan_of(story: &Story) -> &Plan {
    story.document().plan.as_ref().unwrap()
}

fn drawn(story: &Story, from: u128, into: u128, weight: i64) -> Item {
    drawn_into(story, PLAN, from, into, weight)
}

fn drawn_into(story: &Story, plan: PlanId, from: u128, into: u128, weight: i64) -> Item {
    let from = &story.world.document(POOL).unwrap().items[&pool_item(from)];
    let plan = story.world.document(plan).unwrap().plan.as_ref().unwrap();
    let id = item_id(into);
    pool::draw(from, plan, &story.world, id, Points(weight)).unwrap()
}

#[test]
fn a_drawn_item_knows_where_it_comes_from_and_is_due_in_its_month() {
    let mut story = pooled();
    let first = drawn(&story, 1, 1, 4_000);
    let lineage = first.lineage.clone().unwrap();
    assert_eq!((lineage.kind, lineage.plan), (LineageKind::Drawn, POOL));
    assert_eq!((lineage.item, lineage.origin), (pool_item(1), pool_item(1)));
    assert_eq!((lineage.rolled, lineage.provisional), (0, false));
    assert_eq!((first.plan, first.weight), (PLAN, Points(4_000)));
    assert_eq!(first.due, Some(day(2026, 11, 20)));
    // The other is due at the year's end: in this plan, when the month ends.
    let second = drawn(&story, 2, 2, 6_000);
    assert_eq!(second.due, Some(day(2026, 11, 30)));
    // Columns of the sheet stay with the pool.
    assert_eq!(second.extra, []);
    story.must(LINE_HEAD, add(first));
    story.must(LINE_HEAD, add(second));
    let places: Vec<_> = story.document().items_in_order();
    assert_eq!(places.len(), 2);
}

#[test]
fn the_pool_tells_what_became_of_its_items() {
    let mut story = pooled();
    let today = story.moment.today();
    let told = |story: &Story| -> Vec<_> {
        let items = pool::items(&story.world, plan_of(story), today);
        items
            .iter()
            .map(|found| (found.item.id, found.drawn, found.completed))
            .collect()
    };
    assert_eq!(told(&story), [(pool_item(1), 0, 0), (pool_item(2), 0, 0)]);
    story.must(LINE_HEAD, add(drawn(&story, 2, 1, 10_000)));
    assert_eq!(told(&story), [(pool_item(1), 0, 0), (pool_item(2), 1, 0)]);
    // Once in each plan: December draws it again.
    let twice = story.refused(LINE_HEAD, add(drawn(&story, 2, 2, 0)));
    assert_eq!(twice, Refusal::AlreadyCarried { item: item_id(1) });
    story.next_month();
    let again = drawn_into(&story, NEXT, 2, 2, 10_000);
    assert_eq!(again.due, Some(day(2026, 12, 31)));
    story.must(LINE_HEAD, add(again));
    assert_eq!(told(&story), [(pool_item(1), 0, 0), (pool_item(2), 2, 0)]);
    let submit = story.submit();
    story.must(LINE_HEAD, submit);
    let approve = story.approve();
    story.must(MANAGER, approve);
    let by = story.item(1).responsible.unwrap();
    story.must(by, report(1, 1, ReportKind::Completion, 100, today));
    assert_eq!(told(&story), [(pool_item(1), 0, 0), (pool_item(2), 2, 1)]);
}

#[test]
fn a_pool_is_the_units_own_and_of_its_period() {
    let mut story = pooled();
    let january = OpenPeriod {
        period: PeriodId::from_bits(303),
        kind: PeriodKind::Month,
        from: day(2027, 1, 1),
        to: day(2027, 1, 31),
        regime: REGIME,
    };
    story.must(PLAN_OFFICE, Command::OpenPeriod(january));
    let items = |plan: &Plan| pool::items(&story.world, plan, story.moment.today()).len();
    let november = plan_of(&story);
    assert_eq!(items(november), 2);
    let mut other = november.clone();
    other.unit = STORE;
    assert_eq!(items(&other), 0);
    let mut later = november.clone();
    later.period = PeriodId::from_bits(303);
    assert_eq!(items(&later), 0);
    // A month's plan is judged and therefore no pool.
    let plan = story.document().plan.as_ref().unwrap();
    assert!(!pool::is_pool_plan(story.world.organisation(), plan));
}
