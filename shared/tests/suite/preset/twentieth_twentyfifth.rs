//! `twentieth-twentyfifth`: judged before the month is over, and checked by sampling.

use shared::period::PeriodKind;

use super::Case;

/// 38 of 40, 30 of 35, 21 of 25: 89.00, at least 80: 1.00.
#[test]
fn a_plain_month() {
    let mut case = Case::of("twentieth-twentyfifth", PeriodKind::Month);
    case.scored("key_work", 4_000, 3_800);
    case.scored("daily_work", 3_500, 3_000);
    case.scored("daily_work", 2_500, 2_100);
    assert_eq!(case.is(), (8_900, 10_000));
}

/// The third was left unfinished and no superior signed for it: 38 + 30 + 0 = 68.00, at least 60:
/// 0.60. The sample finds that the first was covered up: 0 + 30 + 0 = 30.00, below 60: 0. The fault
/// slip is the superior's and takes nothing off the plan.
#[test]
fn a_sample_that_found_something() {
    let mut case = Case::of("twentieth-twentyfifth", PeriodKind::Month);
    case.scored("key_work", 4_000, 3_800);
    case.scored("daily_work", 3_500, 3_000);
    case.undone("daily_work", 2_500);
    assert_eq!(case.is(), (6_800, 6_000));
    case.inputs.items.clear();
    case.undone("key_work", 4_000);
    case.scored("daily_work", 3_500, 3_000);
    case.undone("daily_work", 2_500);
    case.entry("covering_up", 0);
    assert_eq!(case.is(), (3_000, 0));
}
