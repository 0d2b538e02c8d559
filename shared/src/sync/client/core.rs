//! The client: the async shell around the replica, given its storage, peer, clock and chance.
//!
//! Memory is never borrowed across an await. A write whose guards fail means that another tab was
//! quicker: memory is read again, and the work is done again on what stands now.

use std::cell::{Cell, Ref, RefCell};

use crate::bug::{self, Bug};
use crate::command::review::DiscardRefused;
use crate::command::{Command, MadeCommand};
use crate::id::{CommandId, DeviceId, PersonId};
use crate::moment::{Made, UtcMillis};
use crate::refusal::Refusal;
use crate::sync::client::apply::load;
use crate::sync::client::folding::Watch;
use crate::sync::client::kept::{DEVICE, delete, guard, put};
use crate::sync::client::making::Tried;
use crate::sync::client::meanwhile::meanwhile;
use crate::sync::client::pages::Pages;
use crate::sync::client::replica::Replica;
use crate::sync::client::storage::{
    Batch, Database, Durability, Op, Storage, StorageError, Store, Written,
};
use crate::sync::message::{
    Outcome, PROTOCOL_VERSION, PullRequest, PullResponse, PushRequest, PushResponse, PushedCommand,
};

/// How often a write that lost a race with another tab is tried.
const MOST_TRIES: usize = 20;

/// Why the server gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerError {
    /// No answer came; whether the request arrived is unknown.
    Unreachable,
    /// The sign-in is no longer valid, or is somebody else's by now.
    AuthLost,
    /// This build is too old to pull.
    UpdateNeeded,
    /// The answer is not the server's: cut short, or a captive portal's page.
    Garbled,
    /// The server asks to wait so many milliseconds.
    Busy {
        /// At least.
        after: u64,
    },
    /// The server finds the request itself wrong; trying the same again is no use.
    Refused(Refusal),
}

/// The other side of the protocol.
pub trait Peer {
    /// Hands in commands.
    fn push(&self, request: &PushRequest) -> impl Future<Output = Result<PushResponse, PeerError>>;

    /// Asks for what changed.
    fn pull(&self, request: &PullRequest) -> impl Future<Output = Result<PullResponse, PeerError>>;
}

/// The device's clock and chance.
pub trait Surroundings {
    /// 128 bits of chance.
    fn chance(&self) -> u128;

    /// The device's wall clock.
    fn wall(&self) -> UtcMillis;

    /// Minutes east of UTC of the device's zone.
    fn tz(&self) -> i32;

    /// Where it is noted what is being folded; nowhere, unless a device says so.
    fn watch(&self) -> Watch {
        Watch::default()
    }
}

/// Why an act was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendError {
    /// A rule refuses it; nothing was kept, the words are still in their field.
    Refused(Refusal),
    /// The device could not keep it.
    NotKept(StorageError),
}

/// Why syncing did not get on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyncError {
    /// The server's side.
    Peer(PeerError),
    /// The device's side.
    Storage(StorageError),
}

impl From<StorageError> for SyncError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// How a push ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pushed {
    /// There was nothing to hand in.
    Nothing,
    /// So many commands got an answer.
    Answered(usize),
}

/// How a pull ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pulled {
    /// Nothing changed.
    Unchanged,
    /// Rows or grants changed.
    Changed,
    /// The answer no longer fitted: pull again.
    Stale,
    /// A page came, and more follow: pull again.
    More,
}

/// One person's client in one tab.
pub struct Client<S, P, U> {
    pub(super) storage: S,
    pub(super) peer: P,
    surroundings: U,
    pub(super) build: String,
    pub(super) replica: RefCell<Replica>,
    offset: Cell<i64>,
    failed: Cell<bool>,
    /// Pages of a pull whose last one has not come.
    pub(super) pages: RefCell<Option<Pages>>,
}

impl<S: Storage, P: Peer, U: Surroundings> Client<S, P, U> {
    /// Opens a person's client on what the device holds; needs no network.
    pub async fn open(
        storage: S,
        peer: P,
        surroundings: U,
        person: PersonId,
        build: &str,
    ) -> Result<Self, StorageError> {
        let replica = load(&storage, person, surroundings.watch()).await?;
        let build = build.to_owned();
        let replica = RefCell::new(replica);
        // Without a network the last known offset is the best guess of a clock that is off.
        let offset = replica
            .borrow()
            .state
            .as_ref()
            .map_or(0, |state| state.clock_offset);
        let (offset, failed) = (Cell::new(offset), Cell::new(false));
        let client = Self {
            storage,
            peer,
            surroundings,
            build,
            replica,
            offset,
            failed,
            pages: RefCell::default(),
        };
        client.name_device().await?;
        Ok(client)
    }

    /// Gives the storage a device id where it has none yet.
    async fn name_device(&self) -> Result<(), StorageError> {
        if self.replica.borrow().device.is_none() {
            let device = DeviceId::from_bits(self.surroundings.chance());
            let guards = vec![guard::<DeviceId>(Store::Meta, DEVICE, None)];
            let ops = vec![put(Store::Meta, DEVICE, &device)];
            let (database, durability) = (Database::Outbox, Durability::Strict);
            self.write_outbox(Batch {
                database,
                guards,
                ops,
                durability,
            })
            .await?;
        }
        Ok(())
    }

    /// What the device knows.
    pub fn replica(&self) -> Ref<'_, Replica> {
        self.replica.borrow()
    }

    /// The storage under this client.
    pub const fn storage(&self) -> &S {
        &self.storage
    }

    /// 128 bits of chance, for the ids that a command brings along.
    pub fn mint(&self) -> u128 {
        self.surroundings.chance()
    }

    /// The server's time as well as the device can tell; never before what it has seen of it.
    pub fn estimated_now(&self) -> UtcMillis {
        let estimate = self.surroundings.wall().0.saturating_add(self.offset.get());
        UtcMillis(estimate).max(self.replica.borrow().last_contact)
    }

    /// How far the server's clock is ahead of the device's, in milliseconds.
    pub const fn clock_offset(&self) -> i64 {
        self.offset.get()
    }

    /// Keeps what a person did; when this returns, it is on this device for good.
    pub async fn send(&self, command: &Command) -> Result<CommandId, SendError> {
        self.keep(command, None, None).await
    }

    /// Keeps a command in place of a refused one, which is thereby settled.
    pub async fn reapply(
        &self,
        refused: CommandId,
        command: &Command,
    ) -> Result<CommandId, SendError> {
        self.keep(command, Some(refused), Some(refused)).await
    }

    /// Gives a refused command up; its text stays in the server's log where the server has it.
    pub async fn discard(&self, refused: CommandId) -> Result<CommandId, SendError> {
        let command = Command::DiscardRefused(DiscardRefused { refused });
        self.keep(&command, None, Some(refused)).await
    }

    async fn keep(
        &self,
        command: &Command,
        supersedes: Option<CommandId>,
        settles: Option<CommandId>,
    ) -> Result<CommandId, SendError> {
        let mut minted = None;
        for _ in 0..MOST_TRIES {
            // Asked before anything else: the storage answers while the rest is made.
            if settles.is_none() {
                let (tail, stores) = self.replica.borrow().expected();
                self.storage.expect(&tail, &stores, Durability::Strict);
            }
            let mint = || {
                (
                    CommandId::from_bits(self.surroundings.chance()),
                    self.made(),
                )
            };
            let (minted, made) = *minted.get_or_insert_with(mint);
            let cmd_id = if bug::is(Bug::SeqDedupe) {
                self.replica.borrow().numbered()
            } else {
                minted
            };
            let prepared = self
                .replica
                .borrow()
                .prepare(cmd_id, command, made, supersedes, settles);
            let (batch, tried) = prepared.map_err(SendError::Refused)?;
            let written = self.write_tried(batch, tried).await;
            if written.map_err(SendError::NotKept)? == Written::Committed {
                self.failed.set(false);
                return Ok(cmd_id);
            }
        }
        Err(SendError::NotKept(StorageError::Lost(
            "other tabs keep writing".to_owned(),
        )))
    }

    fn made(&self) -> Made {
        Made {
            device_wall: self.surroundings.wall(),
            est_server_time: self.estimated_now(),
            tz: self.surroundings.tz(),
        }
    }

    /// Asks the server to execute a command at once; for acts that may not wait on a device.
    ///
    /// The caller gives the id, so that asking again after silence is the same act.
    pub async fn send_online(
        &self,
        cmd_id: CommandId,
        command: &Command,
    ) -> Result<Outcome, PeerError> {
        let made = MadeCommand {
            command: command.clone(),
            made: self.made(),
            supersedes: None,
        };
        let actor = self.replica.borrow().person;
        let bytes = made.write().map_err(PeerError::Refused)?;
        let pushed = PushedCommand {
            cmd_id,
            actor,
            prevs: vec![],
            gap: false,
            bytes,
        };
        let response = self.peer.push(&self.push_request(vec![pushed])).await?;
        self.note_time(response.server_time);
        let result = response
            .results
            .into_iter()
            .find(|result| result.cmd_id == cmd_id);
        result
            .map(|result| result.outcome)
            .ok_or(PeerError::Garbled)
    }

    /// Keeps the text that is being typed into a field, or drops it.
    pub async fn write_draft(&self, field: &str, text: Option<&str>) -> Result<(), StorageError> {
        let op = match text {
            Some(text) => {
                let (key, value) = (field.to_owned(), text.to_owned());
                Op::Put {
                    store: Store::Drafts,
                    key,
                    value,
                }
            }
            None => delete(Store::Drafts, field),
        };
        let (database, durability) = (Database::Outbox, Durability::Relaxed);
        let batch = Batch {
            database,
            guards: vec![],
            ops: vec![op],
            durability,
        };
        self.write_outbox(batch).await.map(drop)
    }

    /// Says whether there is something to hand in.
    pub fn wants_push(&self) -> bool {
        let given_up = self.failed.get() && bug::is(Bug::UploadNotRetried);
        self.replica.borrow().has_unsent() && !given_up
    }

    /// Hands in the oldest unconfirmed commands, and keeps what the server answers.
    pub async fn push(&self) -> Result<Pushed, SyncError> {
        if self.replica.borrow().life().is_none() {
            // Another tab may have heard of the server, and what it refused, since this one opened.
            self.reload().await?;
        }
        // What another life of the server settled comes before what was made since.
        self.tidy().await?;
        let (commands, turn) = {
            let replica = self.replica.borrow();
            (replica.unsent(), replica.turn())
        };
        if commands.is_empty() || !self.wants_push() {
            return Ok(Pushed::Nothing);
        }
        let request = self.push_request(commands);
        let answer = self.peer.push(&request).await;
        self.failed.set(answer.is_err());
        let response = answer.map_err(SyncError::Peer)?;
        self.note_time(response.server_time);
        let told = Some(response.server_epoch);
        if request.server_epoch != told && self.replica.borrow().life() == request.server_epoch {
            // What another life of the server settled is handed in again, before what follows it;
            // this build may be too old to learn of it by a pull.
            self.replica.borrow_mut().heard = told;
            self.reload().await?;
        }
        for _ in 0..MOST_TRIES {
            let batch = self.replica.borrow().answer(&response, turn);
            let Some(batch) = batch else { break };
            if self.write_outbox(batch).await? == Written::Committed {
                break;
            }
        }
        self.tidy().await?;
        if response
            .results
            .iter()
            .any(|result| result.outcome == Outcome::WrongPerson)
        {
            return Err(SyncError::Peer(PeerError::AuthLost));
        }
        let recorded = response
            .results
            .iter()
            .filter(|result| result.outcome.is_recorded());
        Ok(Pushed::Answered(recorded.count()))
    }

    fn push_request(&self, commands: Vec<PushedCommand>) -> PushRequest {
        let replica = self.replica.borrow();
        PushRequest {
            proto: PROTOCOL_VERSION,
            app_build: self.build.clone(),
            server_epoch: replica.life(),
            device: replica.device.unwrap_or(DeviceId::from_bits(0)),
            unsent: Some(replica.announced()),
            commands,
        }
    }

    pub(super) fn note_time(&self, server_time: UtcMillis) {
        self.offset
            .set(server_time.0.saturating_sub(self.surroundings.wall().0));
        let mut replica = self.replica.borrow_mut();
        replica.last_contact = replica.last_contact.max(server_time);
        replica.clock_offset = self.offset.get();
    }

    /// Settles what is acknowledged and visible; may be cut short and done again.
    pub async fn tidy(&self) -> Result<(), StorageError> {
        self.settle(&[]).await
    }

    pub(super) async fn settle(&self, awaited: &[CommandId]) -> Result<(), StorageError> {
        for _ in 0..MOST_TRIES {
            self.replica.borrow_mut().fold();
            let batch = self.replica.borrow().tidy(awaited);
            let Some(batch) = batch else { break };
            if self.write_outbox(batch).await? == Written::Committed {
                break;
            }
        }
        Ok(())
    }

    /// Writes to the outbox database and mirrors it; reads memory again when a guard fails.
    async fn write_outbox(&self, batch: Batch) -> Result<Written, StorageError> {
        self.write_tried(batch, None).await
    }

    /// The same for a command that was tried on the view.
    async fn write_tried(
        &self,
        batch: Batch,
        tried: Option<Tried>,
    ) -> Result<Written, StorageError> {
        // What the act changes is carried out on the view while the disk writes it.
        let try_out = || tried.and_then(|tried| self.replica.borrow().try_out(tried));
        let (written, shown) = meanwhile(self.storage.write(batch.clone()), try_out).await;
        let written = written?;
        match written {
            Written::Committed => self.replica.borrow_mut().wrote(&batch, shown)?,
            Written::GuardFailed => self.reload().await?,
        }
        Ok(written)
    }

    /// Reads the outbox database again; the rows that are held stay as they are.
    pub(super) async fn reload_outbox(&self) -> Result<(), StorageError> {
        let person = self.replica.borrow().person;
        for _ in 0..MOST_TRIES {
            let before = self.replica.borrow().mutations;
            let watch = self.replica.borrow().watch.clone();
            let outbox = self.storage.read(Database::Outbox).await?;
            let fresh = Replica::of_outbox(person, outbox, watch)?;
            let mut replica = self.replica.borrow_mut();
            if replica.mutations == before {
                replica.take_over_outbox(fresh);
                return Ok(());
            }
        }
        Err(memory_keeps_changing())
    }

    /// Reads memory again from storage, as after a word from another tab.
    pub async fn reload(&self) -> Result<(), StorageError> {
        let person = self.replica.borrow().person;
        for _ in 0..MOST_TRIES {
            let before = self.replica.borrow().mutations;
            let watch = self.replica.borrow().watch.clone();
            let mut fresh = load(&self.storage, person, watch).await?;
            let mut replica = self.replica.borrow_mut();
            if replica.mutations == before {
                fresh.inherit(&replica);
                *replica = fresh;
                return Ok(());
            }
        }
        Err(memory_keeps_changing())
    }
}

fn memory_keeps_changing() -> StorageError {
    StorageError::Lost("memory keeps changing while it is read".to_owned())
}
