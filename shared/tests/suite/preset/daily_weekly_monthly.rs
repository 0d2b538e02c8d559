//! `daily-weekly-monthly`: days and weeks are tracked, the month is judged.

use shared::period::PeriodKind;
use shared::refusal::Refusal;

use super::Case;

/// 57.5 of 60, 35 of 40: 92.50, at least 90: 1.10.
#[test]
fn a_plain_month() {
    let mut case = Case::of("daily-weekly-monthly", PeriodKind::Month);
    case.scored("key_work", 6_000, 5_750);
    case.scored("daily_work", 4_000, 3_500);
    assert_eq!(case.is(), (9_250, 11_000));
    for kind in [PeriodKind::Day, PeriodKind::Week] {
        let mut tracked = Case::of("daily-weekly-monthly", kind);
        tracked.scored("daily_work", 1_000, 1_000);
        assert_eq!(tracked.refused(), Refusal::NeverJudged);
    }
}

/// The superior's score is missing at filing: nothing is published, and 1.0000 is paid
/// provisionally. Later 48 of 60 and 30 of 40 come in: 78.00, at least 70: 0.80, so 0.20 less.
#[test]
fn a_late_head() {
    let mut case = Case::of("daily-weekly-monthly", PeriodKind::Month);
    case.item("key_work", 6_000);
    case.item("daily_work", 4_000);
    let items: Vec<_> = case.inputs.items.iter().map(|item| item.item).collect();
    assert_eq!(case.refused(), Refusal::ScoresMissing { items });
    let provisional = case.regime.people.provisional.0;
    assert_eq!(provisional, 10_000);
    case.inputs.items.clear();
    case.scored("key_work", 6_000, 4_800);
    case.scored("daily_work", 4_000, 3_000);
    let (total, coefficient) = case.is();
    assert_eq!((total, coefficient), (7_800, 8_000));
    assert_eq!(coefficient - provisional, -2_000);
}
