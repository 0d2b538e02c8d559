//! `goal-management`: four quarters of 15 % each, and the year's end of 40 %.

use shared::item::TargetKind;
use shared::period::PeriodKind;

use super::Case;

/// The year's end gives 90.
fn year(quarters: [Option<i64>; 4]) -> Case {
    let mut case = Case::of("goal-management", PeriodKind::Year);
    case.scored("key_work", 10_000, 9_000);
    for (nth, total) in (1..).zip(quarters) {
        if total.is_some() {
            case.result(&format!("quarter_{nth}"), total);
        }
    }
    case
}

/// (88 + 92 + 79 + 85) x 0.15 = 344 x 0.15 = 51.60; 90 x 0.40 = 36.00: 87.60, at least 80: 1.00.
#[test]
fn a_plain_year() {
    let case = year([Some(8_800), Some(9_200), Some(7_900), Some(8_500)]);
    assert_eq!(case.is(), (8_760, 10_000));
}

/// Joined in May, so there is no first quarter: (92 + 79 + 85) x 0.15 = 38.40, with 36.00: 74.40 of
/// 0.85 = 87.529..., printed 87.53.
#[test]
fn a_year_that_began_in_may() {
    let case = year([None, Some(9_200), Some(7_900), Some(8_500)]);
    assert_eq!(case.is(), (8_753, 10_000));
}

/// A quarter: revenue 45 of 50 is 0.90, of 60 points 54; what cannot be measured is judged by date
/// and quality, 30 of 40: 84.00. A quarter has no band of its own.
#[test]
fn a_quarter() {
    let mut case = Case::of("goal-management", PeriodKind::Quarter);
    let revenue = case.item("key_work", 6_000);
    revenue.target = TargetKind::Higher;
    revenue.reached = Some((450_000, 500_000));
    case.scored("daily_work", 4_000, 3_000);
    assert_eq!(case.is(), (8_400, 10_000));
    assert_eq!(case.band(), None);
    // More than the goal is the goal: 60 + 30.
    case.inputs.items[0].reached = Some((700_000, 500_000));
    assert_eq!(case.is(), (9_000, 10_000));
}
