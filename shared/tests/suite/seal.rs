//! After publication: proof of delivery, signature or objection, decision, and the seal that ends
//! it; a late head stops nobody's pay.

use shared::command::Command;
use shared::command::organisation::{EndAssignment, NoteAbsence};
use shared::command::plan::DraftPlan;
use shared::command::seal::SealResult;
use shared::id::AbsenceId;
use shared::moment::Day;
use shared::organisation::AbsenceBasis;
use shared::partition::PartitionId;
use shared::placement::placement;
use shared::plan::{PlanState, Scope};
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::result::{Recomputed, Step};
use shared::row::Row;
use shared::seal::{self, Assessment, DeliveryKind, Missing, ResultAnswer};
use shared::world::Stop;

use crate::firm::decides;
use crate::format_1;
use crate::month::{Month, figures, item_of, person, plan};
use crate::prelude::*;

const DUE: fn() -> Day = || day(2026, 11, 20);

/// One person's plan of one item, approved.
fn planned() -> Month {
    let mut month = Month::under(format_1::smart_monthly());
    month.plans(1, person(1), LINE, &[("key_work", 10_000, DUE())]);
    month
}

/// The same, judged on Wednesday 2 December: 90.00, coefficient 1.10.
fn published() -> Month {
    let mut month = planned();
    month.on(day(2026, 12, 2));
    month.judged(1, &[carried_out("on_time", "good")]);
    month
}

fn missing(month: &Month) -> Vec<Missing> {
    let now = month.story.moment.received;
    seal::readiness(&month.story.world, person(1), NOVEMBER, now).unwrap()
}

#[test]
fn a_signed_result_is_sealed_and_changes_no_more() {
    let mut month = published();
    assert_eq!(missing(&month), [Missing::Delivery(plan(1))]);
    month.signed(1);
    assert_eq!(missing(&month), []);
    let sealed = month.sealed(&[1]);
    assert_eq!(figures(&sealed), (Points(9_000), BasisPoints(11_000)));
    assert_eq!(sealed.assessment, Assessment::Assessed);
    // The six, and the line's own head and worker.
    assert_eq!(sealed.head_count, 8);
    assert_eq!(month.state(1), PlanState::Sealed);
    // November 2026 has 21 working days under the product's own calendar.
    let steps = [
        Step::Part {
            plan: plan(1),
            working_days: 21,
            total: Points(9_000),
            over: 9_000,
            under: 1,
        },
        Step::Parts {
            working_days: 21,
            millionths: 90_000_000,
        },
        Step::Rounded {
            total: Points(9_000),
        },
        Step::Band {
            from: Some(Points(9_000)),
            coefficient: BasisPoints(11_000),
        },
    ];
    assert_eq!(sealed.derivation, steps);
    let again = Month::score(1, 1, &carried_out("on_time", "excellent"));
    let story = &month.story;
    for (actor, command) in [
        (LINE_HEAD, Command::ScoreSuperior(again.clone())),
        (person(1), Command::ScoreSelf(again)),
        (person(1), month.deliver(1, DeliveryKind::Pin)),
        (person(1), month.answer(1, ResultAnswer::Signed)),
    ] {
        assert_eq!(story.refused(actor, command), Refusal::PeriodSealed);
    }
    // Sealing the same again changes nothing.
    let seal = month.seal(&[1]).unwrap();
    assert_eq!(month.story.must(PLAN_OFFICE, seal), []);
}

#[test]
fn the_grade_is_that_of_the_band_which_the_arithmetic_found() {
    let mut month = published();
    month.signed(1);
    let sealed = month.sealed(&[1]);
    let world = &month.story.world;
    let (_, version, _) = world.organisation().judged(NOVEMBER).unwrap();
    let regime = version.regime();
    // 90.00 stands in the band whose coefficient is 1.10.
    let mut bands = regime.bands().iter();
    let band = bands
        .find(|band| band.coefficient == BasisPoints(11_000))
        .unwrap();
    assert_eq!(band.from, Points(9_000));
    let result = month.document(1).result().unwrap();
    assert_eq!(result.grade(regime), Some(band.key.clone()));
    assert_eq!(sealed.grade(regime, &[result]), Some(band.key.clone()));
    // Below all bands there is none, and who was not assessed has none either.
    let mut below = result.clone();
    for step in &mut below.derivation {
        if let Step::Band { from, .. } = step {
            *from = None;
        }
    }
    assert_eq!(below.grade(regime), None);
    let mut away = sealed.clone();
    away.assessment = Assessment::NotAssessed;
    assert_eq!(away.grade(regime, &[]), None);
}

#[test]
fn silence_lets_the_window_pass_and_stops_nothing() {
    let mut month = published();
    let opened = month.deliver(1, DeliveryKind::Opened);
    month.story.must(person(1), opened.clone());
    // Three working days after Wednesday 2 December: Thursday, Friday, Monday the 7th, 17:00.
    let last = day(2026, 12, 7);
    assert_eq!(missing(&month), [Missing::Answer(plan(1), last)]);
    month.on(last);
    assert_eq!(missing(&month), [Missing::Answer(plan(1), last)]);
    let objected = month.answer(1, ResultAnswer::Objected("19日已完成".into()));
    let mut in_time = month.story.world.clone();
    let moment = month.story.moment;
    for change in in_time.decide(&objected, person(1), &moment).unwrap() {
        in_time.apply(&change);
    }
    // A later proof does not move the window.
    assert_eq!(month.story.must(person(1), opened), []);
    month.on(day(2026, 12, 8));
    let passed = Refusal::ObjectionWindowPassed { until: last };
    assert_eq!(month.story.refused(person(1), objected), passed);
    assert_eq!(missing(&month), []);
    let sealed = month.sealed(&[1]);
    assert_eq!(sealed.coefficient, BasisPoints(11_000));
}

#[test]
fn proof_of_delivery_comes_from_who_can_give_it() {
    let month = published();
    let story = &month.story;
    for how in [DeliveryKind::Opened, DeliveryKind::Pin] {
        let deliver = month.deliver(1, how);
        for actor in [LINE_HEAD, PLAN_OFFICE, person(2), STRANGER] {
            assert_eq!(story.refused(actor, deliver.clone()), Refusal::Forbidden);
        }
    }
    let paper = month.deliver(1, DeliveryKind::Paper);
    for actor in [person(1), person(2), STORE_HEAD, STRANGER] {
        assert_eq!(story.refused(actor, paper.clone()), Refusal::Forbidden);
    }
    for (witnesses, unfit) in [
        ([LINE_HEAD, KEEPER], LINE_HEAD),
        ([KEEPER, person(1)], person(1)),
        ([KEEPER, KEEPER], KEEPER),
    ] {
        let refused = month.deliver(1, DeliveryKind::Refused(witnesses));
        let refusal = Refusal::WitnessUnfit { person: unfit };
        assert_eq!(story.refused(LINE_HEAD, refused), refusal);
    }
    let stranger = month.deliver(1, DeliveryKind::Refused([KEEPER, STRANGER]));
    assert_eq!(
        story.refused(LINE_HEAD, stranger),
        Refusal::not_found("person")
    );
    for (actor, how) in [
        (LINE_HEAD, DeliveryKind::Paper),
        (PLAN_OFFICE, DeliveryKind::Paper),
        (LINE_HEAD, DeliveryKind::Refused([KEEPER, person(2)])),
    ] {
        let deliver = month.deliver(1, how);
        let decided = story.world.decide(&deliver, actor, &story.moment);
        assert_eq!(decided.unwrap().len(), 1);
    }
}

#[test]
fn an_answer_binds_the_result_that_was_seen_and_stands() {
    let mut month = published();
    let signed = month.answer(1, ResultAnswer::Signed);
    assert_eq!(
        month.story.refused(LINE_HEAD, signed.clone()),
        Refusal::Forbidden
    );
    let Command::AnswerResult(mut stale) = signed.clone() else {
        panic!("an answer");
    };
    stale.seen = "0".repeat(64);
    let refusal = month.story.refused(person(1), Command::AnswerResult(stale));
    assert!(matches!(refusal, Refusal::ContentChanged { .. }));
    let empty = month.answer(1, ResultAnswer::Objected(" ".into()));
    let refusal = month.story.refused(person(1), empty);
    assert!(matches!(refusal, Refusal::FieldMissing { .. }));
    // Who answers has opened it: the proof comes with the answer.
    assert_eq!(month.story.must(person(1), signed.clone()).len(), 2);
    assert_eq!(month.story.must(person(1), signed), []);
    let objected = month.answer(1, ResultAnswer::Objected("不同意".into()));
    let exists = Refusal::already_exists("answer");
    assert_eq!(month.story.refused(person(1), objected), exists);
}

fn decide(upheld: bool) -> Command {
    decides(plan(1), upheld)
}

#[test]
fn an_upheld_objection_leads_to_another_version() {
    let mut month = published();
    assert_eq!(
        month.story.refused(MANAGER, decide(true)),
        Refusal::not_found("answer")
    );
    let objected = month.answer(1, ResultAnswer::Objected("19日已完成".into()));
    month.story.must(person(1), objected);
    assert_eq!(missing(&month), [Missing::Decision(plan(1))]);
    for actor in [person(1), person(2), STORE_HEAD] {
        assert_eq!(month.story.refused(actor, decide(true)), Refusal::Forbidden);
    }
    // Who judged may give way, and does not reject what is said against the own judgement.
    assert_eq!(
        month.story.refused(LINE_HEAD, decide(false)),
        Refusal::Forbidden
    );
    month.story.must(MANAGER, decide(true));
    assert_eq!(month.state(1), PlanState::Approved);
    let mut better = Month::score(1, 1, &carried_out("on_time", "excellent"));
    better.judgement.old = Some(carried_out("on_time", "good"));
    month.story.must(LINE_HEAD, Command::ScoreSuperior(better));
    let second = month.published(1, LINE_HEAD);
    assert_eq!((second.version, second.total), (2, Points(10_000)));
    assert_eq!(month.document(1).results[&1].total, Points(9_000));
    // The first answer says nothing about the second version.
    assert_eq!(missing(&month), [Missing::Delivery(plan(1))]);
    month.signed(1);
    assert_eq!(month.sealed(&[1]).coefficient, BasisPoints(12_000));
}

#[test]
fn a_rejected_objection_lets_the_result_stand() {
    let mut month = published();
    let objected = month.answer(1, ResultAnswer::Objected("19日已完成".into()));
    month.story.must(person(1), objected);
    month.story.must(PLAN_OFFICE, decide(false));
    let decided = Refusal::already_exists("decision");
    assert_eq!(month.story.refused(MANAGER, decide(true)), decided);
    assert_eq!(month.state(1), PlanState::Published);
    assert_eq!(month.sealed(&[1]).total, Points(9_000));
}

#[test]
fn the_one_above_scores_only_when_the_head_is_late() {
    let mut month = planned();
    let good = carried_out("on_time", "good");
    let score = Command::ScoreSuperior(Month::score(1, 1, &good));
    // By the 5th of December, a Saturday: forward to Monday the 7th.
    let until = Some(day(2026, 12, 7));
    month.on(day(2026, 12, 7));
    let judge = LINE_HEAD;
    let early = Refusal::SuperiorNotLate { judge, until };
    assert_eq!(month.story.refused(MANAGER, score.clone()), early);
    month.on(day(2026, 12, 8));
    for actor in [STORE_HEAD, PLAN_OFFICE, ADMINISTRATOR, person(1)] {
        assert_eq!(
            month.story.refused(actor, score.clone()),
            Refusal::Forbidden
        );
    }
    month.story.must(MANAGER, score);
    assert!(month.document(1).superior_scores[&(item_of(1, 1), MANAGER)].on_behalf);
    let result = month.published(1, MANAGER);
    assert_eq!((result.by, result.on_behalf_of), (MANAGER, Some(LINE_HEAD)));
    // The self score was never given; the superior's counts.
    assert_eq!(result.total, Points(9_000));
}

#[test]
fn a_missing_score_is_paid_provisionally_and_the_difference_follows() {
    let mut month = planned();
    // To be filed by Tuesday 8 December, 17:00.
    month.on(day(2026, 12, 8));
    assert_eq!(missing(&month), [Missing::Publication(plan(1))]);
    month.on(day(2026, 12, 9));
    let first = month.sealed(&[1]);
    assert_eq!(
        (first.assessment, first.coefficient),
        (Assessment::Provisional, BasisPoints(10_000))
    );
    assert_eq!(month.state(1), PlanState::Approved);
    month.on(day(2026, 12, 10));
    month.judged(1, &[carried_out("late", "good")]);
    month.signed(1);
    // Late and good: 70.00, coefficient 0.80; 1.00 was paid.
    let second = month.sealed(&[1]);
    assert_eq!(figures(&second), (Points(7_000), BasisPoints(8_000)));
    let replaced = Step::Replaces {
        version: 1,
        total: Points(0),
        coefficient: BasisPoints(10_000),
    };
    assert_eq!(
        (second.version, second.derivation.last()),
        (2, Some(&replaced))
    );
    assert_eq!(month.document(1).sealed.len(), 2);
}

#[test]
fn who_was_away_too_long_is_not_assessed() {
    let mut month = planned();
    // Of 21 working days: from the 16th on 11, more than half; from the 17th on 10, not.
    for (from, assessed) in [(17, true), (16, false)] {
        let mut away = Month {
            story: Story {
                world: month.story.world.clone(),
                moment: month.story.moment,
                told: Vec::new(),
            },
            regime: month.regime.clone(),
        };
        away.story.must(
            LINE_HEAD,
            Command::NoteAbsence(NoteAbsence {
                id: AbsenceId::from_bits(u128::from(from)),
                person: person(1),
                basis: AbsenceBasis::Personal,
                from: day(2026, 11, from),
                to: Some(day(2026, 11, 30)),
            }),
        );
        away.on(day(2026, 12, 2));
        assert_eq!(away.seal(&[1]).is_err(), assessed);
        if !assessed {
            let sealed = away.sealed(&[1]);
            assert_eq!(sealed.assessment, Assessment::NotAssessed);
            assert_eq!(sealed.coefficient, BasisPoints(10_000));
            let step = Step::NotAssessed {
                away: 11,
                working_days: 21,
                coefficient: BasisPoints(10_000),
            };
            assert_eq!(sealed.derivation, [step]);
            assert_eq!(away.state(1), PlanState::Sealed);
        }
    }
    // A leaver is settled by the days until the last: 5 working days, all of them worked.
    month.story.must(
        ADMINISTRATOR,
        Command::EndAssignment(EndAssignment {
            assignment: shared::id::AssignmentId::from_bits(1_101),
            to: day(2026, 11, 6),
        }),
    );
    month.judged(1, &[carried_out("on_time", "excellent")]);
    month.signed(1);
    assert_eq!(figures(&month.sealed(&[1])).1, BasisPoints(12_000));
}

#[test]
fn who_seals_sees_what_was_sealed_where_nobody_judges() {
    let mut month = Month::under(format_1::smart_monthly());
    month.story.must(
        person(1),
        Command::DraftPlan(DraftPlan {
            plan: plan(1),
            unit: LINE,
            period: NOVEMBER,
            scope: Scope::Personal,
            owner: person(1),
        }),
    );
    month.story.must(
        LINE_HEAD,
        Command::NoteAbsence(NoteAbsence {
            id: AbsenceId::from_bits(1),
            person: person(1),
            basis: AbsenceBasis::Entitled,
            from: day(2026, 11, 1),
            to: None,
        }),
    );
    month.on(day(2026, 12, 2));
    let sealed = month.sealed(&[1]);
    assert_eq!(sealed.assessment, Assessment::NotAssessed);
    // The plan was never handed in, so it has no judge: its owner and the plan office hold the row.
    let row = Row::SealedResult(sealed);
    let expected = [
        PartitionId::User(person(1)),
        PartitionId::Judging(LINE, NOVEMBER, PLAN_OFFICE),
    ];
    assert_eq!(placement(&row, Some(month.document(1))), expected);
}

#[test]
fn the_seal_is_the_plan_offices_and_binds_what_it_saw() {
    let mut month = published();
    let unready = Command::SealResult(SealResult {
        plan: plan(1),
        parts: Vec::new(),
        seen: String::new(),
    });
    let lacks = Refusal::SealNotReady {
        missing: vec![Missing::Delivery(plan(1))],
    };
    assert_eq!(month.story.refused(PLAN_OFFICE, unready.clone()), lacks);
    month.signed(1);
    let seal = month.seal(&[1]).unwrap();
    for actor in [MANAGER, LINE_HEAD, ADMINISTRATOR, person(1)] {
        assert_eq!(month.story.refused(actor, seal.clone()), Refusal::Forbidden);
    }
    let refusal = month.story.refused(PLAN_OFFICE, unready);
    assert!(matches!(refusal, Refusal::ContentChanged { .. }));
    // Another person's plan is no part.
    month.plans(2, person(2), LINE, &[("key_work", 10_000, DUE())]);
    let foreign = Refusal::UnknownValue {
        field: "parts".into(),
        given: plan(2).to_string(),
    };
    assert_eq!(month.seal(&[2, 1]).unwrap_err(), Stop::Refused(foreign));
}

#[test]
fn a_forged_seal_is_found_out() {
    let mut month = published();
    month.signed(1);
    let sealed = month.sealed(&[1]);
    let results = [&month.result(1)];
    let mut forged = sealed.clone();
    forged.coefficient = BasisPoints(12_000);
    let recompute = |sealed| seal::recompute(sealed, &month.regime, &results);
    assert!(matches!(recompute(&forged), Recomputed::Differs(_)));
    let mut forged = sealed.clone();
    forged.by = MANAGER;
    assert!(matches!(recompute(&forged), Recomputed::Differs(_)));
    let mut other = month.regime.v1().unwrap().clone();
    other.provisional = None;
    let again = seal::recompute(&sealed, &other.into(), &results);
    assert_eq!(again, Recomputed::OtherRegime);
    // Without the parts nothing can be said about the figures.
    let again = seal::recompute(&sealed, &month.regime, &[]);
    assert_eq!(again, Recomputed::OtherRegime);
    // A seal says itself by which arithmetic it was made; what this build lacks it does not judge.
    let mut unknown = sealed.clone();
    unknown.engine_version = 9;
    let again = seal::recompute(&unknown, &month.regime, &results);
    assert_eq!(again, Recomputed::OtherEngine);
}
