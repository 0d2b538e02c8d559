//! `public-service`: grades by decision, without points; a recorded case excludes the best one.

use shared::period::PeriodKind;
use shared::refusal::Refusal;

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
