//! What a device knows in memory: confirmed rows, pending commands, and the view over both.
//!
//! Memory mirrors storage: it changes only by what a committed batch wrote. The view is derived.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::bug::{self, Bug};
use crate::command::MadeCommand;
use crate::id::{CommandId, DeviceId, Epoch, PersonId};
use crate::lane::Lane;
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::permission::may_see;
use crate::refusal::Refusal;
use crate::sync::client::folding::Watch;
use crate::sync::client::kept::{
    Ack, Attention, Cursor, DEVICE, OutboxRow, STATE, State, TAIL, Tail, take, text, value,
};
use crate::sync::client::making::Shown;
use crate::sync::client::packed::{self, HeldPartition};
use crate::sync::client::storage::{Batch, Cache, Contents, Op, StorageError, Store};
use crate::sync::message::Outcome;
use crate::unapplied::Unapplied;
use crate::world::{Holdings, World};

/// What folding a pending command into the view gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fold {
    /// Its effect is in the view.
    Folded,
    /// The device does not hold what a check needs: to be checked by the server.
    ToBeChecked,
    /// As far as the device can tell the server will refuse it, or already has its effect.
    Refused(Refusal),
    /// This build cannot read it; it is pushed as it is.
    Unreadable,
    /// An earlier start died while folding it, or one of its lane; it is pushed as it is.
    Unfolded,
}

/// A command in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// As it is kept.
    pub row: OutboxRow,
    /// As it reads; `None` when this build cannot read it.
    pub made: Option<MadeCommand>,
    /// The server's acknowledgement, where it has come.
    pub ack: Option<Ack>,
    /// What folding gave.
    pub fold: Fold,
}

/// Where a piece of a person's work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Applied by the server; visible to the others.
    Accepted,
    /// On this device only.
    Kept,
    /// Received by the server, undecided.
    Received,
    /// Refused or held back.
    Refused,
}

/// What a device knows.
#[derive(Debug, Clone)]
pub struct Replica {
    pub(super) person: PersonId,
    pub(super) device: Option<DeviceId>,
    pub(super) state: Option<State>,
    pub(super) partitions: BTreeMap<PartitionId, HeldPartition>,
    pub(super) confirmed: World,
    view: World,
    pub(super) outbox: BTreeMap<u64, Pending>,
    pub(super) acks: BTreeMap<CommandId, Ack>,
    pub(super) archive: BTreeMap<String, String>,
    pub(super) attention: BTreeMap<CommandId, Attention>,
    pub(super) drafts: BTreeMap<String, String>,
    pub(super) tail: Option<Tail>,
    /// Partitions whose checksum did not match, to be asked for whole; with the time at which that
    /// last was in vain.
    pub(super) mismatched: BTreeMap<PartitionId, Option<UtcMillis>>,
    /// Goes up with each change of memory, so that a reload notices what it would undo.
    pub(super) mutations: u64,
    /// The newest server time that the device has seen.
    pub(super) last_contact: UtcMillis,
    /// How far the server's clock is ahead of the device's, as of the last answer.
    pub(super) clock_offset: i64,
    pub(super) watch: Watch,
    /// The server's life of which a push was told, while no pull has brought its rows.
    pub(super) heard: Option<Epoch>,
}

impl Replica {
    /// Builds the memory of a person's device from both databases.
    pub(super) fn load(
        person: PersonId,
        outbox: Contents,
        mut cache: Cache,
        watch: Watch,
    ) -> Result<Self, StorageError> {
        let mut replica = Self::of_outbox(person, outbox, watch)?;
        if let Some(text) = take(&mut cache.texts, Store::State).get(STATE) {
            let state: State = value(text)?;
            replica.last_contact = state.server_time;
            replica.state = Some(state);
        }
        for (id, text) in take(&mut cache.texts, Store::Partitions) {
            let Cursor { ver, checksum } = value(&text)?;
            let held = HeldPartition {
                ver,
                checksum,
                ..HeldPartition::default()
            };
            replica.partitions.insert(partition(&id)?, held);
        }
        replica.keep_rows(cache)?;
        replica.find_damage();
        replica.set_holdings();
        replica.fold();
        Ok(replica)
    }

    /// What the outbox database says alone: nothing is folded, and no rows are held.
    pub(super) fn of_outbox(
        person: PersonId,
        outbox: Contents,
        watch: Watch,
    ) -> Result<Self, StorageError> {
        let world = World::new(Holdings::Granted {
            person,
            partitions: Arc::default(),
        });
        let mut replica = Self {
            person,
            device: None,
            state: None,
            partitions: BTreeMap::new(),
            confirmed: world.clone(),
            view: world,
            outbox: BTreeMap::new(),
            acks: BTreeMap::new(),
            archive: BTreeMap::new(),
            attention: BTreeMap::new(),
            drafts: BTreeMap::new(),
            tail: None,
            mismatched: BTreeMap::new(),
            mutations: 0,
            last_contact: UtcMillis::default(),
            clock_offset: 0,
            watch,
            heard: None,
        };
        for (store, pairs) in outbox {
            for (key, text) in pairs {
                replica.keep(store, key, text)?;
            }
        }
        Ok(replica)
    }

    /// Mirrors what lies in the cache; copies of one row in several partitions are taken once, and
    /// rows of documents are read when somebody looks at them.
    fn keep_rows(&mut self, mut cache: Cache) -> Result<(), StorageError> {
        let rows = cache.texts.remove(&Store::Rows).unwrap_or_default();
        let (read, mut seen) = (packed::read(cache.packs, rows)?, BTreeSet::new());
        let in_several = packed::documents_in_several(&read);
        for (id, (laid, read)) in read {
            let held = self.partitions.entry(id).or_default();
            held.laid = laid;
            held.rows = packed::keep(&mut self.confirmed, read, &in_several, &mut seen)?;
        }
        Ok(())
    }

    /// Mirrors one kept value of the outbox database.
    fn keep(&mut self, store: Store, key: String, text: String) -> Result<(), StorageError> {
        match store {
            Store::Outbox => {
                let seq = key.parse().map_err(|_| StorageError::Corrupt(key))?;
                let row: OutboxRow = value(&text)?;
                let made = MadeCommand::read(&row.bytes).ok();
                let fold = if made.is_some() {
                    Fold::Folded
                } else {
                    Fold::Unreadable
                };
                self.outbox.insert(
                    seq,
                    Pending {
                        row,
                        made,
                        ack: None,
                        fold,
                    },
                );
            }
            Store::Acks => {
                let id = key.parse().map_err(|_| StorageError::Corrupt(key))?;
                self.acks.insert(id, value(&text)?);
            }
            Store::Attention => {
                let id = key.parse().map_err(|_| StorageError::Corrupt(key))?;
                self.attention.insert(id, value(&text)?);
            }
            Store::Archive => drop(self.archive.insert(key, text)),
            Store::Drafts => drop(self.drafts.insert(key, text)),
            Store::Meta if key == TAIL => self.tail = Some(value(&text)?),
            Store::Meta if key == DEVICE => self.device = Some(value(&text)?),
            _ => {}
        }
        Ok(())
    }

    fn forget(&mut self, store: Store, key: &str) {
        match store {
            Store::Outbox => {
                if let Ok(seq) = key.parse() {
                    self.outbox.remove(&seq);
                }
            }
            Store::Acks => {
                if let Ok(id) = key.parse() {
                    self.acks.remove(&id);
                }
            }
            Store::Attention => {
                if let Ok(id) = key.parse() {
                    self.attention.remove(&id);
                }
            }
            Store::Archive => drop(self.archive.remove(key)),
            Store::Drafts => drop(self.drafts.remove(key)),
            _ => {}
        }
    }

    /// Mirrors a committed batch of the outbox database, and brings the view up to it.
    ///
    /// A command that was only appended is folded over the view as it is: keeping one costs the
    /// same however many wait before it. What it gave when it was tried is taken over, unless memory
    /// has changed since.
    pub(super) fn wrote(
        &mut self,
        batch: &Batch,
        shown: Option<Shown>,
    ) -> Result<(), StorageError> {
        let mut shown = shown.filter(|shown| shown.over == self.mutations);
        self.mutations += 1;
        let last = self.outbox.last_key_value().map(|(seq, _)| *seq);
        let mut folds_whole = false;
        let mut view = None;
        for op in &batch.ops {
            let appended = match op {
                Op::Put {
                    store: Store::Outbox,
                    key,
                    ..
                } => key.parse().ok(),
                _ => None,
            };
            let appended = appended.filter(|seq| last.is_none_or(|last| *seq > last));
            match (op, appended, shown.take_if(|_| appended.is_some())) {
                (Op::Put { value, .. }, Some(seq), Some(shown)) => {
                    debug_assert_eq!(text(&shown.pending.row), *value, "the row that was tried");
                    self.outbox.insert(seq, shown.pending);
                    view = Some(shown.view);
                }
                (Op::Put { store, key, value }, ..) => {
                    self.keep(*store, key.clone(), value.clone())?;
                }
                (Op::PutGiven { store, key, value }, ..) => {
                    self.keep(*store, key.clone(), value.text())?;
                }
                (Op::Delete { store, key }, ..) => self.forget(*store, key),
                (Op::Clear { .. }, ..) => {}
            }
            let in_view = matches!(op.store(), Store::Outbox | Store::Acks);
            folds_whole |= in_view && appended.is_none();
        }
        if folds_whole {
            self.fold();
            return Ok(());
        }
        if let Some(view) = view {
            self.view = view;
            return Ok(());
        }
        let barred = self.barred();
        let Self {
            outbox,
            view,
            watch,
            ..
        } = self;
        for (_, pending) in outbox.range_mut(last.map_or(0, |last| last + 1)..) {
            if let Some(made) = &pending.made {
                pending.fold = watch.fold(&barred, &pending.row, view, made);
            }
        }
        watch.ended();
        Ok(())
    }

    /// Brings the world's holdings up to the grants.
    pub(super) fn set_holdings(&mut self) {
        let granted = self
            .state
            .iter()
            .flat_map(|state| state.granted.iter().copied());
        let partitions = Arc::new(granted.collect());
        self.confirmed.set_holdings(Holdings::Granted {
            person: self.person,
            partitions,
        });
    }

    /// Makes the view: the confirmed rows, with every command folded over that is not visible yet.
    pub(super) fn fold(&mut self) {
        let (mut view, barred) = (self.confirmed.clone(), self.barred());
        let (epoch, turn) = (self.life(), self.turn());
        let day = self
            .last_contact
            .day(self.confirmed.organisation().utc_offset());
        let (organisation, person) = (Arc::clone(self.confirmed.organisation()), self.person);
        let expected = |id: &PartitionId| may_see(&organisation, person, day, *id);
        for pending in self.outbox.values_mut() {
            let ack = self.acks.get(&pending.row.cmd_id);
            let counts = |ack: &&Ack| Some(ack.epoch) == epoch && ack.turn == turn;
            pending.ack = ack.filter(counts).cloned();
            let acked = pending.ack.as_ref();
            let (held, state) = (&self.partitions, self.state.as_ref());
            if acked.is_some_and(|ack| is_visible(held, state, &expected, ack)) {
                continue;
            }
            if let Some(made) = &pending.made {
                pending.fold = self.watch.fold(&barred, &pending.row, &mut view, made);
            }
        }
        self.watch.ended();
        self.view = view;
    }

    /// Says whether the effect of an acknowledged command has been pulled.
    pub(super) fn is_visible(&self, ack: &Ack) -> bool {
        let day = self
            .last_contact
            .day(self.confirmed.organisation().utc_offset());
        let organisation = self.confirmed.organisation();
        let expected = |id: &PartitionId| may_see(organisation, self.person, day, *id);
        is_visible(&self.partitions, self.state.as_ref(), &expected, ack)
    }

    /// The server's life that the confirmed rows are of.
    pub fn epoch(&self) -> Option<Epoch> {
        self.state.as_ref().map(|state| state.epoch)
    }

    /// Whose device this is.
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// What the person sees.
    pub const fn view(&self) -> &World {
        &self.view
    }

    /// What the server has confirmed.
    pub const fn confirmed(&self) -> &World {
        &self.confirmed
    }

    /// The partitions that the device holds, with cursor and checksum.
    pub fn held(&self) -> impl Iterator<Item = (PartitionId, u64, u64)> {
        self.partitions
            .iter()
            .map(|(id, held)| (*id, held.ver, held.checksum))
    }

    /// Commands that are not settled yet, in the order in which they were made.
    pub fn pending(&self) -> impl Iterator<Item = &Pending> {
        self.outbox.values()
    }

    /// Commands that were not applied and wait for their author, oldest first.
    pub fn attention(&self) -> Vec<&Attention> {
        let mut entries: Vec<&Attention> = self.attention.values().collect();
        entries.sort_by_key(|entry| entry.seq);
        entries
    }

    /// Commands of this person that were not applied and are no business of this device's outbox:
    /// made on other devices, or executed later; oldest first.
    pub fn elsewhere(&self) -> Vec<Attention> {
        let here = |id: &CommandId| {
            let mut outbox = self.outbox.values();
            self.attention.contains_key(id) || outbox.any(|pending| pending.row.cmd_id == *id)
        };
        let rows = self.view.unapplied().values();
        let mut rows: Vec<&Unapplied> = rows.filter(|row| !here(&row.command)).collect();
        rows.sort_by_key(|row| (row.recorded, row.command));
        let entry = |row: &Unapplied| Attention {
            seq: 0,
            row: OutboxRow {
                fmt: 1,
                cmd_id: row.command,
                actor: row.person,
                lanes: Vec::new(),
                prevs: Vec::new(),
                gap: false,
                bytes: row.bytes.clone(),
            },
            outcome: row.outcome.clone(),
            at: row.recorded,
            seen: None,
        };
        rows.into_iter().map(entry).collect()
    }

    /// Texts being typed, by field.
    pub const fn drafts(&self) -> &BTreeMap<String, String> {
        &self.drafts
    }

    /// Where the work in a lane is; `None` when this device has nothing open there.
    pub fn place(&self, lane: Lane) -> Option<Place> {
        let refused = self
            .attention
            .values()
            .filter(|entry| entry.row.lanes.contains(&lane));
        let refused = refused.map(|entry| match entry.outcome {
            Outcome::Quarantined { .. } => Place::Received,
            _ => Place::Refused,
        });
        let pending = self
            .outbox
            .values()
            .filter(|pending| pending.row.lanes.contains(&lane));
        let pending = pending.map(|pending| match pending.ack {
            Some(_) => Place::Accepted,
            None => Place::Kept,
        });
        refused.chain(pending).max()
    }

    /// The last command in a lane that the server has not confirmed and may still apply.
    ///
    /// What was built on a refused command will be skipped; nothing new is built on that.
    pub(super) fn last_unconfirmed(&self, lane: Lane) -> Option<CommandId> {
        let mut doomed: BTreeSet<CommandId> = self.attention.keys().copied().collect();
        let mut last = None;
        for Pending { row, ack, .. } in self.outbox.values() {
            if row.prevs.iter().any(|prev| doomed.contains(prev)) {
                doomed.insert(row.cmd_id);
            } else if ack.is_none() && row.lanes.contains(&lane) {
                last = Some(row.cmd_id);
            }
        }
        last
    }
}

fn partition(text: &str) -> Result<PartitionId, StorageError> {
    text.parse()
        .map_err(|_| StorageError::Corrupt(text.to_owned()))
}

fn is_visible(
    partitions: &BTreeMap<PartitionId, HeldPartition>,
    state: Option<&State>,
    expected: &dyn Fn(&PartitionId) -> bool,
    ack: &Ack,
) -> bool {
    let Outcome::Applied { touched } = &ack.outcome else {
        return false;
    };
    if state.is_none_or(|state| state.epoch != ack.epoch) {
        return false;
    }
    if bug::is(Bug::DropOnAck) {
        return true;
    }
    let granted = |id: &PartitionId| state.is_some_and(|state| state.granted.contains(id));
    touched.iter().all(|(id, ver)| match partitions.get(id) {
        Some(held) => held.ver >= *ver,
        // A partition that came into being with this command is granted with the next pull.
        None => !granted(id) && !expected(id),
    })
}
