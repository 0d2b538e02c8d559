//! `three-class-monthly`: plans compiled, countersigned and issued; the product's own judging.

use shared::period::PeriodKind;

use super::Case;

/// 45 of 50, 27 of 30, 18 of 20: 90.00, at the edge of the band: 1.10.
#[test]
fn a_plain_month() {
    let mut case = Case::of("three-class-monthly", PeriodKind::Month);
    case.scored("key_work", 5_000, 4_500);
    case.scored("daily_work", 3_000, 2_700);
    case.scored("daily_work", 2_000, 1_800);
    assert_eq!(case.is(), (9_000, 11_000));
    assert_eq!(case.band(), Some("b"));
}

/// An extension of the third was asked after its due day and refused, so it was not carried out:
/// 45 + 27 + 0 = 72.00, at least 70: 0.80.
#[test]
fn an_extension_that_came_too_late() {
    let mut case = Case::of("three-class-monthly", PeriodKind::Month);
    case.scored("key_work", 5_000, 4_500);
    case.scored("daily_work", 3_000, 2_700);
    case.undone("daily_work", 2_000);
    assert_eq!(case.is(), (7_200, 8_000));
}
