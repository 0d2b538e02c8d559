//! Roll-up by hand: weeks into a month, the month into a year.

use shared::carry;
use shared::id::{ItemId, PlanId, ReportId};
use shared::item::{Item, LineageKind, Target, TargetKind};
use shared::moment::UtcMillis;
use shared::quantity::{Points, Quantity};
use shared::report::{Report, ReportKind};
use shared::rollup::{self, Rolled};
use shared::row::Row;

use crate::prelude::*;

const YEAR: PlanId = PlanId::from_bits(301);
const MONTH: PlanId = PlanId::from_bits(302);
const WEEK_1: PlanId = PlanId::from_bits(303);
const WEEK_2: PlanId = PlanId::from_bits(304);

/// A world with items alone, as a device may hold them.
struct Items {
    story: Story,
    reports: u128,
}

impl Items {
    fn new() -> Self {
        Self {
            story: Story::empty(),
            reports: 0,
        }
    }

    fn put(&mut self, item: Item) -> Item {
        self.story.world.put(&Row::Item(item.clone()));
        item
    }

    fn item(&mut self, id: u128, plan: PlanId, target: Target) -> Item {
        let blank = Item::blank(ItemId::from_bits(id), plan);
        self.put(Item {
            title: "装配".into(),
            target,
            ..blank
        })
    }

    fn draw(&mut self, from: &Item, id: u128, plan: PlanId, weight: i64) -> Item {
        let drawn = carry::continued(
            LineageKind::Drawn,
            from,
            (ItemId::from_bits(id), plan),
            false,
        );
        self.put(Item {
            weight: Points(weight),
            ..drawn
        })
    }

    fn report(&mut self, item: &Item, kind: ReportKind, percent: u8, quantity: Option<i64>) {
        self.reports += 1;
        let mut times = noon(day(2026, 11, 10)).times();
        times.recorded = UtcMillis(times.recorded.0 + i64::try_from(self.reports).unwrap());
        self.story.world.put(&Row::Report(Report {
            id: ReportId::from_bits(self.reports),
            plan: item.plan,
            item: item.id,
            kind,
            by: WORKER,
            percent,
            quantity: quantity.map(|count| Quantity(count * 10_000)),
            note: String::new(),
            happened: day(2026, 11, 10),
            times,
            of: None,
            reason: String::new(),
            paper: false,
            confirmed: None,
            judge: None,
            timed: None,
        }));
    }

    fn of(&self, item: &Item) -> Option<Rolled> {
        rollup::of(&self.story.world, item.plan, item)
    }
}

fn target(kind: TargetKind, value: Option<i64>) -> Target {
    Target {
        kind,
        baseline: None,
        value: value.map(|value| Quantity(value * 10_000)),
        measure: "台".into(),
        tolerance: None,
    }
}

#[test]
fn weeks_add_up_to_a_month_and_the_month_to_the_year() {
    let mut items = Items::new();
    let year = items.item(1, YEAR, target(TargetKind::Count, Some(1_000)));
    let month = items.draw(&year, 2, MONTH, 4_000);
    let month = items.put(Item {
        target: target(TargetKind::Count, Some(100)),
        ..month
    });
    assert_eq!(items.of(&month), None);
    let first = items.draw(&month, 3, WEEK_1, 5_000);
    let second = items.draw(&month, 4, WEEK_2, 5_000);
    items.report(&first, ReportKind::Progress, 10, Some(10));
    items.report(&first, ReportKind::Completion, 100, Some(25));
    items.report(&second, ReportKind::Progress, 40, Some(17));
    // The first week's newest says 25, not 10 + 25; 25 + 17 = 42 of 100.
    let rolled = items.of(&month).unwrap();
    assert_eq!(rolled.quantity, Some(Quantity(420_000)));
    assert_eq!((rolled.percent, rolled.done), (42, 1));
    assert_eq!(rolled.children, [(WEEK_1, first.id), (WEEK_2, second.id)]);
    // What the month reports itself is not mixed in: the year has the weeks' 42 of 1,000.
    items.report(&month, ReportKind::Progress, 90, Some(90));
    let rolled = items.of(&year).unwrap();
    assert_eq!(rolled.quantity, Some(Quantity(420_000)));
    assert_eq!((rolled.percent, rolled.done), (4, 0));
}

#[test]
fn what_recurs_adds_each_report_and_another_measure_adds_nothing() {
    let mut items = Items::new();
    let month = items.item(1, MONTH, target(TargetKind::Count, Some(20)));
    let daily = items.draw(&month, 2, WEEK_1, 0);
    let daily = items.put(Item {
        target: target(TargetKind::PerDay, Some(3)),
        ..daily
    });
    items.report(&daily, ReportKind::Progress, 0, Some(3));
    items.report(&daily, ReportKind::Progress, 0, Some(4));
    items.report(&daily, ReportKind::Progress, 0, None);
    // 3 + 4 + 1 of 20.
    let rolled = items.of(&month).unwrap();
    assert_eq!(
        (rolled.quantity, rolled.percent),
        (Some(Quantity(80_000)), 40)
    );
    let hours = items.draw(&month, 3, WEEK_2, 0);
    let mut other = target(TargetKind::Count, Some(5));
    other.measure = "小时".into();
    let hours = items.put(Item {
        target: other,
        ..hours
    });
    items.report(&hours, ReportKind::Progress, 60, Some(3));
    // Machines and hours do not add up: the mean of 0 and 60 percent.
    let rolled = items.of(&month).unwrap();
    assert_eq!((rolled.quantity, rolled.percent), (None, 30));
}

#[test]
fn without_numbers_it_is_the_mean_by_weight() {
    let mut items = Items::new();
    let month = items.item(1, MONTH, target(TargetKind::Done, None));
    let first = items.draw(&month, 2, WEEK_1, 3_000);
    let second = items.draw(&month, 3, WEEK_2, 1_000);
    items.report(&first, ReportKind::Completion, 100, None);
    items.report(&second, ReportKind::Progress, 50, None);
    // (100 x 30 + 50 x 10) / 40 = 87.5, rounded down.
    let rolled = items.of(&month).unwrap();
    assert_eq!(
        (rolled.quantity, rolled.percent, rolled.done),
        (None, 87, 1)
    );
}

#[test]
fn what_was_carried_over_is_the_same_piece_of_work() {
    let mut items = Items::new();
    let month = items.item(1, MONTH, target(TargetKind::Count, Some(50)));
    let first = items.draw(&month, 2, WEEK_1, 1_000);
    items.report(&first, ReportKind::Progress, 40, Some(12));
    let next = (ItemId::from_bits(3), WEEK_2);
    let carried = carry::continued(LineageKind::CarriedOver, &first, next, false);
    let carried = items.put(carried);
    items.report(&carried, ReportKind::Completion, 100, Some(18));
    // 12 in the first week and 18 in the second are 30 of 50; there is one piece, and it is done.
    let rolled = items.of(&month).unwrap();
    assert_eq!(rolled.quantity, Some(Quantity(300_000)));
    assert_eq!((rolled.percent, rolled.done), (60, 1));
    assert_eq!(rolled.children, [(WEEK_1, first.id)]);
}

#[test]
fn a_circle_ends() {
    let mut items = Items::new();
    let one = items.item(1, MONTH, target(TargetKind::Done, None));
    let other = items.draw(&one, 2, WEEK_1, 1_000);
    items.draw(&other, 1, MONTH, 1_000);
    assert_eq!(items.of(&one).unwrap().percent, 0);
}
