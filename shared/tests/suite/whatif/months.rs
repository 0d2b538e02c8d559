//! Whole months of format 1 by commands, and figures by hand.

use serde_json::json;
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::regime::document::Regime;
use shared::regime::finding::Problem;
use shared::seal::Assessment;
use shared::whatif::Lack;

use super::{changed, figures, lacks, line, shown, tried};
use crate::format_1;
use crate::month::{Month, person, points};
use crate::prelude::*;

/// Two are judged, one is in two units, one was away for most of the month, one is not judged yet.
fn smart() -> Month {
    let mut month = Month::under(format_1::smart_monthly());
    let due = day(2026, 11, 20);
    for n in [1, 2, 5] {
        month.plans(n, person(n), LINE, &[("key_work", 10_000, due)]);
    }
    month.plans(
        3,
        person(3),
        LINE,
        &[("key_work", 10_000, day(2026, 11, 10))],
    );
    month.plans(6, person(6), LINE, &[("key_work", 10_000, due)]);
    month.is_away(6, day(2026, 11, 4), day(2026, 11, 30));
    month.on(day(2026, 11, 12));
    month.judged(3, &[carried_out("on_time", "excellent")]);
    month.moves_to_the_store(3, day(2026, 11, 16));
    month.on(day(2026, 11, 16));
    month.plans(4, person(3), STORE, &[("key_work", 10_000, due)]);
    month.on(day(2026, 12, 2));
    month.judged(1, &[carried_out("on_time", "good")]);
    month.judged(2, &[carried_out("late", "good")]);
    month.judged(4, &[carried_out("on_time", "qualified")]);
    for n in [1, 3, 4] {
        month.signed(n);
    }
    month.sealed(&[1]);
    month.sealed(&[3, 4]);
    month.sealed(&[6]);
    month
}

/// Nothing changes for anybody: neither for who was sealed nor for who was only judged, neither for
/// two parts nor for who was not assessed. Who was not judged is named.
#[test]
fn the_same_regime_gives_everybody_the_same() {
    let month = smart();
    let outcome = tried(&month.story, PLAN_OFFICE, month.regime.clone()).unwrap();
    let none = (Points(0), BasisPoints(0), BasisPoints(0));
    for line in &outcome.lines {
        assert_eq!(line.difference(), none, "{line:?}");
        assert_eq!(line.then, line.now);
    }
    let mut people: Vec<_> = outcome.lines.iter().map(|line| line.person).collect();
    people.sort_unstable();
    assert_eq!(people, [1, 2, 3, 6].map(person));
    assert_eq!(
        line(&outcome, person(6)).now.assessment,
        Assessment::NotAssessed
    );
    assert_eq!(lacks(&outcome, person(5)), [Lack::NoResult]);
    assert_eq!(outcome.without, Vec::<String>::new());
}

/// By hand: 90.00 was 1.10; with the band from 92 on it is 1.00. With a fifth that floats the pay was
/// 0.80 + 0.2 x 1.10 = 1.02 and is 1.00. 70.00 stays 0.80: 0.80 + 0.16 = 0.96.
#[test]
fn a_moved_edge_of_a_band() {
    let month = smart();
    let mut other = format_1::smart_monthly();
    assert_eq!(other.bands[1].from, Points(9_000));
    other.bands[1].from = Points(9_200);
    let outcome = tried(&month.story, PLAN_OFFICE, other.into()).unwrap();
    let first = line(&outcome, person(1));
    let then = figures(9_000, 11_000, 10_200);
    assert_eq!(shown(first), [then, figures(9_000, 10_000, 10_000)]);
    let second = line(&outcome, person(2));
    assert_eq!(shown(second)[0], figures(7_000, 8_000, 9_600));
    assert_eq!(shown(second)[0], shown(second)[1]);
    // The greatest difference comes first.
    assert!(outcome.lines[0].is_changed());
    let store = outcome
        .units
        .iter()
        .find(|unit| unit.unit == STORE)
        .unwrap();
    assert_eq!((store.heads, store.apart), (1, 0));
    let unit = outcome.units.iter().find(|unit| unit.unit == LINE).unwrap();
    // Two were judged, one was not assessed, one is not judged.
    assert_eq!((unit.heads, unit.changed, unit.apart), (3, 1, 1));
    assert_eq!(unit.then.mean(), Some(Points(8_000)));
    assert_eq!(unit.then.coefficient, BasisPoints(11_000 + 8_000 + 10_000));
    assert_eq!(unit.now.coefficient, BasisPoints(10_000 + 8_000 + 10_000));
}

/// By hand, two parts of 10 and 11 working days: 100.00 in the line, 80.00 in the store, so that
/// (1000 + 880) / 21 = 89.5238..., printed 89.52, 1.00. With 1.00 for "on time and qualified" it is
/// 100.00 in both, 1.20, and the pay 0.80 + 0.24 = 1.04.
#[test]
fn two_parts_are_weighed_again() {
    let month = smart();
    let regime = Regime::from(&format_1::smart_monthly());
    let factor = "/judging/methods/0/scoring/matrix/factors/0/2";
    let other = changed(&regime, factor, json!(10_000));
    let other = changed(
        &other,
        "/judging/methods/0/scoring/matrix/factors/0/1",
        json!(10_000),
    );
    let outcome = tried(&month.story, PLAN_OFFICE, other.into()).unwrap();
    let third = line(&outcome, person(3));
    let then = figures(8_952, 10_000, 10_000);
    assert_eq!(shown(third), [then, figures(10_000, 12_000, 10_400)]);
}

/// By hand: daily 80 of 100, key 90 of 100, temporary 100 of 100; shares 40, 40 and 20 give
/// 32 + 36 + 20 = 88.00. With 20, 60 and 20 they give 16 + 54 + 20 = 90.00.
#[test]
fn other_shares_of_sections() {
    let mut month = Month::under(format_1::three_sections());
    let due = day(2026, 11, 20);
    let items = [
        ("daily_work", 10_000, due),
        ("key_work", 10_000, due),
        ("temporary_work", 10_000, due),
    ];
    month.plans(1, person(1), LINE, &items);
    month.on(day(2026, 12, 2));
    month.judged(1, &[points(8_000), points(9_000), points(10_000)]);
    let mut other = format_1::three_sections();
    let shares = [2_000, 6_000, 2_000].map(|share| Some(BasisPoints(share)));
    for (section, share) in other.sections.iter_mut().zip(shares) {
        section.share = share;
    }
    let outcome = tried(&month.story, PLAN_OFFICE, other.into()).unwrap();
    let [then, now] = shown(line(&outcome, person(1)));
    assert_eq!((then.0, now.0), (Points(8_800), Points(9_000)));
}

/// A regime that could not be adopted is not tried, nor one that knows no months, nor is a period
/// that is not there.
#[test]
fn only_what_could_be_adopted_is_tried() {
    let month = smart();
    let refused = |other: Regime| tried(&month.story, PLAN_OFFICE, other.into()).unwrap_err();
    let regime = Regime::from(&format_1::smart_monthly());
    let hole = changed(&regime, "/grades/by/points/bands/1/below", json!(9_300));
    let Refusal::RegimeInvalid { findings } = refused(hole) else {
        panic!("a hole between bands");
    };
    assert!(
        matches!(findings[0].problem, Problem::Hole { .. }),
        "{findings:?}"
    );
    let weekly = super::preset("weekly-all-staff", &[]);
    assert_eq!(refused(weekly), Refusal::NeverJudged);
}
