//! `three-sections`: 100 points in each section, shares of 40, 40 and 20; an empty one drops out.

use shared::period::PeriodKind;

use super::Case;

/// Daily 90 and key 80, no temporary work: (90 x 40 + 80 x 40) / 80 = 85.00, at least 80: 1.00.
#[test]
fn an_empty_section_drops_out() {
    let mut case = Case::of("three-sections", PeriodKind::Month);
    case.scored("daily_work", 6_000, 5_500);
    case.scored("daily_work", 4_000, 3_500);
    case.scored("key_work", 10_000, 8_000);
    assert_eq!(case.is(), (8_500, 10_000));
}

/// A key item of 40 is due on the 28th, after the assessed days: of the key section 60 are left, 45
/// of them earned, 75. Daily 90, temporary 70: 90 x 0.4 + 75 x 0.4 + 70 x 0.2 = 36 + 30 + 14 =
/// 80.00, at the edge of the band: 1.00.
#[test]
fn an_item_that_is_due_after_the_assessed_days() {
    let mut case = Case::of("three-sections", PeriodKind::Month);
    case.scored("daily_work", 10_000, 9_000);
    case.scored("key_work", 6_000, 4_500);
    case.scored("temporary_work", 10_000, 7_000);
    let later = case.item("key_work", 4_000).clone();
    case.inputs.items.pop();
    case.inputs.left_to_next.push(later);
    assert_eq!(case.is(), (8_000, 10_000));
}
