//! Public lists: what they say, how long they hang, who objects, and what waits for them.

use serde_json::{Value, json};
use shared::command::Command;
use shared::command::organisation::Appoint;
use shared::command::period::MarkPeriod;
use shared::command::public_list::{DecideListObjection, HangList, ObjectToList};
use shared::command::signing::HoldRole;
use shared::id::{AppointmentId, ListId, PersonId, RoleHolderId, UnitId};
use shared::organisation::Office;
use shared::partition::PartitionId;
use shared::permission;
use shared::placement::placement;
use shared::plan::PlanState;
use shared::public_list::{Named, PublicList, UnitAverage};
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::regime::cycle::PeriodAct;
use shared::row::Row;
use shared::seal::Missing;
use shared::world::{Holdings, Stop};

use crate::firm::{Firm, member, plan_of};
use crate::plain::plain;
use crate::prelude::*;

/// The bands a and b are made public for three working days, with averages.
fn firm(more: &[(&str, Value)], units: &[(UnitId, usize)]) -> Firm {
    let publication = json!({"bands": ["a", "b"], "days": 3, "averages": true});
    let mut set = vec![
        ("/after/publication", publication),
        ("/coverage/plans", json!("personal")),
    ];
    set.extend(more.iter().cloned());
    Firm::under(plain(&set), units)
}

fn named(unit: UnitId, n: usize, band: &str, version: u32) -> Named {
    Named {
        unit,
        person: member(unit, n),
        band: band.into(),
        plan: plan_of(unit, n),
        version,
    }
}

/// By hand: the line has 96.00, 91.00 and 75.00, the mean of which is 262 / 3 = 87.333, printed 87.33;
/// the store has two people, and their mean would tell each the other's figure.
#[test]
fn it_names_the_bands_and_averages_what_tells_nobodys_figure() {
    let mut firm = firm(&[], &[(LINE, 3), (STORE, 2)]);
    for (unit, n, score) in [
        (LINE, 0, 9_600),
        (LINE, 1, 9_100),
        (LINE, 2, 7_500),
        (STORE, 0, 9_000),
        (STORE, 1, 6_000),
    ] {
        firm.judged(unit, n, score);
    }
    let list = firm.hang(&[]);
    let mut all = vec![
        named(LINE, 0, "a", 1),
        named(LINE, 1, "b", 1),
        named(STORE, 0, "b", 1),
    ];
    all.sort();
    assert_eq!(list.named, all);
    let average = UnitAverage {
        unit: LINE,
        heads: 3,
        average: Points(8_733),
    };
    assert_eq!(list.averages, [average]);
    let row = Row::PublicList(Box::new(list));
    assert_eq!(placement(&row, None), [PartitionId::Organisation]);
    // The act stands among those on the period.
    let period = &firm.story.world.organisation().periods[&NOVEMBER];
    assert!(period.done_for(PeriodAct::Published, &[]));
}

/// Wednesday the 2nd of December and three working days: until the close of work of Monday the 7th. Who
/// is in no band that is made public waits for nothing.
#[test]
fn nobody_who_is_named_is_sealed_before_it_has_hung() {
    let mut firm = firm(&[], &[(LINE, 2)]);
    firm.judged(LINE, 0, 9_600);
    firm.judged(LINE, 1, 7_500);
    assert_eq!(firm.lacks(LINE, 0), [Missing::Notice]);
    assert_eq!(firm.lacks(LINE, 1), []);
    let list = firm.hang(&[LINE]);
    assert_eq!(firm.lacks(LINE, 0), [Missing::Hanging(day(2026, 12, 7))]);
    let organisation = firm.story.world.organisation();
    let until = list.until_all(organisation).unwrap();
    assert_eq!(until.day, day(2026, 12, 7));
    firm.story.moment = noon(day(2026, 12, 7));
    assert_eq!(firm.lacks(LINE, 0), [Missing::Hanging(day(2026, 12, 7))]);
    firm.story.moment = noon(day(2026, 12, 8));
    assert_eq!(firm.lacks(LINE, 0), []);
    firm.sealed(LINE, 0);
}

/// Who is judged later hangs on another list and waits for that one; what hangs already is not hung twice.
#[test]
fn who_comes_later_hangs_on_another_list() {
    let mut firm = firm(&[], &[(LINE, 2)]);
    firm.judged(LINE, 0, 9_600);
    firm.hang(&[LINE]);
    let nothing = Err(Stop::Refused(Refusal::NothingToPublish));
    assert_eq!(firm.listed(&[LINE]), nothing);
    firm.judged(LINE, 1, 9_600);
    assert_eq!(firm.lacks(LINE, 1), [Missing::Notice]);
    firm.story.moment = noon(day(2026, 12, 4));
    let list = firm.hang(&[LINE]);
    assert_eq!(list.named, [named(LINE, 1, "a", 1)]);
    // Friday the 4th and three working days: Wednesday the 9th. The first list's end is as it was.
    assert_eq!(firm.lacks(LINE, 1), [Missing::Hanging(day(2026, 12, 9))]);
    assert_eq!(firm.lacks(LINE, 0), [Missing::Hanging(day(2026, 12, 7))]);
}

/// Where no band is named the list says averages alone, and everybody of its units waits for it.
#[test]
fn a_list_without_names_holds_everybody() {
    let publication = json!({"days": 3, "averages": true});
    let mut firm = firm(&[("/after/publication", publication)], &[(LINE, 3)]);
    for n in 0..3 {
        firm.judged(LINE, n, 6_500);
    }
    assert_eq!(firm.lacks(LINE, 0), [Missing::Notice]);
    let list = firm.hang(&[LINE]);
    assert_eq!((list.named.len(), list.averages.len()), (0, 1));
    assert_eq!(firm.lacks(LINE, 2), [Missing::Hanging(day(2026, 12, 7))]);
}

#[test]
fn hanging_is_an_act_of_its_own() {
    let mut firm = firm(&[], &[(LINE, 1)]);
    firm.judged(LINE, 0, 9_600);
    let mark = Command::MarkPeriod(MarkPeriod {
        period: NOVEMBER,
        act: PeriodAct::Published,
        units: Vec::new(),
        open: 0,
        reason: "公示".into(),
    });
    assert_eq!(firm.story.refused(PLAN_OFFICE, mark), Refusal::ListFirst);
    let hang = |seen: &str| {
        Command::HangList(HangList {
            list: ListId::from_bits(1),
            period: NOVEMBER,
            units: vec![LINE],
            seen: seen.to_owned(),
        })
    };
    let seen = firm.listed(&[LINE]).unwrap().digest;
    assert_eq!(firm.story.refused(MANAGER, hang(&seen)), Refusal::Forbidden);
    let current = seen.clone();
    let refusal = firm.story.refused(PLAN_OFFICE, hang("other"));
    assert_eq!(refusal, Refusal::ContentChanged { current });
    firm.story.must(PLAN_OFFICE, hang(&seen));
    let refusal = firm.story.refused(PLAN_OFFICE, hang(&seen));
    assert_eq!(refusal, Refusal::already_exists("list"));
}

/// What hung before there were lists was a mark alone, and still counts.
#[test]
fn a_mark_of_before_counts() {
    let mut firm = firm(&[], &[(LINE, 1)]);
    firm.judged(LINE, 0, 9_600);
    let mut period = firm.story.world.organisation().periods[&NOVEMBER].clone();
    period.marks.push(shared::period::Mark {
        act: PeriodAct::Published,
        units: Vec::new(),
        signed: shared::plan::Signed {
            by: PLAN_OFFICE,
            times: firm.story.moment.times(),
            reason: String::new(),
            timed: None,
        },
        open: 0,
    });
    firm.story.world.put(&Row::Period(period));
    assert_eq!(firm.lacks(LINE, 0), [Missing::Hanging(day(2026, 12, 7))]);
    firm.story.moment = noon(day(2026, 12, 8));
    assert_eq!(firm.lacks(LINE, 0), []);
}

/// Two people of the line, the first named; whoever objects is the keeper of the store.
fn hung() -> (Firm, PublicList) {
    let mut firm = firm(&[], &[(LINE, 2)]);
    firm.judged(LINE, 0, 9_600);
    firm.judged(LINE, 1, 7_500);
    let list = firm.hang(&[LINE]);
    (firm, list)
}

fn objection(list: &PublicList, n: usize) -> Command {
    Command::ObjectToList(ObjectToList {
        list: list.id,
        plan: plan_of(LINE, n),
        reason: "停机当天不在岗".into(),
    })
}

fn decision(list: &PublicList, upheld: bool) -> Command {
    Command::DecideListObjection(DecideListObjection {
        plan: plan_of(LINE, 0),
        list: list.id,
        by: KEEPER,
        upheld,
        reason: "已核对考勤".into(),
    })
}

/// Everybody may object while it hangs, but the person who is named, and nobody to somebody who is not.
#[test]
fn anybody_else_objects_while_it_hangs() {
    let (mut firm, list) = hung();
    let own = firm.story.refused(member(LINE, 0), objection(&list, 0));
    assert_eq!(own, Refusal::Forbidden);
    let unnamed = firm.story.refused(KEEPER, objection(&list, 1));
    assert_eq!(unnamed, Refusal::not_found("list"));
    let stranger = firm.story.refused(STRANGER, objection(&list, 0));
    assert_eq!(stranger, Refusal::Forbidden);
    firm.story.moment = noon(day(2026, 12, 8));
    let until = day(2026, 12, 7);
    let late = firm.story.refused(KEEPER, objection(&list, 0));
    assert_eq!(late, Refusal::ObjectionWindowPassed { until });
    firm.story.moment = noon(day(2026, 12, 7));
    firm.story.must(KEEPER, objection(&list, 0));
    let again = firm.story.must(KEEPER, objection(&list, 0));
    assert!(again.is_empty(), "it is there");
}

/// Who objects is seen by that person and by those who decide, and by nobody else: neither the person who
/// is named nor who judged.
#[test]
fn the_named_person_does_not_see_who_objects() {
    let (mut firm, list) = hung();
    firm.story.must(KEEPER, objection(&list, 0));
    let document = firm.story.document_of(plan_of(LINE, 0));
    let kept = document.list_objections.values().next().unwrap().clone();
    let row = Row::ListObjection(Box::new(kept));
    let stands = placement(&row, Some(document));
    let organisation = firm.story.world.organisation();
    let today = firm.story.moment.today();
    let sees = |person: PersonId| {
        let mut stands = stands.iter();
        stands.any(|one| permission::may_see(organisation, person, today, *one))
    };
    assert!(sees(KEEPER) && sees(PLAN_OFFICE) && sees(MANAGER));
    for person in [member(LINE, 0), LINE_HEAD, WORKER, STORE_HEAD] {
        assert!(!sees(person), "{person}");
    }
}

/// Nor where that person runs plans, and sees what stands with every judge.
#[test]
fn a_named_plan_officer_does_not_see_who_objects() {
    let (mut firm, list) = hung();
    let appoint = Command::Appoint(Appoint {
        appointment: AppointmentId::from_bits(900),
        person: member(LINE, 0),
        office: Office::PlanOffice,
        from: firm.story.moment.today(),
    });
    firm.story.must(ADMINISTRATOR, appoint);
    firm.story.must(KEEPER, objection(&list, 0));
    let document = firm.story.document_of(plan_of(LINE, 0));
    let kept = document.list_objections.values().next().unwrap().clone();
    let stands = placement(&Row::ListObjection(Box::new(kept)), Some(document));
    let organisation = firm.story.world.organisation();
    let today = firm.story.moment.today();
    let mut seen = stands.into_iter();
    let named = member(LINE, 0);
    assert!(!seen.any(|one| permission::may_see(organisation, named, today, one)));
}

/// Who decides sees what the decision is about: the plan, and the result that is named.
#[test]
fn who_decides_sees_the_result() {
    let role = json!([{"key": "jury", "name": {"zh": "评议组", "en": "Jury"}}]);
    let by = json!([{"role": "jury"}]);
    let more = [("/roles", role), ("/after/objection/by", by)];
    let mut firm = firm(&more, &[(LINE, 1)]);
    let hold = Command::HoldRole(HoldRole {
        holder: RoleHolderId::from_bits(901),
        role: "jury".into(),
        unit: None,
        person: WORKER,
        from: firm.story.moment.today(),
    });
    firm.story.must(PLAN_OFFICE, hold);
    firm.judged(LINE, 0, 9_600);
    let list = firm.hang(&[LINE]);
    let sees = |firm: &Firm| {
        let document = firm.story.document_of(plan_of(LINE, 0));
        let plan = Row::Plan(document.plan.clone().unwrap());
        let result = Row::Result(document.result().unwrap().clone());
        let organisation = firm.story.world.organisation();
        let today = firm.story.moment.today();
        [plan, result].map(|row| {
            let mut stands = placement(&row, Some(document)).into_iter();
            stands.any(|one| permission::may_see(organisation, WORKER, today, one))
        })
    };
    assert_eq!(sees(&firm), [false, false]);
    firm.story.must(KEEPER, objection(&list, 0));
    assert_eq!(sees(&firm), [true, true]);
    firm.story.must(WORKER, decision(&list, false));
}

/// An open objection holds the seal after the list has hung; dismissed, it is sealed; who judged and who
/// objects do not decide.
#[test]
fn an_open_objection_holds_the_seal() {
    let (mut firm, list) = hung();
    firm.story.must(KEEPER, objection(&list, 0));
    firm.story.moment = noon(day(2026, 12, 8));
    assert_eq!(firm.lacks(LINE, 0), [Missing::Decision(plan_of(LINE, 0))]);
    for person in [KEEPER, LINE_HEAD, member(LINE, 0)] {
        let refusal = firm.story.refused(person, decision(&list, false));
        assert_eq!(refusal, Refusal::Forbidden, "{person}");
    }
    firm.story.must(MANAGER, decision(&list, false));
    let twice = firm.story.refused(MANAGER, decision(&list, true));
    assert_eq!(twice, Refusal::already_exists("decision"));
    firm.sealed(LINE, 0);
}

/// Upheld, the result goes back to its judge, who reads why and not who objected; published anew it hangs
/// anew: on Tuesday the 8th, until Friday the 11th.
#[test]
fn upheld_the_result_is_judged_and_hangs_again() {
    let (mut firm, list) = hung();
    firm.story.must(KEEPER, objection(&list, 0));
    firm.story.must(MANAGER, decision(&list, true));
    let plan = firm
        .story
        .document_of(plan_of(LINE, 0))
        .plan
        .clone()
        .unwrap();
    assert_eq!(plan.state, PlanState::Approved);
    let returned = plan.returned.unwrap();
    assert_eq!(
        (returned.by, returned.reason.as_str()),
        (MANAGER, "已核对考勤")
    );
    firm.story.moment = noon(day(2026, 12, 8));
    firm.judged_again(LINE, 0, 9_600, 9_500);
    assert_eq!(firm.lacks(LINE, 0), [Missing::Notice]);
    let next = firm.hang(&[LINE]);
    assert_eq!(next.named, [named(LINE, 0, "a", 2)]);
    assert_eq!(firm.lacks(LINE, 0), [Missing::Hanging(day(2026, 12, 11))]);
    firm.story.moment = noon(day(2026, 12, 12));
    firm.sealed(LINE, 0);
}

/// A colleague's device does not hold the plan: it keeps the objection, and the server decides.
#[test]
fn a_device_leaves_the_objection_to_the_server() {
    let (firm, list) = hung();
    let organisation = firm.story.world.organisation();
    let mut device = shared::world::World::with_organisation(
        std::sync::Arc::clone(organisation),
        Holdings::Granted {
            person: KEEPER,
            partitions: std::sync::Arc::default(),
        },
    );
    let decided = device.decide(&objection(&list, 0), KEEPER, &firm.story.moment);
    assert_eq!(decided, Err(Stop::NotHeld));
    device.set_holdings(Holdings::Everything);
    let decided = device.decide(&objection(&list, 0), KEEPER, &firm.story.moment);
    assert_eq!(decided, Err(Refusal::not_found("plan").into()));
}
