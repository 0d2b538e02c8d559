//! The cohort by hand: places, ties, pooling, lending, ceilings; and its laws.

use serde_json::{Value, json};
use shared::id::{PersonId, UnitId};
use shared::quantity::Points;
use shared::result::engine_3::cohort::{
    CohortKey, CohortOpen, Outcome, Places, Standing, TieDecision, Unsettled, cohort, finish,
};
use shared::result::engine_3::node::Op;
use shared::result::engine_3::{Program, Tape, check};

use super::{Rules, computed, of_items, scored};
use crate::prelude::*;

/// Bands of the rule text: a from 95, b from 90, c from 80, d from 60, e below.
const A: u16 = 0;
const B: u16 = 1;
const C: u16 = 2;

fn quota(band: &str, share: i64, kind: &str, over: &str) -> Value {
    json!({"band": band, "share": share, "kind": kind, "over": over})
}

fn rules(quotas: &[Value], ceiling: Value) -> Rules {
    let cohort = json!({
        "of": "unit", "small": {"below": 10, "then": "pooled"}, "quotas": quotas,
        "ceiling": ceiling, "ties": "indirect_superior", "ranked": true
    });
    Rules::items(json!({"typed": {}}), json!([])).set("/cohort", cohort)
}

/// The best band for a fifth.
fn fifth() -> Rules {
    rules(&[quota("a", 2_000, "at_most", "b")], Value::Null)
}

fn unit(n: u128) -> CohortKey {
    CohortKey::Unit(UnitId::from_bits(n))
}

/// The superior of all units here.
fn above() -> CohortKey {
    CohortKey::Superior(PersonId::from_bits(900))
}

/// Somebody of a unit with a printed total in hundredths.
fn standing(program: &Program, n: u128, of: u128, total: i64) -> Standing {
    let inputs = of_items([scored(1, 10_000, total)]);
    Standing {
        person: PersonId::from_bits(n),
        cohort: unit(of),
        sisters: Some(above()),
        department: None,
        exempt: false,
        figures: computed(program, &inputs).0,
    }
}

/// People of one unit with these totals, their ids from a number on.
fn people(program: &Program, first: u128, of: u128, totals: &[i64]) -> Vec<Standing> {
    let one = |(n, total): (u128, &i64)| standing(program, n, of, *total);
    (first..).zip(totals).map(one).collect()
}

fn settled(program: &Program, standings: &[Standing]) -> Outcome {
    cohort(program, standings, &[]).unwrap()
}

fn open(program: &Program, standings: &[Standing], ties: &[TieDecision]) -> Vec<CohortOpen> {
    match cohort(program, standings, ties) {
        Err(Unsettled::Open(open)) => open,
        other => panic!("{other:?}"),
    }
}

fn bands(outcome: &Outcome) -> Vec<Option<u16>> {
    outcome.settled.iter().map(|one| one.band).collect()
}

/// Totals from a number down by 0.10 each.
fn falling(from: i64, count: i64) -> Vec<i64> {
    (0..count).map(|nth| from - nth * 10).collect()
}

/// By hand: a fifth of 34 is 6.8, so 6 places; of 35 it is 7. Eight have 95 or more; who finds no
/// place has 1.10, and nobody else moves. The last who found one has 99.50 or 99.40.
#[test]
fn places_are_rounded_down() {
    let program = fifth().program();
    for (heads, places, cut_off) in [(34, 6, 9_950), (35, 7, 9_940)] {
        let mut totals = falling(10_000, 8);
        totals.extend(falling(8_900, heads - 8));
        let outcome = settled(&program, &people(&program, 1, 1, &totals));
        let in_a = bands(&outcome)
            .iter()
            .filter(|band| **band == Some(A))
            .count();
        assert_eq!(in_a, places);
        assert_eq!(bands(&outcome)[places..8], vec![Some(B); 8 - places]);
        let coefficients: Vec<i64> = outcome
            .settled
            .iter()
            .map(|one| one.coefficient.0)
            .collect();
        assert_eq!(coefficients[places - 1..=places], [12_000, 11_000]);
        assert_eq!(bands(&outcome)[8], Some(C));
        let of = u32::try_from(places).unwrap();
        let facts = &outcome.facts[&unit(1)];
        assert_eq!(i64::from(facts.heads), heads);
        let expected = Places {
            quota: 0,
            of,
            used: of,
            cut_off: Some(Points(cut_off)),
        };
        assert_eq!(facts.places, [expected]);
        assert_eq!(outcome.settled[9].rank, Some(10));
    }
}

/// Who is not assessed is no head: of 34 with one exempt, 33 are, and a fifth is 6.6. Rounded up, 7.
#[test]
fn the_exempt_are_no_heads() {
    let mut totals = falling(10_000, 8);
    totals.extend(falling(8_900, 26));
    let mut standings = people(&fifth().program(), 1, 1, &totals);
    standings[0].exempt = true;
    let outcome = settled(&fifth().program(), &standings);
    let facts = &outcome.facts[&unit(1)];
    assert_eq!((facts.heads, facts.exempt, facts.places[0].of), (33, 1, 6));
    assert_eq!(
        outcome.settled[0].band,
        Some(A),
        "who is exempt keeps the band"
    );
    assert_eq!(outcome.settled[6].band, Some(A));
    assert_eq!(outcome.settled[7].band, Some(B));
    let up = fifth().set("/cohort/round_up", json!(true)).program();
    assert_eq!(settled(&up, &standings).facts[&unit(1)].places[0].of, 7);
}

/// By hand: units of 8 and 9 are pooled, a fifth of 17 is 3.4, so 3 places; a sister of 20 stays
/// alone and has 4. With 5 and 4 the pool is too small still, and the sister of 20 joins: 29 heads, 5
/// places. A unit of 9 alone has no quotas.
#[test]
fn small_units_are_pooled() {
    let program = fifth().program();
    let of = |sizes: &[(u128, i64)]| {
        let mut standings = Vec::new();
        for (unit, heads) in sizes {
            let totals = falling(10_000 - i64::try_from(*unit).unwrap(), *heads);
            standings.extend(people(&program, unit * 100, *unit, &totals));
        }
        settled(&program, &standings)
    };
    let outcome = of(&[(1, 8), (2, 9), (3, 20)]);
    let facts = &outcome.facts;
    let said = |key| {
        let facts: &shared::result::engine_3::cohort::CohortFacts = &facts[&key];
        (facts.heads, facts.pooled, facts.places[0].of)
    };
    assert_eq!(said(above()), (17, 2, 3));
    assert_eq!(said(unit(3)), (20, 1, 4));
    let outcome = of(&[(1, 5), (2, 4), (3, 20)]);
    let facts = &outcome.facts[&above()];
    assert_eq!((facts.heads, facts.pooled, facts.places[0].of), (29, 3, 5));
    let outcome = of(&[(1, 9)]);
    assert_eq!(outcome.facts[&above()].places, []);
    assert!(bands(&outcome)[..6].iter().all(|band| *band == Some(A)));
    let exempt = fifth().set("/cohort/small/then", json!("exempt")).program();
    let totals = falling(10_000, 9);
    let outcome = settled(&exempt, &people(&exempt, 1, 1, &totals));
    assert_eq!(outcome.facts[&unit(1)].places, []);
}

/// By hand: 12 heads have 2 places; 99, then three of 98. One of the three finds a place, and nobody
/// says which until somebody orders them; the order given last counts.
#[test]
fn equals_at_the_edge_wait_for_a_word() {
    let program = fifth().program();
    let mut totals = vec![9_900, 9_800, 9_800, 9_800];
    totals.extend([8_500; 8]);
    let standings = people(&program, 1, 1, &totals);
    let id = PersonId::from_bits;
    let tie = CohortOpen::Tie {
        cohort: unit(1),
        quota: 0,
        places: 1,
        people: vec![id(2), id(3), id(4)],
    };
    assert_eq!(open(&program, &standings, &[]), std::slice::from_ref(&tie));
    let order = |people: [u128; 3]| TieDecision {
        people: people.map(id).to_vec(),
    };
    // An order that leaves one of them out says nothing.
    let short = TieDecision {
        people: vec![id(2), id(3)],
    };
    assert_eq!(open(&program, &standings, &[short]), [tie]);
    let ties = [order([2, 3, 4]), order([4, 2, 3])];
    let outcome = cohort(&program, &standings, &ties).unwrap();
    let of = &bands(&outcome)[..4];
    assert_eq!(of, [Some(A), Some(B), Some(B), Some(A)]);
    // Equal people share a rank, whatever place they found.
    let ranks: Vec<_> = outcome.settled.iter().map(|one| one.rank).collect();
    assert_eq!(ranks[..5], [Some(1), Some(2), Some(2), Some(2), Some(5)]);
    // Equal people inside the edge are no tie.
    let program = rules(&[quota("a", 4_000, "at_most", "b")], Value::Null).program();
    assert_eq!(bands(&settled(&program, &standings))[..4], [Some(A); 4]);
}

/// By hand, of 10: at most 2 in a, at most 3 in b. Four have 95 and more, so two fall to b, where
/// three are already: the last two of these five fall to c.
#[test]
fn who_falls_is_counted_in_the_next_band() {
    let quotas = [
        quota("b", 3_000, "at_most", "c"),
        quota("a", 2_000, "at_most", "b"),
    ];
    let program = rules(&quotas, Value::Null).program();
    let totals = [
        9_900, 9_800, 9_700, 9_600, 9_400, 9_300, 9_200, 8_500, 8_400, 8_300,
    ];
    let outcome = settled(&program, &people(&program, 1, 1, &totals));
    let mut expected = vec![Some(A), Some(A), Some(B), Some(B), Some(B)];
    expected.extend([Some(C); 5]);
    assert_eq!(bands(&outcome), expected);
    let quotas: Vec<_> = outcome.settled.iter().map(|one| one.quota).collect();
    assert_eq!(quotas[2..7], [Some(1), Some(1), None, Some(0), Some(0)]);
}

/// By hand, of 10: a forced tenth in d comes from c, the lowest; at least two in a come from b, the
/// highest. A band with nobody to give stays short.
#[test]
fn a_least_number_is_taken_from_the_band_that_is_named() {
    let totals = [
        9_600, 9_400, 9_300, 9_200, 8_900, 8_800, 8_700, 8_600, 8_500, 8_400,
    ];
    let bottom = rules(&[quota("d", 1_000, "at_least", "c")], Value::Null).program();
    let outcome = settled(&bottom, &people(&bottom, 1, 1, &totals));
    assert_eq!(bands(&outcome)[8..], [Some(C), Some(3)]);
    assert_eq!(outcome.settled[9].coefficient.0, 7_000);
    let top = rules(&[quota("a", 2_000, "at_least", "b")], Value::Null).program();
    let outcome = settled(&top, &people(&top, 1, 1, &totals));
    assert_eq!(bands(&outcome)[..3], [Some(A), Some(A), Some(B)]);
    let none = rules(&[quota("a", 5_000, "at_least", "d")], Value::Null).program();
    let outcome = settled(&none, &people(&none, 1, 1, &totals));
    assert_eq!(bands(&outcome)[..2], [Some(A), Some(B)]);
}

/// By hand: two units of 10 have 2 places each. The first has four of 95 and more, the second one: its
/// unused place goes to the third of the first, where places are lent, and to nobody else.
#[test]
fn unused_places_are_lent_where_the_rules_say_so() {
    let mut first = vec![9_900, 9_800, 9_700, 9_600];
    first.extend([8_500; 6]);
    let mut second = vec![9_500];
    second.extend([8_500; 9]);
    for (is_lent, in_a) in [(false, 2), (true, 3)] {
        let program = fifth()
            .set("/cohort/quotas/0/lent", json!(is_lent))
            .program();
        let mut standings = people(&program, 1, 1, &first);
        standings.extend(people(&program, 101, 2, &second));
        let outcome = settled(&program, &standings);
        let of_first = &bands(&outcome)[..4];
        assert_eq!(
            of_first.iter().filter(|band| **band == Some(A)).count(),
            in_a
        );
        let places = &outcome.facts[&unit(1)].places[0];
        assert_eq!(
            (places.of, i64::from(places.used)),
            (2, i64::try_from(in_a).unwrap())
        );
    }
}

/// By hand: 100, 90, 80 and 70 are 85 on average. A ceiling of 85 is kept; 80 is passed: returned, or
/// each x 320 / 340: 94.117..., 84.705..., 75.294..., 65.882..., printed 94.12, 84.71, 75.29 and 65.88.
#[test]
fn an_average_is_held_under_its_ceiling() {
    let of = |points: i64, how: &str| {
        rules(&[], json!({"at": {"points": points}, "how": how})).program()
    };
    let totals = [10_000, 9_000, 8_000, 7_000];
    let keeps = of(8_500, "returned");
    assert_eq!(
        settled(&keeps, &people(&keeps, 1, 1, &totals)).settled[0].scaled,
        None
    );
    let returned = of(8_000, "returned");
    let passed = CohortOpen::CeilingPassed {
        cohort: unit(1),
        sum: Points(34_000),
        heads: 4,
        ceiling: Points(8_000),
    };
    assert_eq!(
        open(&returned, &people(&returned, 1, 1, &totals), &[]),
        [passed]
    );
    let scaled = of(8_000, "scaled");
    let outcome = settled(&scaled, &people(&scaled, 1, 1, &totals));
    let printed: Vec<i64> = outcome.settled.iter().map(|one| one.total.0).collect();
    assert_eq!(printed, [9_412, 8_471, 7_529, 6_588]);
    assert_eq!(bands(&outcome), [Some(B), Some(C), Some(3), Some(3)]);
    // The department's own total is the ceiling; a unit without one has none.
    let department = rules(&[], json!({"at": "department_total", "how": "scaled"})).program();
    let mut standings = people(&department, 1, 1, &totals);
    assert_eq!(settled(&department, &standings).settled[0].scaled, None);
    for standing in &mut standings {
        standing.department = Some(Points(8_000));
    }
    assert_eq!(
        settled(&department, &standings).settled[0].total,
        Points(9_412)
    );
}

/// What a cohort settles ends the person's tape, which re-adds alone; a gate holds after scaling too.
#[test]
fn the_tape_ends_with_the_cohort() {
    let gate = json!({
        "key": "g", "name": super::name(), "effect": {"no_better_than": "d"},
        "when": {"entries": {"tariff": "complaint", "least": 1}}
    });
    for looks_at in ["printed", "exact"] {
        let ceiling = json!({"at": {"points": 8_800}, "how": "scaled"});
        let program = rules(&[quota("a", 1_000, "at_most", "b")], ceiling)
            .set("/grades/gates", json!([gate]))
            .set("/grades/by/points/looks_at", json!(looks_at))
            .program();
        let mut inputs: Vec<_> = falling(10_000, 10)
            .iter()
            .map(|total| of_items([scored(1, 10_000, *total)]))
            .collect();
        inputs[1].entries = vec![super::entry(1, 2, 500)];
        inputs.push(of_items([scored(1, 10_000, 0)]));
        let mut standings = Vec::new();
        let mut tapes = Vec::new();
        for (n, inputs) in (1..).zip(&inputs) {
            let (figures, tape) = computed(&program, inputs);
            let mut standing = standing(&program, n, 1, 0);
            standing.figures = figures;
            standings.push(standing);
            tapes.push(tape);
        }
        // By hand: the sum is 995.50, 90.50 on average; x 968 / 995.5: 97.23..., so the first is still
        // in a, and the second too but for the gate.
        let outcome = settled(&program, &standings);
        assert_eq!(outcome.settled[0].total, Points(9_724));
        assert_eq!(outcome.settled[1].band, Some(3));
        let (mut quotas, mut scaled) = (0, 0);
        for ((standing, settled), tape) in standings.iter().zip(&outcome.settled).zip(&mut tapes) {
            let figures = finish(&program, &standing.figures, settled, tape).unwrap();
            assert_eq!(check(&tape.nodes), Ok(figures), "{:?}", tape.nodes);
            assert_eq!(
                (
                    figures.exact,
                    figures.total,
                    figures.band,
                    figures.coefficient
                ),
                (
                    settled.exact,
                    settled.total,
                    settled.band,
                    settled.coefficient
                )
            );
            quotas += u32::from(settled.quota.is_some());
            // A factor of the ceiling that is changed does not re-add.
            for at in 0..tape.nodes.len() {
                let mut other: Tape = tape.clone();
                other.nodes[at].a += 1;
                let ceiling = tape.nodes[at].op == Op::Ceiling && tape.nodes[at].value > 0;
                assert!(!ceiling || check(&other.nodes).is_err(), "{other:?}");
                scaled += u32::from(ceiling);
            }
        }
        assert_eq!((quotas >= 1, scaled), (true, 10));
    }
}

/// The order of standings changes nothing, no more places are filled than there are, and whoever
/// does better is never placed worse, while the others stay as they are.
#[test]
fn laws_of_every_cohort() {
    let mut chance = Chance(77);
    let (mut rises, mut moved) = (0, 0);
    for round in 0..60 {
        let lent = chance.below(2) == 0;
        let mut quotas = vec![
            quota("a", 500, "at_most", "b"),
            quota("b", 1_000, "at_most", "c"),
            quota("d", 500, "at_least", "c"),
        ];
        quotas[0]["lent"] = json!(lent);
        let ceiling = if chance.below(2) == 0 {
            json!({"at": {"points": 8_300}, "how": "scaled"})
        } else {
            Value::Null
        };
        let program = rules(&quotas, ceiling).program();
        let heads = 8 + chance.below(40);
        let standings: Vec<Standing> = (1..=heads)
            .map(|n| {
                let total = 6_000 + i64::try_from(chance.below(4_001)).unwrap();
                let of = 1 + u128::from(chance.below(3));
                let mut standing = standing(&program, n.into(), of, total);
                standing.exempt = chance.below(12) == 0;
                standing
            })
            .collect();
        // Everybody is ordered beforehand, so that nothing stays open.
        let everybody = [TieDecision {
            people: standings.iter().map(|one| one.person).collect(),
        }];
        let outcome = cohort(&program, &standings, &everybody).unwrap();
        let mut turned = standings.clone();
        turned.rotate_left(chance.below(heads).try_into().unwrap());
        turned.reverse();
        let other = cohort(&program, &turned, &everybody).unwrap();
        assert_eq!(other.facts, outcome.facts);
        for one in &outcome.settled {
            assert!(other.settled.contains(one), "round {round}");
        }
        for facts in outcome.facts.values().filter(|_| !lent) {
            for places in facts.places.iter().take(2) {
                assert!(places.used <= places.of);
            }
        }
        moved += outcome
            .settled
            .iter()
            .filter(|one| one.quota.is_some())
            .count();
        for _ in 0..8 {
            let at = usize::try_from(chance.below(heads)).unwrap();
            let mut better = standings.clone();
            let now = better[at].figures.total.0;
            let more = i64::try_from(chance.below(1_500)).unwrap();
            let total = (now + more).min(10_000);
            better[at].figures = standing(&program, 1, 1, total).figures;
            let after = cohort(&program, &better, &everybody).unwrap();
            let (before, after) = (&outcome.settled[at], &after.settled[at]);
            assert!(after.exact >= before.exact && after.total >= before.total);
            assert!(after.band <= before.band, "{before:?} {after:?}");
            assert!(after.coefficient >= before.coefficient);
            rises += u32::from(after.band < before.band);
        }
    }
    assert!(rises > 40 && moved > 100, "{rises} {moved}");
}
