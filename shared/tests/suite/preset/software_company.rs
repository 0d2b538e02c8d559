//! `software-company`: the project manager rates project items beside the superior, 30 to 70.

use shared::period::PeriodKind;
use shared::quantity::Points;
use shared::result::engine_3::inputs::Rating;

use super::Case;

/// A project item of 60 to which the superior gave 54, and another of 40 with 36.
fn month() -> Case {
    let mut case = Case::of("software-company", PeriodKind::Month);
    case.scored("key_work", 6_000, 5_400);
    let mut sources = case.regime.items.sources.iter();
    let project = sources.position(|source| source.key == "project");
    case.inputs.items[0].source = super::place(project);
    case.scored("daily_work", 4_000, 3_600);
    case
}

/// The project manager gave 48: 54 x 0.7 + 48 x 0.3 = 37.8 + 14.4 = 52.2; with 36: 88.20, at least
/// 80: 1.00. Nobody asks the manager about the other item.
#[test]
fn two_raters_of_a_project() {
    let mut case = month();
    let stated = case.stated("project_manager", Rating::Points(Points(4_800)));
    case.inputs.items[0].stated.push(stated);
    assert_eq!(case.is(), (8_820, 10_000));
}

/// The project manager stated nothing and is left out: 54 + 36 = 90.00, at least 90: 1.10. The
/// appeal to the leading group is upheld, and the second version has 58 for the first: 94.00.
#[test]
fn a_project_manager_who_is_missing() {
    let mut case = month();
    assert_eq!(case.is(), (9_000, 11_000));
    case.inputs.items[0].stated[0].rating = Rating::Points(Points(5_800));
    assert_eq!(case.is(), (9_400, 11_000));
}
