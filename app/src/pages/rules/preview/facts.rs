//! The example person's facts, as the arithmetic reads them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::id::{EntryId, ItemId, PlanId};
use shared::item::TargetKind;
use shared::quantity::Points;
use shared::regime::charge::Counted;
use shared::regime::document::Regime;
use shared::regime::judging::Scoring;
use shared::regime::total::{Full, Source};
use shared::regime::walk;
use shared::result::engine_3::inputs::{
    EntryFact, ItemFacts, KnownResult, Late, MeasureFact, NONE, Outcome, Rating, ResultFact,
    Stated, StepFact, TypedFact,
};
use shared::result::engine_3::{Inputs, Program};

use super::ask::{ITEMS, judged, usual_full, usual_points};

/// What was entered, by the name of the field.
struct Entered<'a>(&'a BTreeMap<String, i64>);

impl Entered<'_> {
    fn or(&self, name: &str, usual: i64) -> i64 {
        self.0.get(name).copied().unwrap_or(usual)
    }

    fn place(&self, name: &str) -> u16 {
        u16::try_from(self.or(name, 0)).unwrap_or_default()
    }
}

fn small(nth: usize) -> u16 {
    u16::try_from(nth).unwrap_or(NONE)
}

/// So many days late, by any way of counting.
fn late(days: u16) -> Late {
    let hours = u32::from(days) * 24;
    Late {
        calendar: days,
        working: days,
        clock_hours: hours,
        working_hours: u32::from(days) * 8,
    }
}

/// All facts.
pub(super) fn inputs(
    regime: &Regime,
    program: &Program,
    answers: &BTreeMap<String, i64>,
) -> Inputs {
    let entered = Entered(answers);
    let mut inputs = Inputs::default();
    let Some((at, cycle, _)) = walk::totals(regime).next() else {
        return inputs;
    };
    let parts = walk::parts(regime);
    let parts: Vec<_> = parts.iter().filter(|placed| placed.cycle == at).collect();
    let raters = regime.judging.raters.iter().enumerate();
    let counting: Vec<u16> = raters
        .filter(|(_, rater)| rater.weight.0 > 0)
        .map(|(nth, _)| small(nth))
        .collect();
    if let Some((method, full)) = judged(regime, parts.iter().map(|placed| placed.part)) {
        for nth in 0..ITEMS {
            inputs
                .items
                .push(item(&entered, nth, (method, full), &counting));
        }
    }
    for (nth, placed) in parts.iter().enumerate() {
        let typed: Vec<i64> = match &placed.part.source {
            Source::Typed { criteria } => criteria.iter().map(|one| one.points.0).collect(),
            _ => Vec::new(),
        };
        for (which, usual) in typed.into_iter().enumerate() {
            let points = Points(entered.or(&format!("typed/{nth}/{which}"), usual));
            inputs.typed.extend(counting.iter().map(|rater| TypedFact {
                part: small(nth),
                criterion: small(which),
                rater: *rater,
                points,
            }));
        }
        if let Source::Charges { charges, .. } = &placed.part.source {
            let typed = charges.iter().enumerate();
            let typed = typed.filter(|(_, charge)| charge.counted == (Counted::Typed {}));
            for (which, _) in typed {
                inputs.typed.extend(counting.iter().map(|rater| TypedFact {
                    part: small(nth),
                    criterion: small(which),
                    rater: *rater,
                    points: Points(0),
                }));
            }
        }
    }
    for nth in 0..cycle.deadlines.len() {
        let days = entered.place(&format!("step/{nth}"));
        let (step, late) = (small(nth), late(days));
        inputs.steps.push(StepFact { step, late });
    }
    for nth in 0..program.measures().len() {
        inputs.measures.push(MeasureFact {
            place: small(nth),
            over: entered.or(&format!("measure/{nth}"), 10_000),
            under: 10_000,
        });
    }
    for nth in 0..program.results().len() {
        inputs.results.push(ResultFact {
            place: small(nth),
            plan: PlanId::from_bits(1),
            known: Some(KnownResult {
                version: 1,
                digest: String::new(),
                total: Points(entered.or(&format!("result/{nth}"), 9_000)),
                band: Some(0),
            }),
        });
    }
    entries(&entered, regime, &mut inputs);
    inputs.sort();
    inputs
}

fn entries(entered: &Entered<'_>, regime: &Regime, inputs: &mut Inputs) {
    let day = NaiveDate::default();
    for (nth, tariff) in regime.tariffs.iter().enumerate() {
        let times = entered.or(&format!("entry/{nth}"), 0).clamp(0, 50);
        let points = entered.or(&format!("entry-points/{nth}"), usual_points(tariff));
        for _ in 0..times {
            let id = u128::try_from(inputs.entries.len()).unwrap_or_default() + 1;
            inputs.entries.push(EntryFact {
                entry: EntryId::from_bits(id),
                tariff: small(nth),
                item: None,
                happened: day,
                points: Points(points),
                item_zero: false,
            });
        }
    }
}

fn item(
    entered: &Entered<'_>,
    nth: usize,
    (method, full): (&shared::regime::judging::Method, Full),
    counting: &[u16],
) -> ItemFacts {
    let name = |field: &str| format!("item/{nth}/{field}");
    let worth = Points(entered.or(&name("full"), usual_full(full, nth)));
    let undone = entered.or(&name("undone"), 0) == 1;
    let rating = match &method.scoring {
        _ if undone => Rating::Undone,
        Scoring::Typed {} | Scoring::OwnRule {} => {
            Rating::Points(Points(entered.or(&name("points"), worth.0)))
        }
        Scoring::Levels { .. } => Rating::Level(entered.place(&name("level"))),
        Scoring::Matrix { .. } => {
            Rating::Cell(entered.place(&name("row")), entered.place(&name("column")))
        }
        Scoring::Reached { .. } | Scoring::Whole {} => Rating::Whole,
    };
    let off: Vec<(u16, Points)> = method
        .charges
        .iter()
        .enumerate()
        .filter(|(_, charge)| charge.counted == (Counted::Typed {}))
        .map(|(which, _)| {
            (
                small(which),
                Points(entered.or(&name(&format!("off/{which}")), 0)),
            )
        })
        .filter(|(_, points)| points.0 > 0)
        .collect();
    let reached = matches!(method.scoring, Scoring::Reached { .. })
        .then(|| (entered.or(&name("reached"), 10_000), 10_000));
    ItemFacts {
        item: ItemId::from_bits(u128::try_from(nth).unwrap_or_default() + 1),
        section: 0,
        category: NONE,
        source: NONE,
        target: TargetKind::Done,
        must: false,
        outside: false,
        weight: worth,
        importance: worth,
        outcome: if undone {
            Outcome::Undone
        } else {
            Outcome::Done
        },
        late: late(entered.place(&name("late"))),
        reached,
        stated: counting
            .iter()
            .map(|rater| Stated {
                rater: *rater,
                rating,
                off: off.clone(),
            })
            .collect(),
    }
}
