//! The part of compiling that walks the tree: parts with their sources, and charges.
//!
//! Places are given depth first in the order of the document, so that they last with its version.

use crate::quantity::Points;
use crate::regime::charge::{Amount, Charge, Counted, LateOf};
use crate::regime::curve::Measure;
use crate::regime::total::{Combine, ItemScores, Part, Parts, Source, Take};
use crate::regime::validate::{Finding, Problem};

use super::super::inputs::place;
use super::super::program::{
    ChargeRule, CountedRule, ItemsRule, LateRule, PartRule, SourceRule, TakeRule,
};
use super::{Compiler, finding, key_in};

impl<'r> Compiler<'r> {
    /// Adds the parts of a list, each before those below it, and gives their places.
    pub(super) fn parts(&mut self, parts: &'r Parts, at: &str) -> Result<Vec<u16>, Finding> {
        let mut places = Vec::with_capacity(parts.list.len());
        for (nth, part) in parts.list.iter().enumerate() {
            let at = format!("{at}/list/{nth}");
            if part.weight.is_some() != (parts.combine == Combine::Weighted) {
                let other = "combine".to_owned();
                return Err(finding(
                    &format!("{at}/weight"),
                    Problem::Contradicts { other },
                ));
            }
            places.push(self.part(part, &at)?);
        }
        if places.is_empty() {
            return Err(finding(&format!("{at}/list"), Problem::NoEntries));
        }
        Ok(places)
    }

    fn part(&mut self, part: &'r Part, at: &str) -> Result<u16, Finding> {
        let here = self.program.parts.len();
        self.keys.push(&part.key);
        self.program.places.parts.push(at.to_owned());
        // The place is taken before those of the parts below; the source follows.
        self.program.parts.push(PartRule {
            key: part.key.clone(),
            minus: part.minus,
            weight: Self::weight(part.weight),
            total: part.total,
            source: SourceRule::Typed {
                first: 0,
                most: Vec::new(),
            },
            floor: part.floor,
            cap: part.cap,
            empty: part.empty,
        });
        let source = self.source(part, &format!("{at}/source"))?;
        self.program.parts[here].source = source;
        place(Some(here)).ok_or_else(|| too_many(at))
    }

    fn source(&mut self, part: &'r Part, at: &str) -> Result<SourceRule, Finding> {
        Ok(match &part.source {
            Source::Items(scores) => SourceRule::Items(self.items(scores, at)?),
            Source::Typed { criteria } => {
                let places = &mut self.program.places.criteria;
                let first = u32::try_from(places.len()).map_err(|_| too_many(at))?;
                let list = format!("{at}/typed/criteria");
                places.extend((0..criteria.len()).map(|nth| format!("{list}/{nth}")));
                let most: Vec<Points> = criteria.iter().map(|one| one.points).collect();
                SourceRule::Typed { first, most }
            }
            Source::Charges { from, charges } => SourceRule::Charges {
                from: *from,
                charges: self.charges(charges, &format!("{at}/charges/charges"))?,
            },
            Source::Measured { of, curve } => SourceRule::Measured {
                place: self.measure(of, format!("{at}/measured/of"))?,
                curve: curve.clone(),
            },
            Source::Result { of, take } => {
                let results = &mut self.program.places.results;
                let place = place(Some(results.len())).ok_or_else(|| too_many(at))?;
                results.push(at.to_owned());
                let bands = match take {
                    Take::FactorOfBand(bands) => bands.iter().map(|one| one.band.clone()).collect(),
                    Take::Total | Take::Factor(_) => Vec::new(),
                };
                self.program.taken.push((*of, bands));
                let take = match take {
                    Take::Total => TakeRule::Total,
                    Take::Factor(steps) => TakeRule::Factor(steps.clone()),
                    Take::FactorOfBand(bands) => {
                        TakeRule::FactorOfBand(bands.iter().map(|band| band.factor).collect())
                    }
                };
                SourceRule::Result { place, take }
            }
            Source::Parts(parts) => SourceRule::Parts {
                combine: parts.combine,
                list: self.parts(parts, &format!("{at}/parts"))?,
            },
        })
    }

    fn items(&self, scores: &ItemScores, at: &str) -> Result<ItemsRule, Finding> {
        let mut groups = Vec::with_capacity(scores.groups.len());
        for (nth, group) in scores.groups.iter().enumerate() {
            let at = format!("{at}/items/groups/{nth}");
            let methods = self.regime.judging.methods.iter();
            let keys = methods.map(|method| method.key.as_str());
            let method = key_in(keys, &group.method, &format!("{at}/method"))?;
            groups.push((self.filter(&group.of, &format!("{at}/of"))?, method));
        }
        Ok(ItemsRule {
            groups,
            full: scores.full,
            pool: scores.pool,
            outside: scores.outside,
            unscored: scores.unscored,
        })
    }

    fn measure(&mut self, of: &Measure, at: String) -> Result<u16, Finding> {
        let measures = &mut self.program.places.measures;
        let place = place(Some(measures.len())).ok_or_else(|| too_many(&at))?;
        measures.push(at);
        self.program.measured.push(of.clone());
        Ok(place)
    }

    /// Adds charges and gives their places.
    pub(super) fn charges(
        &mut self,
        charges: &'r [Charge],
        at: &str,
    ) -> Result<std::ops::Range<u16>, Finding> {
        let here = |compiler: &Self| {
            place(Some(compiler.program.charges.len())).ok_or_else(|| too_many(at))
        };
        let from = here(self)?;
        for (nth, charge) in charges.iter().enumerate() {
            let at = format!("{at}/{nth}");
            let rule = self.charge(charge, &at)?;
            self.program.charges.push(rule);
            self.program.places.charges.push(at);
        }
        Ok(from..here(self)?)
    }

    fn charge(&mut self, charge: &'r Charge, at: &str) -> Result<ChargeRule, Finding> {
        let counted = match &charge.counted {
            Counted::Entries { tariff } => CountedRule::Entries {
                tariff: self.tariff(tariff, &format!("{at}/counted/entries/tariff"))?,
            },
            Counted::DaysLate { of, days } => CountedRule::Days {
                of: self.late(of, &format!("{at}/counted/days_late/of"))?,
                days: *days,
            },
            Counted::HoursLate { of, hours } => CountedRule::Hours {
                of: self.late(of, &format!("{at}/counted/hours_late/of"))?,
                hours: *hours,
            },
            Counted::StepsShort { of, target, each } => CountedRule::StepsShort {
                place: self.measure(of, format!("{at}/counted/steps_short/of"))?,
                target: target.0,
                each: *each,
            },
            Counted::StepsShortOfTarget { each } => CountedRule::ShortOfTarget { each: *each },
            Counted::Typed {} => CountedRule::Typed,
            Counted::Undone {} => CountedRule::Undone,
        };
        if let CountedRule::StepsShort { each, .. } | CountedRule::ShortOfTarget { each } = counted
            && each.size < 1
        {
            let least = 1.to_string();
            return Err(finding(
                &format!("{at}/counted"),
                Problem::TooSmall { least },
            ));
        }
        let amount = format!("{at}/amount");
        match (counted, &charge.amount) {
            (CountedRule::Entries { .. }, Some(_)) => {
                let other = format!("{at}/counted");
                return Err(finding(&amount, Problem::WithoutUse { other }));
            }
            (CountedRule::Entries { .. }, None)
            | (CountedRule::Typed, _)
            | (_, Some(Amount::Fixed(_))) => {}
            (_, Some(Amount::Escalating(list))) if !list.is_empty() => {}
            (_, Some(Amount::Range { .. })) => {
                let other = format!("{at}/counted");
                return Err(finding(&amount, Problem::Contradicts { other }));
            }
            (_, None | Some(Amount::Escalating(_))) => {
                return Err(finding(&amount, Problem::NoEntries));
            }
        }
        Ok(ChargeRule {
            counted,
            amount: charge.amount.clone(),
            most: charge.most,
        })
    }

    fn late(&self, of: &LateOf, at: &str) -> Result<LateRule, Finding> {
        let LateOf::Step(step) = of else {
            return Ok(LateRule::Due);
        };
        let found = self.deadlines.iter().position(|one| one.step == *step);
        let other = "deadlines".to_owned();
        let found = place(found).ok_or_else(|| finding(at, Problem::WithoutUse { other }))?;
        Ok(LateRule::Step(found))
    }
}

fn too_many(at: &str) -> Finding {
    let most = u16::MAX.to_string();
    finding(at, Problem::TooLarge { most })
}
