//! Appeals and the second instance: who may go on until when, who decides, what waits meanwhile.

use serde_json::json;
use shared::appeal::{Decided, Level};
use shared::command::Command;
use shared::command::appeal::{AcceptDecision, AppealResult, DecideAppeal, DeliverDecision};
use shared::command::organisation::AdoptNotice;
use shared::command::review::{PublishResult, ScoreItem};
use shared::command::seal::DeliverResult;
use shared::command::signing::HoldRole;
use shared::id::{ItemId, NoticeId, PersonId, PlanId, RoleHolderId};
use shared::item::Edit;
use shared::permission;
use shared::placement::placement;
use shared::plan::PlanState;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::result;
use shared::row::Row;
use shared::score::Judgement;
use shared::seal::{DeliveryKind, Missing};

use crate::firm::{Firm, decides, member, plan_of};
use crate::plain::plain;
use crate::prelude::*;

const SUBJECT: PersonId = member(LINE, 0);
const SUBJECTS: PlanId = plan_of(LINE, 0);
/// Who sits on the panel that hears appeals, and who on the board of the second instance.
const PANEL: PersonId = STORE_HEAD;
const BOARD: PersonId = KEEPER;

fn seats(firm: &mut Firm) {
    for (holder, role, person) in [(71, "panel", PANEL), (72, "board", BOARD)] {
        let hold = HoldRole {
            holder: RoleHolderId::from_bits(holder),
            role: role.into(),
            unit: None,
            person,
            from: day(2025, 1, 1),
        };
        firm.story.must(ADMINISTRATOR, Command::HoldRole(hold));
    }
}

fn publish(firm: &mut Firm, (old, new): (Option<i64>, i64)) {
    let points = |score| Judgement::points(Points(score));
    let score = ScoreItem {
        plan: SUBJECTS,
        item: ItemId::from_bits(SUBJECTS.bits()),
        judgement: Edit {
            old: old.map(points),
            new: Some(points(new)),
        },
        note: String::new(),
    };
    firm.story.must(LINE_HEAD, Command::ScoreSuperior(score));
    let today = firm.story.moment.today();
    let verdict = result::verdict(&firm.story.world, SUBJECTS, LINE_HEAD, today).unwrap();
    let publish = PublishResult {
        plan: SUBJECTS,
        seen: verdict.seen,
    };
    firm.story.must(LINE_HEAD, Command::PublishResult(publish));
}

/// A panel hears appeals for three working days and decides in five; a board is the second instance for
/// two. One of the line was judged on Wednesday the 2nd of December 2026, objected on Thursday, and on
/// Friday the 4th the general manager let the result stand.
fn dismissed() -> Firm {
    let role = |key: &str| json!({"key": key, "name": {"zh": key, "en": key}});
    let regime = plain(&[
        ("/roles", json!([role("panel"), role("board")])),
        (
            "/after/appeal",
            json!({"days": 3, "by": [{"role": "panel"}], "decided_in": 5}),
        ),
        (
            "/after/second",
            json!({"days": 2, "by": [{"role": "board"}]}),
        ),
    ]);
    let mut firm = Firm::under(regime, &[(LINE, 1)]);
    seats(&mut firm);
    firm.begun(LINE, 0);
    publish(&mut firm, (None, 8_500));
    firm.on_december(3);
    firm.objects(LINE, 0);
    firm.on_december(4);
    firm.story.must(MANAGER, decides(SUBJECTS, false));
    firm
}

fn delivered(of: Decided, how: DeliveryKind) -> Command {
    Command::DeliverDecision(DeliverDecision {
        plan: SUBJECTS,
        version: 1,
        of,
        how,
    })
}

fn ask(to: Level) -> Command {
    Command::AppealResult(AppealResult {
        plan: SUBJECTS,
        version: 1,
        to,
        reason: "答复没有看验收单".into(),
    })
}

fn decide(level: Level, upheld: bool) -> Command {
    Command::DecideAppeal(DecideAppeal {
        plan: SUBJECTS,
        version: 1,
        level,
        upheld,
        reason: "已向客户核实".into(),
    })
}

fn accept(of: Decided) -> Command {
    Command::AcceptDecision(AcceptDecision {
        plan: SUBJECTS,
        version: 1,
        of,
    })
}

/// From the delivery on Friday the 4th three working days: until Wednesday the 9th. Appealed on the 9th,
/// dismissed on Friday the 11th and read that day: two more working days, until Tuesday the 15th. The
/// board dismisses, and nothing follows.
#[test]
fn three_acts_one_after_another() {
    let mut firm = dismissed();
    assert_eq!(firm.lacks(LINE, 0), [Missing::DecisionDelivery(SUBJECTS)]);
    firm.story
        .must(SUBJECT, delivered(Decided::Objection, DeliveryKind::Opened));
    let until = |last| [Missing::Appealing(SUBJECTS, day(2026, 12, last))];
    assert_eq!(firm.lacks(LINE, 0), until(9));
    firm.on_december(9);
    firm.story.must(SUBJECT, ask(Level::Appeal));
    assert_eq!(firm.lacks(LINE, 0), [Missing::Appeal(SUBJECTS)]);
    firm.on_december(11);
    firm.story.must(PANEL, decide(Level::Appeal, false));
    assert_eq!(firm.lacks(LINE, 0), [Missing::DecisionDelivery(SUBJECTS)]);
    firm.story
        .must(SUBJECT, delivered(Decided::Appeal, DeliveryKind::Pin));
    assert_eq!(firm.lacks(LINE, 0), until(15));
    firm.story.must(SUBJECT, ask(Level::Second));
    assert_eq!(firm.lacks(LINE, 0), [Missing::Appeal(SUBJECTS)]);
    firm.story.must(BOARD, decide(Level::Second, false));
    assert_eq!(firm.lacks(LINE, 0), []);
    let again = firm.story.refused(SUBJECT, accept(Decided::Appeal));
    assert_eq!(again, Refusal::NothingToDecide);
    assert_eq!(firm.sealed(LINE, 0).total, Points(8_500));
}

/// Silence lets the window pass: at noon of the 9th the appeal still is open, on the 10th it is not.
#[test]
fn silence_lets_the_window_pass() {
    let mut firm = dismissed();
    firm.story
        .must(SUBJECT, delivered(Decided::Objection, DeliveryKind::Opened));
    firm.on_december(9);
    assert!(
        firm.story
            .world
            .decide(&ask(Level::Appeal), SUBJECT, &firm.story.moment)
            .is_ok()
    );
    firm.on_december(10);
    let until = day(2026, 12, 9);
    let late = firm.story.refused(SUBJECT, ask(Level::Appeal));
    assert_eq!(late, Refusal::AppealWindowPassed { until });
    assert_eq!(firm.lacks(LINE, 0), []);
    firm.sealed(LINE, 0);
}

/// Monday the 7th is a day off: the three working days end on Thursday the 10th.
#[test]
fn a_holiday_moves_the_window_forward() {
    let mut firm = dismissed();
    let notice = AdoptNotice {
        id: NoticeId::from_bits(1),
        year: 2026,
        source: "厂庆".into(),
        off: vec![day(2026, 12, 7)],
        work: Vec::new(),
    };
    firm.story.must(ADMINISTRATOR, Command::AdoptNotice(notice));
    firm.story
        .must(SUBJECT, delivered(Decided::Objection, DeliveryKind::Opened));
    let last = day(2026, 12, 10);
    assert_eq!(firm.lacks(LINE, 0), [Missing::Appealing(SUBJECTS, last)]);
}

/// Who accepts goes no further, and the seal waits for nothing more.
#[test]
fn an_accepted_decision_ends_it() {
    let mut firm = dismissed();
    let foreign = firm.story.refused(LINE_HEAD, accept(Decided::Objection));
    assert_eq!(foreign, Refusal::Forbidden);
    firm.story.must(SUBJECT, accept(Decided::Objection));
    let twice = firm.story.must(SUBJECT, accept(Decided::Objection));
    assert!(twice.is_empty());
    let on = firm.story.refused(SUBJECT, ask(Level::Appeal));
    assert_eq!(on, Refusal::NothingToDecide);
    assert_eq!(firm.lacks(LINE, 0), []);
}

/// Upheld, the result is judged again and stands beside the old one; what was said against the first
/// version says nothing about the second.
#[test]
fn upheld_it_is_judged_again() {
    let mut firm = dismissed();
    firm.story.must(SUBJECT, ask(Level::Appeal));
    firm.story.must(PANEL, decide(Level::Appeal, true));
    let document = firm.story.document_of(SUBJECTS);
    assert_eq!(document.plan.as_ref().unwrap().state, PlanState::Approved);
    publish(&mut firm, (Some(8_500), 9_500));
    let result = firm.result(LINE, 0);
    assert_eq!((result.version, result.total), (2, Points(9_500)));
    assert_eq!(
        firm.story.document_of(SUBJECTS).results[&1].total,
        Points(8_500)
    );
    assert_eq!(firm.lacks(LINE, 0), [Missing::Delivery(SUBJECTS)]);
    let old = firm.story.refused(SUBJECT, ask(Level::Second));
    assert!(matches!(old, Refusal::ContentChanged { .. }));
}

/// The panel decides, and nobody who judged, decided before or is concerned; past the five working days
/// after Friday the 4th, from Saturday the 12th on, the plan office may as well.
#[test]
fn nobody_decides_twice_and_a_late_panel_stops_nobody() {
    let mut firm = dismissed();
    firm.story.must(SUBJECT, ask(Level::Appeal));
    let dismissing = decide(Level::Appeal, false);
    for person in [SUBJECT, LINE_HEAD, MANAGER, PLAN_OFFICE, BOARD, WORKER] {
        let refusal = firm.story.refused(person, dismissing.clone());
        assert_eq!(refusal, Refusal::Forbidden, "{person}");
    }
    firm.on_december(11);
    let early = firm.story.refused(PLAN_OFFICE, dismissing.clone());
    assert_eq!(early, Refusal::Forbidden);
    firm.on_december(12);
    // The general manager decided about the objection, however late the panel is.
    let party = firm.story.refused(MANAGER, dismissing.clone());
    assert_eq!(party, Refusal::Forbidden);
    firm.story.must(PLAN_OFFICE, dismissing.clone());
    let twice = firm.story.refused(PANEL, dismissing);
    assert_eq!(twice, Refusal::already_exists("decision"));
}

/// Whoever sat on the panel and decided about the appeal does not sit in the second instance; where that
/// leaves nobody whom the regime names, the plan office hears it.
#[test]
fn the_second_instance_is_somebody_new() {
    let mut firm = dismissed();
    let hold = HoldRole {
        holder: RoleHolderId::from_bits(73),
        role: "panel".into(),
        unit: None,
        person: BOARD,
        from: day(2025, 1, 1),
    };
    firm.story.must(ADMINISTRATOR, Command::HoldRole(hold));
    firm.story.must(SUBJECT, ask(Level::Appeal));
    firm.story.must(BOARD, decide(Level::Appeal, false));
    firm.story.must(SUBJECT, ask(Level::Second));
    let refusal = firm.story.refused(BOARD, decide(Level::Second, true));
    assert_eq!(refusal, Refusal::Forbidden);
    firm.story.must(PLAN_OFFICE, decide(Level::Second, true));
}

/// A regime without an appeal knows none; an appeal comes after a failed objection and before the second
/// instance.
#[test]
fn instances_come_in_their_order() {
    let firm = dismissed();
    let early = firm.story.refused(SUBJECT, ask(Level::Second));
    assert_eq!(early, Refusal::NothingToDecide);
    let foreign = firm.story.refused(LINE_HEAD, ask(Level::Appeal));
    assert_eq!(foreign, Refusal::Forbidden);
    let none = firm.story.refused(PANEL, decide(Level::Appeal, true));
    assert_eq!(none, Refusal::not_found("appeal"));

    let mut plain_firm = Firm::under(plain(&[]), &[(LINE, 1)]);
    plain_firm.begun(LINE, 0);
    publish(&mut plain_firm, (None, 8_500));
    let unasked = plain_firm.story.refused(SUBJECT, ask(Level::Appeal));
    assert_eq!(unasked, Refusal::not_found("decision"));
    plain_firm.objects(LINE, 0);
    plain_firm.story.must(MANAGER, decides(SUBJECTS, false));
    let level = Level::Appeal;
    let unknown = plain_firm.story.refused(SUBJECT, ask(level));
    assert_eq!(unknown, Refusal::NoInstance { level });
    assert_eq!(plain_firm.lacks(LINE, 0), []);
}

/// The plan office hands the decision over on paper; opening is the person's own. The first proof opens
/// the window, and a later one does not move it.
#[test]
fn a_decision_is_delivered_like_a_result() {
    let mut firm = dismissed();
    let paper = delivered(Decided::Objection, DeliveryKind::Paper);
    let opened = delivered(Decided::Objection, DeliveryKind::Opened);
    assert_eq!(
        firm.story.refused(SUBJECT, paper.clone()),
        Refusal::Forbidden
    );
    assert_eq!(
        firm.story.refused(PLAN_OFFICE, opened.clone()),
        Refusal::Forbidden
    );
    let none = delivered(Decided::Appeal, DeliveryKind::Paper);
    let refusal = firm.story.refused(PLAN_OFFICE, none);
    assert_eq!(refusal, Refusal::not_found("decision"));
    let unfit = DeliveryKind::Refused([SUBJECT, WORKER]);
    let refusal = firm
        .story
        .refused(PLAN_OFFICE, delivered(Decided::Objection, unfit));
    assert_eq!(refusal, Refusal::WitnessUnfit { person: SUBJECT });
    firm.story.must(PLAN_OFFICE, paper);
    firm.on_december(8);
    assert!(firm.story.must(SUBJECT, opened).is_empty());
    assert_eq!(
        firm.lacks(LINE, 0),
        [Missing::Appealing(SUBJECTS, day(2026, 12, 9))]
    );
}

/// The panel sees the plan, its result and what was said, and no unpublished score; before the appeal it
/// saw nothing of it.
#[test]
fn who_hears_sees_what_is_decided_about() {
    let mut firm = dismissed();
    let sees = |firm: &Firm, person: PersonId, row: &Row| {
        let document = firm.story.document_of(SUBJECTS);
        let organisation = firm.story.world.organisation();
        let today = firm.story.moment.today();
        let mut stands = placement(row, Some(document)).into_iter();
        stands.any(|one| permission::may_see(organisation, person, today, one))
    };
    let rows = |firm: &Firm| {
        let document = firm.story.document_of(SUBJECTS);
        let items = document.items.values().cloned().map(Row::Item);
        let answers = document.answers.values().cloned().map(Row::Answer);
        let results = document.results.values().cloned().map(Row::Result);
        let plan = document.plan.clone().map(Row::Plan);
        let rows: Vec<Row> = items.chain(answers).chain(results).chain(plan).collect();
        rows
    };
    assert!(rows(&firm).iter().all(|row| !sees(&firm, PANEL, row)));
    let changes = firm.story.must(SUBJECT, ask(Level::Appeal));
    assert!(rows(&firm).iter().all(|row| sees(&firm, PANEL, row)));
    assert!(rows(&firm).iter().all(|row| !sees(&firm, BOARD, row)));
    // Each row that stands somewhere new is put again, so that it comes there.
    for row in rows(&firm) {
        let key = row.key();
        let put = |change: &shared::change::Change| match change {
            shared::change::Change::Put { row } => row.key() == key,
            shared::change::Change::Remove { .. } => false,
        };
        assert!(changes.iter().any(put), "{key}");
    }
    let document = firm.story.document_of(SUBJECTS);
    let mut scores = document.superior_scores.values().cloned();
    let score = Row::SuperiorScoreBy(scores.next().unwrap());
    assert!(!sees(&firm, PANEL, &score));
}

/// A delivery of the result is no delivery of the decision.
#[test]
fn the_results_delivery_opens_no_appeal() {
    let mut firm = dismissed();
    let deliver = DeliverResult {
        plan: SUBJECTS,
        version: 1,
        how: DeliveryKind::Opened,
    };
    firm.story.must(SUBJECT, Command::DeliverResult(deliver));
    assert_eq!(firm.lacks(LINE, 0), [Missing::DecisionDelivery(SUBJECTS)]);
}
