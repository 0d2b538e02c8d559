//! `smart-monthly`: efficiency x quality by a table, plan discipline taken off.
//!
//! Table: on time 1.00 / 0.90 / 0.80 / 0.60, late 0.80 / 0.70 / 0.60 / 0.40. Bands: 95 1.20, 90 1.10,
//! 80 1.00, 70 0.80, 60 0.60, below 0.

use shared::period::PeriodKind;
use shared::quantity::Points;
use shared::result::engine_3::inputs::Rating;

use super::Case;

/// 40 on time and good, 35 on time and qualified, 25 late and excellent.
fn three_items(case: &mut Case) {
    for (section, weight, cell) in [
        ("key_work", 4_000, (0, 1)),
        ("daily_work", 3_500, (0, 2)),
        ("daily_work", 2_500, (1, 0)),
    ] {
        let stated = case.stated("superior", Rating::Cell(cell.0, cell.1));
        case.item(section, weight).stated.push(stated);
    }
}

/// 40 x 0.90 = 36, 35 x 0.80 = 28, 25 x 0.80 = 20: 84.00, at least 80: 1.00.
#[test]
fn a_plain_month() {
    let mut case = Case::of("smart-monthly", PeriodKind::Month);
    three_items(&mut case);
    assert_eq!(case.is(), (8_400, 10_000));
}

/// The third was reported falsely: it counts 0, and 5 are taken off; the plan came late, 2 more.
/// 36 + 28 + 0 - 7 = 57.00, below 60: 0.
#[test]
fn a_false_report_and_a_late_plan() {
    let mut case = Case::of("smart-monthly", PeriodKind::Month);
    three_items(&mut case);
    let third = case.inputs.items[2].item;
    let entry = case.entry("false_report", 500);
    (entry.item, entry.item_zero) = (Some(third), true);
    case.entry("late_plan", 200);
    assert_eq!(case.is(), (5_700, 0));
    // What was late for want of another's help is charged there: 84 - 3.
    case.inputs.entries.clear();
    case.entry("no_cooperation", 300);
    assert_eq!(case.is(), (8_100, 10_000));
}

/// With 80/20: 84 of 100 are 67.20 of 80; the plan itself 10 in time and 8 for quality: 85.20.
#[test]
fn eighty_twenty() {
    let mut case = Case::with("smart-monthly", &["eighty-twenty"], PeriodKind::Month);
    three_items(&mut case);
    case.typed("making", 0, "superior", 1_000);
    case.typed("making", 1, "superior", 800);
    assert_eq!(case.is(), (8_520, 10_000));
    case.entry("omission", 500);
    assert_eq!(case.figures().total, Points(8_020));
}
