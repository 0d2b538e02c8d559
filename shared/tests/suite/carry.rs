//! Carry-over: the next plan while this one runs, drawn and handed-over items, and what is settled.

use shared::carry::{self, Candidate};
use shared::change_request::{self, ItemChange};
use shared::command::Command;
use shared::command::organisation::{AdoptRegime, EndAssignment, OpenPeriod};
use shared::command::plan::{DecideChange, DraftPlan, RequestChange, SettleCarried};
use shared::command::review::ConfirmEntry;
use shared::id::{ChangeRequestId, DeviceId, ItemId, PeriodId, PersonId, PlanId, RegimeId};
use shared::id::{CommandId, ReportId};
use shared::item::{Edit, Item, ItemEdit, LineageKind};
use shared::period::PeriodKind;
use shared::plan::{PlanState, Scope};
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::report::ReportKind::Completion;
use shared::sync::server::{MemoryStore, Server};
use shared::world::{Holdings, Stop, World};

use crate::format_1;
use crate::prelude::*;
use crate::server::{ready, told};

/// The n-th item of December's plan, which continues the m-th of November's.
fn continued(story: &Story, n: u128, m: u128) -> Item {
    let source = story.item(m);
    let ids = (item_id(n), NEXT);
    let item = carry::continued(LineageKind::CarriedOver, &source, ids, true);
    Item {
        due: Some(day(2026, 12, 10)),
        ..item
    }
}

/// November runs with two items of half the weight each; December continues both.
fn rolling() -> Story {
    let mut story = Story::approved(&[5_000, 5_000]);
    story.next_month();
    for n in [1, 2] {
        story.must(LINE_HEAD, add(continued(&story, 10 + n, n)));
    }
    story
}

fn settle() -> Command {
    let (plan, from) = (NEXT, PLAN);
    Command::SettleCarried(SettleCarried { plan, from })
}

fn carried(story: &Story, n: u128) -> Option<Item> {
    story.document_of(NEXT).items.get(&item_id(n)).cloned()
}

/// November is judged: the second item was not carried out.
fn publish(story: &mut Story) {
    for (n, judgement) in [
        (1, carried_out("on_time", "good")),
        (2, shared::score::Judgement::NotCarriedOut),
    ] {
        story.must(
            MANAGER,
            Command::ScoreSuperior(score(n, None, Some(judgement))),
        );
    }
    story.must(MANAGER, story.publish());
}

#[test]
fn an_unfinished_item_goes_on_provisionally_and_keeps_its_line() {
    let story = rolling();
    let item = carried(&story, 11).unwrap();
    let lineage = item.lineage.unwrap();
    assert_eq!((lineage.plan, lineage.item), (PLAN, item_id(1)));
    assert_eq!((lineage.origin, lineage.rolled), (item_id(1), 1));
    assert!(lineage.provisional);
    // A carried item asks for a new due day; nothing is proposed in its place.
    let proposed = continued(&story, 13, 1);
    let blank = carry::continued(
        LineageKind::CarriedOver,
        &story.item(1),
        (item_id(13), NEXT),
        true,
    );
    assert_eq!((blank.due, proposed.due), (None, Some(day(2026, 12, 10))));
    // Rolled once more, it still names the first of the line.
    let again = carry::lineage(
        LineageKind::CarriedOver,
        &carried(&story, 11).unwrap(),
        true,
    );
    assert_eq!(
        (again.origin, again.item, again.rolled),
        (item_id(1), item_id(11), 2)
    );
}

#[test]
fn an_item_is_continued_once_from_where_it_may_come_with_its_true_line() {
    let mut story = rolling();
    let twice = continued(&story, 15, 1);
    let refusal = Refusal::AlreadyCarried { item: item_id(11) };
    assert_eq!(story.refused(LINE_HEAD, add(twice)), refusal);
    let mut story_of_one = Story::approved(&[10_000]);
    story_of_one.next_month();
    let changed = |change: fn(&mut shared::item::Lineage)| {
        let mut item = continued(&story_of_one, 11, 1);
        item.lineage.iter_mut().for_each(change);
        story_of_one.refused(LINE_HEAD, add(item))
    };
    let at = || "item.lineage".to_owned();
    let malformed = || Refusal::Malformed { at: at() };
    assert_eq!(changed(|lineage| lineage.rolled = 2), malformed());
    assert_eq!(changed(|lineage| lineage.origin = item_id(9)), malformed());
    assert_eq!(
        changed(|lineage| lineage.item = item_id(9)),
        Refusal::not_found("item")
    );
    let unknown = changed(|lineage| lineage.plan = PlanId::from_bits(999));
    assert_eq!(unknown, Refusal::not_found("plan"));
    let source = Refusal::NotASource { plan: PLAN };
    for kind in [
        LineageKind::Drawn,
        LineageKind::HandedOver,
        LineageKind::Mirrored,
    ] {
        let mut item = continued(&story_of_one, 11, 1);
        item.lineage = Some(carry::lineage(kind, &story_of_one.item(1), false));
        assert_eq!(
            story_of_one.refused(LINE_HEAD, add(item)),
            source,
            "{kind:?}"
        );
    }
    // Backwards in time nothing is carried.
    story.must(
        LINE_HEAD,
        Command::DraftPlan(DraftPlan {
            plan: OWN,
            scope: Scope::Personal,
            ..line_plan()
        }),
    );
    let mut back = continued(&story, 16, 1);
    back.plan = OWN;
    assert_eq!(story.refused(LINE_HEAD, add(back)), source);
}

#[test]
fn a_device_that_holds_no_source_leaves_the_question_to_the_server() {
    let story = rolling();
    let mut device = World::with_organisation(
        std::sync::Arc::clone(story.world.organisation()),
        Holdings::Granted {
            person: LINE_HEAD,
            partitions: std::sync::Arc::default(),
        },
    );
    let document = story.document_of(NEXT);
    device.put(&shared::row::Row::Plan(document.plan.clone().unwrap()));
    for item in document.items.values() {
        device.put(&shared::row::Row::Item(item.clone()));
    }
    let decide = |command: &Command| device.decide(command, LINE_HEAD, &story.moment);
    assert_eq!(decide(&add(continued(&story, 13, 1))), Err(Stop::NotHeld));
    assert_eq!(decide(&story.submit_of(NEXT)), Err(Stop::NotHeld));
    assert_eq!(decide(&settle()), Err(Stop::NotHeld));
}

#[test]
fn a_finished_source_keeps_the_plan_from_being_signed_until_it_is_settled() {
    let mut story = rolling();
    story.must(LINE_HEAD, story.submit_of(NEXT));
    story.must(WORKER, report(1, 1, Completion, 100, day(2026, 11, 9)));
    let finished = |n| Refusal::CarriedFinished {
        items: vec![item_id(n)],
    };
    assert_eq!(story.refused(MANAGER, story.approve_of(NEXT)), finished(11));
    // It waits for its superior, so its owner takes it back first.
    let state = PlanState::Submitted;
    assert_eq!(
        story.refused(LINE_HEAD, settle()),
        Refusal::WrongState { state }
    );
    let withdraw = shared::command::plan::WithdrawPlan {
        plan: NEXT,
        reason: String::new(),
    };
    story.must(LINE_HEAD, Command::WithdrawPlan(withdraw));
    assert_eq!(
        story.refused(LINE_HEAD, story.submit_of(NEXT)),
        finished(11)
    );
    assert_eq!(
        story.refused(LINE_HEAD, add(continued(&story, 14, 1))),
        finished(14)
    );
    story.must(LINE_HEAD, settle());
    assert_eq!(carried(&story, 11), None);
    assert!(carried(&story, 12).unwrap().lineage.unwrap().provisional);
    // The rest weighs half; the plan asks for re-weighting.
    let (is, must) = (Points(5_000), Points(10_000));
    let short = story.refused(LINE_HEAD, story.submit_of(NEXT));
    assert_eq!(short, Refusal::WeightsDoNotSum { is, must });
    // Settled is settled.
    assert_eq!(story.must(LINE_HEAD, settle()), []);
    for actor in [WORKER, STORE_HEAD, MANAGER] {
        assert_eq!(story.refused(actor, settle()), Refusal::Forbidden);
    }
}

#[test]
fn what_its_person_denies_is_not_finished() {
    let mut story = rolling();
    let Command::ReportItem(args) = report(1, 1, Completion, 100, day(2026, 11, 9)) else {
        unreachable!()
    };
    let entered = shared::command::review::ReportItem {
        of: Some(WORKER),
        reason: "本人无手机".into(),
        ..args
    };
    story.must(LINE_HEAD, Command::ReportItem(entered));
    assert!(carry::finished(story.document(), item_id(1)));
    let deny = ConfirmEntry {
        plan: PLAN,
        item: item_id(1),
        report: ReportId::from_bits(1),
        agreed: false,
    };
    story.must(WORKER, Command::ConfirmEntry(deny));
    assert!(!carry::finished(story.document(), item_id(1)));
}

#[test]
fn judging_makes_carried_items_final_and_drops_what_was_carried_out() {
    let mut story = rolling();
    story.must(LINE_HEAD, story.submit_of(NEXT));
    story.must(MANAGER, story.approve_of(NEXT));
    publish(&mut story);
    story.on(30);
    story.must(LINE_HEAD, settle());
    // The first was judged as carried out, without any report; the second goes on.
    assert_eq!(carried(&story, 11), None);
    let rest = carried(&story, 12).unwrap();
    assert!(!rest.lineage.as_ref().unwrap().provisional);
    // December was approved: what dropped out stays in its first baseline.
    let baselines = &story.document_of(NEXT).baselines;
    assert_eq!(baselines[&1].items.len(), 2);
    assert_eq!(baselines[&2].items, std::slice::from_ref(&rest));
    // Both sides agree on the weights of what is left.
    let weight = Edit {
        old: Points(5_000),
        new: Points(10_000),
    };
    let request = ChangeRequestId::from_bits(901);
    story.must(
        LINE_HEAD,
        Command::RequestChange(RequestChange {
            request,
            plan: NEXT,
            changes: vec![ItemChange::Edit(
                item_id(12),
                vec![ItemEdit::Weight(weight)],
            )],
            reason: "结转后重新分配权重".into(),
            evidence: String::new(),
        }),
    );
    let document = story.document_of(NEXT);
    let asked = &document.requests[&request];
    let seen = change_request::seen(document.plan.as_ref().unwrap(), document, asked);
    story.must(
        MANAGER,
        Command::DecideChange(DecideChange {
            plan: NEXT,
            request,
            agreed: true,
            reason: String::new(),
            seen,
        }),
    );
    assert_eq!(carried(&story, 12).unwrap().weight, Points(10_000));
    assert_eq!(story.document_of(NEXT).baselines.len(), 3);
    // What is carried over after the judging is final at once.
    assert_eq!(story.told.last().map(|(_, actor, _)| *actor), Some(MANAGER));
}

#[test]
fn an_item_carried_after_the_judging_is_final_at_once() {
    let mut story = Story::approved(&[5_000, 5_000]);
    publish(&mut story);
    story.next_month();
    // The screen was drawn before; what is kept is what stands.
    story.must(LINE_HEAD, add(continued(&story, 12, 2)));
    assert!(!carried(&story, 12).unwrap().lineage.unwrap().provisional);
    let done = story.refused(LINE_HEAD, add(continued(&story, 11, 1)));
    let items = vec![item_id(11)];
    assert_eq!(done, Refusal::CarriedFinished { items });
}

#[test]
fn a_source_that_was_given_up_drops_out() {
    let mut story = rolling();
    let gone = story.item(1);
    let key = shared::row::Row::Item(gone).key();
    story.world.remove(key, Some(PLAN));
    story.must(LINE_HEAD, settle());
    assert_eq!(carried(&story, 11), None);
    assert!(carried(&story, 12).is_some());
}

/// A year's plan of the line that is never judged, with one item.
fn pool(story: &mut Story) -> (PlanId, ItemId) {
    let (regime, period) = (RegimeId::from_bits(25), PeriodId::from_bits(26));
    let plan = PlanId::from_bits(37);
    let tracked = format_1::pool(PeriodKind::Year).into();
    let adopt = AdoptRegime {
        id: regime,
        regime: tracked,
    };
    story.must(PLAN_OFFICE, Command::AdoptRegime(adopt));
    story.must(
        PLAN_OFFICE,
        Command::OpenPeriod(OpenPeriod {
            period,
            kind: PeriodKind::Year,
            from: day(2026, 1, 1),
            to: day(2026, 12, 31),
            regime,
        }),
    );
    story.must(
        LINE_HEAD,
        Command::DraftPlan(DraftPlan {
            plan,
            period,
            ..line_plan()
        }),
    );
    story.must(
        LINE_HEAD,
        add(Item {
            plan,
            ..item(70, 0)
        }),
    );
    (plan, item_id(70))
}

#[test]
fn a_months_item_is_drawn_from_the_pool() {
    let mut story = Story::drafted(&[]);
    let (plan, source) = pool(&mut story);
    let found = story.document_of(plan).items[&source].clone();
    let drawn = carry::continued(LineageKind::Drawn, &found, (item_id(1), PLAN), false);
    story.must(
        LINE_HEAD,
        add(Item {
            weight: Points(10_000),
            ..drawn
        }),
    );
    let lineage = story.item(1).lineage.unwrap();
    assert_eq!((lineage.plan, lineage.origin), (plan, source));
    assert_eq!((lineage.rolled, lineage.provisional), (0, false));
    // A plan that draws waits for nothing: a pool is never finished by it.
    story.must(LINE_HEAD, story.submit());
}

#[test]
fn the_screen_offers_what_can_be_continued() {
    let mut story = Story::approved(&[5_000, 5_000]);
    let (plan, source) = pool(&mut story);
    story.next_month();
    story.must(LINE_HEAD, add(continued(&story, 12, 2)));
    let today = story.moment.today();
    let offered = carry::candidates(&story.world, NEXT, today);
    let expected = [
        (LineageKind::CarriedOver, PLAN, item_id(1)),
        (LineageKind::Drawn, plan, source),
    ];
    let expected = expected.map(|(kind, plan, item)| Candidate { kind, plan, item });
    assert_eq!(offered, expected);
    story.must(WORKER, report(1, 1, Completion, 100, day(2026, 11, 9)));
    assert_eq!(carry::candidates(&story.world, NEXT, today), expected[1..]);
}

#[test]
fn a_leavers_items_go_to_a_named_successor_by_the_head() {
    let mut story = Story::founded();
    story.own_plan();
    let successor = PlanId::from_bits(36);
    let colleague = PersonId::from_bits(8);
    story.must(
        ADMINISTRATOR,
        Command::AddPerson(shared::command::organisation::AddPerson {
            person: colleague,
            name: "李强".into(),
        }),
    );
    story.must(
        ADMINISTRATOR,
        Command::Assign(shared::command::organisation::Assign {
            assignment: assignment(colleague),
            person: colleague,
            unit: LINE,
            post: "操作工".into(),
            tenure: shared::organisation::Tenure::Main,
            heads: false,
            from: day(2026, 11, 1),
            to: None,
        }),
    );
    story.must(
        colleague,
        Command::DraftPlan(DraftPlan {
            plan: successor,
            scope: Scope::Personal,
            owner: colleague,
            ..line_plan()
        }),
    );
    let source = story.document_of(OWN).items[&item_id(51)].clone();
    let mut item = carry::continued(
        LineageKind::HandedOver,
        &source,
        (item_id(61), successor),
        true,
    );
    item.responsible = Some(colleague);
    // Nobody hands over what its owner still has.
    let stays = story.refused(LINE_HEAD, add(item.clone()));
    assert_eq!(stays, Refusal::NotASource { plan: OWN });
    let end = EndAssignment {
        assignment: assignment(WORKER),
        to: day(2026, 11, 15),
    };
    story.must(ADMINISTRATOR, Command::EndAssignment(end));
    // The head hands over, the successor does not help himself.
    assert_eq!(
        story.refused(colleague, add(item.clone())),
        Refusal::Forbidden
    );
    story.must(LINE_HEAD, add(item.clone()));
    let kept = story.document_of(successor).items[&item_id(61)].clone();
    let lineage = kept.lineage.unwrap();
    assert_eq!((lineage.kind, lineage.rolled), (LineageKind::HandedOver, 0));
    assert_eq!(kept.due, Some(day(2026, 11, 20)));
}

#[test]
fn the_server_reads_the_source_of_what_is_signed() {
    let mut story = rolling();
    story.must(LINE_HEAD, story.submit_of(NEXT));
    // Each push loads for itself: the signature's own arguments do not name the source.
    let server = told(&story);
    story.must(WORKER, report(1, 1, Completion, 100, day(2026, 11, 9)));
    let approve = story.approve_of(NEXT);
    let server_after = told(&story);
    let device = DeviceId::from_bits(1);
    let push = |server: &Server<MemoryStore>| {
        let commands = [(CommandId::from_bits(999), approve.clone())];
        ready(server.execute_all(MANAGER, device, &commands, story.moment.recorded))
            .unwrap()
            .err()
            .map(|(_, outcome)| outcome)
    };
    assert_eq!(push(&server), None);
    let items = vec![item_id(11)];
    let refusal = Refusal::CarriedFinished { items };
    let refused = shared::sync::message::Outcome::Rejected { refusal };
    assert_eq!(push(&server_after), Some(refused));
}
