//! What it means that somebody has no plan: not assessed, counts zero in the cohort, or nothing is sealed
//! before.

use serde_json::{Value, json};
use shared::cohort::{self, CohortKey, CohortOpen, Unsettled};
use shared::command::Command;
use shared::command::cohort::DecideTie;
use shared::command::organisation::NoteAbsence;
use shared::id::{AbsenceId, PersonId};
use shared::ledger::found::Event;
use shared::ledger::gather::happenings;
use shared::organisation::AbsenceBasis;
use shared::period::ready::{self, Open};
use shared::regime::cycle::PeriodAct;
use shared::regime::document::Regime;
use shared::seal::Missing;

use crate::firm::{Firm, member};
use crate::plain::plain;
use crate::prelude::*;

/// Only the line's people are judged, and its head is not; the best fifth gets an a.
fn regime(no_plan: &str, more: &[(&str, Value)]) -> Regime {
    let cohort = json!({
        "of": "unit", "small": {"below": 2, "then": "exempt"},
        "quotas": [{"band": "a", "share": 2_000, "kind": "at_most", "over": "b"}],
        "ties": "indirect_superior", "ranked": true
    });
    let coverage = json!({
        "plans": "personal", "units": [LINE], "without_people": [LINE_HEAD, WORKER]
    });
    let mut set = vec![
        ("/cohort", cohort),
        ("/coverage", coverage),
        ("/people/no_plan", json!(no_plan)),
    ];
    set.extend(more.iter().cloned());
    plain(&set)
}

fn open(firm: &Firm, act: PeriodAct) -> Vec<Open> {
    let world = &firm.story.world;
    let period = &world.organisation().periods[&NOVEMBER];
    ready::open(world, period, act, &[], firm.story.moment.today())
}

/// Ten people, two of them without a plan; eight are judged at 96, 96, and 85 six times.
///
/// By hand: a fifth of the eight is 1.6, one place, and the two at 96 stand equal. Where a missing plan
/// counts zero the cohort has ten heads, a fifth of ten is two places, and both keep their a.
#[test]
fn who_has_no_plan_is_a_head_only_where_that_counts_zero() {
    let firm = |no_plan: &str| {
        let mut firm = Firm::under(regime(no_plan, &[]), &[(LINE, 10)]);
        for n in 0..8 {
            firm.judged(LINE, n, if n < 2 { 9_600 } else { 8_500 });
        }
        firm
    };
    let mut people = vec![member(LINE, 0), member(LINE, 1)];
    people.sort_unstable();
    let tie = CohortOpen::Tie {
        cohort: CohortKey::Unit(LINE),
        quota: 0,
        places: 1,
        people,
    };
    let left_out = firm("not_assessed");
    assert_eq!(
        left_out.open(CohortKey::Unit(LINE)),
        [Unsettled::Cohort(tie)]
    );
    assert!(
        !open(&left_out, PeriodAct::Settled)
            .iter()
            .any(|one| matches!(one, Open::CountsZero(..)))
    );

    let mut zero = firm("counts_zero");
    let named = [member(LINE, 8), member(LINE, 9)].map(|who| Open::CountsZero(LINE, who));
    let listed = open(&zero, PeriodAct::Settled);
    let listed: Vec<&Open> = listed
        .iter()
        .filter(|one| matches!(one, Open::CountsZero(..)))
        .collect();
    assert_eq!(listed, named.iter().collect::<Vec<_>>());
    zero.settle(CohortKey::Unit(LINE));
    for n in 0..8 {
        let left = zero.story.document_of(crate::firm::plan_of(LINE, n));
        let closed = &left.cohort.as_ref().unwrap().closed;
        let facts = closed.facts.as_ref().unwrap();
        assert_eq!((facts.heads, facts.exempt), (10, 0));
        let places = &facts.places[0];
        assert_eq!((places.of, places.used), (2, 2));
        let band = if n < 2 { "a" } else { "c" };
        assert_eq!(closed.band.as_deref(), Some(band));
        // Two before, six equals from the third place on, the two zeros behind them.
        assert_eq!(closed.rank, Some(if n < 2 { 1 } else { 3 }));
    }
}

/// Who is away for more than half of the month is not assessed and owes no plan: nine heads, one place.
#[test]
fn who_is_not_assessed_anyway_owes_none() {
    let mut firm = Firm::under(regime("counts_zero", &[]), &[(LINE, 10)]);
    let away = Command::NoteAbsence(NoteAbsence {
        id: AbsenceId::from_bits(1),
        person: member(LINE, 9),
        basis: AbsenceBasis::Entitled,
        from: day(2026, 11, 1),
        to: Some(day(2026, 11, 30)),
    });
    firm.story.must(LINE_HEAD, away);
    for n in 0..8 {
        firm.judged(LINE, n, 9_600 - 100 * i64::try_from(n).unwrap());
    }
    firm.settle(CohortKey::Unit(LINE));
    let left = firm.story.document_of(crate::firm::plan_of(LINE, 0));
    let facts = left.cohort.as_ref().unwrap().closed.facts.clone().unwrap();
    // A fifth of nine is 1.8, rounded down.
    assert_eq!((facts.heads, facts.places[0].of), (9, 1));
}

/// A fifth has to stand in the last band, filled from the one before it.
///
/// By hand: of five people with a plan at 90, 85, 82, 75 and 65 (b, c, c, d, e) a fifth is one, nobody is
/// in f, and the e falls to f. Where the fifth has no plan, zero points stand in f already, and nobody
/// falls.
#[test]
fn a_forced_share_is_filled_by_who_has_no_plan() {
    let quotas = json!([{"band": "f", "share": 2_000, "kind": "at_least", "over": "e"}]);
    let mut bands = Vec::new();
    for heads in [5, 4] {
        let regime = regime("counts_zero", &[("/cohort/quotas", quotas.clone())]);
        let mut firm = Firm::under(regime, &[(LINE, 5)]);
        let scores = [9_000, 8_500, 8_200, 7_500, 6_500];
        // The worst of those who have a plan is the e in both.
        let planned = scores.iter().rev().take(heads).rev();
        for (n, score) in planned.enumerate() {
            firm.judged(LINE, n, *score);
        }
        firm.settle(CohortKey::Unit(LINE));
        let left = firm
            .story
            .document_of(crate::firm::plan_of(LINE, heads - 1));
        let closed = &left.cohort.as_ref().unwrap().closed;
        assert_eq!(closed.facts.as_ref().unwrap().heads, 5);
        bands.push(closed.band.clone().unwrap());
    }
    assert_eq!(bands, ["f", "e"]);
}

/// Two without a plan where a place ends stand equal, and somebody orders them like others.
#[test]
fn equals_without_a_plan_are_ordered() {
    let mut people: Vec<PersonId> = vec![member(LINE, 0), member(LINE, 1)];
    people.sort_unstable();
    let firm = Firm::under(regime("counts_zero", &[]), &[(LINE, 2)]);
    let (world, at) = (&firm.story.world, firm.story.moment.received);
    let all = cohort::all(world, NOVEMBER, firm.story.moment.today()).unwrap();
    let without: Vec<PersonId> = all.iter().map(|member| member.person).collect();
    assert_eq!(without, people);
    assert!(all.iter().all(|member| member.plans.is_empty()));
    let left = cohort::draft(world, NOVEMBER, CohortKey::Unit(LINE), at, PLAN_OFFICE).unwrap();
    assert!(left.results.is_empty(), "nobody has a result to write");
    let order = Command::DecideTie(DecideTie {
        period: NOVEMBER,
        people,
        reason: "两人都没有计划".into(),
    });
    assert!(
        firm.story
            .world
            .decide(&order, MANAGER, &firm.story.moment)
            .is_ok()
    );
}

/// Nothing of the unit is sealed while somebody of it has no plan; who made one and whoever waited for
/// it go on, and the other unit never waited.
#[test]
fn a_missing_plan_blocks_the_unit() {
    let more = [
        ("/cohort", Value::Null),
        ("/coverage/units", json!([LINE, STORE])),
        (
            "/coverage/without_people",
            json!([LINE_HEAD, WORKER, STORE_HEAD, KEEPER]),
        ),
    ];
    let mut firm = Firm::under(regime("blocks", &more), &[(LINE, 3), (STORE, 1)]);
    firm.judged(LINE, 0, 9_600);
    firm.judged(STORE, 0, 9_600);
    let missing = vec![
        Missing::Plan(member(LINE, 1)),
        Missing::Plan(member(LINE, 2)),
    ];
    assert_eq!(firm.lacks(LINE, 0), missing);
    assert_eq!(firm.lacks(STORE, 0), []);
    let listed = open(&firm, PeriodAct::Sealed);
    for who in [member(LINE, 1), member(LINE, 2)] {
        assert!(listed.contains(&Open::Blocks(LINE, who)));
    }
    firm.judged(LINE, 1, 9_000);
    assert_eq!(firm.lacks(LINE, 0), [Missing::Plan(member(LINE, 2))]);
    firm.begun(LINE, 2);
    assert_eq!(firm.lacks(LINE, 0), []);
}

/// Two of three have begun a plan: the third is found for the ledger, without a plan, on the day by which
/// it was to be handed in; nobody is where the regime gives that no meaning.
#[test]
fn who_has_begun_no_plan_is_found_for_the_ledger() {
    let found = |no_plan: &str| {
        let mut firm = Firm::under(regime(no_plan, &[]), &[(LINE, 3)]);
        firm.judged(LINE, 0, 9_600);
        firm.judged(LINE, 1, 9_600);
        let now = firm.story.moment.received;
        let all = happenings(&firm.story.world, LINE, NOVEMBER, now);
        let missing = all
            .into_iter()
            .filter(|one| one.event == Event::NotHandedIn);
        let missing = missing.map(|one| (one.whose, one.plan));
        missing.collect::<Vec<_>>()
    };
    assert_eq!(found("counts_zero"), [(member(LINE, 2), None)]);
    assert_eq!(found("blocks"), [(member(LINE, 2), None)]);
    assert_eq!(found("not_assessed"), []);
}
