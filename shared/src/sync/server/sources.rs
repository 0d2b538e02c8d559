//! What is read beside the plans that commands name: the plans from which a signed plan carries items,
//! the plan of the period before, the units whose ledger a publication looks at, the plans whose results
//! others take, and everybody of a cohort.

use std::collections::BTreeSet;

use crate::carry;
use crate::cohort::{self, CohortKey};
use crate::command::Command;
use crate::id::{PeriodId, PersonId, PlanId, UnitId};
use crate::ledger;
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::partition::PartitionId;
use crate::payroll;
use crate::period::expected;
use crate::plan::{Plan, Scope};
use crate::regime::RegimeVersion;
use crate::regime::people::NoPlan;
use crate::result::engine_3::compile;
use crate::result::facts;
use crate::row::{Row, RowKind};
use crate::sync::server::core::ServerError;
use crate::sync::server::store::{Loaded, LoadedRow, StoreError};

/// Of which plans, cohorts and lists the commands of a batch read others' plans, too.
#[derive(Default)]
pub(super) struct Others {
    /// Plans that take results of others.
    taking: BTreeSet<PlanId>,
    /// Plans that are sealed.
    sealing: BTreeSet<PlanId>,
    closing: Vec<(PeriodId, CohortKey)>,
    listing: Vec<(PeriodId, Vec<UnitId>)>,
}

impl Others {
    /// Notes what a command reads.
    pub(super) fn note(&mut self, command: &Command) {
        match command {
            Command::PublishResult(args) => drop(self.taking.insert(args.plan)),
            Command::SealResult(args) => {
                self.taking.insert(args.plan);
                self.taking.extend(&args.parts);
                self.sealing.insert(args.plan);
            }
            Command::HangList(args) => self.listing.push((args.period, args.units.clone())),
            Command::DrawSample(args) => self.listing.push((args.period, Vec::new())),
            Command::SettleCohort(args) => self.closing.push((args.period, args.cohort)),
            _ => {}
        }
    }

    /// Says whether nothing is read.
    pub(super) fn is_empty(&self) -> bool {
        self.taking.is_empty() && self.closing.is_empty() && self.listing.is_empty()
    }
}

/// What signatures read beside their own plans.
#[derive(Default)]
pub(super) struct Sources {
    /// Whole documents.
    pub(super) documents: BTreeSet<PlanId>,
    /// Partitions of which the plans are read, to tell whether one stands there.
    pub(super) plans_in: BTreeSet<PartitionId>,
}

impl Sources {
    /// The plans from which loaded plans that are to be signed carry items over provisionally.
    pub(super) fn of(loaded: &Loaded, signed: &BTreeSet<PlanId>) -> Result<Self, ServerError> {
        let of_signed = |row: &&LoadedRow| {
            let key = row.key;
            key.kind == RowKind::Item && key.document.is_some_and(|plan| signed.contains(&plan))
        };
        let mut sources = Self::default();
        for row in loaded.rows.iter().filter(of_signed) {
            let read = serde_json::from_str(&row.text);
            let row = read.map_err(|error| StoreError::Corrupt(format!("an item: {error}")))?;
            if let Row::Item(item) = row {
                let from = item.lineage.filter(|from| from.provisional);
                sources.documents.extend(from.map(|from| from.plan));
            }
        }
        Ok(sources)
    }

    /// Adds the plan of the period before of each plan that is to be signed, where what is unfinished
    /// there has to go on: first where it would stand, then the plan itself.
    pub(super) fn add_before(
        &mut self,
        loaded: &Loaded,
        signed: &BTreeSet<PlanId>,
        organisation: &Organisation,
    ) -> Result<(), ServerError> {
        if !organisation
            .regimes
            .values()
            .any(RegimeVersion::forces_carry)
        {
            return Ok(());
        }
        let mut plans = Vec::new();
        for row in loaded
            .rows
            .iter()
            .filter(|row| row.key.kind == RowKind::Plan)
        {
            let read = serde_json::from_str(&row.text);
            let row = read.map_err(|error| StoreError::Corrupt(format!("a plan: {error}")))?;
            if let Row::Plan(plan) = row {
                plans.push(plan);
            }
        }
        for plan in plans.iter().filter(|plan| signed.contains(&plan.id)) {
            let Some(before) = carry::forced_from(organisation, plan) else {
                continue;
            };
            self.plans_in.insert(match plan.scope {
                Scope::Unit => PartitionId::Common(plan.unit, before.id),
                Scope::Personal => PartitionId::Personal(plan.unit, before.id),
            });
            let source = plans.iter().filter(|other| {
                (other.unit, other.period, other.scope) == (plan.unit, before.id, plan.scope)
                    && (plan.scope == Scope::Unit || other.owner == plan.owner)
            });
            self.documents.extend(source.map(|source| source.id));
        }
        Ok(())
    }
}

impl Sources {
    /// Adds the plans whose results some plans take: first where they would stand, then the plans.
    fn add_results(
        &mut self,
        plans: &[Plan],
        taking: &BTreeSet<PlanId>,
        organisation: &Organisation,
        day: Day,
    ) {
        for plan in plans.iter().filter(|plan| taking.contains(&plan.id)) {
            let Some(period) = organisation.periods.get(&plan.period) else {
                continue;
            };
            let rules = organisation.rules(period);
            let Some(program) = rules.and_then(|rules| compile(rules.regime, period.kind).ok())
            else {
                continue;
            };
            for (of, _) in program.taken() {
                for sought in facts::sought(organisation, plan, period, *of, day).concat() {
                    self.plans_in
                        .insert(partition(sought.unit, sought.period, sought.scope));
                    let found = plans.iter().filter(|other| sought.is(other));
                    self.documents.extend(found.map(|found| found.id));
                }
            }
        }
    }

    /// Adds everybody who is settled together with a cohort: first all places where plans of the
    /// period would stand, then the plans; and gives these.
    fn add_cohort(
        &mut self,
        plans: &[Plan],
        (period, cohort): (PeriodId, CohortKey),
        organisation: &Organisation,
        day: Day,
    ) -> BTreeSet<PlanId> {
        for unit in organisation.units.keys() {
            for scope in [Scope::Unit, Scope::Personal] {
                self.plans_in.insert(partition(*unit, period, scope));
            }
        }
        let Ok((_, _, rules)) = organisation.judged(period) else {
            return BTreeSet::new();
        };
        let Some(rule) = &rules.regime.cohort else {
            return BTreeSet::new();
        };
        let members = cohort::members(organisation, rule, plans.iter(), period, day);
        let together = cohort::family(rule, members, cohort);
        let mut wanted: BTreeSet<PlanId> = BTreeSet::new();
        for member in &together {
            wanted.extend(&member.plans);
            if let CohortKey::Unit(unit) = member.cohort {
                let department = |plan: &&Plan| {
                    (plan.unit, plan.period, plan.scope) == (unit, period, Scope::Unit)
                };
                wanted.extend(plans.iter().filter(department).map(|plan| plan.id));
            }
        }
        self.documents.extend(&wanted);
        wanted
    }
}

impl Sources {
    /// Adds what drawing a month's pay reads: payables, slips and ledgers; and gives the ledgers'
    /// partitions, where an entry may come at the same time.
    pub(super) fn add_pay(
        &mut self,
        loaded: &Loaded,
        month: Day,
        organisation: &Organisation,
    ) -> Result<Vec<PartitionId>, ServerError> {
        let batches = loaded.rows.iter();
        let batches = batches.filter(|row| row.key.kind == RowKind::PayBatch);
        let mut months = BTreeSet::from([month]);
        for row in batches {
            let read = serde_json::from_str(&row.text);
            let read = read.map_err(|error| StoreError::Corrupt(format!("a batch: {error}")))?;
            if let Row::PayBatch(batch) = read {
                months.insert(batch.month);
            }
        }
        let read = payroll::reads(organisation, month, months.into_iter());
        self.documents.extend(read);
        let ledgers = payroll::ledgers(organisation, month);
        let books = ledgers.iter();
        let books = books.map(|(unit, period)| ledger::document(*unit, *period));
        self.documents.extend(books);
        let partition = |(unit, period)| PartitionId::Ledger(unit, period);
        Ok(ledgers.into_iter().map(partition).collect())
    }

    /// Adds all that is read of others.
    pub(super) fn add_others(
        &mut self,
        plans: &[Plan],
        others: &Others,
        organisation: &Organisation,
        day: Day,
    ) {
        let mut all = others.taking.clone();
        for cohort in &others.closing {
            all.extend(self.add_cohort(plans, *cohort, organisation, day));
        }
        for (period, units) in &others.listing {
            all.extend(self.add_listed(plans, (*period, units), organisation));
        }
        self.add_beside(plans, &others.sealing, organisation);
        self.add_results(plans, &all, organisation, day);
    }

    /// Adds all plans of a period of whoever has one in some units, or of everybody where none is named:
    /// first where they would stand; and gives them.
    fn add_listed(
        &mut self,
        plans: &[Plan],
        (period, units): (PeriodId, &[UnitId]),
        organisation: &Organisation,
    ) -> BTreeSet<PlanId> {
        for unit in organisation.units.keys() {
            for scope in [Scope::Unit, Scope::Personal] {
                self.plans_in.insert(partition(*unit, period, scope));
            }
        }
        let here = plans.iter().filter(|plan| plan.period == period);
        let about = |plan: &&Plan| units.is_empty() || units.contains(&plan.unit);
        let owners: BTreeSet<PersonId> =
            here.clone().filter(about).map(|plan| plan.owner).collect();
        let wanted = here.filter(|plan| owners.contains(&plan.owner));
        let wanted: BTreeSet<PlanId> = wanted.map(|plan| plan.id).collect();
        self.documents.extend(&wanted);
        wanted
    }

    /// Adds where the plans stand without which the regimes of some plans seal nothing.
    fn add_beside(
        &mut self,
        plans: &[Plan],
        sealing: &BTreeSet<PlanId>,
        organisation: &Organisation,
    ) {
        for plan in plans.iter().filter(|plan| sealing.contains(&plan.id)) {
            let period = organisation.periods.get(&plan.period);
            let rules = period.and_then(|period| organisation.rules(period));
            if rules.is_none_or(|rules| rules.regime.people.no_plan != NoPlan::Blocks) {
                continue;
            }
            for unit in expected::beside(organisation, plan) {
                for scope in [Scope::Unit, Scope::Personal] {
                    self.plans_in.insert(partition(unit, plan.period, scope));
                }
            }
        }
    }
}

/// Where the plans of a unit stand.
const fn partition(unit: UnitId, period: PeriodId, scope: Scope) -> PartitionId {
    match scope {
        Scope::Unit => PartitionId::Common(unit, period),
        Scope::Personal => PartitionId::Personal(unit, period),
    }
}

/// Every loaded plan.
pub(super) fn plans_of(loaded: &Loaded) -> Result<Vec<Plan>, ServerError> {
    let rows = loaded
        .rows
        .iter()
        .filter(|row| row.key.kind == RowKind::Plan);
    let mut plans = Vec::new();
    for row in rows {
        let read = serde_json::from_str(&row.text);
        let read = read.map_err(|error| StoreError::Corrupt(format!("a plan: {error}")))?;
        if let Row::Plan(plan) = read {
            plans.push(plan);
        }
    }
    Ok(plans)
}

/// The units and periods of loaded plans.
pub(super) fn units_of(
    loaded: &Loaded,
    plans: &BTreeSet<PlanId>,
) -> Result<Vec<(UnitId, PeriodId)>, ServerError> {
    let mut found = Vec::new();
    for row in loaded
        .rows
        .iter()
        .filter(|row| row.key.kind == RowKind::Plan)
    {
        if row.key.document.is_some_and(|plan| plans.contains(&plan)) {
            let read = serde_json::from_str(&row.text);
            let read = read.map_err(|error| StoreError::Corrupt(format!("a plan: {error}")))?;
            if let Row::Plan(plan) = read {
                found.push((plan.unit, plan.period));
            }
        }
    }
    Ok(found)
}
