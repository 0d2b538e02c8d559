//! Laws, tried with seeded chance.

use shared::item::TargetKind;
use shared::period::PeriodKind;
use shared::plan::Scope;
use shared::quantity::{BasisPoints, Points};
use shared::regime::Rules;
use shared::regime::document::Regime;
use shared::regime::grades::GradeBy;
use shared::regime::preset::shelf;
use shared::regime::total::ResultOf;
use shared::result::engine_3::inputs::{EntryFact, Late, MeasureFact, Outcome, Rating, TypedFact};
use shared::result::engine_3::{Inputs, Program, Tape, compile, person};

use super::{Past, someone};
use crate::prelude::*;

fn number(chance: &mut Chance, bound: i64) -> i64 {
    i64::try_from(chance.below(u64::try_from(bound).unwrap())).unwrap()
}

/// Facts that the rules judge: ratings are tried until one is of the method's kind.
fn facts(past: &Past, program: &Program, chance: &mut Chance) -> Inputs {
    let regime = &past.regime;
    let mut inputs = Inputs::default();
    for n in 0..=chance.below(6) {
        let mut item = past.rated(1 + u128::from(n), 1 + number(chance, 4_000), Rating::Whole);
        let places = |many: usize, chance: &mut Chance| {
            u16::try_from(chance.below(many.max(1) as u64)).unwrap()
        };
        item.section = places(regime.items.sections.len(), chance);
        item.outside = regime.items.sections[usize::from(item.section)].outside;
        if !regime.items.categories.is_empty() {
            item.category = places(regime.items.categories.len(), chance);
        }
        if !regime.items.sources.is_empty() {
            item.source = places(regime.items.sources.len(), chance);
        }
        item.must = chance.below(3) == 0;
        item.target = chance.pick(&[TargetKind::Done, TargetKind::Count]);
        item.reached = Some((number(chance, 130), 100));
        item.importance = Points(100 + number(chance, 400));
        if chance.below(3) == 0 {
            item.outcome = Outcome::Undone;
        }
        if chance.below(3) == 0 {
            item.late = Late {
                calendar: 2,
                working: 1,
                clock_hours: 40,
                working_hours: 8,
            };
        }
        let points = Points(number(chance, item.weight.0 + 1));
        let level = places(2, chance);
        let ratings = [
            Rating::Cell(level, places(2, chance)),
            Rating::Level(level),
            Rating::Points(points),
            Rating::Whole,
            Rating::Undone,
        ];
        for rating in ratings {
            item.stated[0].rating = rating;
            let alone = Inputs {
                items: vec![item.clone()],
                ..inputs.clone()
            };
            if person(program, &filled(past, program, alone), &mut Tape::default()).is_ok() {
                break;
            }
        }
        inputs.items.push(item);
    }
    for (at, tariff) in (0..).zip(&regime.tariffs) {
        if chance.below(4) == 0 && tariff.points.is_some() {
            inputs.entries.push(EntryFact {
                entry: shared::id::EntryId::from_bits(u128::from(at) + 1),
                tariff: at,
                item: None,
                happened: day(2026, 11, 3),
                points: Points(100 * number(chance, 4)),
                item_zero: false,
            });
        }
    }
    filled(past, program, inputs)
}

/// The same with points for every criterion, a figure for every measure and a decided grade.
fn filled(past: &Past, program: &Program, mut inputs: Inputs) -> Inputs {
    let rules = past.regime.rules(PeriodKind::Month).unwrap();
    for (key, places) in rules.typed() {
        for (criterion, _) in places {
            inputs.typed.push(TypedFact {
                part: program.part(key).unwrap(),
                criterion,
                rater: past.superior(),
                points: Points(100),
            });
        }
    }
    for (place, _) in (0..).zip(program.measured()) {
        inputs.measures.push(MeasureFact {
            place,
            over: 9,
            under: 10,
        });
    }
    if matches!(past.regime.grades.by, GradeBy::Decided { .. }) {
        inputs.decided = Some(0);
    }
    inputs.sort();
    inputs
}

/// Regimes that judge a month from the month's own facts, with each of their alternatives.
fn monthly() -> Vec<Regime> {
    let mut found = Vec::new();
    for preset in shelf::all() {
        let mut variants = vec![preset.with(&[]).unwrap()];
        for alternative in &preset.alternatives {
            variants.extend(preset.with(&[alternative.key.as_str()]));
        }
        found.extend(variants.into_iter().filter(|regime| {
            let judged = regime
                .rules(PeriodKind::Month)
                .is_some_and(Rules::is_judged);
            let program = compile(regime, PeriodKind::Month);
            let own = |of: &ResultOf| matches!(of, ResultOf::Cycle { .. });
            judged && program.is_ok_and(|one| one.taken().iter().all(|(of, _)| own(of)))
        }));
    }
    found
}

/// Whatever was recorded: under the same rules nothing is different for anybody, and nobody is left
/// out; and whatever the other rules are, everybody is either compared or named.
#[test]
fn the_same_rules_change_nothing_and_nobody_is_lost() {
    let mut chance = Chance(0x0077_6861_7469_6600);
    let regimes = monthly();
    assert!(regimes.len() >= 8, "{}", regimes.len());
    let none = (Points(0), BasisPoints(0), BasisPoints(0));
    let (mut judged, mut tried) = (0, 0);
    for regime in &regimes {
        let mut past = Past::under(regime.clone());
        let program = compile(regime, PeriodKind::Month).unwrap();
        let mut people = 0;
        for n in 1..=40 {
            let inputs = facts(&past, &program, &mut chance);
            if person(&program, &inputs, &mut Tape::default()).is_ok() {
                past.hire(n, LINE);
                past.published(n, (someone(n), LINE, Scope::Personal), inputs);
                people += 1;
            }
        }
        judged += people;
        tried += usize::from(people > 20);
        let plain = super::alone(regime);
        let outcome = past.tried(plain);
        assert_eq!(outcome.apart, [], "{}", regime.key);
        assert_eq!(outcome.lines.len(), people);
        for line in &outcome.lines {
            assert_eq!(line.difference(), none, "{}: {line:?}", regime.key);
            assert_eq!(line.then, line.now);
        }
        let other = chance.below(regimes.len() as u64);
        let other = &regimes[usize::try_from(other).unwrap()];
        let outcome = past.tried(other.clone());
        assert_eq!(
            outcome.lines.len() + outcome.apart.len(),
            people,
            "{}",
            other.key
        );
        assert!(outcome.apart.iter().all(|one| !one.lacks.is_empty()));
        let heads: u32 = outcome
            .units
            .iter()
            .map(|unit| unit.heads + unit.apart)
            .sum();
        assert_eq!(heads as usize, people);
    }
    assert!(judged > 300 && tried >= 8, "{judged} in {tried}");
}
