//! Results: figures computed by hand, to the hundredth of a point, against what is published.

use shared::command::Command;
use shared::command::review::PublishResult;
use shared::plan::PlanState;
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::result::{ENGINE_VERSION, ItemInput, PlanResult, Recomputed, Step, compute, recompute};
use shared::score::Judgement::{self, NotCarriedOut};

use crate::format_1;
use crate::prelude::*;

/// A whole month: weights in hundredths with what the superior judges, then publication.
fn published(items: &[(i64, Judgement)]) -> (Story, PlanResult) {
    let weights: Vec<i64> = items.iter().map(|(weight, _)| *weight).collect();
    let mut story = Story::approved(&weights);
    for (n, (_, judgement)) in (1..).zip(items) {
        story.must(
            MANAGER,
            Command::ScoreSuperior(score(n, None, Some(judgement.clone()))),
        );
    }
    story.must(MANAGER, story.publish());
    let result = story.document().result().cloned().unwrap();
    (story, result)
}

fn item_step(n: u128, weight: i64, factor: i64, millionths: i64) -> Step {
    let (weight, factor) = (Points(weight), BasisPoints(factor));
    Step::Item {
        item: item_id(n),
        weight,
        factor,
        millionths,
    }
}

/// S57, first worked example, by hand:
///
/// | item | weight | judged | factor | points |
/// |---|---|---|---|---|
/// | 1 | 33.33 | on time, excellent | 1.00 | 33.33 |
/// | 2 | 33.33 | late, good | 0.70 | 33.33 x 0.70 = 23.331 |
/// | 3 | 33.34 | on time, good | 0.90 | 33.34 x 0.90 = 30.006 |
///
/// 33.33 + 23.331 + 30.006 = 86.667; rounded once, half up: 86.67; at least 80 and below 90: 1.00.
/// Rounding each part first would give 33.33 + 23.33 + 30.01 = 86.67 too; the next example differs.
#[test]
fn worked_example_with_a_late_item() {
    let (story, result) = published(&[
        (3_333, carried_out("on_time", "excellent")),
        (3_333, carried_out("late", "good")),
        (3_334, carried_out("on_time", "good")),
    ]);
    assert_eq!(
        (result.total, result.coefficient),
        (Points(8_667), BasisPoints(10_000))
    );
    assert_eq!(
        result.derivation,
        [
            item_step(1, 3_333, 10_000, 33_330_000),
            item_step(2, 3_333, 7_000, 23_331_000),
            item_step(3, 3_334, 9_000, 30_006_000),
            Step::Sum {
                millionths: 86_667_000
            },
            Step::Rounded {
                total: Points(8_667)
            },
            Step::Band {
                from: Some(Points(8_000)),
                coefficient: BasisPoints(10_000)
            },
        ]
    );
    assert_eq!(story.state(), PlanState::Published);
    assert_eq!((result.owner, result.by), (LINE_HEAD, MANAGER));
    assert_eq!(
        (result.unit, result.period, result.regime),
        (LINE, NOVEMBER, REGIME)
    );
    // A month under a document of format 1 is judged by the second arithmetic to its end.
    assert_eq!((result.engine_version, ENGINE_VERSION), (2, 3));
    assert_eq!(
        recompute(&result, &story.regime().document),
        Recomputed::Identical
    );
}

/// S57, second worked example, by hand: a half that rounds up onto the edge of a band.
///
/// | item | weight | judged | factor | points |
/// |---|---|---|---|---|
/// | 1 | 20.05 | on time, good | 0.90 | 20.05 x 0.90 = 18.045 |
/// | 2 | 63.95 | on time, excellent | 1.00 | 63.95 |
/// | 3 | 10.00 | late, excellent | 0.80 | 8.00 |
/// | 4 | 6.00 | not carried out | 0 | 0 |
///
/// 18.045 + 63.95 + 8.00 + 0 = 89.995; rounded once, half up: 90.00. The band looks at the printed
/// figure: at least 90: 1.10, though the exact figure lies below 90.
#[test]
fn worked_example_with_a_half_at_the_edge_of_a_band() {
    let (_, result) = published(&[
        (2_005, carried_out("on_time", "good")),
        (6_395, carried_out("on_time", "excellent")),
        (1_000, carried_out("late", "excellent")),
        (600, NotCarriedOut),
    ]);
    assert_eq!(
        (result.total, result.coefficient),
        (Points(9_000), BasisPoints(11_000))
    );
    assert_eq!(
        result.derivation,
        [
            item_step(1, 2_005, 9_000, 18_045_000),
            item_step(2, 6_395, 10_000, 63_950_000),
            item_step(3, 1_000, 8_000, 8_000_000),
            item_step(4, 600, 0, 0),
            Step::Sum {
                millionths: 89_995_000
            },
            Step::Rounded {
                total: Points(9_000)
            },
            Step::Band {
                from: Some(Points(9_000)),
                coefficient: BasisPoints(11_000)
            },
        ]
    );
}

/// By hand: 99.99 x 0.60 = 59.994 and 0.01 x 0 = 0; rounded 59.99; below 60, so 0.
#[test]
fn worked_example_below_every_band() {
    let (_, result) = published(&[
        (9_999, carried_out("on_time", "needs_improvement")),
        (1, NotCarriedOut),
    ]);
    assert_eq!(
        (result.total, result.coefficient),
        (Points(5_999), BasisPoints(0))
    );
    let below = Step::Band {
        from: None,
        coefficient: BasisPoints(0),
    };
    assert_eq!(result.derivation.last(), Some(&below));
}

/// Each cell of the matrix for one item of 100.00, by the table of house defaults.
#[test]
fn every_cell_of_the_matrix() {
    let regime = format_1::smart_monthly();
    let table = [
        (
            "on_time",
            [
                ("excellent", 100, 12_000),
                ("good", 90, 11_000),
                ("qualified", 80, 10_000),
                ("needs_improvement", 60, 6_000),
            ],
        ),
        (
            "late",
            [
                ("excellent", 80, 10_000),
                ("good", 70, 8_000),
                ("qualified", 60, 6_000),
                ("needs_improvement", 40, 0),
            ],
        ),
    ];
    for (efficiency, row) in table {
        for (quality, points, coefficient) in row {
            let input = ItemInput {
                item: item_id(1),
                title: String::new(),
                weight: Points(10_000),
                judgement: carried_out(efficiency, quality),
                section: String::new(),
                bonus: false,
            };
            let computed = compute(&regime, &[input], &[]).unwrap();
            let is = (computed.total, computed.coefficient);
            assert_eq!(
                is,
                (Points(points * 100), BasisPoints(coefficient)),
                "{efficiency} {quality}"
            );
        }
    }
}

#[test]
fn every_weighted_item_needs_the_superiors_score() {
    let mut story = Story::approved(&[6_000, 4_000, 0]);
    let publish = Command::PublishResult(PublishResult {
        plan: PLAN,
        seen: String::new(),
    });
    let good = Some(carried_out("on_time", "good"));
    story.must(
        MANAGER,
        Command::ScoreSuperior(score(2, None, good.clone())),
    );
    let missing = Refusal::ScoresMissing {
        items: vec![item_id(1)],
    };
    assert_eq!(story.refused(MANAGER, publish), missing);
    // The self score does not stand in for it.
    story.must(WORKER, Command::ScoreSelf(score(1, None, good.clone())));
    let publish = Command::PublishResult(PublishResult {
        plan: PLAN,
        seen: String::new(),
    });
    assert_eq!(story.refused(MANAGER, publish), missing);
    // An item of weight 0 is tracked and not scored.
    story.must(MANAGER, Command::ScoreSuperior(score(1, None, good)));
    story.must(MANAGER, story.publish());
    assert_eq!(story.document().result().unwrap().inputs.len(), 2);
}

#[test]
fn publication_binds_scores_and_total() {
    let mut story = Story::approved(&[10_000]);
    let good = carried_out("on_time", "good");
    story.must(
        MANAGER,
        Command::ScoreSuperior(score(1, None, Some(good.clone()))),
    );
    let stale = story.publish();
    for actor in [LINE_HEAD, WORKER, PLAN_OFFICE, STORE_HEAD, STRANGER] {
        assert_eq!(story.refused(actor, stale.clone()), Refusal::Forbidden);
    }
    // Late and qualified gives the same 60.00 as on time and in need of improvement: the digest
    // binds the scores, not only the total.
    let first = carried_out("late", "qualified");
    story.must(
        MANAGER,
        Command::ScoreSuperior(score(1, Some(good), Some(first.clone()))),
    );
    let seen_first = story.publish();
    let second = carried_out("on_time", "needs_improvement");
    story.must(
        MANAGER,
        Command::ScoreSuperior(score(1, Some(first), Some(second))),
    );
    for stale in [stale, seen_first] {
        let refusal = story.refused(MANAGER, stale);
        assert!(
            matches!(refusal, Refusal::ContentChanged { .. }),
            "{refusal:?}"
        );
    }
    story.must(MANAGER, story.publish());
    let again = Command::PublishResult(PublishResult {
        plan: PLAN,
        seen: String::new(),
    });
    let published = Refusal::WrongState {
        state: PlanState::Published,
    };
    assert_eq!(story.refused(MANAGER, again), published);
}

#[test]
fn a_forged_result_is_found_out() {
    let (story, result) = published(&[(10_000, carried_out("on_time", "good"))]);
    let regime = story.regime().document;
    let forged = PlanResult {
        total: Points(9_500),
        ..result.clone()
    };
    assert!(
        matches!(recompute(&forged, &regime), Recomputed::Differs(computed) if computed.total == Points(9_000))
    );
    let forged = PlanResult {
        coefficient: BasisPoints(12_000),
        ..result.clone()
    };
    assert!(matches!(
        recompute(&forged, &regime),
        Recomputed::Differs(_)
    ));
    let mut other = regime.v1().unwrap().clone();
    other.bands[0].coefficient = BasisPoints(13_000);
    assert_eq!(recompute(&result, &other.into()), Recomputed::OtherRegime);
    let old = PlanResult {
        engine_version: 0,
        ..result
    };
    assert_eq!(recompute(&old, &regime), Recomputed::OtherEngine);
}

#[test]
fn unknown_levels_and_sums_beyond_measure_are_refused() {
    let regime = format_1::smart_monthly();
    let input = |weight, judgement| ItemInput {
        item: item_id(1),
        title: String::new(),
        weight: Points(weight),
        judgement,
        section: String::new(),
        bonus: false,
    };
    let unknown = compute(&regime, &[input(1, carried_out("early", "good"))], &[]);
    assert!(matches!(unknown, Err(Refusal::UnknownValue { .. })));
    let huge = compute(
        &regime,
        &[input(i64::MAX, carried_out("on_time", "good"))],
        &[],
    );
    assert!(matches!(huge, Err(Refusal::WeightOutOfRange { .. })));
}
