//! `responsibility-centres`: one's own score x the department's factor, 1.10, 1.00 or 0.90.

use shared::period::PeriodKind;

use super::Case;

fn own(department: Option<i64>) -> Case {
    let mut case = Case::of("responsibility-centres", PeriodKind::Month);
    case.scored("key_work", 6_000, 5_000);
    case.scored("daily_work", 4_000, 3_400);
    case.result("department", department);
    case
}

/// Own 50 + 34 = 84; the department has 92, so the factor is 1.10: 92.40, at least 90: 1.10. At 90 it
/// is 1.10 still, at 89.99 and at 80 it is 1.00: 84.00.
#[test]
fn a_good_department() {
    assert_eq!(own(Some(9_200)).is(), (9_240, 11_000));
    assert_eq!(own(Some(9_000)).is(), (9_240, 11_000));
    for department in [8_999, 8_000] {
        assert_eq!(own(Some(department)).is(), (8_400, 10_000));
    }
}

/// The department has 78: 84 x 0.90 = 75.60, at least 70: 0.80.
#[test]
fn a_weak_department() {
    assert_eq!(own(Some(7_800)).is(), (7_560, 8_000));
}

/// While the department is not judged the own score stands, 84.00, and is preliminary. A unit's own
/// plan has no department above it and counts alone.
#[test]
fn a_department_that_is_not_judged_yet() {
    let open = own(None);
    assert_eq!(open.is(), (8_400, 10_000));
    assert!(open.figures().preliminary);
    let mut unit = own(None);
    unit.inputs.results.clear();
    assert_eq!(unit.is(), (8_400, 10_000));
    assert!(!unit.figures().preliminary);
}
