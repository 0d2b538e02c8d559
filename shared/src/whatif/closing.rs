//! What hangs on everybody of a cohort, and each person's line.
//!
//! A cohort is settled only where everybody who belongs to it is seen and compared: a place that is
//! filled without somebody may be his or hers.

use std::collections::{BTreeMap, BTreeSet};

use crate::cohort::{self, Seat};
use crate::id::{PersonId, UnitId};
use crate::moment::InForce;
use crate::organisation::Tenure;
use crate::partition::PartitionId;
use crate::permission;
use crate::plan::Scope;
use crate::quantity::{BasisPoints, Points};
use crate::regime::cohort::{CeilingAt, Cohort, SmallThen};
use crate::result::engine_3::cohort::{
    CohortKey, CohortOpen, Settled, Standing as Place, Unsettled, cohort as close_cohort,
};
use crate::seal::Assessment;

use super::people::{Here, pay};
use super::{Apart, Lack, Line, Now, Standing, WhatIf};

/// A cohort, and what it is pooled with.
type Home = (CohortKey, Option<CohortKey>);

impl WhatIf {
    /// Settles the cohorts of the other rules, and writes the lines.
    pub(super) fn close(&self, here: Vec<Here>, mut apart: Vec<Apart>) -> (Vec<Line>, Vec<Apart>) {
        let Some(rule) = self.with.new.regime.cohort.as_ref() else {
            return (here.iter().map(|one| self.alone(one)).collect(), apart);
        };
        let homes: Vec<Home> = here
            .iter()
            .map(|one| self.home(rule, one.person, one.unit))
            .collect();
        let mut open: BTreeMap<CohortKey, Lack> = BTreeMap::new();
        for home in self.unseen(rule, &here, &apart) {
            put(&mut open, rule, home, &Lack::Cohort);
        }
        if rule
            .ceiling
            .is_some_and(|one| one.at == CeilingAt::DepartmentTotal)
        {
            for home in &homes {
                if let Err(lack) = self.department(home.0) {
                    put(&mut open, rule, *home, &lack);
                }
            }
        }
        let lines = self.settle(rule, (&here, &homes), &mut open);
        for (one, home) in here.iter().zip(&homes) {
            if let Some(lack) = reason(&open, *home) {
                apart.push(Apart {
                    person: one.person,
                    unit: one.unit,
                    lacks: vec![lack],
                });
            }
        }
        (lines, apart)
    }

    /// Settles cohorts until those that are left have nothing open.
    fn settle(
        &self,
        rule: &Cohort,
        (here, homes): (&[Here], &[Home]),
        open: &mut BTreeMap<CohortKey, Lack>,
    ) -> Vec<Line> {
        loop {
            let left: Vec<(&Here, Home)> = here
                .iter()
                .zip(homes)
                .filter(|(_, home)| reason(open, **home).is_none())
                .map(|(one, home)| (one, *home))
                .collect();
            let places: Vec<Place> = left
                .iter()
                .map(|(one, home)| self.place(one, *home))
                .collect();
            let before = open.len();
            match close_cohort(&self.with.new.program, &places, &[]) {
                Ok(outcome) => {
                    let of = left.iter().zip(&outcome.settled);
                    let lines = of.map(|((one, _), settled)| self.line(one, settled));
                    return lines.collect();
                }
                Err(Unsettled::Refused(refusal)) => {
                    for (_, home) in &left {
                        put(open, rule, *home, &Lack::Refused(refusal.clone()));
                    }
                }
                Err(Unsettled::Open(found)) => {
                    for one in found {
                        let (key, lack) = match one {
                            CohortOpen::Preliminary { person } => {
                                let own = left.iter().find(|(here, _)| here.person == person);
                                (own.map(|(_, (key, _))| *key), Lack::Cohort)
                            }
                            CohortOpen::CeilingPassed { cohort, .. } => {
                                (Some(cohort), Lack::Ceiling)
                            }
                            CohortOpen::Tie { cohort, .. } => (Some(cohort), Lack::Tie),
                        };
                        if let Some(key) = key {
                            open.entry(key).or_insert(lack);
                        }
                    }
                }
            }
            if open.len() == before {
                return Vec::new();
            }
        }
    }

    fn place(&self, one: &Here, (cohort, sisters): Home) -> Place {
        Place {
            person: one.person,
            cohort,
            sisters,
            department: self.department(cohort).unwrap_or_default(),
            exempt: one.assessment == Assessment::NotAssessed,
            figures: one.figures,
        }
    }

    /// The total of the department whose people a cohort is, none where it has no plan; fails where
    /// that cannot be said.
    fn department(&self, cohort: CohortKey) -> Result<Option<Points>, Lack> {
        let CohortKey::Unit(unit) = cohort else {
            return Ok(None);
        };
        let Some(plan) = self.unit_plans.get(&unit) else {
            return self.sees_plan_of(unit).then_some(None).ok_or(Lack::Ceiling);
        };
        match self.plans.get(plan).map(|case| &case.now) {
            Some(Now::Judged(figures, ..)) => Ok(Some(figures.total)),
            Some(Now::Waits(_) | Now::Lacks(_)) | None => Err(Lack::Ceiling),
        }
    }

    /// The cohort of somebody in a unit, with the superior under whom small ones are pooled: those in
    /// which closing the period would find the person.
    fn home(&self, rule: &Cohort, person: PersonId, unit: UnitId) -> Home {
        let (organisation, day) = (&self.organisation, self.period.to);
        let seat = self.seats.get(&(unit, person)).copied();
        let seat = seat.unwrap_or_else(|| Seat {
            unit,
            scope: Scope::Personal,
            judge: organisation.superior(person, unit, day),
        });
        let key = cohort::key(organisation, rule.of, &seat);
        (key, cohort::under(organisation, key, day))
    }

    /// The cohorts of which somebody is not seen, or cannot be compared.
    fn unseen(&self, rule: &Cohort, here: &[Here], apart: &[Apart]) -> BTreeSet<Home> {
        let mut homes: BTreeSet<Home> = apart
            .iter()
            .filter(|one| one.lacks != [Lack::NotCovered])
            .map(|one| self.home(rule, one.person, one.unit))
            .collect();
        let provisional = here.iter();
        let provisional = provisional.filter(|one| one.assessment == Assessment::Provisional);
        homes.extend(provisional.map(|one| self.home(rule, one.person, one.unit)));
        let known: BTreeSet<PersonId> = here
            .iter()
            .map(|one| one.person)
            .chain(apart.iter().map(|one| one.person))
            .collect();
        for (person, unit) in self.members() {
            // Who has no plan where the reader sees them all is not assessed, and no head.
            if !known.contains(&person) && !self.sees_all(unit) {
                homes.insert(self.home(rule, person, unit));
            }
        }
        homes
    }

    fn sees_all(&self, unit: UnitId) -> bool {
        let own = PartitionId::Personal(unit, self.period.id);
        permission::may_see(&self.organisation, self.reader, self.day, own)
    }

    /// Everybody with a post in the assessed days, in the unit of the last main one.
    fn members(&self) -> BTreeMap<PersonId, UnitId> {
        let (from, to) = self.with.new.rules().assessed_days(&self.period);
        let span = InForce { from, to: Some(to) };
        let mut last = BTreeMap::new();
        let posts = self.organisation.assignments.values();
        for post in posts.filter(|post| post.in_force.meets(&span)) {
            let rank = (post.tenure == Tenure::Main, post.in_force.from, post.id);
            let kept = last.entry(post.person).or_insert((rank, post.unit));
            if rank > kept.0 {
                *kept = (rank, post.unit);
            }
        }
        last.into_iter()
            .map(|(person, (_, unit))| (person, unit))
            .collect()
    }

    fn alone(&self, one: &Here) -> Line {
        let figures = &one.figures;
        self.written(one, (figures.total, figures.band, figures.coefficient))
    }

    fn line(&self, one: &Here, settled: &Settled) -> Line {
        self.written(one, (settled.total, settled.band, settled.coefficient))
    }

    fn written(
        &self,
        one: &Here,
        (total, band, coefficient): (Points, Option<u16>, BasisPoints),
    ) -> Line {
        let regime = &self.with.new.regime;
        let band = band.and_then(|at| regime.grades.key(usize::from(at)));
        Line {
            person: one.person,
            unit: one.unit,
            then: one.then.clone(),
            now: Standing {
                total,
                band: band.map(str::to_owned),
                coefficient,
                pay: pay(regime, coefficient),
                assessment: one.assessment,
            },
            converted: one.converted,
        }
    }
}

/// Why nothing is settled for who belongs to a cohort; for a pool it stands under what pools it.
fn reason(open: &BTreeMap<CohortKey, Lack>, (key, sisters): Home) -> Option<Lack> {
    let pooled = sisters.and_then(|key| open.get(&key));
    open.get(&key).or(pooled).cloned()
}

/// What is open for one cohort is open for its sisters, where they share places with it.
fn put(open: &mut BTreeMap<CohortKey, Lack>, rule: &Cohort, (key, sisters): Home, lack: &Lack) {
    open.insert(key, lack.clone());
    let shares = rule.small.then == SmallThen::Pooled || rule.quotas.iter().any(|one| one.lent);
    if let Some(sisters) = sisters.filter(|_| shares) {
        open.insert(sisters, lack.clone());
    }
}
