//! Closing cohorts through commands: places, ties, pooled units, ceilings, the department's factor, and
//! who was judged too late to take a place.

use serde_json::{Value, json};
use shared::cohort::{self, CohortKey, CohortOpen, Unsettled};
use shared::command::Command;
use shared::command::cohort::{DecideTie, ReturnResult, SettleCohort};
use shared::id::{PersonId, UnitId};
use shared::period::ready;
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::regime::cycle::PeriodAct;
use shared::regime::document::Regime;
use shared::result::engine_3::check;
use shared::result::{Recomputed, Step};
use shared::seal::{self, Missing, SealedResult};

use crate::firm::{Firm, head_of, member, plan_of};
use crate::plain::plain;
use crate::prelude::*;
use crate::server::told;

/// At most a fifth in the best band; a unit below ten heads is joined with its sisters.
fn fifth(more: &[(&str, Value)]) -> Regime {
    let cohort = json!({
        "of": "unit", "small": {"below": 10, "then": "pooled"},
        "quotas": [{"band": "a", "share": 2_000, "kind": "at_most", "over": "b"}],
        "ties": "indirect_superior", "ranked": true
    });
    let mut set = vec![("/cohort", cohort), ("/coverage/plans", json!("both"))];
    set.extend(more.iter().cloned());
    plain(&set)
}

fn order(people: &[PersonId]) -> Command {
    Command::DecideTie(DecideTie {
        period: NOVEMBER,
        people: people.to_vec(),
        reason: "先看安全记录".into(),
    })
}

fn figures(sealed: &SealedResult) -> (Points, BasisPoints, Option<&str>) {
    let closed = sealed.closed.as_ref().unwrap();
    (sealed.total, sealed.coefficient, closed.band.as_deref())
}

/// By hand: a fifth of 35 is 7. Six have 99 down to 96.50, two have 96.00 and stand equal where the
/// places end; the manager, who leads their head, orders them. The second of the two keeps 96.00 and
/// gets 1.10 instead of 1.20. Of 34 it would be 6.8, rounded down to 6.
#[test]
fn seven_of_thirty_five_and_two_equals() {
    let mut firm = Firm::under(fifth(&[]), &[(LINE, 35)]);
    for n in 0..35 {
        let score = match n {
            0..6 => 9_900 - 50 * i64::try_from(n).unwrap(),
            6 | 7 => 9_600,
            _ => 8_500,
        };
        firm.judged(LINE, n, score);
    }
    let cohort = CohortKey::Unit(LINE);
    let tied = vec![member(LINE, 6), member(LINE, 7)];
    let tie = Unsettled::Cohort(CohortOpen::Tie {
        cohort,
        quota: 0,
        places: 1,
        people: tied.clone(),
    });
    assert_eq!(firm.open(cohort), [tie]);
    let missing = vec![Missing::Cohort(LINE)];
    assert_eq!(firm.lacks(LINE, 0), missing);
    // Their own head and the plan office do not say who comes first.
    for person in [head_of(LINE), PLAN_OFFICE, tied[0]] {
        assert_eq!(firm.story.refused(person, order(&tied)), Refusal::Forbidden);
    }
    let (first, second) = (tied[1], tied[0]);
    firm.story.must(MANAGER, order(&[first, second]));
    firm.settle(cohort);
    let expected = [
        (6, 9_600, 11_000, "b"),
        (7, 9_600, 12_000, "a"),
        (0, 9_900, 12_000, "a"),
        (34, 8_500, 10_000, "c"),
    ];
    for (n, total, coefficient, band) in expected {
        let sealed = firm.sealed(LINE, n);
        let told = (Points(total), BasisPoints(coefficient), Some(band));
        assert_eq!(figures(&sealed), told, "{n}");
    }
    let sealed = firm.sealed(LINE, 1);
    let closed = sealed.closed.as_ref().unwrap();
    let facts = closed.facts.as_ref().unwrap();
    assert_eq!((facts.heads, facts.exempt, facts.pooled), (35, 0, 1));
    let places = &facts.places[0];
    assert_eq!(
        (places.of, places.used, places.cut_off),
        (7, 7, Some(Points(9_600)))
    );
    assert_eq!(closed.rank, Some(2));
    // Nobody else stands in what is sealed of a person.
    let text = serde_json::to_string(closed).unwrap();
    for n in 0..35 {
        assert!(!text.contains(&member(LINE, n).to_string()));
    }
}

/// By hand: units of 8 and 9 are joined, a fifth of 17 is 3.4, so 3 places: 99 and 97 of the line, 98 of
/// the store. The next, 96.50 of the store, gets 1.10. Everything is accepted by a server, too.
#[test]
fn small_units_are_joined() {
    let mut firm = Firm::under(fifth(&[]), &[(LINE, 8), (STORE, 9)]);
    for n in 0..8 {
        firm.judged(LINE, n, [9_900, 9_700].get(n).copied().unwrap_or(8_000));
    }
    for n in 0..8 {
        firm.judged(STORE, n, [9_800, 9_650].get(n).copied().unwrap_or(8_000));
    }
    firm.begun(STORE, 8);
    // One of the store is not judged: the line waits for it, because they share places.
    let open = Unsettled::Lacks(member(STORE, 8), Missing::Publication(plan_of(STORE, 8)));
    assert_eq!(firm.open(CohortKey::Unit(LINE)), [open]);
    firm.scored(STORE, 8, 8_000);
    firm.settle(CohortKey::Unit(LINE));
    for (unit, n, band, coefficient) in [
        (LINE, 0, "a", 12_000),
        (LINE, 1, "a", 12_000),
        (STORE, 0, "a", 12_000),
        (STORE, 1, "b", 11_000),
        (STORE, 8, "c", 10_000),
    ] {
        let sealed = firm.sealed(unit, n);
        let (_, factor, found) = figures(&sealed);
        assert_eq!(
            (found, factor),
            (Some(band), BasisPoints(coefficient)),
            "{unit} {n}"
        );
        let facts = sealed.closed.unwrap().facts.unwrap();
        assert_eq!((facts.heads, facts.pooled, facts.places[0].of), (17, 2, 3));
    }
    let server = told(&firm.story);
    drop(server);
}

/// Ten of the line with a ceiling of 85 on their average; places do not matter.
fn ceiling(how: &str) -> Firm {
    let cohort = json!({
        "of": "unit", "small": {"below": 10, "then": "exempt"},
        "ceiling": {"at": {"points": 8_500}, "how": how}, "ties": "indirect_superior"
    });
    let mut firm = Firm::under(fifth(&[("/cohort", cohort)]), &[(LINE, 4)]);
    for (n, score) in [9_600, 9_200, 8_800, 8_000].into_iter().enumerate() {
        firm.judged(LINE, n, score);
    }
    firm
}

/// By hand: 96 + 92 + 88 + 80 = 356, on average 89. Each x 340 / 356: 96 becomes 91.685..., printed 91.69:
/// b instead of a. 92 becomes 87.865..., 87.87: c. 80 becomes 76.40...: d.
#[test]
fn a_ceiling_scales_the_totals() {
    let mut firm = ceiling("scaled");
    firm.settle(CohortKey::Unit(LINE));
    for (n, total, band, coefficient) in [
        (0, 9_169, "b", 11_000),
        (1, 8_787, "c", 10_000),
        (3, 7_640, "d", 8_000),
    ] {
        let sealed = firm.sealed(LINE, n);
        let told = (Points(total), BasisPoints(coefficient), Some(band));
        assert_eq!(figures(&sealed), told);
        let closed = sealed.closed.unwrap();
        let again = check(&closed.tape).unwrap();
        assert_eq!(
            (again.total, again.coefficient),
            (Points(total), BasisPoints(coefficient))
        );
    }
}

/// The same ceiling gives the totals back; the plan office returns one, and the head judges it anew:
/// 96 becomes 80, and 80 + 92 + 88 + 80 = 340 is 85 on average.
#[test]
fn a_ceiling_gives_the_totals_back() {
    let mut firm = ceiling("returned");
    let cohort = CohortKey::Unit(LINE);
    let passed = Unsettled::Cohort(CohortOpen::CeilingPassed {
        cohort,
        sum: Points(35_600),
        heads: 4,
        ceiling: Points(8_500),
    });
    assert_eq!(firm.open(cohort), [passed]);
    let back = |version| {
        Command::ReturnResult(ReturnResult {
            plan: plan_of(LINE, 0),
            version,
            reason: "部门平均分超过上限".into(),
        })
    };
    assert_eq!(
        firm.story.refused(head_of(LINE), back(1)),
        Refusal::Forbidden
    );
    let other = firm.story.refused(PLAN_OFFICE, back(2));
    assert!(matches!(other, Refusal::ContentChanged { .. }), "{other:?}");
    firm.story.must(PLAN_OFFICE, back(1));
    firm.judged_again(LINE, 0, 9_600, 8_000);
    firm.settle(cohort);
    let sealed = firm.sealed(LINE, 0);
    assert_eq!(
        figures(&sealed),
        (Points(8_000), BasisPoints(10_000), Some("c"))
    );
    let refused = firm.story.refused(PLAN_OFFICE, back(2));
    assert_eq!(refused, Refusal::PeriodSealed);
}

/// One's own points x the department's factor; the average is at most the department's total.
fn with_department() -> Regime {
    let factor = json!({
        "key": "department", "name": {"zh": "部门系数", "en": "Department factor"},
        "source": {"result": {"of": "department", "take": {"factor": [
            {"at": 0, "factor": 9_000}, {"at": 8_000, "factor": 10_000}, {"at": 9_000, "factor": 11_000}
        ]}}},
        "empty": "drops_out"
    });
    let cohort = json!({
        "of": "unit", "small": {"below": 10, "then": "exempt"},
        "ceiling": {"at": "department_total", "how": "returned"}, "ties": "indirect_superior"
    });
    plain(&[
        ("/cohort", cohort),
        ("/cycles/0/total/parts/combine", json!("product")),
        ("/cycles/0/total/parts/list/-", factor),
    ])
}

/// By hand: published while the department is not judged, 84 and 80 stand as they are and are
/// preliminary. The department has 92, so the factor is 1.10: 92.40 and 88.00, on average 90.20, under
/// 92. What was signed is kept; what closing filled in stands beside it, and both recompute.
#[test]
fn the_departments_factor_is_filled_in() {
    let mut firm = Firm::under(with_department(), &[(LINE, 2)]);
    firm.department();
    firm.judged(LINE, 0, 8_400);
    firm.judged(LINE, 1, 8_000);
    let published = firm.result(LINE, 0);
    assert_eq!(published.total, Points(8_400));
    assert!(published.three.as_ref().unwrap().preliminary);
    let cohort = CohortKey::Unit(LINE);
    let lacks = |n| Unsettled::Lacks(member(LINE, n), Missing::Result(PLAN));
    assert_eq!(
        firm.open(cohort),
        [lacks(0), lacks(1), Unsettled::Department(PLAN)]
    );
    firm.judge_department(9_200);
    firm.settle(cohort);
    let sealed = firm.sealed(LINE, 0);
    assert_eq!(
        figures(&sealed),
        (Points(9_240), BasisPoints(11_000), Some("b"))
    );
    assert_eq!(sealed.parts[0].total, Points(8_400));
    let filled = &sealed.closed.as_ref().unwrap().filled;
    assert_eq!(filled[0].results[0].plan, PLAN);
    let sealed = firm.sealed(LINE, 1);
    assert_eq!(
        figures(&sealed),
        (Points(8_800), BasisPoints(10_000), Some("c"))
    );
    drop(told(&firm.story));
}

/// Ten heads have two places. In a correction round after the seal somebody is judged again: 85 becomes
/// 97. The places are taken, nobody loses one, and the person stands beyond the quota at 1.20, in a
/// second version that names what it replaces.
#[test]
fn who_is_right_afterwards_is_beyond_the_quota() {
    let mut firm = Firm::under(fifth(&[]), &[(LINE, 10)]);
    for n in 0..10 {
        firm.judged(LINE, n, [9_900, 9_800].get(n).copied().unwrap_or(8_500));
    }
    let cohort = CohortKey::Unit(LINE);
    let unsettled = |firm: &Firm| {
        let (world, today) = (&firm.story.world, firm.story.moment.today());
        let period = &world.organisation().periods[&NOVEMBER];
        let open = ready::open(world, period, PeriodAct::Settled, &[], today);
        open.iter()
            .filter(|open| matches!(open, ready::Open::NotSettled(_)))
            .count()
    };
    assert_eq!(unsettled(&firm), 10);
    firm.settle(cohort);
    assert_eq!(unsettled(&firm), 0);
    // Nothing more to settle: a second closing changes nothing.
    assert!(firm.settle(cohort).is_empty());
    let sealed = firm.sealed(LINE, 9);
    assert_eq!(
        figures(&sealed),
        (Points(8_500), BasisPoints(10_000), Some("c"))
    );
    let back = Command::ReturnResult(ReturnResult {
        plan: plan_of(LINE, 9),
        version: 1,
        reason: "验收单有误".into(),
    });
    assert_eq!(
        firm.story.refused(PLAN_OFFICE, back.clone()),
        Refusal::PeriodSealed
    );
    firm.marks(PeriodAct::Corrected);
    firm.story.must(PLAN_OFFICE, back);
    firm.judged_again(LINE, 9, 8_500, 9_700);
    let sealed = firm.sealed(LINE, 9);
    assert_eq!(
        figures(&sealed),
        (Points(9_700), BasisPoints(12_000), Some("a"))
    );
    assert_eq!(sealed.version, 2);
    let replaces = Step::Replaces {
        version: 1,
        total: Points(8_500),
        coefficient: BasisPoints(10_000),
    };
    assert_eq!(sealed.derivation.last(), Some(&replaces));
    let closed = sealed.closed.as_ref().unwrap();
    assert!(closed.over_quota && closed.late);
    let first = firm.sealed(LINE, 1);
    assert_eq!(
        figures(&first),
        (Points(9_800), BasisPoints(12_000), Some("a"))
    );
    assert!(!first.closed.unwrap().over_quota);
}

/// What is sealed is proven by its own parts and the cohort's facts; whoever changes one of them is
/// found out.
#[test]
fn a_sealed_place_is_recomputed_alone() {
    let mut firm = Firm::under(fifth(&[]), &[(LINE, 10)]);
    for n in 0..10 {
        let score = [9_900, 9_800, 9_700].get(n).copied().unwrap_or(8_500);
        firm.judged(LINE, n, score);
    }
    firm.settle(CohortKey::Unit(LINE));
    let (sealed, result) = (firm.sealed(LINE, 2), firm.result(LINE, 2));
    assert_eq!(
        figures(&sealed),
        (Points(9_700), BasisPoints(11_000), Some("b"))
    );
    let document = firm.story.regime().document;
    let again = |sealed: &SealedResult| {
        let mut sealed = sealed.clone();
        sealed.digest = shared::digest::sealed(&sealed);
        seal::recompute(&sealed, &document, &[&result])
    };
    assert_eq!(again(&sealed), Recomputed::Identical);
    let forged = |change: fn(&mut SealedResult)| {
        let mut forged = sealed.clone();
        change(&mut forged);
        again(&forged)
    };
    let forgeries: [fn(&mut SealedResult); 6] = [
        |sealed| sealed.coefficient = BasisPoints(12_000),
        |sealed| closed(sealed).quota = None,
        |sealed| closed(sealed).over_quota = true,
        |sealed| closed(sealed).band = Some("a".into()),
        |sealed| closed(sealed).tape[0].a += 1,
        |sealed| {
            let facts = closed(sealed).facts.as_mut().unwrap();
            facts.places[0].cut_off = Some(Points(9_600));
        },
    ];
    for forgery in forgeries {
        assert_ne!(forged(forgery), Recomputed::Identical);
    }
}

fn closed(sealed: &mut SealedResult) -> &mut seal::Closed {
    sealed.closed.as_mut().unwrap()
}

/// Only the plan office closes, and only what it saw.
#[test]
fn who_closes_a_cohort() {
    let mut firm = Firm::under(fifth(&[]), &[(LINE, 2)]);
    firm.judged(LINE, 0, 9_900);
    firm.judged(LINE, 1, 8_500);
    let cohort = CohortKey::Unit(LINE);
    let settle = |cohort, seen: &str| {
        let (period, seen) = (NOVEMBER, seen.to_owned());
        Command::SettleCohort(SettleCohort {
            period,
            cohort,
            seen,
        })
    };
    let at = firm.story.moment.received;
    let draft = cohort::draft(&firm.story.world, NOVEMBER, cohort, at, PLAN_OFFICE).unwrap();
    assert_eq!(draft.results.len(), 2);
    let told = settle(cohort, &draft.digest);
    for person in [MANAGER, head_of(LINE), member(LINE, 0)] {
        assert_eq!(firm.story.refused(person, told.clone()), Refusal::Forbidden);
    }
    let refused = firm.story.refused(PLAN_OFFICE, settle(cohort, "other"));
    assert!(
        matches!(refused, Refusal::ContentChanged { .. }),
        "{refused:?}"
    );
    let nobody = CohortKey::Unit(UnitId::from_bits(404));
    let refused = firm
        .story
        .refused(PLAN_OFFICE, settle(nobody, &draft.digest));
    assert_eq!(refused, Refusal::not_found("cohort"));
    firm.story.must(PLAN_OFFICE, told);
}

/// Once judging is closed nobody could judge again what is given back: a correction round comes first.
#[test]
fn nothing_goes_back_to_those_who_can_no_longer_judge() {
    let mut firm = Firm::under(fifth(&[]), &[(LINE, 2)]);
    firm.judged(LINE, 0, 9_900);
    firm.judged(LINE, 1, 8_500);
    firm.marks(PeriodAct::JudgingClosed);
    let back = Command::ReturnResult(ReturnResult {
        plan: plan_of(LINE, 0),
        version: 1,
        reason: "超过部门平均".into(),
    });
    let closed = Refusal::PeriodClosed {
        period: NOVEMBER,
        act: PeriodAct::JudgingClosed,
    };
    assert_eq!(firm.story.refused(PLAN_OFFICE, back.clone()), closed);
    firm.marks(PeriodAct::Corrected);
    firm.story.must(PLAN_OFFICE, back);
}

/// The best band is made public for five working days before it stands: on the 2nd of December the list
/// hangs, and the 9th at close of work is its end. Who is not on it waits for nothing.
#[test]
fn the_best_band_hangs_before_it_stands() {
    let publication = json!({"bands": ["a"], "days": 5});
    let mut firm = Firm::under(fifth(&[("/after/publication", publication)]), &[(LINE, 10)]);
    for n in 0..10 {
        firm.judged(LINE, n, if n == 0 { 9_900 } else { 8_500 });
    }
    firm.settle(CohortKey::Unit(LINE));
    assert_eq!(firm.lacks(LINE, 0), [Missing::Notice]);
    assert_eq!(firm.lacks(LINE, 1), []);
    firm.hang(&[LINE]);
    assert_eq!(firm.lacks(LINE, 0), [Missing::Hanging(day(2026, 12, 9))]);
    firm.story.moment = noon(day(2026, 12, 10));
    let sealed = firm.sealed(LINE, 0);
    assert_eq!(figures(&sealed).2, Some("a"));
}
