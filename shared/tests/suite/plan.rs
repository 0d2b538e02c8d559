//! A plan from draft to approval, and every way in which a signature is refused.

use shared::command::Command;
use shared::command::organisation::{Assign, EndAssignment};
use shared::command::plan::{
    ApprovePlan, DraftPlan, RemoveItem, ReturnPlan, SubmitPlan, WithdrawPlan,
};
use shared::id::{AssignmentId, PeriodId, PersonId, PlanId, UnitId};
use shared::item::Item;
use shared::organisation::Tenure;
use shared::plan::{PlanState, Scope};
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::regime::RegimeVersion;
use shared::regime::v1::WeightsPer;
use shared::row::Row;

use crate::format_1;
use crate::prelude::*;

fn draft(change: fn(&mut DraftPlan)) -> Command {
    let mut args = line_plan();
    change(&mut args);
    Command::DraftPlan(args)
}

fn send_back(story: &Story, reason: &str) -> Command {
    let (plan, seen, reason) = (PLAN, story.seen(), reason.into());
    Command::ReturnPlan(ReturnPlan { plan, seen, reason })
}

#[test]
fn a_head_begins_the_units_plan_and_so_may_the_plan_office() {
    for actor in [LINE_HEAD, PLAN_OFFICE, ADMINISTRATOR] {
        let mut story = Story::founded();
        story.must(actor, draft(|_| {}));
        assert_eq!(story.state(), PlanState::Draft);
    }
    let story = Story::founded();
    for actor in [WORKER, STORE_HEAD, KEEPER, STRANGER] {
        assert_eq!(story.refused(actor, draft(|_| {})), Refusal::Forbidden);
    }
}

#[test]
fn a_unit_has_one_plan_for_a_period_and_each_member_one() {
    let mut story = Story::drafted(&[]);
    let second = draft(|args| args.plan = PlanId::from_bits(32));
    assert_eq!(
        story.refused(LINE_HEAD, second),
        Refusal::PlanExists { plan: PLAN }
    );
    assert_eq!(
        story.refused(LINE_HEAD, draft(|_| {})),
        Refusal::already_exists("plan")
    );
    let own = |plan: u128, owner: PersonId| {
        let plan = PlanId::from_bits(plan);
        Command::DraftPlan(DraftPlan {
            plan,
            scope: Scope::Personal,
            owner,
            ..line_plan()
        })
    };
    story.must(WORKER, own(33, WORKER));
    let exists = Refusal::PlanExists {
        plan: PlanId::from_bits(33),
    };
    assert_eq!(story.refused(WORKER, own(34, WORKER)), exists);
    // A head may begin the plan of a member, a member not that of the head.
    story.must(LINE_HEAD, own(35, LINE_HEAD));
    assert_eq!(
        story.refused(WORKER, own(36, LINE_HEAD)),
        Refusal::Forbidden
    );
}

#[test]
fn a_plan_needs_a_known_unit_period_and_an_owner_who_answers_for_it() {
    let story = Story::founded();
    let refused = |change| story.refused(PLAN_OFFICE, draft(change));
    assert_eq!(
        refused(|args| args.unit = UnitId::from_bits(999)),
        Refusal::not_found("unit")
    );
    let period = refused(|args| args.period = PeriodId::from_bits(999));
    assert_eq!(period, Refusal::not_found("period"));
    assert_eq!(
        refused(|args| args.owner = STRANGER),
        Refusal::not_found("person")
    );
    let not_head = Refusal::UnknownValue {
        field: "owner".into(),
        given: WORKER.to_string(),
    };
    assert_eq!(refused(|args| args.owner = WORKER), not_head);
    let outsider = refused(|args| {
        args.scope = Scope::Personal;
        args.owner = KEEPER;
    });
    assert!(matches!(outsider, Refusal::UnknownValue { .. }));
}

#[test]
fn a_plan_goes_from_draft_to_approval_with_each_signature_kept() {
    let mut story = Story::drafted(&[6_000, 4_000]);
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, send_back(&story, " 指标偏低 "));
    let plan = story.document().plan.clone().unwrap();
    assert_eq!(plan.state, PlanState::Returned);
    assert_eq!(plan.returned.unwrap().reason, "指标偏低");
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    let plan = story.document().plan.clone().unwrap();
    assert_eq!(plan.state, PlanState::Approved);
    assert_eq!(plan.submitted.unwrap().by, LINE_HEAD);
    let approved = plan.approved.unwrap();
    assert_eq!(
        (approved.by, approved.times),
        (MANAGER, story.moment.times())
    );
}

#[test]
fn only_the_head_hands_in_the_units_plan() {
    let story = Story::drafted(&[10_000]);
    for actor in [WORKER, MANAGER, PLAN_OFFICE, STORE_HEAD, STRANGER] {
        assert_eq!(story.refused(actor, story.submit()), Refusal::Forbidden);
    }
}

#[test]
fn only_the_superior_approves_and_never_the_owner() {
    let story = Story::submitted(&[10_000]);
    for actor in [
        LINE_HEAD,
        WORKER,
        PLAN_OFFICE,
        ADMINISTRATOR,
        STORE_HEAD,
        STRANGER,
    ] {
        assert_eq!(story.refused(actor, story.approve()), Refusal::Forbidden);
        assert_eq!(
            story.refused(actor, send_back(&story, "否")),
            Refusal::Forbidden
        );
    }
}

#[test]
fn an_acting_head_approves_the_units_members_and_never_himself() {
    let mut story = Story::founded();
    let acting = Assign {
        assignment: AssignmentId::from_bits(200),
        person: WORKER,
        unit: LINE,
        post: "代线长".into(),
        tenure: Tenure::Acting,
        heads: true,
        from: day(2026, 11, 1),
        to: None,
    };
    story.must(ADMINISTRATOR, Command::Assign(acting));
    let organisation = story.world.organisation();
    let today = story.moment.today();
    assert_eq!(organisation.head(LINE, today), Some(WORKER));
    // A deputy is nobody's superior in the unit whose head he stands in for.
    assert_eq!(organisation.superior(LINE_HEAD, LINE, today), Some(MANAGER));
    assert_eq!(organisation.superior(WORKER, LINE, today), Some(MANAGER));
}

#[test]
fn nobody_who_leads_a_unit_judges_its_plan() {
    for tenure in [Tenure::Acting, Tenure::Main] {
        let mut story = Story::submitted(&[10_000]);
        let second = Assign {
            assignment: AssignmentId::from_bits(200),
            person: WORKER,
            unit: LINE,
            post: "代线长".into(),
            tenure,
            heads: true,
            from: day(2024, 11, 1).max(day(2025, 1, 1)),
            to: None,
        };
        story.must(ADMINISTRATOR, Command::Assign(second));
        assert_eq!(story.refused(WORKER, story.approve()), Refusal::Forbidden);
        // The head leaves; the plan stays his, and is still judged from above the unit.
        let assignment = assignment(LINE_HEAD);
        let end = EndAssignment {
            assignment,
            to: day(2026, 11, 9),
        };
        story.must(ADMINISTRATOR, Command::EndAssignment(end));
        assert_eq!(story.refused(WORKER, story.approve()), Refusal::Forbidden);
        story.must(MANAGER, story.approve());
    }
}

#[test]
fn the_head_of_the_day_hands_in_and_the_old_one_no_more() {
    let mut story = Story::drafted(&[10_000]);
    let assignment = assignment(LINE_HEAD);
    let end = EndAssignment {
        assignment,
        to: day(2026, 11, 9),
    };
    story.must(ADMINISTRATOR, Command::EndAssignment(end));
    assert_eq!(story.refused(LINE_HEAD, story.submit()), Refusal::Forbidden);
}

#[test]
fn an_empty_plan_is_not_handed_in() {
    let story = Story::drafted(&[]);
    assert_eq!(story.refused(LINE_HEAD, story.submit()), Refusal::PlanEmpty);
}

#[test]
fn weights_must_sum_to_the_hundredth() {
    let story = Story::drafted(&[6_000, 3_999]);
    let refusal = Refusal::WeightsDoNotSum {
        is: Points(9_999),
        must: Points(10_000),
    };
    assert_eq!(story.refused(LINE_HEAD, story.submit()), refusal);
    let over = Story::drafted(&[6_000, 4_001]);
    let refusal = Refusal::WeightsDoNotSum {
        is: Points(10_001),
        must: Points(10_000),
    };
    assert_eq!(over.refused(LINE_HEAD, over.submit()), refusal);
}

#[test]
fn fields_that_the_regime_asks_for_are_needed_at_submission_only() {
    type Blank = fn(&mut Item);
    let cases: [(&str, Blank); 5] = [
        ("title", |item| item.title = " ".into()),
        ("responsible", |item| item.responsible = None),
        ("due", |item| item.due = None),
        ("standard", |item| item.standard = String::new()),
        ("standard", |item| item.standard = "\n".into()),
    ];
    for (field, blank) in cases {
        let mut story = Story::drafted(&[]);
        let mut incomplete = item(1, 10_000);
        blank(&mut incomplete);
        story.must(LINE_HEAD, add(incomplete));
        let refusal = Refusal::FieldMissing {
            item: Some(item_id(1)),
            field: field.into(),
        };
        assert_eq!(story.refused(LINE_HEAD, story.submit()), refusal);
    }
    // The deliverable is none of them in this regime.
    let mut story = Story::drafted(&[]);
    story.must(
        LINE_HEAD,
        add(Item {
            deliverable: String::new(),
            ..item(1, 10_000)
        }),
    );
    story.must(LINE_HEAD, story.submit());
}

#[test]
fn a_signature_binds_what_the_signer_saw() {
    let mut story = Story::drafted(&[10_000]);
    let stale = story.submit();
    story.must(LINE_HEAD, add(item(2, 0)));
    let current = story.seen();
    let refusal = Refusal::ContentChanged { current };
    assert_eq!(story.refused(LINE_HEAD, stale), refusal);
    story.must(LINE_HEAD, story.submit());
    let (plan, seen) = (PLAN, "0".repeat(64));
    let approve = Command::ApprovePlan(ApprovePlan {
        plan,
        seen: seen.clone(),
    });
    assert_eq!(story.refused(MANAGER, approve), refusal);
    let back = Command::ReturnPlan(ReturnPlan {
        plan,
        seen,
        reason: "否".into(),
    });
    assert_eq!(story.refused(MANAGER, back), refusal);
}

#[test]
fn a_return_needs_a_reason() {
    let story = Story::submitted(&[10_000]);
    let missing = Refusal::FieldMissing {
        item: None,
        field: "reason".into(),
    };
    assert_eq!(story.refused(MANAGER, send_back(&story, " \n")), missing);
    let long = Refusal::TextTooLong {
        field: "reason".into(),
        most: 2_000,
    };
    assert_eq!(
        story.refused(MANAGER, send_back(&story, &"长".repeat(2_001))),
        long
    );
}

#[test]
fn signatures_come_in_their_order() {
    let draft = Story::drafted(&[10_000]);
    let wrong = |state| Refusal::WrongState { state };
    assert_eq!(
        draft.refused(MANAGER, draft.approve()),
        wrong(PlanState::Draft)
    );
    let submitted = Story::submitted(&[10_000]);
    let again = submitted.refused(LINE_HEAD, submitted.submit());
    assert_eq!(again, wrong(PlanState::Submitted));
    let approved = Story::approved(&[10_000]);
    assert_eq!(
        approved.refused(MANAGER, approved.approve()),
        wrong(PlanState::Approved)
    );
    let back = approved.refused(MANAGER, send_back(&approved, "否"));
    assert_eq!(back, wrong(PlanState::Approved));
}

#[test]
fn a_plan_without_anybody_above_is_not_handed_in() {
    let mut story = Story::founded();
    let plan = PlanId::from_bits(40);
    let args = DraftPlan {
        plan,
        unit: ROOT,
        owner: MANAGER,
        ..line_plan()
    };
    story.must(MANAGER, Command::DraftPlan(args));
    story.must(
        MANAGER,
        add(Item {
            plan,
            ..item(1, 10_000)
        }),
    );
    let document = story.world.document(plan).unwrap();
    let seen = shared::digest::plan_content(document.plan.as_ref().unwrap(), document);
    let submit = Command::SubmitPlan(SubmitPlan { plan, seen });
    assert_eq!(
        story.refused(MANAGER, submit),
        Refusal::NoSuperior { owner: MANAGER }
    );
}

#[test]
fn an_unknown_plan_is_not_found() {
    let story = Story::founded();
    let plan = PlanId::from_bits(999);
    let seen = String::new();
    let submit = Command::SubmitPlan(SubmitPlan { plan, seen });
    assert_eq!(story.refused(LINE_HEAD, submit), Refusal::not_found("plan"));
    let item = Box::new(Item { plan, ..item(1, 0) });
    let remove = Command::RemoveItem(RemoveItem { plan, item });
    assert_eq!(story.refused(LINE_HEAD, remove), Refusal::not_found("plan"));
}

fn withdraw(reason: &str) -> Command {
    let (plan, reason) = (PLAN, reason.into());
    Command::WithdrawPlan(WithdrawPlan { plan, reason })
}

#[test]
fn a_plan_is_taken_back_while_it_waits_and_handed_in_again() {
    let mut story = Story::submitted(&[10_000]);
    for actor in [MANAGER, WORKER, STORE_HEAD, PLAN_OFFICE, STRANGER] {
        assert_eq!(story.refused(actor, withdraw("")), Refusal::Forbidden);
    }
    let long = withdraw(&"长".repeat(2_001));
    assert!(matches!(
        story.refused(LINE_HEAD, long),
        Refusal::TextTooLong { most: 2_000, .. }
    ));
    story.must(LINE_HEAD, withdraw(" 漏了一项 "));
    let plan = story.document().plan.clone().unwrap();
    let withdrawn = plan.withdrawn.unwrap();
    assert_eq!(
        (withdrawn.by, withdrawn.reason.as_str()),
        (LINE_HEAD, "漏了一项")
    );
    assert_eq!(plan.state, PlanState::Draft);
    let state = PlanState::Draft;
    let wrong = Refusal::WrongState { state };
    assert_eq!(story.refused(LINE_HEAD, withdraw("")), wrong);
    // The superior no longer approves what was taken back.
    assert_eq!(story.refused(MANAGER, story.approve()), wrong);
    story.must(LINE_HEAD, add(item(2, 0)));
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    let state = PlanState::Approved;
    assert_eq!(
        story.refused(LINE_HEAD, withdraw("")),
        Refusal::WrongState { state }
    );
}

#[test]
fn sections_may_be_weighed_apart_or_not_at_all() {
    let under = |per: WeightsPer, weights: &[(&str, i64, bool)]| {
        let mut story = Story::drafted(&[]);
        let mut regime = format_1::smart_monthly();
        regime.weights.per = per;
        regime.bonus = Some(Points(1_000));
        let version = RegimeVersion::new(REGIME, regime.into());
        story.world.put(&Row::Regime(version));
        for (n, (section, weight, bonus)) in (1..).zip(weights) {
            let section = (*section).to_owned();
            let bonus = *bonus;
            story.must(
                LINE_HEAD,
                add(Item {
                    section,
                    bonus,
                    ..item(n, *weight)
                }),
            );
        }
        story.send(LINE_HEAD, story.submit()).map(|_| ())
    };
    let apart = [("key_work", 10_000, false), ("daily_work", 10_000, false)];
    assert_eq!(under(WeightsPer::Section, &apart), Ok(()));
    let short = [("key_work", 10_000, false), ("daily_work", 9_999, false)];
    let refusal = Refusal::SectionWeightsDoNotSum {
        section: "daily_work".into(),
        is: Points(9_999),
        must: Points(10_000),
    };
    assert_eq!(under(WeightsPer::Section, &short), Err(refusal.into()));
    assert_eq!(under(WeightsPer::Free, &short), Ok(()));
    // A bonus item stands outside the total.
    let bonus = [("key_work", 10_000, false), ("key_work", 800, true)];
    assert_eq!(under(WeightsPer::Plan, &bonus), Ok(()));
}
