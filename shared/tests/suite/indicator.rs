//! Indicators through commands: who enters them, what they give, and what is missing without them.

use serde_json::json;
use shared::command::Command;
use shared::command::grade::EnterIndicator;
use shared::indicator::Reading;
use shared::item::Edit;
use shared::quantity::{BasisPoints, Points, Quantity};
use shared::refusal::Refusal;
use shared::regime::document::Regime;
use shared::result::{self, Recomputed};
use shared::score::Judgement;
use shared::world::Stop;

use crate::plain::plain;
use crate::prelude::*;

/// 60 points of items and 40 of revenue: nothing below four fifths, in full when reached, at most 1.2.
fn with_revenue() -> Regime {
    let revenue = json!({
        "key": "revenue", "name": {"zh": "营业收入", "en": "Revenue"}, "total": 4_000,
        "source": {"measured": {
            "of": {"indicator": "revenue"},
            "curve": {"linear": {"points": [
                {"at": 8_000, "factor": 0}, {"at": 10_000, "factor": 10_000}, {"at": 12_000, "factor": 12_000}
            ]}}
        }},
        "empty": "blocks"
    });
    plain(&[
        ("/cycles/0/total/parts/list/0/total", json!(6_000)),
        ("/cycles/0/total/parts/list/-", revenue),
    ])
}

fn reading(reached: i64, target: Option<i64>) -> Reading {
    Reading {
        reached: Quantity(reached * 10_000),
        target: target.map(|target| Quantity(target * 10_000)),
    }
}

fn enter(old: Option<Reading>, new: Option<Reading>) -> Command {
    Command::EnterIndicator(EnterIndicator {
        plan: PLAN,
        indicator: "revenue".into(),
        reading: Edit { old, new },
        note: "财务月报".into(),
    })
}

/// The line's plan is approved and its one item scored 90 of 100.
fn scored() -> Story {
    let mut story = Story::founded_under(with_revenue().into());
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    story.must(LINE_HEAD, add(item(1, 10_000)));
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story.moment = noon(day(2026, 12, 2));
    let ninety = score(1, None, Some(Judgement::points(Points(9_000))));
    story.must(MANAGER, Command::ScoreSuperior(ninety));
    story
}

/// By hand: 60 x 0.90 = 54. Revenue 1,080 of 1,200 is 0.90, halfway between nothing at 0.80 and all at
/// 1.00: 40 x 0.5 = 20. Together 74.00, at least 70: 0.80. With 1,320 it is 1.10, so 40 x 1.1 = 44: 98.00.
#[test]
fn a_number_gives_what_the_curve_says() {
    for (reached, total, coefficient) in [
        (1_080, 7_400, 8_000),
        (1_320, 9_800, 12_000),
        (900, 5_400, 0),
    ] {
        let mut story = scored();
        story.must(
            PLAN_OFFICE,
            enter(None, Some(reading(reached, Some(1_200)))),
        );
        story.must(MANAGER, story.publish());
        let result = story.document().result().unwrap();
        assert_eq!(
            (result.total, result.coefficient),
            (Points(total), BasisPoints(coefficient))
        );
        let document = story.regime().document;
        assert_eq!(result::recompute(result, &document), Recomputed::Identical);
    }
}

/// Without a target the number is the degree itself: 0.90 gives the same 20. A loss gives nothing.
#[test]
fn a_rate_is_its_own_degree() {
    let mut story = scored();
    let rate = Reading {
        reached: Quantity(9_000),
        target: None,
    };
    story.must(MANAGER, enter(None, Some(rate)));
    assert_eq!(
        story.verdict(MANAGER).unwrap().computed.total,
        Points(7_400)
    );
    let loss = reading(-50, Some(1_200));
    story.must(MANAGER, enter(Some(rate), Some(loss)));
    assert_eq!(
        story.verdict(MANAGER).unwrap().computed.total,
        Points(5_400)
    );
}

#[test]
fn nothing_is_published_before_it_is_entered() {
    let mut story = scored();
    let lacks = Refusal::FieldMissing {
        item: None,
        field: "revenue".into(),
    };
    assert_eq!(story.verdict(MANAGER), Err(Stop::Refused(lacks.clone())));
    let running = result::running(&story.world, PLAN, MANAGER, story.moment.today()).unwrap();
    assert!(running.missing.indicators.contains("revenue"));
    let entered = reading(1_200, Some(1_200));
    story.must(PLAN_OFFICE, enter(None, Some(entered)));
    assert_eq!(
        story.verdict(MANAGER).unwrap().computed.total,
        Points(9_400)
    );
    story.must(PLAN_OFFICE, enter(Some(entered), None));
    assert_eq!(story.verdict(MANAGER), Err(Stop::Refused(lacks)));
    assert!(story.document().indicators.is_empty());
}

#[test]
fn who_may_enter_it_and_what_is_refused() {
    let mut story = scored();
    let full = reading(1_200, Some(1_200));
    for person in [LINE_HEAD, WORKER, STORE_HEAD] {
        assert_eq!(
            story.refused(person, enter(None, Some(full))),
            Refusal::Forbidden
        );
    }
    let nothing = Reading {
        target: Some(Quantity(0)),
        ..full
    };
    let refused = story.refused(MANAGER, enter(None, Some(nothing)));
    assert!(matches!(refused, Refusal::OutOfRange { .. }), "{refused:?}");
    let Command::EnterIndicator(args) = enter(None, Some(full)) else {
        unreachable!()
    };
    let other = EnterIndicator {
        indicator: "profit".into(),
        ..args
    };
    let unknown = Refusal::UnknownValue {
        field: "indicator".into(),
        given: "profit".into(),
    };
    assert_eq!(
        story.refused(MANAGER, Command::EnterIndicator(other)),
        unknown
    );
    story.must(PLAN_OFFICE, enter(None, Some(full)));
    let refused = story.refused(MANAGER, enter(None, Some(reading(1_100, Some(1_200)))));
    assert!(
        matches!(refused, Refusal::ChangedMeanwhile { item: None, .. }),
        "{refused:?}"
    );
    // The same number again changes nothing.
    assert!(story.must(MANAGER, enter(None, Some(full))).is_empty());
    story.must(MANAGER, story.publish());
    let refused = story.refused(PLAN_OFFICE, enter(Some(full), None));
    assert!(matches!(refused, Refusal::WrongState { .. }), "{refused:?}");
}
