//! `month-quarter-year`: tasks by the month, indicators and special work by the quarter, and a year.

use shared::item::TargetKind;
use shared::period::PeriodKind;

use super::Case;

/// An indicator from 15,000 to 18,000 reached 17,100: 2,100 of 3,000 is 0.70, of 60 points 42; special
/// work 34 of 40: 76.00, at least 70: 0.80.
#[test]
fn a_plain_quarter() {
    let mut case = Case::of("month-quarter-year", PeriodKind::Quarter);
    let indicator = case.item("indicator", 6_000);
    indicator.target = TargetKind::Higher;
    indicator.reached = Some((21_000_000, 30_000_000));
    case.scored("special_work", 4_000, 3_400);
    assert_eq!(case.is(), (7_600, 8_000));
}

/// The year's items give 88; its quarters 76, 82, 90 and 85, on average 83.25: 88 x 0.6 + 83.25 x 0.4 =
/// 52.80 + 33.30 = 86.10, at least 80: 1.00. Without the last quarter the mean is 248 / 3 =
/// 82.666...: 52.80 + 33.066... = 85.866..., printed 85.87. Without any, the items count alone: 88.00.
#[test]
fn a_year_with_a_quarter_missing() {
    let mut case = Case::of("month-quarter-year", PeriodKind::Year);
    case.scored("special_work", 10_000, 8_800);
    for quarter in [7_600, 8_200, 9_000, 8_500] {
        case.result("quarters", Some(quarter));
    }
    assert_eq!(case.is(), (8_610, 10_000));
    case.inputs.results.pop();
    assert_eq!(case.is(), (8_587, 10_000));
    case.inputs.results.clear();
    assert_eq!(case.is(), (8_800, 10_000));
}

/// The month's result is its plan's alone: 50 of 60 and 40 of 40: 90.00, 1.10.
#[test]
fn a_plain_month() {
    let mut case = Case::of("month-quarter-year", PeriodKind::Month);
    case.scored("task", 6_000, 5_000);
    case.scored("task", 4_000, 4_000);
    assert_eq!(case.is(), (9_000, 11_000));
}
