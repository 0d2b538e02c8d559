//! What-if 试算: a period under another regime, without anybody acting on it.
//!
//! What was recorded when results were published is read as the other rules read it, and judged
//! anew; no row is written and nothing is activated. Who cannot be compared is named with the facts
//! that nobody recorded. Plans come in one by one, so that a caller shows how far it is and stops
//! whenever somebody asks.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use crate::cohort::Seat;
use crate::id::{PeriodId, PersonId, PlanId, UnitId};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::partition::PartitionId;
use crate::period::Period;
use crate::permission;
use crate::plan::{Plan, Scope};
use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::Document;
use crate::regime::total::ResultOf;
use crate::result::PlanResult;
use crate::result::engine_3::inputs::{Inputs, KnownResult};
use crate::result::engine_3::{self, Figures, Tape};
use crate::seal::SealedResult;
use crate::world::{PlanDocument, World};

mod asks;
mod beside;
mod closing;
mod lack;
mod outcome;
mod people;
mod rating;
mod recorded;
mod translate;

pub use lack::Lack;
pub use outcome::{Apart, Line, Outcome, Standing, Sums, UnitSum};

use translate::{Side, Translated, Translation};

/// A period on its way through another regime.
pub struct WhatIf {
    organisation: Arc<Organisation>,
    reader: PersonId,
    day: Day,
    period: Period,
    was: Document,
    is: Document,
    with: Translation,
    tape: Tape,
    plans: BTreeMap<PlanId, Case>,
    /// Plans of units, and of people in units; those too whose results are not for the reader.
    unit_plans: BTreeMap<UnitId, PlanId>,
    own_plans: BTreeMap<(UnitId, PersonId), PlanId>,
    /// Among whom the owners of plans stand on the period's last day.
    seats: BTreeMap<(UnitId, PersonId), Seat>,
    sealed: BTreeMap<PersonId, SealedResult>,
    waiting: VecDeque<PlanId>,
    /// How many of those that wait were looked at since one of them was judged.
    idle: usize,
}

/// A plan with its result as it was and as it is.
struct Case {
    plan: PlanId,
    unit: UnitId,
    owner: PersonId,
    scope: Scope,
    /// What was published, where the owner has several parts of which both are weighed.
    result: Option<Box<PlanResult>>,
    then: Published,
    now: Now,
}

/// What was published.
#[derive(Clone)]
struct Published {
    version: u32,
    total: Points,
    band: Option<String>,
    coefficient: BasisPoints,
}

/// What the other rules give.
enum Now {
    /// The results of others that count are not judged yet.
    Waits(Box<Translated>),
    /// Figures; with the facts where they are weighed with others.
    Judged(Figures, u32, Option<Box<Inputs>>),
    /// It cannot be said.
    Lacks(Vec<Lack>),
}

impl WhatIf {
    /// Begins with a period and the regime under which it is tried, for somebody who looks on a day.
    ///
    /// Refuses a period that is not there or never judged, a regime that could not be adopted, and
    /// one that does not judge periods of this kind.
    pub fn new(
        organisation: &Arc<Organisation>,
        (reader, day): (PersonId, Day),
        period: PeriodId,
        other: Document,
    ) -> Result<Self, Refusal> {
        let findings = other.findings();
        if !findings.is_empty() {
            return Err(Refusal::RegimeInvalid { findings });
        }
        let (period, version, _) = organisation.judged(period)?;
        let old = Side::of(version.document.read(), period.kind)?;
        let new = Side::of(other.read(), period.kind)?;
        Ok(Self {
            reader,
            day,
            period: period.clone(),
            was: version.document.clone(),
            // What is judged anew is judged by the third arithmetic, whatever the format.
            is: Document::V2(other.read()),
            with: Translation::new(old, new),
            tape: Tape::default(),
            plans: BTreeMap::new(),
            unit_plans: BTreeMap::new(),
            own_plans: BTreeMap::new(),
            seats: BTreeMap::new(),
            sealed: BTreeMap::new(),
            waiting: VecDeque::new(),
            idle: 0,
            organisation: Arc::clone(organisation),
        })
    }

    /// Takes one plan in, unless it is of another period or its result is not for the reader.
    pub fn add(&mut self, document: &PlanDocument) {
        let Some(plan) = &document.plan else { return };
        if plan.period != self.period.id {
            return;
        }
        match plan.scope {
            Scope::Unit => self.unit_plans.insert(plan.unit, plan.id),
            Scope::Personal => self.own_plans.insert((plan.unit, plan.owner), plan.id),
        };
        if !self.may_see(plan, document) {
            return;
        }
        let (now, then) = match document.result() {
            Some(result) => (self.read(result), self.published(result)),
            None => (Now::Lacks(vec![Lack::NoResult]), Published::NONE),
        };
        let newest = document.sealed.last_key_value().map(|(_, sealed)| sealed);
        if let Some(sealed) = newest {
            self.keep_sealed(sealed);
        }
        if let Now::Waits(_) = now {
            self.waiting.push_back(plan.id);
        }
        let seat = Seat::of(&self.organisation, plan, self.period.to);
        self.seats.insert((plan.unit, plan.owner), seat);
        let several = self.has_several(plan.owner);
        let result = document.result().filter(|_| several);
        let case = Case {
            plan: plan.id,
            unit: plan.unit,
            owner: plan.owner,
            scope: plan.scope,
            result: result.cloned().map(Box::new),
            then,
            now,
        };
        self.plans.insert(plan.id, case);
    }

    /// Judges plans that waited for the results of others, at most so many; says whether more wait.
    pub fn go_on(&mut self, most: usize) -> bool {
        for _ in 0..most {
            let Some(id) = self.waiting.pop_front() else {
                return false;
            };
            self.idle = if self.look_again(id) {
                0
            } else {
                self.idle + 1
            };
            if self.idle > self.waiting.len() {
                for id in std::mem::take(&mut self.waiting) {
                    self.put(id, Now::Lacks(vec![Lack::Result]));
                }
            }
        }
        !self.waiting.is_empty()
    }

    /// Ends it: what hangs on everybody of a cohort, and the sums.
    pub fn finish(mut self) -> Outcome {
        self.go_on(usize::MAX);
        let (here, apart) = self.people();
        let (lines, apart) = self.close(here, apart);
        outcome::of(lines, apart, self.without())
    }

    /// Keys of tariffs that the other rules charge and of which no entry could be made then.
    fn without(&self) -> Vec<String> {
        let old = &self.with.old.regime.tariffs;
        let known = |key: &String| old.iter().any(|tariff| tariff.key == *key);
        let asked = self.with.asks.tariffs.iter();
        asked.filter(|key| !known(key)).cloned().collect()
    }

    fn may_see(&self, plan: &Plan, document: &PlanDocument) -> bool {
        permission::may_see_result(
            &self.organisation,
            self.reader,
            self.day,
            (plan, document.result()),
        )
    }

    fn keep_sealed(&mut self, sealed: &SealedResult) {
        let newer = |kept: &SealedResult| {
            (kept.times.recorded, kept.version) < (sealed.times.recorded, sealed.version)
        };
        if self.sealed.get(&sealed.person).is_none_or(newer) {
            self.sealed.insert(sealed.person, sealed.clone());
        }
    }

    /// Whether somebody was in several units in the assessed days.
    fn has_several(&self, person: PersonId) -> bool {
        let (from, to) = self.with.old.rules().assessed_days(&self.period);
        let posts = self.organisation.assignments.values();
        let span = crate::moment::InForce { from, to: Some(to) };
        let units: BTreeSet<UnitId> = posts
            .filter(|post| post.person == person && post.in_force.meets(&span))
            .map(|post| post.unit)
            .collect();
        units.len() > 1
    }

    fn published(&self, result: &PlanResult) -> Published {
        let of_three = result.three.as_ref().and_then(|three| three.band.clone());
        let band = of_three.or_else(|| {
            let bands = self.with.old.regime.bands();
            let found = bands.iter().find(|band| band.holds(result.total));
            found.map(|band| band.key.clone())
        });
        Published {
            version: result.version,
            total: result.total,
            band,
            coefficient: result.coefficient,
        }
    }

    /// Reads what a result recorded, and judges it where nothing else counts.
    fn read(&mut self, result: &PlanResult) -> Now {
        let old = &self.with.old;
        let recorded = recorded::recorded(result, &old.regime, &old.program);
        let recorded = match recorded {
            Ok(recorded) => recorded,
            Err(refusal) => return Now::Lacks(vec![Lack::Refused(refusal)]),
        };
        match self.with.read(&recorded) {
            Err(lacks) => Now::Lacks(lacks),
            Ok(read) if self.waits() => Now::Waits(Box::new(read)),
            Ok(read) => self.judge(read, result.owner),
        }
    }

    /// Whether the other rules take results of others that they judge themselves.
    fn waits(&self) -> bool {
        let mut taken = self.with.new.program.taken().iter();
        taken.any(|(of, _)| translate::is_of_the_period(*of))
    }

    fn judge(&mut self, read: Translated, owner: PersonId) -> Now {
        let judged = engine_3::person(&self.with.new.program, &read.inputs, &mut self.tape);
        match judged {
            Ok(figures) if figures.preliminary => Now::Lacks(vec![Lack::Result]),
            Ok(figures) => {
                let kept = self.has_several(owner).then(|| Box::new(read.inputs));
                Now::Judged(figures, read.converted, kept)
            }
            Err(refusal) => Now::Lacks(vec![Lack::Refused(refusal)]),
        }
    }

    fn put(&mut self, id: PlanId, now: Now) {
        if let Some(case) = self.plans.get_mut(&id) {
            case.now = now;
        }
    }

    /// Judges one that waited, once the others are; says whether it waits no more.
    fn look_again(&mut self, id: PlanId) -> bool {
        let Some(case) = self.plans.get_mut(&id) else {
            return true;
        };
        let owner = case.owner;
        let (unit, scope) = (case.unit, case.scope);
        let now = std::mem::replace(&mut case.now, Now::Lacks(vec![Lack::Result]));
        let Now::Waits(mut read) = now else {
            return true;
        };
        for (place, of) in std::mem::take(&mut read.open) {
            match self.other(of, unit, (scope, owner), id) {
                Ok(Some(plan)) => {
                    let fact = translate::unknown_yet(place, plan);
                    read.inputs.results.push(fact);
                }
                Ok(None) => {}
                Err(lack) => {
                    self.put(id, Now::Lacks(vec![lack]));
                    return true;
                }
            }
        }
        let mut facts = std::mem::take(&mut read.inputs.results);
        let mut known = Ok(());
        for fact in &mut facts {
            let taken = self.with.new.program.taken();
            let of = taken.get(usize::from(fact.place));
            let of_the_period = of.is_some_and(|(of, _)| translate::is_of_the_period(*of));
            if !of_the_period {
                continue;
            }
            match self.known(fact.plan, fact.place) {
                Ok(Some(result)) => fact.known = Some(result),
                Ok(None) => {
                    read.inputs.results = facts;
                    self.put(id, Now::Waits(read));
                    self.waiting.push_back(id);
                    return false;
                }
                Err(lack) => known = Err(lack),
            }
        }
        read.inputs.results = facts;
        read.inputs.sort();
        let now = match known {
            Ok(()) => self.judge(*read, owner),
            Err(lack) => Now::Lacks(vec![lack]),
        };
        self.put(id, now);
        true
    }

    /// The plan whose result a part takes; none where there is none by the rules.
    fn other(
        &self,
        of: ResultOf,
        unit: UnitId,
        (scope, owner): (Scope, PersonId),
        own: PlanId,
    ) -> Result<Option<PlanId>, Lack> {
        let of_unit = |unit: UnitId| match self.unit_plans.get(&unit) {
            Some(plan) => Ok(Some(*plan)),
            // Whoever would see it knows that there is none.
            None if self.sees_plan_of(unit) => Ok(None),
            None => Err(Lack::Result),
        };
        let found = match of {
            ResultOf::Department if scope == Scope::Unit => {
                let above = self.organisation.upwards(unit).nth(1);
                above.map(of_unit).transpose()?.flatten()
            }
            ResultOf::Department => of_unit(unit)?,
            ResultOf::Responsibility => {
                let head = self
                    .organisation
                    .head(unit, self.period.to)
                    .unwrap_or(owner);
                match self.own_plans.get(&(unit, head)) {
                    Some(personal) => Some(*personal),
                    None => of_unit(unit)?,
                }
            }
            ResultOf::Cycle { .. } => return Err(Lack::Result),
        };
        Ok(found.filter(|plan| *plan != own))
    }

    fn sees_plan_of(&self, unit: UnitId) -> bool {
        let common = PartitionId::Common(unit, self.period.id);
        permission::may_see(&self.organisation, self.reader, self.day, common)
    }

    /// What the other rules give of another plan; none while it waits itself.
    fn known(&self, plan: PlanId, place: u16) -> Result<Option<KnownResult>, Lack> {
        let case = self.plans.get(&plan).ok_or(Lack::Result)?;
        match &case.now {
            Now::Waits(_) => Ok(None),
            Now::Lacks(_) => Err(Lack::Result),
            Now::Judged(figures, ..) => {
                let grades = &self.with.new.regime.grades;
                let band = figures.band.and_then(|at| grades.key(usize::from(at)));
                let taken = self.with.new.program.taken().get(usize::from(place));
                let keys = taken.map(|(_, keys)| keys.as_slice()).unwrap_or_default();
                let band = band.and_then(|band| keys.iter().position(|key| key == band));
                Ok(Some(KnownResult {
                    version: case.then.version,
                    digest: String::new(),
                    total: figures.total,
                    band: band.and_then(|at| u16::try_from(at).ok()),
                }))
            }
        }
    }
}

impl Published {
    const NONE: Self = Self {
        version: 0,
        total: Points(0),
        band: None,
        coefficient: BasisPoints(0),
    };
}

/// The plans of a period that this side holds, in the order in which they are taken in.
pub fn plans_of(world: &World, period: PeriodId) -> Vec<PlanId> {
    let of = |document: &PlanDocument| {
        let plan = document.plan.as_ref();
        plan.is_some_and(|plan| plan.period == period)
    };
    let documents = world.documents();
    let held = documents.filter(|(_, document)| of(document));
    held.map(|(id, _)| id).collect()
}
