//! The rule text A + B + C − D through commands, from the document to the seal, with figures by hand.
//!
//! What the ledger would tell is typed by the superior here: format errors of part A and complaints
//! of part D are typed charges, so that everything goes through scores.

use std::collections::BTreeMap;

use serde_json::json;
use shared::command::Command;
use shared::command::organisation::AdoptRegime;
use shared::command::review::{ScoreItem, ScorePart};
use shared::command::seal::{AnswerResult, DeliverResult, SealResult};
use shared::digest;
use shared::id::RegimeId;
use shared::item::Edit;
use shared::item::Item;
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::regime::{Document, document};
use shared::report::ReportKind;
use shared::result::{self, PlanResult, Recomputed};
use shared::score::Judgement;
use shared::seal::{self, DeliveryKind, ResultAnswer};
use shared::world::Stop;

use crate::prelude::*;

fn rule_text() -> document::Regime {
    let text = include_str!("../data/regime/a-b-c-minus-d.json");
    let mut regime: serde_json::Value = serde_json::from_str(text).unwrap();
    for charge in [
        "/cycles/0/total/parts/list/0/source/charges/charges/0",
        "/cycles/0/total/parts/list/3/source/charges/charges/0",
    ] {
        let charge = regime.pointer_mut(charge).unwrap();
        charge["counted"] = json!({ "typed": {} });
        charge["amount"] = json!({ "range": { "least": 0, "most": 1_000 } });
    }
    serde_json::from_value(regime).unwrap()
}

fn whole(off: &[(&str, i64)]) -> Judgement {
    let off = off.iter();
    let off: BTreeMap<String, Points> = off
        .map(|(key, points)| ((*key).to_owned(), Points(*points)))
        .collect();
    Judgement::Whole { off }
}

fn part(part: &str, criterion: &str, points: i64) -> Command {
    Command::ScorePart(ScorePart {
        plan: PLAN,
        part: part.into(),
        criterion: criterion.into(),
        rater: "superior".into(),
        points: Edit {
            old: None,
            new: Some(Points(points)),
        },
        note: String::new(),
    })
}

/// Seven items with coefficients 1.50, 1.00, 0.50 and four of 1.00, handed in a day late.
fn approved() -> Story {
    let mut story = Story::founded_under(rule_text().into());
    // By the 28th of October at 18:00; the 29th at noon is a day late.
    story.moment = noon(day(2026, 10, 29));
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    for (n, importance) in (1..).zip([150, 100, 50, 100, 100, 100, 100]) {
        let item = Item {
            section: "work".into(),
            importance: Some(Points(importance)),
            ..item(n, 0)
        };
        story.must(LINE_HEAD, add(item));
    }
    story.must(LINE_HEAD, story.submit());
    story.on(2);
    story.must(MANAGER, story.approve());
    story
}

/// The first is done two days late, the third never, the others on their day.
fn reported() -> Story {
    let mut story = approved();
    story.on(20);
    for n in [2, 4, 5, 6, 7] {
        let done = report(n, 100 + n, ReportKind::Completion, 100, day(2026, 11, 20));
        story.must(WORKER, done);
    }
    story.on(22);
    let late = report(1, 101, ReportKind::Completion, 100, day(2026, 11, 22));
    story.must(WORKER, late);
    story.moment = noon(day(2026, 12, 2));
    story
}

fn judged() -> Story {
    let mut story = reported();
    for (n, judgement) in [
        (1, whole(&[])),
        (2, whole(&[("quality", 20)])),
        (3, Judgement::NotCarriedOut),
        (4, whole(&[])),
        (5, whole(&[])),
        (6, whole(&[])),
        (7, whole(&[])),
    ] {
        let score = score(n, None, Some(judgement));
        story.must(MANAGER, Command::ScoreSuperior(score));
    }
    story.must(MANAGER, part("a", "format", 100));
    story.must(MANAGER, part("d", "complaint", 600));
    story
}

pub(crate) fn published() -> (Story, PlanResult) {
    let mut story = judged();
    story.must(MANAGER, story.publish());
    let result = story.document().result().unwrap().clone();
    (story, result)
}

/// By hand: A = 10 − 1 typed − 2 for one day late = 7. B: five of seven on time are 71.43 %, 18.57
/// short of 90 %, two steps begun: 50 − 10 = 40. C: 1.50 − 2 × 0.50 = 0.50, 1.00 − 0.20 = 0.80, nothing,
/// and 4 × 1.00 are 5.30 of 7.00: 40 × 5.3 / 7 = 30.285714… D = 6. Together 71.285714… → 71.29, 0.70.
#[test]
fn the_rule_text_is_published_with_its_figures() {
    let (story, result) = published();
    assert_eq!(
        (result.total, result.coefficient),
        (Points(7_129), BasisPoints(7_000))
    );
    assert_eq!(result.engine_version, 3);
    assert_eq!((result.inputs.len(), result.derivation.len()), (0, 0));
    let three = result.three.as_ref().unwrap();
    assert_eq!(three.band.as_deref(), Some("d"));
    assert!(!three.preliminary && !three.house.is_empty());
    let earned: Vec<Option<i64>> = result.figures().iter().map(|one| one.earned).collect();
    let hundredths = [50, 80, 0, 100, 100, 100, 100].map(|one| Some(one * 10_000));
    assert_eq!(earned, hundredths);
    assert_eq!(result.carried_out(item_id(3)), Some(false));
    assert_eq!(result.carried_out(item_id(1)), None);
    let version = story.regime();
    assert_eq!(
        result::recompute(&result, &version.document),
        Recomputed::Identical
    );
}

#[test]
fn what_was_published_is_proven_by_facts_and_tape() {
    let (story, result) = published();
    let document = story.regime().document;
    let recompute = |result: &PlanResult| result::recompute(result, &document);
    let forged = |change: fn(&mut PlanResult)| {
        let mut forged = result.clone();
        change(&mut forged);
        recompute(&forged)
    };
    let differs = |found| matches!(found, Recomputed::Differs(_));
    assert!(differs(forged(|result| result.total = Points(8_000))));
    assert!(differs(forged(|result| {
        let three = result.three.as_mut().unwrap();
        three.inputs.items[0].late.calendar = 0;
    })));
    assert!(differs(forged(|result| {
        let three = result.three.as_mut().unwrap();
        three.tape[0].a += 1;
    })));
    let mut other = rule_text();
    other.money.floating_share = BasisPoints(1_000);
    let other = Document::from(other);
    assert_eq!(result::recompute(&result, &other), Recomputed::OtherRegime);
}

#[test]
fn it_is_signed_sealed_and_recomputed() {
    let (mut story, result) = published();
    let opened = DeliverResult {
        plan: PLAN,
        version: 1,
        how: DeliveryKind::Opened,
    };
    story.must(LINE_HEAD, Command::DeliverResult(opened));
    let signed = AnswerResult {
        plan: PLAN,
        version: 1,
        seen: digest::result(&result),
        answer: ResultAnswer::Signed,
    };
    story.must(LINE_HEAD, Command::AnswerResult(signed));
    let draft = seal::draft(&story.world, &[PLAN], story.moment.received, PLAN_OFFICE).unwrap();
    let seal = SealResult {
        plan: PLAN,
        parts: Vec::new(),
        seen: digest::seal_content(&draft),
    };
    story.must(PLAN_OFFICE, Command::SealResult(seal));
    let sealed = story.document().sealed[&1].clone();
    assert_eq!(
        (sealed.total, sealed.coefficient),
        (Points(7_129), BasisPoints(7_000))
    );
    assert_eq!(sealed.engine_version, 3);
    let document = story.regime().document;
    let again = seal::recompute(&sealed, &document, &[&result]);
    assert_eq!(again, Recomputed::Identical);
    let mut forged = sealed.clone();
    forged.coefficient = BasisPoints(12_000);
    let again = seal::recompute(&forged, &document, &[&result]);
    assert!(matches!(again, Recomputed::Differs(_)));
}

#[test]
fn nothing_is_published_before_everything_is_typed() {
    let mut story = reported();
    let today = story.moment.today();
    let missing = |story: &Story| result::verdict(&story.world, PLAN, MANAGER, today).unwrap_err();
    // The third was not reported, so it counts nothing whoever says what.
    let items = [1, 2, 4, 5, 6, 7].map(item_id).to_vec();
    let refusal = |field: &str| {
        let (item, field) = (None, field.to_owned());
        Stop::Refused(Refusal::FieldMissing { item, field })
    };
    assert_eq!(missing(&story), refusal("a"));
    story.must(MANAGER, part("a", "format", 0));
    assert_eq!(missing(&story), refusal("d"));
    story.must(MANAGER, part("d", "complaint", 0));
    assert_eq!(
        missing(&story),
        Stop::Refused(Refusal::ScoresMissing { items })
    );
    let running = result::running(&story.world, PLAN, MANAGER, today).unwrap();
    assert_eq!((running.judged, running.all), (1, 7));
    // A = 8 and B = 40; of C nothing but the item that was never done.
    assert_eq!(running.computed.unwrap().total, Points(4_800));
}

#[test]
fn who_does_not_judge_types_nothing_and_nobody_beyond_the_rules() {
    let mut story = reported();
    assert_eq!(
        story.refused(WORKER, part("a", "format", 100)),
        Refusal::Forbidden
    );
    let unknown = |field: &str, given: &str| Refusal::UnknownValue {
        field: field.into(),
        given: given.into(),
    };
    let refused = story.refused(MANAGER, part("c", "format", 100));
    assert_eq!(refused, unknown("criterion", "format"));
    let refused = story.refused(MANAGER, part("e", "format", 100));
    assert_eq!(refused, unknown("part", "e"));
    let refused = story.refused(MANAGER, part("a", "format", 1_001));
    assert!(matches!(refused, Refusal::OutOfRange { .. }));
    story.must(MANAGER, part("a", "format", 100));
    let refused = story.refused(MANAGER, part("a", "format", 200));
    assert!(matches!(
        refused,
        Refusal::ChangedMeanwhile { item: None, .. }
    ));
    let score = |judgement| {
        Command::ScoreSuperior(ScoreItem {
            judgement: Edit {
                old: None,
                new: Some(judgement),
            },
            ..score(1, None, None)
        })
    };
    let refused = story.refused(MANAGER, score(whole(&[("manners", 20)])));
    assert_eq!(refused, unknown("charge", "manners"));
    let refused = story.refused(MANAGER, score(Judgement::points(Points(100))));
    assert_eq!(refused, unknown("judgement", "1.00"));
}

#[test]
fn an_importance_is_typed_within_the_rules_and_asked_for() {
    let mut story = Story::founded_under(rule_text().into());
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    let weighed = |importance| {
        add(Item {
            section: "work".into(),
            importance,
            ..item(1, 0)
        })
    };
    let refused = story.refused(LINE_HEAD, weighed(Some(Points(1_001))));
    assert!(matches!(refused, Refusal::OutOfRange { .. }));
    story.must(LINE_HEAD, weighed(None));
    let refused = story.refused(LINE_HEAD, story.submit());
    let lacks = Refusal::FieldMissing {
        item: Some(item_id(1)),
        field: "importance".into(),
    };
    assert_eq!(refused, lacks);
}

#[test]
fn a_document_that_names_what_it_does_not_have_is_not_adopted() {
    let story = Story::founded();
    let mut regime = rule_text();
    regime.judging.methods[0].key = "other".into();
    let adopt = Command::AdoptRegime(AdoptRegime {
        id: RegimeId::from_bits(77),
        regime: regime.into(),
    });
    let refused = story.refused(PLAN_OFFICE, adopt);
    assert!(matches!(refused, Refusal::RegimeInvalid { .. }));
}
