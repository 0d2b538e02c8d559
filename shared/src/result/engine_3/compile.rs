//! From a regime to a program: every key becomes a place, once for a regime and a cycle.
//!
//! What `validate` accepts is never refused here; what it would not accept is a finding with its
//! place, so that a program is whole or is not made.

use crate::period::PeriodKind;
use crate::quantity::BasisPoints;
use crate::regime::document::Regime;
use crate::regime::grades::{Condition, GateEffect, GradeBy};
use crate::regime::judging::{Method, MissingRater, Scoring};
use crate::regime::total::Filter;
use crate::regime::validate::{Finding, Problem};

use super::inputs::place;
use super::program::{
    BandRule, ConditionRule, EffectRule, FilterRule, GateRule, Grading, MethodRule, MissingRule,
    Places, Program, RaterRule, ScoringRule, TotalRule, bit, target,
};

mod cohort;
mod tree;

/// Resolves the rules of one kind of period.
pub fn compile(regime: &Regime, kind: PeriodKind) -> Result<Program, Finding> {
    let (at, cycle) = regime
        .cycle(kind)
        .ok_or_else(|| finding("/cycles", Problem::NoEntries))?;
    let mut compiler = Compiler {
        regime,
        deadlines: &cycle.deadlines,
        keys: Vec::new(),
        program: Program {
            total: None,
            parts: Vec::new(),
            methods: Vec::new(),
            raters: Vec::new(),
            charges: Vec::new(),
            gates: Vec::new(),
            grading: Grading::None,
            cohort: None,
            provisional: regime.people.provisional,
            places: Places {
                total: format!("/cycles/{at}/total"),
                ..Places::default()
            },
            measured: Vec::new(),
            taken: Vec::new(),
        },
    };
    compiler.raters()?;
    compiler.methods()?;
    if let Some(total) = &cycle.total {
        let list = compiler.parts(&total.parts, &format!("/cycles/{at}/total/parts"))?;
        compiler.program.total = Some(TotalRule {
            combine: total.parts.combine,
            list,
            floor: total.floor,
            cap: total.cap,
            rounding: total.rounding,
        });
    }
    if !cycle.ungraded {
        compiler.grading();
        compiler.cohort()?;
    }
    compiler.gates(cycle.ungraded)?;
    Ok(compiler.program)
}

struct Compiler<'r> {
    regime: &'r Regime,
    deadlines: &'r [crate::regime::deadlines::Deadline],
    /// The keys of the parts, by their place.
    keys: Vec<&'r str>,
    program: Program,
}

fn finding(place: &str, problem: Problem) -> Finding {
    Finding {
        place: place.to_owned(),
        problem,
    }
}

/// The place of a key in a list; a key that is not there is a finding.
fn key_in<'k>(
    mut keys: impl Iterator<Item = &'k str>,
    key: &str,
    at: &str,
) -> Result<u16, Finding> {
    place(keys.position(|one| one == key)).ok_or_else(|| {
        let key = key.to_owned();
        finding(at, Problem::UnknownKey { key })
    })
}

/// The bits of keys in a list of fewer than 64.
fn bits<'k>(
    keys: impl Iterator<Item = &'k str> + Clone,
    wanted: &[String],
    at: &str,
) -> Result<u64, Finding> {
    wanted.iter().try_fold(0, |bits, key| {
        let place = key_in(keys.clone(), key, at)?;
        if place >= 64 {
            let most = 64.to_string();
            return Err(finding(at, Problem::TooLarge { most }));
        }
        Ok(bits | bit(place))
    })
}

impl<'r> Compiler<'r> {
    fn filter(&self, filter: &Filter, at: &str) -> Result<FilterRule, Finding> {
        let items = &self.regime.items;
        let sections = items.sections.iter().map(|one| one.key.as_str());
        let categories = items.categories.iter().map(|one| one.key.as_str());
        let sources = items.sources.iter().map(|one| one.key.as_str());
        let kinds = filter.targets.iter();
        Ok(FilterRule {
            sections: bits(sections, &filter.sections, &format!("{at}/sections"))?,
            categories: bits(categories, &filter.categories, &format!("{at}/categories"))?,
            sources: bits(sources, &filter.sources, &format!("{at}/sources"))?,
            targets: kinds.fold(0, |bits, kind| bits | bit(target(*kind))),
            must: filter.must,
        })
    }

    fn raters(&mut self) -> Result<(), Finding> {
        let raters = &self.regime.judging.raters;
        for (nth, rater) in raters.iter().enumerate() {
            let at = format!("/judging/raters/{nth}");
            let missing = match &rater.missing {
                MissingRater::CountsZero => MissingRule::CountsZero,
                MissingRater::LeftOut => MissingRule::LeftOut,
                MissingRater::Blocks | MissingRater::Provisional => MissingRule::Blocks,
                MissingRater::Instead(key) => {
                    let keys = raters.iter().map(|rater| rater.key.as_str());
                    MissingRule::Instead(key_in(keys, key, &format!("{at}/missing"))?)
                }
            };
            let of = rater.of.as_ref();
            let of = of.map(|filter| self.filter(filter, &format!("{at}/of")));
            self.program.raters.push(RaterRule {
                weight: rater.weight,
                missing,
                several: rater.several,
                of: of.transpose()?,
            });
        }
        Ok(())
    }

    fn methods(&mut self) -> Result<(), Finding> {
        for (nth, method) in self.regime.judging.methods.iter().enumerate() {
            let at = format!("/judging/methods/{nth}");
            let rule = self.method(method, &at)?;
            self.program.methods.push(rule);
        }
        Ok(())
    }

    fn method(&mut self, method: &'r Method, at: &str) -> Result<MethodRule, Finding> {
        let charges = self.charges(&method.charges, &format!("{at}/charges"))?;
        let scoring = match &method.scoring {
            Scoring::Matrix { factors, .. } => ScoringRule::Matrix(factors.clone()),
            Scoring::Levels { levels } => {
                ScoringRule::Levels(levels.iter().map(|level| level.factor).collect())
            }
            Scoring::Typed {} | Scoring::OwnRule {} => ScoringRule::Typed,
            Scoring::Whole {} => ScoringRule::Whole,
            Scoring::Reached { curve } => ScoringRule::Reached(curve.clone()),
        };
        let typed = |charge: &crate::regime::charge::Charge| {
            charge.counted == (crate::regime::charge::Counted::Typed {})
        };
        Ok(MethodRule {
            scoring,
            charges,
            undone: method.undone,
            floor: method.floor,
            cap: method.cap,
            typed: method.charges.iter().any(typed),
        })
    }

    fn grading(&mut self) {
        let by = &self.regime.grades.by;
        let bands = match by {
            GradeBy::Points { .. } => "/grades/by/points/bands",
            GradeBy::Decided { .. } => "/grades/by/decided/levels",
            GradeBy::None {} => "/grades/by",
        };
        bands.clone_into(&mut self.program.places.bands);
        self.program.grading = match by {
            GradeBy::Points { looks_at, bands } => Grading::Bands {
                looks_at: *looks_at,
                bands: bands
                    .iter()
                    .map(|band| BandRule {
                        from: band.from,
                        below: band.below,
                        coefficient: band.coefficient,
                    })
                    .collect(),
            },
            GradeBy::Decided { levels, .. } => {
                Grading::Decided(levels.iter().map(|level| level.coefficient).collect())
            }
            GradeBy::None {} => Grading::None,
        };
    }

    fn gates(&mut self, ungraded: bool) -> Result<(), Finding> {
        for (nth, gate) in (0..).zip(&self.regime.grades.gates) {
            let at = format!("/grades/gates/{nth}");
            let when = match &gate.when {
                Condition::Entries { tariff, least } => ConditionRule::Entries {
                    tariff: self.tariff(tariff, &format!("{at}/when/entries/tariff"))?,
                    least: *least,
                },
                Condition::PartBelow { part, points } => {
                    let at = format!("{at}/when/part_below/part");
                    // A gate of another cycle's part asks for nothing in this one.
                    let Ok(part) = key_in(self.keys.iter().copied(), part, &at) else {
                        continue;
                    };
                    ConditionRule::PartBelow {
                        part,
                        points: *points,
                    }
                }
                Condition::MustUndone { least } => ConditionRule::MustUndone { least: *least },
            };
            let effect = match &gate.effect {
                // There is no grade to lower; what holds the total down still does.
                GateEffect::NoBetterThan(_) if ungraded => continue,
                GateEffect::NoBetterThan(band) => {
                    EffectRule::NoBetterThan(self.band(band, &format!("{at}/effect"))?)
                }
                GateEffect::TotalAtMost(points) => EffectRule::TotalAtMost(*points),
                GateEffect::TotalZero {} => EffectRule::TotalAtMost(crate::quantity::Points(0)),
                GateEffect::ItemZero {} if matches!(when, ConditionRule::Entries { .. }) => {
                    EffectRule::ItemZero
                }
                GateEffect::ItemZero {} => {
                    let other = format!("{at}/when");
                    let at = format!("{at}/effect");
                    return Err(finding(&at, Problem::WithoutUse { other }));
                }
            };
            self.program.gates.push(GateRule {
                place: nth,
                when,
                effect,
            });
        }
        Ok(())
    }

    fn tariff(&self, key: &str, at: &str) -> Result<u16, Finding> {
        let tariffs = self.regime.tariffs.iter();
        key_in(tariffs.map(|tariff| tariff.key.as_str()), key, at)
    }

    fn band(&self, key: &str, at: &str) -> Result<u16, Finding> {
        match &self.regime.grades.by {
            GradeBy::Points { bands, .. } => {
                key_in(bands.iter().map(|band| band.key.as_str()), key, at)
            }
            GradeBy::Decided { levels, .. } => {
                key_in(levels.iter().map(|level| level.key.as_str()), key, at)
            }
            GradeBy::None {} => key_in(std::iter::empty(), key, at),
        }
    }

    /// A weight that is not said is none.
    fn weight(weight: Option<BasisPoints>) -> BasisPoints {
        weight.unwrap_or_default()
    }
}
