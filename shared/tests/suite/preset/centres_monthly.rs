//! `centres-monthly`: typed points; late plans and undone work are taken off besides.

use shared::period::PeriodKind;

use super::Case;

/// 48 of 50, 27 of 30, 19 of 20: 94.00, at least 90: 1.10.
#[test]
fn a_plain_month() {
    let mut case = Case::of("centres-monthly", PeriodKind::Month);
    case.scored("major_business", 5_000, 4_800);
    case.scored("major_business", 3_000, 2_700);
    case.scored("daily_work", 2_000, 1_900);
    assert_eq!(case.is(), (9_400, 11_000));
}

/// The plan came late, 2; a main item of 50 was not done, 0 and 5 off; a daily item of 20 was not
/// done, 0 and 3 off: 0 + 27 + 0 - 10 = 17.00, below 60: 0. The reason for the main item is accepted
/// and its entry reversed: 17 + 5 = 22.00.
#[test]
fn undone_work_and_a_reason_that_is_accepted() {
    let mut case = Case::of("centres-monthly", PeriodKind::Month);
    case.undone("major_business", 5_000);
    case.scored("major_business", 3_000, 2_700);
    case.undone("daily_work", 2_000);
    case.entry("not_submitted", 200);
    case.entry("daily_undone", 300);
    case.entry("major_undone", 500);
    assert_eq!(case.is(), (1_700, 0));
    case.inputs.entries.pop();
    assert_eq!(case.is(), (2_200, 0));
}

/// Weeks are tracked: there is nothing to judge in them.
#[test]
fn weeks_are_tracked() {
    let mut case = Case::of("centres-monthly", PeriodKind::Week);
    case.scored("major_business", 5_000, 5_000);
    assert_eq!(case.refused(), shared::refusal::Refusal::NeverJudged);
}
