//! From plans to people: the parts of a person's period, and who was not assessed at all.

use std::collections::BTreeMap;

use crate::id::{PersonId, PlanId, UnitId};
use crate::period::covered::left_out;
use crate::quantity::BasisPoints;
use crate::refusal::Refusal;
use crate::regime::document::Regime;
use crate::result::engine_3::{Exact, Figures};
use crate::result::grade::{banded, edge};
use crate::result::{self, Computed, ENGINE_VERSION, PlanResult, Step};
use crate::seal::{Assessment, SealedResult, away_too_long, of_parts};

use super::{Apart, Case, Lack, Now, Standing, WhatIf};

/// A person before the cohort is looked at.
pub(super) struct Here {
    pub(super) person: PersonId,
    pub(super) unit: UnitId,
    pub(super) then: Standing,
    pub(super) assessment: Assessment,
    pub(super) figures: Figures,
    pub(super) converted: u32,
}

impl WhatIf {
    /// Everybody whose plans are here: those of whom something can be said, and the others.
    pub(super) fn people(&self) -> (Vec<Here>, Vec<Apart>) {
        let mut owned: BTreeMap<PersonId, Vec<&Case>> = BTreeMap::new();
        for case in self.plans.values() {
            owned.entry(case.owner).or_default().push(case);
        }
        let (mut here, mut apart) = (Vec::new(), Vec::new());
        for (person, cases) in owned {
            let sealed = self.sealed.get(&person);
            let last = sealed.map(|sealed| sealed.unit);
            let last = last.or_else(|| cases.last().map(|case| case.unit));
            let Some(unit) = last else { continue };
            match self.person(person, unit, &cases) {
                Ok(one) => here.push(one),
                Err(lacks) => apart.push(Apart {
                    person,
                    unit,
                    lacks,
                }),
            }
        }
        (here, apart)
    }

    fn person(&self, person: PersonId, unit: UnitId, cases: &[&Case]) -> Result<Here, Vec<Lack>> {
        if !self.covers(person, unit) {
            return Err(vec![Lack::NotCovered]);
        }
        let sealed = self.sealed.get(&person);
        let here = |then, assessment, figures, converted| Here {
            person,
            unit,
            then,
            assessment,
            figures,
            converted,
        };
        match sealed.map(|sealed| (sealed, sealed.assessment)) {
            Some((sealed, Assessment::NotAssessed)) => {
                self.still_not_assessed(sealed)?;
                let coefficient = self.with.new.regime.people.not_assessed;
                let then = self.then_of(sealed, None);
                let how = Assessment::NotAssessed;
                return Ok(here(then, how, fixed(coefficient), 0));
            }
            Some((sealed, Assessment::Provisional)) => {
                let coefficient = self.with.new.regime.people.provisional;
                let then = self.then_of(sealed, None);
                let how = Assessment::Provisional;
                return Ok(here(then, how, fixed(coefficient), 0));
            }
            _ => {}
        }
        self.same_people_rules(person)?;
        let parts = self.parts(person, cases, sealed)?;
        let mut converted = 0;
        let mut lacks = Vec::new();
        for (case, _) in &parts {
            match &case.now {
                Now::Judged(_, more, _) => converted += more,
                Now::Lacks(more) => lacks.extend(more.iter().cloned()),
                Now::Waits(_) => lacks.push(Lack::Result),
            }
        }
        lacks.dedup();
        if !lacks.is_empty() {
            return Err(lacks);
        }
        let refused = |refusal| vec![Lack::Refused(refusal)];
        let (then, figures) = match parts.as_slice() {
            [] => return Err(vec![Lack::NoResult]),
            [(case, _)] => {
                let then = sealed.map(|sealed| self.then_of(sealed, case.then.band.clone()));
                let Now::Judged(figures, ..) = &case.now else {
                    return Err(vec![Lack::NoResult]);
                };
                (then.unwrap_or_else(|| self.then(case)), *figures)
            }
            several => self.weighed(several, sealed).map_err(refused)?,
        };
        Ok(here(then, Assessment::Assessed, figures, converted))
    }

    fn covers(&self, person: PersonId, unit: UnitId) -> bool {
        let coverage = &self.with.new.regime.coverage;
        left_out(&self.organisation, coverage, (unit, person), self.period.to).is_none()
    }

    /// Refuses to say anything of who was not assessed and would be.
    fn still_not_assessed(&self, sealed: &SealedResult) -> Result<(), Vec<Lack>> {
        let people = &self.with.new.regime.people;
        let mut steps = sealed.derivation.iter();
        let away = steps.find_map(|step| match step {
            Step::NotAssessed {
                away, working_days, ..
            } => Some((*away, *working_days)),
            _ => None,
        });
        let still = away.is_some_and(|(away, days)| away_too_long(people, away, days));
        let same = same_parts(&self.with.old.regime, &self.with.new.regime);
        if still || same {
            Ok(())
        } else {
            Err(vec![Lack::NoResult])
        }
    }

    /// Whether the other rules look at absences and parts of who was assessed as the old ones did;
    /// for who was there all the time they always do.
    fn same_people_rules(&self, person: PersonId) -> Result<(), Vec<Lack>> {
        if same_parts(&self.with.old.regime, &self.with.new.regime) {
            return Ok(());
        }
        let (from, to) = self.with.old.rules().assessed_days(&self.period);
        let stays = self.organisation.stays(person, from, to);
        let whole = matches!(stays.as_slice(), [stay] if stay.from <= from && stay.to >= to);
        if !whole {
            return Err(vec![Lack::Parts]);
        }
        let span = crate::moment::InForce { from, to: Some(to) };
        let mut absences = self.organisation.absences.values();
        if absences.any(|one| one.person == person && one.in_force.meets(&span)) {
            return Err(vec![Lack::Absence]);
        }
        Ok(())
    }

    /// The plans that are weighed, with their working days: as they were sealed, else as they would
    /// be.
    fn parts<'c>(
        &self,
        person: PersonId,
        cases: &[&'c Case],
        sealed: Option<&SealedResult>,
    ) -> Result<Vec<(&'c Case, u32)>, Vec<Lack>> {
        let find = |plan: PlanId| cases.iter().find(|case| case.plan == plan).copied();
        if let Some(sealed) = sealed {
            let parts = sealed.parts.iter();
            let parts = parts.map(|part| Some((find(part.plan)?, part.working_days)));
            let parts: Option<Vec<_>> = parts.collect();
            return parts.ok_or_else(|| vec![Lack::Parts]);
        }
        if let [case] = cases {
            return Ok(vec![(*case, 1)]);
        }
        let (from, to) = self.with.old.rules().assessed_days(&self.period);
        let fewest = self.with.old.regime.people.least_days.max(1);
        let mut parts: Vec<(&Case, u32)> = Vec::new();
        for stay in self.organisation.parts(person, from, to, fewest) {
            if let Some((_, days)) = parts.iter_mut().find(|(case, _)| case.unit == stay.unit) {
                *days += stay.working_days;
            } else {
                let of_unit = cases.iter().find(|case| case.unit == stay.unit);
                let case = of_unit.ok_or_else(|| vec![Lack::NoResult])?;
                parts.push((case, stay.working_days));
            }
        }
        Ok(parts)
    }

    /// Several parts, weighed by their working days under both regimes.
    fn weighed(
        &self,
        parts: &[(&Case, u32)],
        sealed: Option<&SealedResult>,
    ) -> Result<(Standing, Figures), Refusal> {
        let lacking = || Refusal::not_found("result");
        let (mut was, mut is) = (Vec::new(), Vec::new());
        let (mut exact, mut all) = (Exact::ZERO, 0_u32);
        for (case, days) in parts {
            let result = case.result.as_deref().ok_or_else(lacking)?;
            let Now::Judged(figures, _, Some(inputs)) = &case.now else {
                return Err(lacking());
            };
            let new = &self.with.new;
            let of = (&new.program, new.kind);
            let made = result::judged_by(of, &new.regime, (**inputs).clone())?;
            is.push((
                *days,
                PlanResult {
                    three: Some(Box::new(made)),
                    engine_version: ENGINE_VERSION,
                    inputs: Vec::new(),
                    derivation: Vec::new(),
                    total: figures.total,
                    coefficient: figures.coefficient,
                    ..result.clone()
                },
            ));
            was.push((*days, result));
            exact = exact.plus(figures.exact.times((*days).into(), 1)?)?;
            all = all.saturating_add(*days);
        }
        let is: Vec<(u32, &PlanResult)> = is.iter().map(|(days, one)| (*days, one)).collect();
        let now = of_parts(&self.is, &is)?;
        let then = if let Some(sealed) = sealed {
            self.then_of(sealed, None)
        } else {
            let then = of_parts(&self.was, &was)?;
            self.standing_of(&then)
        };
        let bands = self.with.new.regime.bands();
        let from = edge(&now.derivation);
        let band = bands.iter().position(|band| Some(band.from) == from);
        let figures = Figures {
            exact: exact.times(1, all.into())?,
            total: now.total,
            band: band.and_then(|at| u16::try_from(at).ok()),
            coefficient: now.coefficient,
            preliminary: false,
        };
        Ok((then, figures))
    }

    fn then(&self, case: &Case) -> Standing {
        Standing {
            total: case.then.total,
            band: case.then.band.clone(),
            coefficient: case.then.coefficient,
            pay: pay(&self.with.old.regime, case.then.coefficient),
            assessment: Assessment::Assessed,
        }
    }

    fn standing_of(&self, computed: &Computed) -> Standing {
        let regime = &self.with.old.regime;
        let band = banded(regime, &computed.derivation);
        Standing {
            total: computed.total,
            band: band.map(|band| band.key.clone()),
            coefficient: computed.coefficient,
            pay: pay(regime, computed.coefficient),
            assessment: Assessment::Assessed,
        }
    }

    fn then_of(&self, sealed: &SealedResult, band: Option<String>) -> Standing {
        let regime = &self.with.old.regime;
        let of_total = || {
            let judged = sealed.assessment == Assessment::Assessed;
            let mut bands = regime.bands().iter();
            let found = bands.find(|band| judged && band.holds(sealed.total));
            found.map(|band| band.key.clone())
        };
        Standing {
            total: sealed.total,
            band: band.or_else(of_total),
            coefficient: sealed.coefficient,
            pay: pay(regime, sealed.coefficient),
            assessment: sealed.assessment,
        }
    }
}

/// Whether two regimes look at absences and parts alike.
fn same_parts(one: &Regime, other: &Regime) -> bool {
    (one.people.absent_share, one.people.least_days)
        == (other.people.absent_share, other.people.least_days)
}

/// The share of the month's pay that a coefficient leaves, half up to a basis point.
pub(super) fn pay(regime: &Regime, coefficient: BasisPoints) -> BasisPoints {
    let share = i128::from(regime.money.floating_share.0);
    let floats = (share * i128::from(coefficient.0) * 2 + 10_000).div_euclid(20_000);
    let all = i128::from(10_000) - share + floats;
    BasisPoints(i64::try_from(all).unwrap_or(i64::MAX))
}

/// A coefficient that stands without a total.
const fn fixed(coefficient: BasisPoints) -> Figures {
    Figures {
        exact: Exact::ZERO,
        total: crate::quantity::Points(0),
        band: None,
        coefficient,
        preliminary: false,
    }
}
