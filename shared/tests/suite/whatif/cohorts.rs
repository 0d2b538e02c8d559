//! Places of a cohort under other rules, by hand; and cohorts of which somebody is missing.

use serde_json::{Value, json};
use shared::quantity::{BasisPoints, Points};
use shared::regime::document::Regime;
use shared::result::engine_3::inputs::Rating;
use shared::whatif::Lack;

use super::{Past, lacks, line, preset, someone};
use crate::prelude::*;

fn typed() -> Regime {
    preset("twentieth-twentyfifth", &[])
}

/// The best band of a regime for a share of a unit's people; small units have no quotas.
fn with_quota(regime: &Regime, share: i64) -> Regime {
    let bands = regime.bands();
    let mut tree = serde_json::to_value(regime).unwrap();
    tree["cohort"] = json!({
        "of": "unit", "small": {"below": 5, "then": "exempt"},
        "quotas": [{
            "band": bands[0].key, "share": share, "kind": "at_most", "over": bands[1].key
        }],
        "ties": "indirect_superior"
    });
    super::read(tree)
}

/// The line's people with these points of 100.00, the first of them first.
fn scored(points: &[i64]) -> Past {
    let mut past = Past::under(typed());
    for (n, points) in (1..).zip(points) {
        past.scored(n, Rating::Points(Points(*points)));
    }
    past
}

fn bands(past: &Past, other: Regime) -> Vec<Value> {
    let outcome = past.tried(other);
    let people = past.story.world.documents();
    let owners = people.filter_map(|(_, document)| document.plan.as_ref());
    owners
        .map(
            |plan| match outcome.lines.iter().find(|one| one.person == plan.owner) {
                Some(line) => json!(line.now.band),
                None => json!(lacks(&outcome, plan.owner)),
            },
        )
        .collect()
}

/// By hand: a third of six is two places. Four have 95 or more; the third and the fourth get the
/// next band and its coefficient.
#[test]
fn places_are_filled_anew() {
    let past = scored(&[9_900, 9_800, 9_700, 9_600, 8_500, 7_500]);
    let regime = typed();
    let [best, next, third, fourth] = [0, 1, 2, 3].map(|at| regime.bands()[at].clone());
    assert_eq!((best.from, next.from), (Points(9_500), Points(9_000)));
    let keys = [&best, &best, &next, &next, &third, &fourth].map(|band| json!(band.key));
    let other = with_quota(&regime, 3_400);
    assert_eq!(bands(&past, other.clone()), keys);
    let outcome = past.tried(other);
    let over = line(&outcome, someone(3));
    assert_eq!(over.then.coefficient, best.coefficient);
    assert_eq!(over.now.coefficient, next.coefficient);
    assert!(next.coefficient < best.coefficient);
    assert_eq!(over.now.total, Points(9_700));
    assert_eq!(outcome.units[0].changed, 2);
}

/// Three share the best total and there are two places: nobody orders them here.
#[test]
fn equals_at_an_edge_are_named() {
    let past = scored(&[9_900, 9_900, 9_900, 9_600, 8_500, 7_500]);
    let outcome = past.tried(with_quota(&typed(), 3_400));
    assert_eq!(outcome.lines, []);
    assert_eq!(outcome.apart.len(), 6);
    assert_eq!(lacks(&outcome, someone(5)), [Lack::Tie]);
}

/// One of the unit was judged by points that the other rules cannot read: a place may be hers.
#[test]
fn a_cohort_with_somebody_missing_is_not_settled() {
    let mut past = scored(&[9_900, 9_800, 9_700, 9_600, 8_500, 7_500]);
    past.hire(7, LINE);
    let inputs = shared::result::engine_3::Inputs {
        decided: None,
        left_to_next: Vec::new(),
        items: vec![past.rated(7, 10_000, Rating::Undone)],
        ..Default::default()
    };
    past.published(7, (someone(7), LINE, shared::plan::Scope::Personal), inputs);
    // Its result is withdrawn: an objection was upheld and it is judged again.
    let id = shared::id::PlanId::from_bits(2_007);
    let result = past
        .story
        .world
        .document(id)
        .unwrap()
        .result()
        .cloned()
        .unwrap();
    let row = shared::row::Row::Result(result);
    past.story.world.remove(row.key(), Some(id));
    let outcome = past.tried(with_quota(&typed(), 3_400));
    assert_eq!(lacks(&outcome, someone(7)), [Lack::NoResult]);
    assert_eq!(lacks(&outcome, someone(1)), [Lack::Cohort]);
    assert_eq!(outcome.lines, []);
}

/// The line's head judged six of the line and sees no more: no cohort of the company is settled by
/// that, while the line's own is.
#[test]
fn a_head_settles_no_cohort_that_he_does_not_see() {
    let past = scored(&[9_900, 9_800, 9_700, 9_600, 8_500, 7_500]);
    let own = with_quota(&typed(), 3_400);
    let outcome = past.tried_by(LINE_HEAD, own.clone());
    assert_eq!(outcome.lines.len(), 6);
    let all = super::changed(&own, "/cohort/of", json!("company"));
    let outcome = past.tried_by(LINE_HEAD, all.clone());
    assert_eq!(outcome.lines, []);
    assert_eq!(lacks(&outcome, someone(1)), [Lack::Cohort]);
    // The plan office sees that nobody else was judged.
    let outcome = past.tried(all);
    assert_eq!(outcome.lines.len(), 6);
    assert_eq!(
        line(&outcome, someone(3)).now.coefficient,
        BasisPoints(typed().bands()[1].coefficient.0)
    );
}
