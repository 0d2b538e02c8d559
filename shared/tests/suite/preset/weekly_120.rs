//! `weekly-120`: a week of 120 points; leaders' tasks and sudden events stand outside and are pooled.

use shared::period::PeriodKind;

use super::Case;

fn week(case: &mut Case) {
    case.scored("routine", 6_000, 5_400);
    case.scored("routine", 4_000, 3_400);
    case.scored("routine", 2_000, 1_800);
}

/// 54 + 34 + 18 = 106 of 120, x 100: 88.333..., printed 88.33, at least 80: 1.00.
#[test]
fn a_plain_week() {
    let mut case = Case::of("weekly-120", PeriodKind::Week);
    week(&mut case);
    assert_eq!(case.is(), (8_833, 10_000));
}

/// A leader's task of 30 earns 15: 121 of 150, 80.666..., printed 80.67: 1.00. A sudden event of 10
/// was not done: 121 of 160 = 75.625, printed 75.63, at least 70: 0.80.
#[test]
fn tasks_outside_the_120() {
    let mut case = Case::of("weekly-120", PeriodKind::Week);
    week(&mut case);
    case.scored("leader_task", 3_000, 1_500);
    assert_eq!(case.is(), (8_067, 10_000));
    case.undone("sudden_event", 1_000);
    assert_eq!(case.is(), (7_563, 8_000));
}

/// As a bonus what can be earned stays 120: 121 of 120, 100.833..., printed 100.83: 1.20. No more
/// than 30 count: 106 + 30 of 120 = 113.33.
#[test]
fn tasks_as_a_bonus() {
    let mut case = Case::with("weekly-120", &["bonus"], PeriodKind::Week);
    week(&mut case);
    case.scored("leader_task", 3_000, 1_500);
    assert_eq!(case.is(), (10_083, 12_000));
    case.scored("leader_task", 4_000, 4_000);
    assert_eq!(case.is(), (11_333, 12_000));
}
