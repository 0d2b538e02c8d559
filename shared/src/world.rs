//! The world: all rows that one side holds, and the only two doors, deciding and applying.
//!
//! The server holds everything; a device holds what its person may see, and answers `NotHeld`
//! where it cannot know. `NotHeld` never counts as absent: where a check needs something that is
//! not held, deciding stops, and the command waits for the server.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use crate::bug::{self, Bug};
use crate::change::Change;
use crate::command::Command;
use crate::excerpt::Excerpt;
use crate::id::{CommandId, EntryId, ItemId, PeriodId, PersonId, PlanId, UnitId};
use crate::item::Item;
use crate::ledger::{self, LedgerEntry};
use crate::moment::{Day, Moment};
use crate::organisation::Organisation;
use crate::partition::PartitionId;
use crate::plan::{Plan, Scope};
use crate::refusal::Refusal;
use crate::row::{Row, RowKey, RowKind};
use crate::unapplied::Unapplied;
use crate::{decide, permission};

pub use crate::document::PlanDocument;

/// The version of the rules that decide. It goes up with each release whose rules would decide
/// anything differently; a replay decides again only what its own version has decided.
pub const ENGINE: u32 = 6;

/// The most steps that deciding one command may take; part of the engine version.
pub const MOST_STEPS: u64 = 1_000_000;

/// What a side knows of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held<T> {
    /// It is there.
    Present(T),
    /// It is known not to be there.
    Absent,
    /// This side cannot know.
    NotHeld,
}

impl<T> Held<T> {
    /// Gives the thing; refuses as not found where it is known to be absent.
    pub fn or_not_found(self, what: &str) -> Result<T, Stop> {
        match self {
            Self::Present(thing) => Ok(thing),
            Self::Absent => Err(Refusal::not_found(what).into()),
            Self::NotHeld => Err(Stop::NotHeld),
        }
    }
}

/// Why deciding did not yield changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The command is refused.
    Refused(Refusal),
    /// This side does not hold what a check needs; the server will decide.
    NotHeld,
    /// The step limit is passed.
    StepLimit,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What a side holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holdings {
    /// The server.
    Everything,
    /// A device.
    Granted {
        /// Whose device.
        person: PersonId,
        /// The partitions that the server granted and delivered.
        partitions: Arc<BTreeSet<PartitionId>>,
    },
}

/// All rows that one side holds. Cloning shares the rows until they are changed.
#[derive(Debug, Clone)]
pub struct World {
    organisation: Arc<Organisation>,
    plans: BTreeMap<PlanId, Arc<PlanDocument>>,
    unapplied: Arc<BTreeMap<CommandId, Unapplied>>,
    holdings: Holdings,
}

/// What a rule sees of the case it decides: the rows, the actor, the times, and a step counter.
pub struct Case<'a> {
    /// The rows.
    pub world: &'a World,
    /// Who acts.
    pub actor: PersonId,
    /// The times.
    pub moment: &'a Moment,
    steps: Cell<u64>,
}

impl Case<'_> {
    /// Counts steps of work; stops past the limit, so that no document can hold up a server.
    pub fn work(&self, steps: usize) -> Result<(), Stop> {
        let taken = self.steps.get().saturating_add(steps as u64);
        self.steps.set(taken);
        if taken > MOST_STEPS {
            Err(Stop::StepLimit)
        } else {
            Ok(())
        }
    }

    /// The organisation's rows.
    pub fn organisation(&self) -> &Organisation {
        &self.world.organisation
    }

    /// The organisation's day on which the command is executed.
    pub fn today(&self) -> Day {
        self.moment.today()
    }

    /// The plan and its document.
    pub fn plan(&self, plan: PlanId) -> Result<(&Plan, &PlanDocument), Stop> {
        self.work(1)?;
        self.world.plan(plan).or_not_found("plan")
    }

    /// An item of a plan's document.
    pub fn item<'d>(&self, document: &'d PlanDocument, item: ItemId) -> Result<&'d Item, Stop> {
        self.work(1)?;
        document
            .items
            .get(&item)
            .ok_or_else(|| Refusal::not_found("item").into())
    }
}

impl World {
    /// Makes an empty world.
    pub fn new(holdings: Holdings) -> Self {
        Self {
            organisation: Arc::default(),
            plans: BTreeMap::new(),
            unapplied: Arc::default(),
            holdings,
        }
    }

    /// Makes a world that shares an organisation; the server's batches start so.
    pub fn with_organisation(organisation: Arc<Organisation>, holdings: Holdings) -> Self {
        Self {
            organisation,
            plans: BTreeMap::new(),
            unapplied: Arc::default(),
            holdings,
        }
    }

    /// The organisation's rows.
    pub const fn organisation(&self) -> &Arc<Organisation> {
        &self.organisation
    }

    /// The commands that were not applied and are not closed yet.
    pub fn unapplied(&self) -> &BTreeMap<CommandId, Unapplied> {
        &self.unapplied
    }

    /// Replaces what the side holds.
    pub fn set_holdings(&mut self, holdings: Holdings) {
        self.holdings = holdings;
    }

    /// Every document held, in order of plan id.
    pub fn documents(&self) -> impl Iterator<Item = (PlanId, &PlanDocument)> {
        self.plans
            .iter()
            .map(|(id, document)| (*id, document.as_ref()))
    }

    /// Every document held, shared: the same allocation for as long as the document is the same.
    pub fn shared_documents(&self) -> impl Iterator<Item = (PlanId, &Arc<PlanDocument>)> {
        self.plans.iter().map(|(id, document)| (*id, document))
    }

    /// The documents after a plan, in the order of their plans; all of them after none.
    pub fn shared_documents_after(
        &self,
        plan: Option<PlanId>,
    ) -> impl Iterator<Item = (PlanId, &Arc<PlanDocument>)> {
        let from = plan.map_or(Bound::Unbounded, Bound::Excluded);
        let after = self.plans.range((from, Bound::Unbounded));
        after.map(|(id, document)| (*id, document))
    }

    /// One document, whole or in part.
    pub fn document(&self, plan: PlanId) -> Option<&PlanDocument> {
        self.plans.get(&plan).map(AsRef::as_ref)
    }

    /// The entries of the ledger of a unit and a period, as far as this side holds them.
    pub fn ledger(
        &self,
        unit: UnitId,
        period: PeriodId,
    ) -> Option<&BTreeMap<EntryId, LedgerEntry>> {
        let document = self.plans.get(&ledger::document(unit, period))?;
        Some(&document.entries)
    }

    /// One entry of a ledger.
    pub fn entry(&self, unit: UnitId, period: PeriodId, entry: EntryId) -> Held<&LedgerEntry> {
        let found = self.ledger(unit, period);
        let found = found.and_then(|entries| entries.get(&entry));
        found.map_or_else(|| self.unknown(), Held::Present)
    }

    /// A plan with its document.
    ///
    /// A device never says `Absent` of an id: the plan may stand where it may not look.
    pub fn plan(&self, plan: PlanId) -> Held<(&Plan, &PlanDocument)> {
        let document = self.plans.get(&plan);
        match document.and_then(|document| Some((document.plan.as_ref()?, document.as_ref()))) {
            Some(found) => Held::Present(found),
            None => self.unknown(),
        }
    }

    /// What a side says of an id that it does not find.
    fn unknown<T>(&self) -> Held<T> {
        match self.holdings {
            Holdings::Everything => Held::Absent,
            Holdings::Granted { .. } if bug::is(Bug::NotHeldIsAbsent) => Held::Absent,
            Holdings::Granted { .. } => Held::NotHeld,
        }
    }

    /// Says whether every row is held: the server's side.
    pub const fn holds_everything(&self) -> bool {
        matches!(self.holdings, Holdings::Everything)
    }

    /// Says whether this side holds a partition, or knows by the policy that it would.
    pub fn holds(&self, partition: PartitionId, day: Day) -> bool {
        match &self.holdings {
            Holdings::Everything => true,
            Holdings::Granted { person, partitions } => {
                partitions.contains(&partition)
                    || permission::may_see(&self.organisation, *person, day, partition)
            }
        }
    }

    /// The plan of a unit, or of one person in it, for a period.
    pub fn plan_of(
        &self,
        unit: UnitId,
        period: PeriodId,
        scope: Scope,
        owner: PersonId,
        day: Day,
    ) -> Held<&Plan> {
        let found = self
            .plans
            .values()
            .filter_map(|document| document.plan.as_ref())
            .find(|plan| {
                plan.unit == unit
                    && plan.period == period
                    && plan.scope == scope
                    && (scope == Scope::Unit || plan.owner == owner)
            });
        let home = match scope {
            Scope::Unit => PartitionId::Common(unit, period),
            Scope::Personal => PartitionId::Personal(unit, period),
        };
        let own = PartitionId::User(owner);
        match found {
            Some(plan) => Held::Present(plan),
            None if self.holds(home, day) => Held::Absent,
            None if scope == Scope::Personal && self.holds(own, day) => Held::Absent,
            None => Held::NotHeld,
        }
    }

    /// Decides a command: the changes that it makes, or why it makes none.
    ///
    /// Pure: the same world, command, actor and moment give the same answer everywhere.
    pub fn decide(
        &self,
        command: &Command,
        actor: PersonId,
        moment: &Moment,
    ) -> Result<Vec<Change>, Stop> {
        let case = Case {
            world: self,
            actor,
            moment,
            steps: Cell::new(0),
        };
        decide::decide(&case, command)
    }

    /// Applies a change; this cannot fail.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Put { row } => self.put(row),
            Change::Remove { key, document } => self.remove(*key, *document),
        }
    }

    /// Puts a row where it belongs.
    pub fn put(&mut self, row: &Row) {
        self.take(row.clone());
    }

    /// The same, for a row that nobody else needs.
    pub fn take(&mut self, row: Row) {
        if let Some(plan) = row.document() {
            let document = Arc::make_mut(self.plans.entry(plan).or_default());
            document.put(row);
        } else if let Row::Unapplied(row) = row {
            Arc::make_mut(&mut self.unapplied).insert(row.command, row);
        } else {
            Arc::make_mut(&mut self.organisation).put(row);
        }
    }

    /// Lays texts down of rows of one kind that this side has read before; those of a document are
    /// read again when somebody looks at rows of their kind there.
    pub fn lay<'a>(
        &mut self,
        kind: RowKind,
        document: Option<PlanId>,
        texts: impl IntoIterator<Item = &'a Excerpt>,
    ) -> serde_json::Result<()> {
        let mut texts = texts.into_iter().peekable();
        let Some(plan) = document else {
            for text in texts {
                self.take(read(text)?);
            }
            return Ok(());
        };
        if texts.peek().is_none() {
            return Ok(());
        }
        let document = Arc::make_mut(self.plans.entry(plan).or_default());
        if !document.lay(kind, &mut texts) {
            for text in texts {
                document.put(read(text)?);
            }
        }
        Ok(())
    }

    /// The documents in which somebody looked for rows of which a text cannot be read.
    pub(crate) fn torn(&self) -> impl Iterator<Item = PlanId> {
        let torn = self.plans.iter().filter(|(_, document)| document.is_torn());
        torn.map(|(id, _)| *id)
    }

    /// Says that what could not be read of a document has come anew.
    pub(crate) fn mend(&mut self, plan: PlanId) {
        if let Some(document) = self.plans.get_mut(&plan)
            && document.is_torn()
        {
            Arc::make_mut(document).mend();
        }
    }

    /// Takes a row away; a row of the organisation is ended by its dates and never taken away,
    /// except when a device drops what it may no longer see.
    pub fn remove(&mut self, key: RowKey, document: Option<PlanId>) {
        let Some(plan) = document else {
            if key.kind == RowKind::Unapplied {
                let command = CommandId::from_bits(key.bits);
                Arc::make_mut(&mut self.unapplied).remove(&command);
                return;
            }
            Arc::make_mut(&mut self.organisation).remove(key);
            return;
        };
        if let Some(kept) = self.plans.get_mut(&plan) {
            let kept = Arc::make_mut(kept);
            kept.remove(key);
            if kept.is_empty() {
                self.plans.remove(&plan);
            }
        }
    }
}

fn read(text: &Excerpt) -> serde_json::Result<Row> {
    let none = || serde::de::Error::custom("what is kept of a row is no text");
    Row::read(&text.alone().ok_or_else(none)?)
}
