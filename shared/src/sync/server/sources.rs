//! What is read beside the plans that commands name: the plans from which a signed plan carries items,
//! the plan of the period before, the units whose ledger a publication looks at.

use std::collections::BTreeSet;

use crate::carry;
use crate::id::{PeriodId, PlanId, UnitId};
use crate::organisation::Organisation;
use crate::partition::PartitionId;
use crate::plan::Scope;
use crate::regime::RegimeVersion;
use crate::row::{Row, RowKind};
use crate::sync::server::core::ServerError;
use crate::sync::server::store::{Loaded, LoadedRow, StoreError};

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
