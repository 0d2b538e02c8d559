//! Replay: executing the log from zero, to prove that the rows that stand are what was done.
//!
//! Stored changes are applied in an order that respects what each command read and touched. What
//! this build's own version of the rules decided is decided again and must give the same; older
//! versions are taken at their word, and their rows are placed where they were placed then.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::change::Change;
use crate::command::MadeCommand;
use crate::id::{CommandId, PlanId};
use crate::moment::Moment;
use crate::partition::PartitionId;
use crate::row::{Row, RowKey};
use crate::sync::message::Outcome;
use crate::sync::server::effects::{Effects, Places, placed};
use crate::sync::server::store::{Head, LogWrite, Store, StoreError, Wanted};
use crate::unapplied::{self, Recorded};
use crate::world::{ENGINE, Holdings, Stop, World};

/// What a replay went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Replayed {
    /// Entries of the log.
    pub entries: usize,
    /// Those that were decided again.
    pub decided: usize,
    /// Partitions that were compared.
    pub partitions: usize,
    /// Rows that were compared.
    pub rows: usize,
}

/// The first thing that a replay found to be different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The command at which it was found; `None` where it was found in the rows.
    pub command: Option<CommandId>,
    /// What is different.
    pub what: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(command) = self.command {
            write!(f, "command {command}: ")?;
        }
        f.write_str(&self.what)
    }
}

impl From<StoreError> for Difference {
    fn from(error: StoreError) -> Self {
        Self {
            command: None,
            what: error.to_string(),
        }
    }
}

/// A change as the log has it: the row in the very bytes in which it was written.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum LoggedChange {
    Put {
        row: Box<RawValue>,
    },
    Remove {
        key: RowKey,
        document: Option<PlanId>,
    },
}

/// Executes a log from zero and compares what comes of it with what the store holds.
pub async fn replay<S: Store>(store: &S, log: &[LogWrite]) -> Result<Replayed, Difference> {
    let mut replay = Replay::default();
    for place in order(log)? {
        replay.execute(&log[place])?;
    }
    replay.compare(store).await?;
    replay.done.entries = log.len();
    Ok(replay.done)
}

/// Finds an order in which every command comes after what it read and before what changed that.
fn order(log: &[LogWrite]) -> Result<Vec<usize>, Difference> {
    let mut writers: BTreeMap<PartitionId, BTreeMap<u64, usize>> = BTreeMap::new();
    for (place, entry) in log.iter().enumerate() {
        for (partition, ver) in &entry.touched {
            let vers = writers.entry(*partition).or_default();
            if vers.insert(*ver, place).is_some() {
                let what = format!("version {ver} of {partition} was written twice");
                return Err(at(entry, what));
            }
        }
    }
    for (partition, vers) in &writers {
        let missing = (1..).zip(vers.keys()).find(|(must, is)| must != *is);
        if let Some((missing, _)) = missing {
            let what = format!("no command wrote version {missing} of {partition}");
            let command = None;
            return Err(Difference { command, what });
        }
    }
    let writer = |partition: &PartitionId, ver: u64| writers.get(partition)?.get(&ver).copied();
    let mut after: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); log.len()];
    for (place, entry) in log.iter().enumerate() {
        let reads = entry.reads.iter().copied();
        let stood = entry.touched.iter().map(|(id, ver)| (*id, ver - 1));
        for (partition, ver) in reads.chain(stood) {
            if let Some(before) = writer(&partition, ver).filter(|before| *before != place) {
                after[before].insert(place);
            }
            if let Some(next) = writer(&partition, ver + 1).filter(|next| *next != place) {
                after[place].insert(next);
            }
        }
    }
    let mut waits = vec![0_usize; log.len()];
    for next in after.iter().flatten() {
        waits[*next] += 1;
    }
    let mut ready: BTreeSet<usize> = (0..log.len()).filter(|place| waits[*place] == 0).collect();
    let mut order = Vec::with_capacity(log.len());
    while let Some(place) = ready.pop_first() {
        order.push(place);
        for next in &after[place] {
            waits[*next] -= 1;
            if waits[*next] == 0 {
                ready.insert(*next);
            }
        }
    }
    match (0..log.len()).find(|place| waits[*place] > 0) {
        Some(stuck) => Err(at(
            &log[stuck],
            "what it read was written after it".to_owned(),
        )),
        None => Ok(early_first(log, &after, &order)),
    }
}

/// Brings what was not applied, or took effect nowhere, as far forward in an order as what comes
/// before it allows: it may have been decided by the absence of a row, and a partition that was
/// empty then has no version to name.
fn early_first(log: &[LogWrite], after: &[BTreeSet<usize>], order: &[usize]) -> Vec<usize> {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); log.len()];
    let mut rank = vec![0; log.len()];
    for (turn, place) in order.iter().enumerate() {
        rank[*place] = turn;
        for next in &after[*place] {
            before[*next].push(*place);
        }
    }
    let waits = |entry: &LogWrite| entry.outcome.is_applied() && !entry.touched.is_empty();
    let mut early: Vec<usize> = (0..log.len()).filter(|p| !waits(&log[*p])).collect();
    early.sort_by_key(|place| (log[*place].recorded_at, rank[*place]));
    let mut taken = vec![false; log.len()];
    let mut first = Vec::with_capacity(log.len());
    for place in early {
        let (mut open, mut lot) = (vec![place], Vec::new());
        while let Some(place) = open.pop() {
            if !std::mem::replace(&mut taken[place], true) {
                lot.push(place);
                open.extend(&before[place]);
            }
        }
        lot.sort_by_key(|place| rank[*place]);
        first.append(&mut lot);
    }
    first.extend(order.iter().filter(|place| !taken[**place]));
    first
}

fn at(entry: &LogWrite, what: String) -> Difference {
    let command = Some(entry.cmd_id);
    Difference { command, what }
}

/// The changes of an entry, with the texts of their rows.
fn logged_changes(entry: &LogWrite) -> Result<(Vec<Change>, Vec<Arc<str>>), Difference> {
    let logged: Vec<LoggedChange> = serde_json::from_str(&entry.changes)
        .map_err(|error| at(entry, format!("its changes cannot be read: {error}")))?;
    let (mut changes, mut texts) = (Vec::new(), Vec::new());
    for change in logged {
        match change {
            LoggedChange::Put { row } => {
                let read: Row = serde_json::from_str(row.get())
                    .map_err(|error| at(entry, format!("a row cannot be read: {error}")))?;
                texts.push(Arc::<str>::from(row.get()));
                changes.push(Change::put(read));
            }
            LoggedChange::Remove { key, document } => {
                texts.push(Arc::from(""));
                changes.push(Change::Remove { key, document });
            }
        }
    }
    Ok((changes, texts))
}

/// An entry as far as it leaves something with its author.
fn recorded(entry: &LogWrite, supersedes: Option<CommandId>) -> Recorded<'_> {
    Recorded {
        command: entry.cmd_id,
        person: entry.actor,
        device: entry.device,
        bytes: &entry.bytes,
        outcome: &entry.outcome,
        released: entry.turn > 0,
        supersedes,
        received: entry.received_at,
        recorded: entry.recorded_at,
    }
}

/// A replay under way.
struct Replay {
    world: World,
    effects: Effects,
    heads: BTreeMap<PartitionId, Head>,
    done: Replayed,
}

impl Default for Replay {
    fn default() -> Self {
        Self {
            world: World::new(Holdings::Everything),
            effects: Effects::default(),
            heads: BTreeMap::new(),
            done: Replayed::default(),
        }
    }
}

impl Replay {
    fn execute(&mut self, entry: &LogWrite) -> Result<(), Difference> {
        let told = match &entry.outcome {
            Outcome::Applied { touched } => touched.iter().all(|t| entry.touched.contains(t)),
            outcome => outcome.is_recorded(),
        };
        if !told {
            let what = format!("it cannot have ended as {:?}", entry.outcome);
            return Err(at(entry, what));
        }
        if entry.engine == ENGINE {
            self.decide_again(entry)?;
        }
        let (changes, texts) = logged_changes(entry)?;
        let touched: BTreeSet<PartitionId> = entry.touched.iter().map(|(id, _)| *id).collect();
        let place = |index: usize, row: &Row, world: &World| {
            let places = if entry.engine == 0 {
                let today = placed(row, world).into_iter();
                today.filter(|id| touched.contains(id)).collect()
            } else {
                let then = entry.places.get(index).into_iter().flatten();
                let then = then.filter_map(|place| entry.touched.get(*place as usize));
                then.map(|(id, _)| *id).collect::<Vec<_>>()
            };
            (places, Arc::clone(&texts[index]))
        };
        let places = self
            .effects
            .apply(entry.cmd_id, &mut self.world, &changes, place);
        self.placed_again(entry, &changes, &places)?;
        let numbered = self.effects.number(&mut self.heads);
        let vers = numbered.touched.get(&entry.cmd_id);
        let vers = vers.cloned().unwrap_or_default();
        let ordered = |mut vers: Vec<(PartitionId, u64)>| {
            vers.sort_unstable();
            vers
        };
        if ordered(vers.clone()) != ordered(entry.touched.clone()) {
            let what = format!("it touches {vers:?}, and touched {:?}", entry.touched);
            return Err(at(entry, what));
        }
        Ok(())
    }

    /// Compares where rows stood with where this build places them, where it decided.
    fn placed_again(
        &self,
        entry: &LogWrite,
        changes: &[Change],
        places: &Places,
    ) -> Result<(), Difference> {
        for (change, places) in changes.iter().zip(places) {
            if let Change::Put { row } = change
                && entry.engine == ENGINE
                && placed(row, &self.world) != *places
            {
                let what = format!("{} is not placed where it was", row.key());
                return Err(at(entry, what));
            }
        }
        Ok(())
    }

    /// Decides what was decided, as it was decided then, and compares; what was not decided must
    /// have left the same with its author.
    fn decide_again(&mut self, entry: &LogWrite) -> Result<(), Difference> {
        let made = MadeCommand::read(&entry.bytes);
        let supersedes = made.as_ref().ok().and_then(|made| made.supersedes);
        let left = unapplied::left(&self.world, &recorded(entry, supersedes));
        let same = |changes: &[Change]| {
            serde_json::to_string(changes).is_ok_and(|changes| changes == entry.changes)
        };
        if !matches!(
            entry.outcome,
            Outcome::Applied { .. } | Outcome::Rejected { .. }
        ) {
            if same(&left) {
                return Ok(());
            }
            let what = format!("it leaves {left:?}, and left {}", entry.changes);
            return Err(at(entry, what));
        }
        let made = made.map_err(|refusal| at(entry, format!("it cannot be read: {refusal:?}")))?;
        let moment = Moment {
            made: made.made,
            received: entry.received_at,
            recorded: entry.recorded_at,
            utc_offset: self.world.organisation().utc_offset(),
        };
        let decided = catch_unwind(AssertUnwindSafe(|| {
            self.world.decide(&made.command, entry.actor, &moment)
        }));
        self.done.decided += 1;
        let is_same = match (&decided, &entry.outcome) {
            (Ok(Ok(changes)), Outcome::Applied { .. }) => same(&[&changes[..], &left].concat()),
            (Ok(Err(Stop::Refused(now))), Outcome::Rejected { refusal }) => {
                now == refusal && same(&left)
            }
            _ => false,
        };
        if is_same {
            return Ok(());
        }
        let is = decided.map_or_else(|_| "deciding fails".to_owned(), |is| format!("{is:?}"));
        let was = format!("{:?} with {}", entry.outcome, entry.changes);
        Err(at(
            entry,
            format!("decided again it is {is}, and was {was}"),
        ))
    }

    /// Compares heads and rows with what stands.
    async fn compare<S: Store>(&mut self, store: &S) -> Result<(), Difference> {
        let different = |what: String| Difference {
            command: None,
            what,
        };
        let mut ids: BTreeSet<PartitionId> = store.partitions().await?.into_iter().collect();
        let heads = store.heads(&ids).await?;
        ids.extend(self.heads.keys());
        let standing = std::mem::take(&mut self.effects).into_standing();
        for id in ids {
            let head = heads.get(&id).cloned().unwrap_or_default();
            let replayed = self.heads.get(&id).cloned().unwrap_or_default();
            let wanted = [Wanted {
                partition: id,
                after: None,
                sum: None,
                floor: None,
            }];
            let snapshot = store.changes(&wanted, usize::MAX).await?;
            let stands = snapshot
                .changed
                .into_iter()
                .flat_map(|changed| changed.rows);
            let mut stands: BTreeMap<RowKey, (u64, Arc<str>)> = stands
                .map(|(ver, text)| {
                    let row: Row = serde_json::from_str(&text)
                        .map_err(|error| different(format!("a row of {id}: {error}")))?;
                    Ok((row.key(), (ver, text)))
                })
                .collect::<Result<_, Difference>>()?;
            let first = RowKey::first();
            let own = standing.range((id, first)..);
            for ((_, key), row) in own.take_while(|((of, _), _)| *of == id) {
                let kept = stands.remove(key);
                if kept.as_ref() != Some(row) {
                    let what = format!("{key} in {id} is {kept:?}, and must be {row:?}");
                    return Err(different(what));
                }
                self.done.rows += 1;
            }
            if let Some(key) = stands.keys().next() {
                return Err(different(format!("{key} in {id} comes from no command")));
            }
            if head != replayed {
                return Err(different(format!(
                    "{id} stands at {head:?}, and must at {replayed:?}"
                )));
            }
            self.done.partitions += 1;
        }
        Ok(())
    }
}
