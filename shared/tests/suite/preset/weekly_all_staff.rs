//! `weekly-all-staff`: forms that were not filled in are taken off, adopted suggestions are added.

use shared::period::PeriodKind;

use super::Case;

fn week(points: i64) -> Case {
    let mut case = Case::of("weekly-all-staff", PeriodKind::Week);
    case.scored("daily_work", 6_000, 6_000);
    case.scored("task", 4_000, points - 6_000);
    case
}

/// 60 of 60 and 36 of 40: 96.00, at least 95: 1.20.
#[test]
fn a_plain_week() {
    assert_eq!(week(9_600).is(), (9_600, 12_000));
}

/// The form was not filled in: 96 - 2 = 94.00, 1.10. A supervisor's: 91 - 4 = 87.00, 1.00. A
/// suggestion of the first was adopted: 94 + 1 = 95.00, 1.20.
#[test]
fn a_form_that_was_not_filled_in() {
    let mut case = week(9_600);
    case.entry("no_form", 200);
    assert_eq!(case.is(), (9_400, 11_000));
    case.entry("suggestion", 100);
    assert_eq!(case.is(), (9_500, 12_000));
    let mut supervisor = week(9_100);
    supervisor.entry("no_form_supervisor", 400);
    assert_eq!(supervisor.is(), (8_700, 10_000));
}

/// No reward lifts a week above full: 100 + 2 is 100.00.
#[test]
fn a_full_week_stays_full() {
    let mut case = week(10_000);
    case.entry("suggestion", 200);
    assert_eq!(case.is(), (10_000, 12_000));
}
