//! Objections to results: who decides, until when, and what being late means.

use serde_json::{Value, json};
use shared::command::Command;
use shared::command::organisation::AdoptNotice;
use shared::command::signing::HoldRole;
use shared::hearing::{self, Hearing, Open};
use shared::id::{NoticeId, PersonId, PlanId, RoleHolderId};
use shared::permission;
use shared::placement::placement;
use shared::plan::PlanState;
use shared::reminder::{Reminder, reminders};
use shared::row::Row;
use shared::seal::Missing;

use crate::firm::{Firm, decides, member, plan_of};
use crate::plain::plain;
use crate::prelude::*;

const SUBJECT: PersonId = member(LINE, 0);
const SUBJECTS: PlanId = plan_of(LINE, 0);

/// One of the line was judged by its head on Wednesday the 2nd of December 2026 and objects on Thursday
/// the 3rd, under a regime that says this of objections; these people hold the role `committee`.
fn objected(objection: Value, committee: &[PersonId]) -> Firm {
    let role = json!([{"key": "committee", "name": {"zh": "评议会", "en": "committee"}}]);
    let regime = plain(&[("/roles", role), ("/after/objection", objection)]);
    let mut firm = Firm::under(regime, &[(LINE, 1)]);
    for (holder, person) in (71..).zip(committee) {
        let hold = HoldRole {
            holder: RoleHolderId::from_bits(holder),
            role: "committee".into(),
            unit: None,
            person: *person,
            from: day(2025, 1, 1),
        };
        firm.story.must(ADMINISTRATOR, Command::HoldRole(hold));
    }
    firm.begun(LINE, 0);
    firm.published_unanswered(LINE, 0, 8_500);
    firm.on_december(3);
    firm.objects(LINE, 0);
    firm
}

fn by_committee() -> Value {
    json!({"days": 3, "by": [{"role": "committee"}], "decided_in": 2})
}

fn decide(upheld: bool) -> Command {
    decides(SUBJECTS, upheld)
}

fn open(firm: &Firm) -> Option<Open> {
    let organisation = firm.story.world.organisation();
    let document = firm.story.document_of(SUBJECTS);
    let plan = document.plan.as_ref().unwrap();
    let (_, _, rules) = organisation.judged(plan.period).unwrap();
    let at = firm.story.moment.received;
    hearing::open(organisation, &rules.regime.after, (plan, document), at)
}

/// Those who may let the result stand, and those who may give way, of all who are asked.
fn deciders(firm: &Firm) -> [Vec<PersonId>; 2] {
    let asked = [
        SUBJECT,
        LINE_HEAD,
        MANAGER,
        PLAN_OFFICE,
        KEEPER,
        STORE_HEAD,
        WORKER,
    ];
    let may = |upheld: bool| {
        let (world, moment) = (&firm.story.world, &firm.story.moment);
        let may = |person: &&PersonId| world.decide(&decide(upheld), **person, moment).is_ok();
        asked.iter().filter(may).copied().collect()
    };
    [may(false), may(true)]
}

/// The committee decides and nobody else: neither who judged nor the one above nor the plan office.
#[test]
fn those_whom_the_regime_names_decide() {
    let mut firm = objected(by_committee(), &[KEEPER]);
    assert_eq!(deciders(&firm), [vec![KEEPER], vec![KEEPER]]);
    firm.story.must(KEEPER, decide(false));
    let document = firm.story.document_of(SUBJECTS);
    let decided = document.answers[&1].decided.as_ref().unwrap();
    assert_eq!((decided.by, decided.upheld), (KEEPER, false));
    let state = document.plan.as_ref().unwrap().state;
    assert_eq!(state, PlanState::Published);
}

/// Who decides sees the plan, the result and what is said against it; another keeper's colleague does not.
#[test]
fn who_decides_sees_what_it_is_about() {
    let firm = objected(by_committee(), &[KEEPER]);
    let document = firm.story.document_of(SUBJECTS);
    let plan = document.plan.clone().unwrap();
    assert_eq!(plan.hearers, [KEEPER]);
    let rows = [
        Row::Plan(plan.clone()),
        Row::Item(document.items.values().next().unwrap().clone()),
        Row::Result(document.results[&1].clone()),
        Row::Answer(document.answers[&1].clone()),
        Row::Delivery(document.deliveries[&1].clone()),
    ];
    let organisation = firm.story.world.organisation();
    let sees = |person: PersonId, row: &Row| {
        let mut stands = placement(row, Some(document)).into_iter();
        stands.any(|one| permission::may_see(organisation, person, day(2026, 12, 3), one))
    };
    for row in &rows {
        assert!(sees(KEEPER, row), "{:?}", row.key());
        assert!(!sees(STORE_HEAD, row), "{:?}", row.key());
    }
}

/// Who judged is named as the superior: he gives way, and does not reject what is said against himself.
/// The one above decides either way and sees it already, so nobody is named in the plan.
#[test]
fn who_judged_only_gives_way() {
    let named = json!({"days": 3, "by": ["superior", "indirect_superior"]});
    let firm = objected(named, &[]);
    let both = vec![LINE_HEAD, MANAGER];
    assert_eq!(deciders(&firm), [vec![MANAGER], both]);
    let plan = firm.story.document_of(SUBJECTS).plan.clone().unwrap();
    assert!(plan.hearers.is_empty());
    assert_eq!(open(&firm).unwrap().until, None);
}

/// Where the named ones are the person, who judged, or nobody at all, the one above and the plan office
/// decide.
#[test]
fn others_decide_where_the_named_ones_cannot() {
    let instead = [MANAGER, PLAN_OFFICE];
    for committee in [&[][..], &[SUBJECT], &[LINE_HEAD, SUBJECT]] {
        let firm = objected(by_committee(), committee);
        let [stands, _] = deciders(&firm);
        assert_eq!(stands, instead, "{committee:?}");
    }
}

/// From Thursday the 3rd two working days: until the close of work of Monday the 7th. From then on it is
/// late, the one above and the plan office may decide as well, and nothing is decided by itself.
#[test]
fn a_late_decision_is_seen_and_stops_nobody() {
    let mut firm = objected(by_committee(), &[KEEPER]);
    firm.on_december(7);
    let waits = open(&firm).unwrap();
    assert_eq!(waits.hearing, Hearing::Objection);
    assert_eq!(waits.until.unwrap().day, day(2026, 12, 7));
    assert_eq!((waits.hearers, waits.overdue), (vec![KEEPER], false));
    assert_eq!(deciders(&firm)[0], [KEEPER]);
    firm.on_december(8);
    let waits = open(&firm).unwrap();
    assert!(waits.overdue);
    let mut all = vec![MANAGER, PLAN_OFFICE, KEEPER];
    all.sort_unstable();
    assert_eq!(waits.hearers, all);
    assert_eq!(deciders(&firm)[0], [MANAGER, PLAN_OFFICE, KEEPER]);
    firm.on_december(30);
    assert_eq!(firm.lacks(LINE, 0), [Missing::Decision(SUBJECTS)]);
    firm.story.must(PLAN_OFFICE, decide(false));
    assert_eq!(open(&firm), None);
    assert_eq!(firm.lacks(LINE, 0), []);
}

/// Monday the 7th is a day off: the two working days end on Tuesday the 8th.
#[test]
fn a_holiday_moves_the_day_forward() {
    let mut firm = objected(by_committee(), &[KEEPER]);
    let notice = AdoptNotice {
        id: NoticeId::from_bits(1),
        year: 2026,
        source: "厂庆".into(),
        off: vec![day(2026, 12, 7)],
        work: Vec::new(),
    };
    firm.story.must(ADMINISTRATOR, Command::AdoptNotice(notice));
    assert_eq!(open(&firm).unwrap().until.unwrap().day, day(2026, 12, 8));
}

/// Those who decide are reminded until it is decided; who stands in for them from the day after.
#[test]
fn who_decides_is_reminded() {
    let mut firm = objected(by_committee(), &[KEEPER]);
    let of = |firm: &Firm, person, date| {
        let today = day(2026, 12, date);
        let all = reminders(&firm.story.world, person, today);
        all.contains(&Reminder::ToDecide(SUBJECTS))
    };
    assert!(of(&firm, KEEPER, 3) && of(&firm, KEEPER, 8));
    assert!(!of(&firm, PLAN_OFFICE, 7) && of(&firm, PLAN_OFFICE, 8));
    assert!(!of(&firm, SUBJECT, 8) && !of(&firm, WORKER, 8));
    firm.story.must(KEEPER, decide(true));
    assert!(!of(&firm, KEEPER, 8));
    let state = firm
        .story
        .document_of(SUBJECTS)
        .plan
        .as_ref()
        .unwrap()
        .state;
    assert_eq!(state, PlanState::Approved);
}
