//! `responsibility-centres`: one's own score x the department's factor, 1.10, 1.00 or 0.90.

use shared::id::{PersonId, UnitId};
use shared::period::PeriodKind;
use shared::quantity::Points;
use shared::result::engine_3::cohort::{
    CohortKey, CohortOpen, Standing, TieDecision, Unsettled, cohort,
};

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

/// A unit of people with these own totals, under a department whose factor is 1.00.
fn unit(totals: &[i64], department: i64) -> (Case, Vec<Standing>) {
    let case = Case::of("responsibility-centres", PeriodKind::Month);
    let one = |(n, total): (u128, &i64)| {
        let mut case = Case::of("responsibility-centres", PeriodKind::Month);
        case.scored("key_work", 10_000, *total);
        case.result("department", Some(department));
        Standing {
            person: PersonId::from_bits(n),
            cohort: CohortKey::Unit(UnitId::from_bits(1)),
            sisters: None,
            department: Some(Points(department)),
            exempt: false,
            figures: case.figures(),
        }
    };
    let standings = (1..).zip(totals).map(one).collect();
    (case, standings)
}

/// Twelve heads have two places, 2.4 rounded down. 97, then three of 96, and eight of 75: the sum is
/// 97 + 288 + 600 = 985, on average 82.08, under the department's 88. One of the three finds a place,
/// and the superior one level up says who.
#[test]
fn two_places_and_three_equals() {
    let mut totals = vec![9_700, 9_600, 9_600, 9_600];
    totals.extend([7_500; 8]);
    let (case, standings) = unit(&totals, 8_800);
    let open = cohort(&case.program, &standings, &[]);
    let Err(Unsettled::Open(open)) = open else {
        panic!("{open:?}");
    };
    let [
        CohortOpen::Tie {
            places: 1, people, ..
        },
    ] = open.as_slice()
    else {
        panic!("{open:?}");
    };
    let people = people.clone();
    assert_eq!(people.len(), 3);
    let outcome = cohort(&case.program, &standings, &[TieDecision { people }]).unwrap();
    let bands: Vec<_> = outcome.settled[..4].iter().map(|one| one.band).collect();
    assert_eq!(bands, [Some(0), Some(0), Some(1), Some(1)]);
    assert_eq!(outcome.settled[2].coefficient.0, 11_000);
}

/// Twelve of 89 under a department of 88: the average is above the department's own total, and the
/// judge gets them back.
#[test]
fn a_unit_above_its_department() {
    let (case, standings) = unit(&[8_900; 12], 8_800);
    let passed = CohortOpen::CeilingPassed {
        cohort: CohortKey::Unit(UnitId::from_bits(1)),
        sum: Points(106_800),
        heads: 12,
        ceiling: Points(8_800),
    };
    let open = cohort(&case.program, &standings, &[]);
    assert_eq!(open, Err(Unsettled::Open(vec![passed])));
}
