//! Every regime that validates can be run: whatever people may enter under it, no refusal comes from
//! the regime itself.
//!
//! Regimes are the shipped ones and the written texts, filled in otherwise at random as somebody does
//! on a form; people enter what the commands would let them enter, and everybody enters something.

use serde_json::{Value, json};
use shared::id::{EntryId, PlanId};
use shared::item::{Item, TargetKind};
use shared::period::PeriodKind;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::regime::charge::{Amount, Counted};
use shared::regime::document::Regime;
use shared::regime::grades::GradeBy;
use shared::regime::judging::{Method, Scoring};
use shared::regime::preset::shelf;
use shared::regime::total::Source;
use shared::regime::validate_2::validate;
use shared::regime::weights::Importance;
use shared::regime::{Rules, schema};
use shared::result::engine_3::inputs::{
    EntryFact, ItemFacts, KnownResult, Late, MeasureFact, NONE, Outcome, Rating, ResultFact,
    Stated, StepFact, TypedFact,
};
use shared::result::engine_3::{Inputs, Program, Tape, check, compile, person};
use shared::score::{self, Judgement};

use super::generated::refill;
use super::validated::TEXTS;
use crate::prelude::*;

/// People who are judged under each regime, in each of its cycles.
const PEOPLE: usize = 5;
/// The least number of people of a run.
const LEAST: u32 = 10_000;

fn number(chance: &mut Chance, bound: i64) -> i64 {
    i64::try_from(chance.below(u64::try_from(bound.max(1)).unwrap())).unwrap()
}

fn one_of<'t, T>(list: &'t [T], chance: &mut Chance) -> Option<(u16, &'t T)> {
    let at = usize::try_from(number(chance, i64::try_from(list.len()).unwrap())).unwrap();
    Some((u16::try_from(at).unwrap(), list.get(at)?))
}

fn late(chance: &mut Chance) -> Late {
    let days = u16::try_from(chance.below(12)).unwrap();
    Late {
        calendar: days,
        working: days / 2,
        clock_hours: u32::from(days) * 24,
        working_hours: u32::from(days) * 4,
    }
}

/// Points from nothing, or from the least, to the most.
fn between(least: Points, most: Points, chance: &mut Chance) -> Points {
    let most = most.0.min(1_000_000);
    if most < least.0 || chance.below(4) == 0 {
        return Points(0);
    }
    Points(least.0 + number(chance, most - least.0 + 1))
}

/// Something that somebody enters as the judgement of an item.
fn judgement(method: &Method, full: Points, chance: &mut Chance) -> Judgement {
    if chance.below(8) == 0 {
        return Judgement::NotCarriedOut;
    }
    let typed = method.charges.iter();
    let typed = typed.filter(|charge| charge.counted == Counted::Typed {});
    let off = typed.map(|charge| {
        let points = between(charge.least_typed(), charge.most_typed(), chance);
        (charge.key.clone(), points)
    });
    let off = off.collect();
    let most = Points(full.0 * method.cap.0 / 10_000);
    match &method.scoring {
        Scoring::Matrix {
            efficiency,
            quality,
            ..
        } => {
            let key = |levels: &[shared::regime::judging::Level], chance: &mut Chance| {
                one_of(levels, chance).map(|(_, level)| level.key.clone())
            };
            Judgement::CarriedOut {
                efficiency: key(efficiency, chance).unwrap(),
                quality: key(quality, chance).unwrap(),
            }
        }
        Scoring::Levels { levels } => Judgement::Level {
            level: one_of(levels, chance).unwrap().1.key.clone(),
            off,
        },
        Scoring::Whole {} => Judgement::Whole { off },
        Scoring::Typed {} | Scoring::OwnRule {} | Scoring::Reached { .. } => Judgement::Points {
            points: between(Points(0), most, chance),
            off,
        },
    }
}

/// Somebody's plan in a period of a regime.
struct Case<'r> {
    rules: Rules<'r>,
    program: &'r Program,
}

impl Case<'_> {
    fn item(&self, n: u128, section: u16, chance: &mut Chance) -> ItemFacts {
        let items = &self.rules.regime.items;
        let category = one_of(&items.categories, chance);
        let source = one_of(&items.sources, chance);
        let importance = match self.rules.cycle.weights.importance {
            Some(Importance::Typed { least, most }) => Some(between(least, most, chance)),
            _ => None,
        };
        let target = chance.pick(&[
            TargetKind::Done,
            TargetKind::Count,
            TargetKind::Rate,
            TargetKind::PerDay,
        ]);
        let mut item = Item {
            section: items.sections[usize::from(section)].key.clone(),
            category: category.map_or_else(String::new, |(_, one)| one.key.clone()),
            source: source.map_or_else(String::new, |(_, one)| one.key.clone()),
            must: chance.below(3) == 0,
            bonus: chance.below(6) == 0,
            weight: Points(1 + number(chance, self.rules.total().0)),
            importance: importance.map(|points| points.max(Points(1))),
            ..Item::blank(item_id(n), PLAN)
        };
        item.target.kind = target;
        let mut facts = ItemFacts {
            item: item.id,
            section,
            category: category.map_or(NONE, |(at, _)| at),
            source: source.map_or(NONE, |(at, _)| at),
            target,
            must: item.must,
            outside: self.rules.stands_outside(&item),
            weight: item.weight,
            importance: self.rules.importance(&item),
            outcome: chance.pick(&[Outcome::Done, Outcome::Done, Outcome::Undone]),
            late: late(chance),
            reached: (chance.below(3) > 0)
                .then(|| (number(chance, 300_000), 1 + number(chance, 300_000))),
            stated: Vec::new(),
        };
        if let Some(method) = self.rules.method(&item) {
            self.state(&item, method, &mut facts, chance);
        }
        facts
    }

    /// Everybody who is asked states something that the commands would take.
    fn state(&self, item: &Item, method: &Method, facts: &mut ItemFacts, chance: &mut Chance) {
        for (at, rater) in (0..).zip(&self.rules.regime.judging.raters) {
            if !self.rules.is_rated(rater, item) {
                continue;
            }
            for _ in 0..=chance.below(2) {
                let stated = judgement(method, self.rules.full(item), chance);
                assert_eq!(score::check(self.rules, item, &stated), Ok(()));
                let place = |key: &String| {
                    let at = method.charges.iter().position(|one| one.key == *key);
                    u16::try_from(at.unwrap()).unwrap()
                };
                let off = stated.off().into_iter().flatten();
                facts.stated.push(Stated {
                    rater: at,
                    rating: Rating::of(&method.scoring, &stated).unwrap(),
                    off: off.map(|(key, points)| (place(key), *points)).collect(),
                });
            }
        }
    }

    /// What raters type for a criterion or a charge of a part.
    fn typed(&self, chance: &mut Chance) -> Vec<TypedFact> {
        let mut facts = Vec::new();
        for (key, places) in self.rules.typed() {
            let part = self.program.part(key).unwrap();
            for (criterion, _) in places {
                let at = usize::from(criterion);
                let (least, most) = match &self.rules.part(key).unwrap().source {
                    Source::Typed { criteria } => (Points(0), criteria[at].points),
                    Source::Charges { charges, .. } => {
                        (charges[at].least_typed(), charges[at].most_typed())
                    }
                    _ => panic!("{key} is not typed"),
                };
                for rater in 0..u16::try_from(self.rules.regime.judging.raters.len()).unwrap() {
                    facts.push(TypedFact {
                        part,
                        criterion,
                        rater,
                        points: between(least, most, chance),
                    });
                }
            }
        }
        facts
    }

    fn entries(&self, items: &[ItemFacts], chance: &mut Chance) -> Vec<EntryFact> {
        let tariffs = &self.rules.regime.tariffs;
        let one = |n: u64, chance: &mut Chance| {
            let (tariff, row) = one_of(tariffs, chance)?;
            let points = match &row.points {
                Some(Amount::Fixed(points)) => *points,
                Some(Amount::Range { least, most }) => between(*least, *most, chance),
                Some(Amount::Escalating(steps)) => one_of(steps, chance).map(|(_, one)| *one)?,
                None => Points(0),
            };
            Some(EntryFact {
                entry: EntryId::from_bits(n.into()),
                tariff,
                item: one_of(items, chance).map(|(_, item)| item.item),
                happened: day(2026, 11, 3),
                points,
                item_zero: row.item_zero,
            })
        };
        (0..chance.below(5))
            .filter_map(|n| one(n, chance))
            .collect()
    }

    fn facts(&self, chance: &mut Chance) -> Inputs {
        let sections = u16::try_from(self.rules.regime.items.sections.len()).unwrap();
        let mut items: Vec<ItemFacts> = (0..sections)
            .map(|section| self.item(section.into(), section, chance))
            .collect();
        for n in 0..chance.below(4) {
            let section = u16::try_from(chance.below(sections.into())).unwrap();
            items.push(self.item(u128::from(n) + 100, section, chance));
        }
        let places = |list: usize| u16::try_from(list).unwrap();
        let taken = (0..).zip(self.program.taken());
        let results = taken.flat_map(|(place, (_, bands))| {
            let known = |n: u128, chance: &mut Chance| ResultFact {
                place,
                plan: PlanId::from_bits(n + 1_000 * u128::from(place)),
                known: Some(KnownResult {
                    version: 1,
                    digest: String::new(),
                    total: Points(number(chance, 12_001)),
                    band: one_of(bands, chance).map(|(at, _)| at),
                }),
            };
            let several: Vec<_> = (0..=chance.below(3))
                .map(|n| known(n.into(), chance))
                .collect();
            several
        });
        let results = results.collect();
        let steps = (0..places(self.rules.cycle.deadlines.len())).map(|step| StepFact {
            step,
            late: late(chance),
        });
        let steps = steps.collect();
        let measures = (0..places(self.program.measures().len())).map(|place| MeasureFact {
            place,
            over: number(chance, 400_000),
            under: 1 + number(chance, 300_000),
        });
        let measures = measures.collect();
        let decided = match &self.rules.regime.grades.by {
            GradeBy::Decided { levels, .. } => one_of(levels, chance).map(|(at, _)| at),
            _ => None,
        };
        Inputs {
            entries: self.entries(&items, chance),
            typed: self.typed(chance),
            items,
            measures,
            steps,
            results,
            left_to_next: Vec::new(),
            decided,
        }
    }
}

/// Judges people in a cycle of a sound regime; says how many, and of whom there was nothing to judge.
fn run(regime: &Regime, kind: PeriodKind, chance: &mut Chance) -> (u32, u32) {
    let rules = regime.rules(kind).unwrap();
    let text = || serde_json::to_string(regime).unwrap();
    let program = compile(regime, kind);
    let program = program.unwrap_or_else(|finding| panic!("{finding:?}: {}", text()));
    if !rules.is_judged() {
        return (0, 0);
    }
    let case = Case {
        rules,
        program: &program,
    };
    let (mut judged, mut empty) = (0, 0);
    let mut tape = Tape::default();
    for _ in 0..PEOPLE {
        let inputs = case.facts(chance);
        match person(&program, &inputs, &mut tape) {
            Ok(figures) => {
                assert_eq!(check(&tape.nodes), Ok(figures), "{}", text());
                judged += 1;
            }
            Err(Refusal::NothingToJudge) => empty += 1,
            Err(refusal) => panic!("{refusal:?} in {kind:?} of {inputs:?} under {}", text()),
        }
    }
    (judged, empty)
}

/// The documents that are changed: every preset with each of its alternatives, and the written texts.
fn documents() -> Vec<Value> {
    let mut documents: Vec<Value> = TEXTS
        .iter()
        .map(|text| serde_json::from_str(text).unwrap())
        .collect();
    for preset in shelf::all() {
        let one = preset.alternatives.iter().map(|one| vec![one.key.as_str()]);
        for chosen in std::iter::once(Vec::new()).chain(one) {
            let regime = preset.with(&chosen).unwrap();
            documents.push(serde_json::to_value(regime).unwrap());
        }
    }
    documents
}

/// Takes a part of another regime over, with the methods by which it scores items.
fn graft(document: &mut Value, other: &Value, chance: &mut Chance) -> Option<()> {
    let cycle = one_of(other["cycles"].as_array()?, chance)?.1;
    let parts = cycle.pointer("/total/parts/list")?.as_array()?;
    let mut part = one_of(parts, chance)?.1.clone();
    part["key"] = json!("graft");
    part.as_object_mut()?.remove("weight");
    if let Some(groups) = part.pointer_mut("/source/items/groups") {
        for group in groups.as_array_mut()? {
            let sections = document["items"]["sections"].as_array()?;
            let section = &one_of(sections, chance)?.1["key"];
            let all = chance.below(2) == 0;
            group["of"] = if all {
                json!({})
            } else {
                json!({"sections": [section]})
            };
            group["method"] = json!(format!("graft_{}", group["method"].as_str()?));
        }
    }
    for method in other["judging"]["methods"].as_array()? {
        let mut method = method.clone();
        method["key"] = json!(format!("graft_{}", method["key"].as_str()?));
        document["judging"]["methods"].as_array_mut()?.push(method);
    }
    let cycles = document["cycles"].as_array()?.len();
    let at = usize::try_from(chance.below(cycles as u64)).ok()?;
    let list = document.pointer_mut(&format!("/cycles/{at}/total/parts/list"))?;
    list.as_array_mut()?.push(part);
    Some(())
}

#[test]
fn every_regime_that_validates_can_be_run() {
    let (documents, mut chance) = (documents(), Chance(9));
    let (mut judged, mut empty, mut regimes, mut grafted) = (0, 0, 0, 0);
    while judged + empty < LEAST {
        let nth = usize::try_from(chance.below(documents.len() as u64)).unwrap();
        let mut document = documents[nth].clone();
        if chance.below(3) == 0 {
            let other = usize::try_from(chance.below(documents.len() as u64)).unwrap();
            let _ = graft(&mut document, &documents[other], &mut chance);
        }
        for _ in 0..chance.below(4) {
            refill(&mut document, schema::definition("Regime"), &mut chance);
        }
        let Ok(regime) = schema::read_value(document) else {
            continue;
        };
        if !validate(&regime).is_empty() {
            continue;
        }
        regimes += 1;
        grafted += u32::from(
            regime
                .judging
                .methods
                .iter()
                .any(|one| one.key.starts_with("graft")),
        );
        for cycle in &regime.cycles {
            let (more, nobody) = run(&regime, cycle.kind, &mut chance);
            (judged, empty) = (judged + more, empty + nobody);
        }
    }
    let met = (regimes, grafted, judged, empty);
    assert!(
        regimes > 500 && grafted > 50 && empty < judged / 4,
        "{met:?}"
    );
}
