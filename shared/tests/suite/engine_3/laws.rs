//! Laws that hold for every tree of parts and all facts, tried with seeded chance.

use serde_json::{Value, json};
use shared::id::PlanId;
use shared::item::TargetKind;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::result::engine_3::inputs::{
    ItemFacts, KnownResult, Late, Outcome, Rating, ResultFact, StepFact,
};
use shared::result::engine_3::{Inputs, Program, Tape, person};

use super::{
    Rules, SELF, SUPERIOR, charge, computed, entry, item, measure, merged, method, name, part,
    stated, typed,
};
use crate::prelude::*;

/// The least full score of an item, and the most points that a rater types of it.
const FULL: i64 = 100;
/// Parts, measures and results are fewer than this; facts of places that nothing asks for are idle.
const PLACES: u16 = 24;

fn number(chance: &mut Chance, bound: i64) -> i64 {
    i64::try_from(chance.below(u64::try_from(bound).unwrap())).unwrap()
}

fn curve(chance: &mut Chance) -> Value {
    let point = |at: i64, factor: i64| json!({"at": at, "factor": factor});
    let rising = json!([
        point(2_000, 1_000),
        point(6_000, 5_000),
        point(10_000, 10_000)
    ]);
    match chance.below(3) {
        0 => json!({"proportional": {"cap": 10_000}}),
        1 => json!({"steps": {"steps": rising}}),
        _ => json!({"linear": {"points": rising}}),
    }
}

/// One way of scoring, with what is taken off.
fn one_method(chance: &mut Chance) -> Value {
    let level = |key: &str| json!({"key": key, "name": name()});
    let scoring = match chance.below(5) {
        0 => json!({"matrix": {
            "efficiency": [level("e0"), level("e1")],
            "quality": [level("q0"), level("q1"), level("q2")],
            "factors": [[10_000, 9_000, 7_000], [8_000, 6_000, 1_000]],
            "on_time": "e0", "late": "e1"
        }}),
        1 => json!({"levels": {"levels": [
            merged(level("a"), json!({"factor": 10_000})),
            merged(level("b"), json!({"factor": 6_500})),
            merged(level("c"), json!({"factor": 0}))
        ]}}),
        2 => json!({"typed": {}}),
        3 => json!({"whole": {}}),
        _ => json!({"reached": {"curve": curve(chance)}}),
    };
    let mut charges = Vec::new();
    if chance.below(2) == 0 {
        let days = json!({"days_late": {"of": "due", "days": "working"}});
        charges.push(charge(days, json!({"escalating": [10, 20, 30]})));
    }
    if chance.below(3) == 0 {
        let each = json!({"size": 3, "started": chance.below(2) == 0});
        let short = json!({"steps_short_of_target": {"each": each}});
        charges.push(charge(short, json!({"fixed": 7})));
    }
    let mut method = method(scoring, json!(charges));
    method["floor"] = json!(chance.pick(&[0, 1_000]));
    method
}

/// Charges of a part: its total less them, or they alone.
fn charges(chance: &mut Chance) -> Value {
    let each = json!({"size": 700, "started": chance.below(2) == 0});
    let of = json!({"on_time_rate": {}});
    let short = json!({"steps_short": {"of": of, "target": 9_000, "each": each}});
    let step = json!({"hours_late": {"of": {"step": "filing"}, "hours": "clock"}});
    let entries = json!({"entries": {"tariff": chance.pick(&["left_out", "complaint"])}});
    let mut entries = charge(entries, Value::Null);
    entries.as_object_mut().unwrap().remove("amount");
    let mut all = vec![
        charge(short, json!({"escalating": [10, 50]})),
        charge(json!({"typed": {}}), json!({"fixed": FULL})),
        charge(step, json!({"fixed": 3})),
        charge(json!({"undone": {}}), json!({"fixed": 40})),
        entries,
    ];
    if chance.below(2) == 0 {
        all[3]["most"] = json!(60);
    }
    all.drain(..usize::try_from(chance.below(4)).unwrap());
    json!(all)
}

fn source(chance: &mut Chance, depth: u32) -> Value {
    let pick = chance.below(if depth < 3 { 7 } else { 5 });
    match pick {
        0 | 1 => {
            let outside = match chance.below(5) {
                0 => json!("none"),
                1 => json!("pooled"),
                2 => json!({"extra": {"most": 150}}),
                3 => json!({"bonus": {"most": 150}}),
                _ => json!({"only": {"most": 150}}),
            };
            let of = match chance.below(3) {
                0 => json!({"sections": ["work"]}),
                1 => json!({"targets": ["done", "count"]}),
                _ => json!({}),
            };
            json!({"items": {
                "groups": [{"of": of, "method": "item"}],
                "full": chance.pick(&["weight", "importance"]),
                "pool": chance.pick(&["sum", "scaled"]),
                "outside": outside,
                "unscored": chance.pick(&["counts_zero", "left_out"])
            }})
        }
        2 => {
            let one = |at: u64| json!({"key": format!("c{at}"), "name": name(), "points": FULL});
            let criteria: Vec<Value> = (0..=chance.below(4)).map(one).collect();
            json!({"typed": {"criteria": criteria}})
        }
        3 => json!({"charges": {"from": "full", "charges": charges(chance)}}),
        4 => {
            let of = json!({"completion_rate": {}});
            json!({"measured": {"of": of, "curve": curve(chance)}})
        }
        5 => {
            let of = json!({"cycle": {"kind": "week"}});
            json!({"result": {"of": of, "take": "total"}})
        }
        _ => json!({"parts": parts(chance, depth + 1)}),
    }
}

fn parts(chance: &mut Chance, depth: u32) -> Value {
    let combine = chance.pick(&["sum", "sum", "weighted", "product", "least"]);
    let mut list: Vec<Value> = (0..=chance.below(3))
        .map(|n| {
            let empty = chance.pick(&["drops_out", "counts_zero", "counts_full"]);
            let more = json!({
                "total": 1_000 + number(chance, 9_000), "floor": 0, "empty": empty,
                "source": source(chance, depth)
            });
            let mut one = part(&format!("p{depth}{n}"), more);
            if combine == "weighted" {
                one["weight"] = json!(1 + number(chance, 9_000));
            }
            if chance.below(5) == 0 {
                one["cap"] = json!(number(chance, 8_000));
            }
            one
        })
        .collect();
    if combine == "sum" && chance.below(3) == 0 {
        let source = json!({"charges": {"from": "nothing", "charges": charges(chance)}});
        let more = json!({"minus": true, "empty": "counts_zero", "source": source});
        list.push(part("minus", more));
    }
    json!({"combine": combine, "list": list})
}

pub(super) fn rules(chance: &mut Chance) -> Rules {
    let gate = |when: Value, effect: Value| json!({"key": "g", "name": name(), "when": when, "effect": effect});
    let mut gates = Vec::new();
    if chance.below(2) == 0 {
        let when = json!({"must_undone": {"least": 1}});
        gates.push(gate(when, json!({"total_at_most": 7_000})));
        let when = json!({"entries": {"tariff": "complaint", "least": 1}});
        gates.push(gate(when, json!({"no_better_than": "c"})));
        let when = json!({"part_below": {"part": "p00", "points": 500}});
        gates.push(gate(when, json!({"no_better_than": "d"})));
    }
    let rounding = chance.pick(&["total_half_up", "total_down", "total_up", "parts_half_up"]);
    let raters = json!([
        {"key": "self", "by": "responsible", "weight": 2_000, "missing": "left_out"},
        {"key": "superior", "by": "superior", "weight": 8_000,
         "missing": chance.pick(&["left_out", "counts_zero"]), "several": "mean"}
    ]);
    let looks_at = chance.pick(&["printed", "exact"]);
    Rules::of(parts(chance, 0), json!([one_method(chance)]))
        .set("/grades/gates", json!(gates))
        .set("/judging/raters", raters)
        .set("/cycles/0/total/rounding", json!(rounding))
        .set("/grades/by/points/looks_at", json!(looks_at))
}

/// The way of scoring, as its rating is drawn and raised.
pub(super) fn scoring(rules: &Rules) -> String {
    let scoring = rules.0.pointer("/judging/methods/0/scoring").unwrap();
    scoring.as_object().unwrap().keys().next().unwrap().clone()
}

fn rating(scoring: &str, chance: &mut Chance) -> Rating {
    let place = |chance: &mut Chance, bound| u16::try_from(chance.below(bound)).unwrap();
    if chance.below(6) == 0 {
        return Rating::Undone;
    }
    match scoring {
        "matrix" => Rating::Cell(place(chance, 2), place(chance, 3)),
        "levels" => Rating::Level(place(chance, 3)),
        "whole" => Rating::Whole,
        _ => Rating::Points(Points(number(chance, FULL + 1))),
    }
}

/// A better rating of the same item, or the same where there is none better.
pub(super) fn raised(rating: Rating, chance: &mut Chance) -> Rating {
    match rating {
        Rating::Cell(row, column) if chance.below(2) == 0 => {
            Rating::Cell(row.saturating_sub(1), column)
        }
        Rating::Cell(row, column) => Rating::Cell(row, column.saturating_sub(1)),
        Rating::Level(level) => Rating::Level(level.saturating_sub(1)),
        Rating::Points(Points(points)) => {
            let more = number(chance, FULL - points + 1);
            Rating::Points(Points(points + more))
        }
        other => other,
    }
}

/// Some items and what is known and stated of them.
pub(super) fn items(scoring: &str, chance: &mut Chance) -> Vec<ItemFacts> {
    let one = |n: u64, chance: &mut Chance| {
        let days = u16::try_from(chance.below(4)).unwrap();
        let mut facts = ItemFacts {
            target: chance.pick(&[TargetKind::Done, TargetKind::Count, TargetKind::Rate]),
            must: chance.below(3) == 0,
            outside: chance.below(4) == 0,
            importance: Points(FULL + number(chance, 100)),
            outcome: chance.pick(&[Outcome::Done, Outcome::Done, Outcome::Undone]),
            late: Late {
                working: days,
                ..Late::default()
            },
            ..item(n.into(), FULL + number(chance, 3_000))
        };
        let under = 1 + number(chance, 40);
        facts.reached = (chance.below(4) > 0).then(|| (number(chance, 50) - 5, under));
        for rater in [SELF, SUPERIOR, SUPERIOR] {
            if chance.below(5) > 0 {
                facts.stated.push(stated(rater, rating(scoring, chance)));
            }
        }
        facts
    };
    (1..=chance.below(7)).map(|n| one(n, chance)).collect()
}

pub(super) fn facts(scoring: &str, chance: &mut Chance) -> Inputs {
    let items = items(scoring, chance);
    let each = |part| (0..5).map(move |nth| (part, nth));
    let places: Vec<(u16, u16)> = (0..PLACES).flat_map(each).collect();
    let known = |n: u16, chance: &mut Chance| ResultFact {
        place: n / 2,
        plan: PlanId::from_bits(n.into()),
        known: (chance.below(6) > 0).then(|| KnownResult {
            version: 1,
            digest: String::new(),
            total: Points(number(chance, 10_001)),
            band: None,
        }),
    };
    let hours = Late {
        clock_hours: u32::try_from(chance.below(20)).unwrap(),
        ..Late::default()
    };
    Inputs {
        items,
        entries: (0..chance.below(4))
            .map(|n| entry(n.into(), chance.pick(&[1, 2]), number(chance, 300)))
            .collect(),
        typed: places
            .iter()
            .filter_map(|(part, nth)| {
                let there = chance.below(5) > 0;
                there.then(|| typed(*part, *nth, SUPERIOR, number(chance, FULL + 1)))
            })
            .collect(),
        measures: (0..PLACES)
            .map(|place| {
                let under = number(chance, 9);
                measure(place, number(chance, under + 1), under)
            })
            .collect(),
        steps: vec![StepFact {
            step: 2,
            late: hours,
        }],
        results: (0..PLACES).map(|n| known(n, chance)).collect(),
        ..Inputs::default()
    }
}

/// Facts in another order.
fn turned(inputs: &Inputs) -> Inputs {
    let mut turned = inputs.clone();
    turned.items.reverse();
    turned
        .items
        .iter_mut()
        .for_each(|item| item.stated.reverse());
    turned.entries.reverse();
    turned.typed.reverse();
    turned.measures.reverse();
    turned.results.reverse();
    turned
}

/// Equal facts have one digest, in whatever order they came.
fn assert_one_digest(mut one: Inputs, mut other: Inputs) {
    one.sort();
    other.sort();
    // Two statements of one role keep the order in which they were handed in.
    for item in one.items.iter_mut().chain(&mut other.items) {
        item.stated.clear();
    }
    assert_eq!(one.digest(), other.digest());
}

/// Whether every part of a total dropped out.
pub(super) fn empty(program: &Program, inputs: &Inputs) -> bool {
    let refused = person(program, inputs, &mut Tape::default()).err();
    assert!(
        refused
            .iter()
            .all(|refusal| *refusal == Refusal::NothingToJudge)
    );
    refused.is_some()
}

/// Every derivation re-adds, from rules that stand where it says; the order of facts changes no figure; what a rater states better never
/// lowers the total or the band; a gate only ever lowers; equal facts have one digest.
#[test]
fn laws_of_every_tree_of_parts() {
    let mut chance = Chance(31);
    let (mut raises, mut shut, mut open) = (0, 0, 0);
    for _ in 0..400 {
        let rules = rules(&mut chance);
        let scoring = scoring(&rules);
        let program = rules.program();
        let free = rules.clone().set("/grades/gates", json!([])).program();
        for nth in 0..6 {
            let inputs = facts(&scoring, &mut chance);
            if empty(&program, &inputs) {
                continue;
            }
            let (figures, tape) = computed(&program, &inputs);
            for node in tape.nodes.iter().filter(|_| nth == 0) {
                let place = program.operand(&inputs, node);
                // Where no floor is said, charges stop at nothing all the same.
                let there =
                    |place: String| rules.0.pointer(&place).is_some() || place.ends_with("/floor");
                assert!(place.clone().is_none_or(there), "{node:?}: {place:?}");
            }
            let other = turned(&inputs);
            assert_eq!(computed(&program, &other).0, figures);
            if nth == 0 {
                assert_one_digest(inputs.clone(), other);
            }
            open += u32::from(figures.preliminary);
            let ungated = computed(&free, &inputs).0;
            assert!(figures.exact <= ungated.exact && figures.band >= ungated.band);
            shut += u32::from(figures != ungated);
            let Some(at) = chance.below(inputs.items.len() as u64 + 1).checked_sub(1) else {
                continue;
            };
            let mut better = inputs.clone();
            let item = &mut better.items[usize::try_from(at).unwrap()];
            for stated in &mut item.stated {
                stated.rating = raised(stated.rating, &mut chance);
            }
            if let Some((over, under)) = item.reached {
                item.reached = Some((over + 3, under));
            }
            let after = computed(&program, &better).0;
            assert!(
                after.exact >= figures.exact,
                "{rules:?} {inputs:?}",
                rules = rules.0
            );
            assert!(after.total >= figures.total && after.band <= figures.band);
            raises += u32::from(after.exact > figures.exact);
        }
    }
    assert!(
        raises > 100 && shut > 50 && open > 100,
        "{raises} {shut} {open}"
    );
}
