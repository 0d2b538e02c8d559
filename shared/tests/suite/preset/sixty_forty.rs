//! `sixty-forty`: an assessment group types nine criteria; items are tracked.

use shared::period::PeriodKind;
use shared::refusal::Refusal;

use super::Case;

/// What one member of the group types: 60 of plan management, and 40 of management.
fn types(case: &mut Case, management: [i64; 4], rest: [i64; 5]) {
    for (nth, points) in (0..).zip(management) {
        case.typed("plan_management", nth, "group", points);
    }
    for (nth, points) in (0..).zip(rest) {
        case.typed("management", nth, "group", points);
    }
}

const REST: [i64; 5] = [700, 800, 600, 750, 650];

/// 13.5 + 12 + 14 + 11 = 50.5; 7 + 8 + 6 + 7.5 + 6.5 = 35: 85.50, at least 80: 1.00.
#[test]
fn a_plain_month() {
    let mut case = Case::of("sixty-forty", PeriodKind::Month);
    types(&mut case, [1_350, 1_200, 1_400, 1_100], REST);
    assert_eq!(case.is(), (8_550, 10_000));
}

/// Three of four hand in; of the first criterion 14, 13 and 13: 40 / 3 = 13.333...; of the others all
/// alike: 13.333... + 12 + 14 + 11 + 35 = 85.333..., printed 85.33. Nobody: nothing is published.
#[test]
fn three_of_four_assessors() {
    let mut case = Case::of("sixty-forty", PeriodKind::Month);
    for first in [1_400, 1_300, 1_300] {
        types(&mut case, [first, 1_200, 1_400, 1_100], REST);
    }
    assert_eq!(case.is(), (8_533, 10_000));
    case.inputs.typed.clear();
    let field = "plan_management".to_owned();
    assert_eq!(case.refused(), Refusal::FieldMissing { item: None, field });
}
