//! `sales-daily`: each day's goals by the degree reached, at most 120 %; the month is the mean.

use shared::item::TargetKind;
use shared::period::PeriodKind;
use shared::quantity::Points;
use shared::refusal::Refusal;

use super::Case;

/// A day's goals: 3 interested clients (50), 1 visit (25), 40 calls (25).
fn a_day(clients: i64, visits: i64, calls: i64) -> Case {
    let mut case = Case::of("sales-daily", PeriodKind::Day);
    let goals = [
        ("clients", clients, 3),
        ("visits", visits, 1),
        ("calls", calls, 40),
    ];
    for (category, reached, goal) in goals {
        let mut categories = case.regime.items.categories.iter();
        let at = categories.position(|one| one.key == category).unwrap();
        let importance = case.regime.items.categories[at].importance.unwrap();
        let item = case.item("daily_work", 0);
        item.category = super::place(Some(at));
        item.importance = importance;
        item.target = TargetKind::PerDay;
        item.reached = Some((reached * 10_000, goal * 10_000));
    }
    case
}

/// 4 of 3 clients are 1.333..., held at 1.20: 60; 1 of 1 visits 25; 30 of 40 calls 0.75: 18.75. 60 +
/// 25 + 18.75 = 103.75; a day has no band.
#[test]
fn a_good_day() {
    let case = a_day(4, 1, 30);
    assert_eq!(case.is(), (10_375, 10_000));
    assert_eq!(case.band(), None);
}

/// The next day 3 clients, no visit, 40 calls: 50 + 0 + 25 = 75.00. The mean of both days is 89.375,
/// printed 89.38, at least 80: 1.00. A day of leave owes nothing and is no result; a month without
/// any day is not published.
#[test]
fn a_month_of_two_days() {
    assert_eq!(a_day(3, 0, 40).figures().total, Points(7_500));
    let mut month = Case::of("sales-daily", PeriodKind::Month);
    month.result("days", Some(10_375));
    month.result("days", Some(7_500));
    assert_eq!(month.is(), (8_938, 10_000));
    month.inputs.results.clear();
    let field = "days".to_owned();
    assert_eq!(month.refused(), Refusal::FieldMissing { item: None, field });
}
