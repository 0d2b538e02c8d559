//! `public-service`: grades by decision, without points; a recorded case excludes the best one.

use shared::id::{PersonId, UnitId};
use shared::period::PeriodKind;
use shared::refusal::Refusal;
use shared::result::engine_3::cohort::{
    CohortKey, CohortOpen, Outcome, Standing, TieDecision, Unsettled, cohort,
};

use super::Case;

/// The place of a grade, as it is decided.
fn decided(case: &mut Case, grade: u16) {
    case.inputs.decided = Some(grade);
}

/// The head of the organ decides for excellent: 1.00, and no points. Before, the grade is open and
/// 1.00 is provisional.
#[test]
fn a_grade_is_decided() {
    let mut case = Case::of("public-service", PeriodKind::Year);
    assert_eq!((case.is(), case.band()), ((0, 10_000), None));
    assert!(case.figures().preliminary);
    decided(&mut case, 0);
    assert_eq!((case.is(), case.band()), ((0, 10_000), Some("excellent")));
    assert!(!case.figures().preliminary);
    decided(&mut case, 3);
    assert_eq!(case.band(), Some("incompetent"));
}

/// Proposed excellent, but a violation was recorded: competent. A recorded reward and a note of
/// attendance exclude nothing, and no record lifts a grade.
#[test]
fn a_recorded_case_excludes_excellent() {
    let mut case = Case::of("public-service", PeriodKind::Year);
    decided(&mut case, 0);
    case.entry("reward", 0);
    case.entry("attendance", 0);
    assert_eq!(case.band(), Some("excellent"));
    case.entry("violation", 0);
    assert_eq!(case.band(), Some("competent"));
    decided(&mut case, 2);
    assert_eq!(case.band(), Some("basically_competent"));
}

/// Quarters are noted and never judged.
#[test]
fn quarters_are_noted() {
    let case = Case::of("public-service", PeriodKind::Quarter);
    assert_eq!(case.refused(), Refusal::NeverJudged);
}

/// Somebody of a unit for whom a grade is decided.
fn decided_for(case: &mut Case, n: u128, unit: u128, grade: u16) -> Standing {
    decided(case, grade);
    Standing {
        person: PersonId::from_bits(n),
        cohort: CohortKey::Unit(UnitId::from_bits(unit)),
        sisters: Some(CohortKey::Superior(PersonId::from_bits(900))),
        department: None,
        exempt: false,
        figures: case.figures(),
    }
}

/// A unit in which so many are proposed as excellent, and all others as competent.
fn unit(case: &mut Case, unit: u128, heads: u128, excellent: u128) -> Vec<Standing> {
    let grade = |n| u16::from(n >= excellent);
    let one = |n| decided_for(case, unit * 100 + n, unit, grade(n));
    (0..heads).map(one).collect()
}

fn excellent(outcome: &Outcome) -> usize {
    let settled = outcome.settled.iter();
    settled.filter(|one| one.band == Some(0)).count()
}

/// 34 heads: a fifth is 6.8, so 6 are excellent. Seven are proposed, so somebody orders them, and
/// the last becomes competent. A unit of 8 is pooled with one of 9: a fifth of 17 is 3.4, so 3.
#[test]
fn a_fifth_is_excellent() {
    let mut case = Case::of("public-service", PeriodKind::Year);
    let six = unit(&mut case, 1, 34, 6);
    let outcome = cohort(&case.program, &six, &[]).unwrap();
    assert_eq!(excellent(&outcome), 6);
    let seven = unit(&mut case, 1, 34, 7);
    let open = cohort(&case.program, &seven, &[]);
    let Err(Unsettled::Open(open)) = open else {
        panic!("{open:?}");
    };
    let people: Vec<PersonId> = seven[..7].iter().map(|one| one.person).collect();
    let [
        CohortOpen::Tie {
            places: 6,
            people: tied,
            ..
        },
    ] = open.as_slice()
    else {
        panic!("{open:?}");
    };
    assert_eq!(*tied, people);
    let order = TieDecision { people };
    let outcome = cohort(&case.program, &seven, &[order]).unwrap();
    assert_eq!(excellent(&outcome), 6);
    assert_eq!(outcome.settled[6].band, Some(1));
    let mut small = unit(&mut case, 1, 8, 2);
    small.extend(unit(&mut case, 2, 9, 1));
    let outcome = cohort(&case.program, &small, &[]).unwrap();
    assert_eq!(excellent(&outcome), 3);
    let facts = outcome.facts.values().next().unwrap();
    assert_eq!((facts.heads, facts.pooled, facts.places[0].of), (17, 2, 3));
}
