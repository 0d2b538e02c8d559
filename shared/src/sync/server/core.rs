//! The core of the server: pushes in groups, pulls by grant, and the organisation kept at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::canonical;
use crate::command::{Command, MadeCommand};
use crate::id::{CommandId, DeviceId, PeriodId, PersonId, UnitId};
use crate::ledger;
use crate::moment::{Made, UtcMillis};
use crate::organisation::Organisation;
use crate::partition::PartitionId;
use crate::plan::Scope;
use crate::row::{Row, RowKey};
use crate::sync::message::{MOST_PAGE_BYTES, Outcome, PushResponse, PushResult, PushedCommand};
use crate::sync::server::arrival::Arrival;
use crate::sync::server::batch::Batch;
use crate::sync::server::device::{Announced, DeviceRow};
use crate::sync::server::sources::{Others, Sources, plans_of, units_of};
use crate::sync::server::store::{Committed, Head, Loaded, Needs, Store, StoreError};
use crate::unapplied;
use crate::world::{Holdings, World};

/// How often a batch that lost a race is decided again before its devices are asked to wait.
pub(super) const MOST_TRIES: usize = 8;

/// Why the server gives no answer about any command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerError {
    /// The store cannot work.
    Store(StoreError),
    /// Too many races were lost in a row.
    Busy,
    /// The device's build is too old to read the rows; it may still hand work in.
    UpdateNeeded,
    /// The request is of a protocol that this server does not speak.
    BadRequest(&'static str),
    /// The request passes a limit: its word, and the most.
    LimitPassed(&'static str, usize),
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Busy => f.write_str("too many writers at once"),
            Self::UpdateNeeded => f.write_str("the build is too old to read the rows"),
            Self::BadRequest(why) => f.write_str(why),
            Self::LimitPassed(limit, most) => write!(f, "{limit} passes {most}"),
        }
    }
}

impl std::error::Error for ServerError {}

impl From<StoreError> for ServerError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The organisation as of a version, with the texts over which its checksum goes.
#[derive(Debug, Clone, Default)]
pub(super) struct AtHand {
    pub(super) ver: u64,
    pub(super) organisation: Arc<Organisation>,
    pub(super) rows: Arc<BTreeMap<RowKey, (u64, Arc<str>)>>,
}

/// The server.
pub struct Server<S> {
    pub(super) store: S,
    at_hand: Mutex<AtHand>,
    devices: Mutex<BTreeMap<(DeviceId, PersonId), DeviceRow>>,
    /// The most bytes of rows in one page of a pull.
    pub(super) page: usize,
}

impl<S: Store> Server<S> {
    /// Stands a server on a store.
    pub fn new(store: S) -> Self {
        Self {
            store,
            at_hand: Mutex::default(),
            devices: Mutex::default(),
            page: MOST_PAGE_BYTES,
        }
    }

    /// The store on which it stands.
    pub const fn store(&self) -> &S {
        &self.store
    }

    /// The organisation as it stands.
    pub async fn organisation(&self) -> Result<Arc<Organisation>, ServerError> {
        let loaded = self.load(&mut Needs::default()).await?;
        Ok(self.refresh(&loaded)?.organisation)
    }

    /// Executes arrivals in order, in one commit, and answers each.
    ///
    /// `now` is the time that is recorded. An error says nothing about any command, but when it
    /// first arrived is known from then on.
    pub async fn push(
        &self,
        arrivals: &[Arrival],
        now: UtcMillis,
    ) -> Result<Vec<PushResponse>, ServerError> {
        let receipts: Vec<_> = arrivals.iter().flat_map(Arrival::receipts).collect();
        let firsts = self.store.receive(&receipts, false).await?;
        let waits = !firsts.is_empty();
        let pushed = self.execute(arrivals, firsts, now).await;
        if !matches!(pushed, Ok((_, true))) && waits {
            // No commit has flushed the arrivals. Where the disk does not take them now either,
            // the answer is the same: nothing is known of any command.
            self.store.receive(&receipts, true).await?;
        }
        let (responses, _) = pushed?;
        for (arrival, response) in arrivals.iter().zip(&responses) {
            let announced = Announced {
                person: arrival.person,
                device: arrival.device,
                build: &arrival.build,
                unsent: arrival.unsent,
            };
            // What was executed is executed; a device says the same again with its next request.
            let _ = self.notice(announced.after(&response.results), now).await;
        }
        Ok(responses)
    }

    /// Decides arrivals and writes what follows; says whether there was something to write.
    async fn execute(
        &self,
        arrivals: &[Arrival],
        firsts: BTreeMap<CommandId, UtcMillis>,
        now: UtcMillis,
    ) -> Result<(Vec<PushResponse>, bool), ServerError> {
        let server_epoch = self.store.epoch().await?;
        let mut beside = Needs::default();
        for _ in 0..MOST_TRIES {
            let (loaded, at_hand) = self.load_for(arrivals, beside.clone()).await?;
            let mut batch = Batch::new(&loaded, at_hand, now)?;
            batch.first_arrived(firsts.clone());
            let answer = |arrival: &Arrival, batch: &mut Batch| PushResponse {
                server_epoch,
                server_time: now,
                results: if arrival.epoch.is_none_or(|epoch| epoch == server_epoch) {
                    batch.execute(arrival)
                } else {
                    // The device does not know yet that the server may have lost what came before
                    // these commands; it pulls, and hands that in first.
                    Vec::new()
                },
            };
            let mut responses: Vec<_> = arrivals
                .iter()
                .map(|arrival| answer(arrival, &mut batch))
                .collect();
            let heads = self.store.heads(&batch.touched_unread()).await?;
            if !is_blank(&heads) {
                beside.plans_in.extend(heads.into_keys());
                continue;
            }
            let finished = batch.finish(heads);
            let writes = !finished.commit.log.is_empty();
            if !writes || self.store.commit(&finished.commit).await? == Committed::Done {
                let results = responses
                    .iter_mut()
                    .flat_map(|response| &mut response.results);
                for result in results {
                    finished.complete(result);
                }
                return Ok((responses, writes));
            }
        }
        Err(ServerError::Busy)
    }

    /// Executes commands of one actor all or none, as the server's own act on the actor's behalf.
    ///
    /// Returns the first refusal with its place, and then nothing was written.
    pub async fn execute_all(
        &self,
        person: PersonId,
        device: DeviceId,
        commands: &[(CommandId, Command)],
        now: UtcMillis,
    ) -> Result<Result<(), (usize, Outcome)>, ServerError> {
        let made = Made {
            device_wall: now,
            est_server_time: now,
            tz: 0,
        };
        self.execute_all_at(person, device, commands, (made, now))
            .await
    }

    /// Executes commands of one actor all or none, as made and executed at a moment of the past.
    ///
    /// Only for a history that is told before anything else happened: the log is in order of time.
    pub async fn execute_all_at(
        &self,
        person: PersonId,
        device: DeviceId,
        commands: &[(CommandId, Command)],
        (made, now): (Made, UtcMillis),
    ) -> Result<Result<(), (usize, Outcome)>, ServerError> {
        let pushed = commands.iter().map(|(cmd_id, command)| {
            let made = MadeCommand {
                command: command.clone(),
                made,
                supersedes: None,
            };
            let bytes = made
                .write()
                .map_err(|refusal| Outcome::Rejected { refusal })?;
            Ok(PushedCommand {
                cmd_id: *cmd_id,
                actor: person,
                prevs: vec![],
                gap: false,
                bytes,
            })
        });
        let mut ready = Vec::with_capacity(commands.len());
        for (place, command) in pushed.enumerate() {
            match command {
                Ok(command) => ready.push(command),
                Err(outcome) => return Ok(Err((place, outcome))),
            }
        }
        let arrival = Arrival {
            person,
            device,
            build: String::new(),
            unsent: None,
            held: false,
            received: now,
            epoch: None,
            commands: ready,
        };
        let mut beside = Needs::default();
        for _ in 0..MOST_TRIES {
            let arrivals = std::slice::from_ref(&arrival);
            let (loaded, at_hand) = self.load_for(arrivals, beside.clone()).await?;
            let mut batch = Batch::new(&loaded, at_hand, now)?;
            let results = batch.execute(&arrival);
            let refused = results.into_iter().position_of_refused();
            if let Some(refused) = refused {
                return Ok(Err(refused));
            }
            let heads = self.store.heads(&batch.touched_unread()).await?;
            if !is_blank(&heads) {
                beside.plans_in.extend(heads.into_keys());
                continue;
            }
            let finished = batch.finish(heads);
            if self.store.commit(&finished.commit).await? == Committed::Done {
                return Ok(Ok(()));
            }
        }
        Err(ServerError::Busy)
    }

    /// Loads what arrivals need, beside what is needed anyway.
    pub(super) async fn load_for(
        &self,
        arrivals: &[Arrival],
        mut needs: Needs,
    ) -> Result<(Loaded, AtHand), ServerError> {
        let (mut signed, mut published) = (BTreeSet::new(), BTreeSet::new());
        let mut paying = BTreeSet::new();
        let mut others = Others::default();
        for command in arrivals.iter().flat_map(|arrival| &arrival.commands) {
            needs.commands.insert(command.cmd_id);
            needs.commands.extend(&command.prevs);
            if let Ok(made) = MadeCommand::read(&command.bytes) {
                if matches!(
                    made.command,
                    Command::SubmitPlan(_) | Command::ApprovePlan(_) | Command::SignPlan(_)
                ) {
                    signed.extend(made.command.document());
                }
                match &made.command {
                    Command::PublishResult(args) => drop(published.insert(args.plan)),
                    Command::Payroll(act) => paying.extend(act.drawn()),
                    _ => {}
                }
                others.note(&made.command);
                need_for(&mut needs, &made, command.actor);
            }
        }
        loop {
            let loaded = self.load(&mut needs).await?;
            let at_hand = self.refresh(&loaded)?;
            // A signature also reads the plans from which its plan carries items provisionally, and
            // the plan of the period before, where the regime wants what is unfinished there; a
            // publication also the ledger of its plan's unit.
            let mut more = Sources::of(&loaded, &signed)?;
            more.add_before(&loaded, &signed, &at_hand.organisation)?;
            if !others.is_empty() {
                let organisation = &at_hand.organisation;
                let received = arrivals.iter().map(|arrival| arrival.received).max();
                let day = received
                    .unwrap_or(UtcMillis(0))
                    .day(organisation.utc_offset());
                more.add_others(&plans_of(&loaded)?, &others, organisation, day);
            }
            for month in &paying {
                for ledger in more.add_pay(&loaded, *month, &at_hand.organisation)? {
                    needs.heads.insert(ledger);
                }
            }
            for (unit, period) in units_of(&loaded, &published)? {
                more.documents.insert(ledger::document(unit, period));
                needs.heads.insert(PartitionId::Ledger(unit, period));
            }
            if more.documents.is_subset(&needs.documents)
                && more.plans_in.is_subset(&needs.plans_in)
            {
                return Ok((loaded, at_hand));
            }
            needs.documents.extend(more.documents);
            needs.plans_in.extend(more.plans_in);
        }
    }

    async fn load(&self, needs: &mut Needs) -> Result<Loaded, ServerError> {
        needs.organisation_after = self.at_hand().ver;
        Ok(self.store.load(needs).await?)
    }

    /// Version of the organisation at hand.
    pub(super) fn ver_at_hand(&self) -> u64 {
        self.at_hand().ver
    }

    /// What devices announced, as far as this process heard it.
    pub(super) fn devices(&self) -> MutexGuard<'_, BTreeMap<(DeviceId, PersonId), DeviceRow>> {
        self.devices
            .lock()
            .expect("no holder of the devices panics")
    }

    fn at_hand(&self) -> AtHand {
        self.at_hand
            .lock()
            .expect("no holder of the organisation panics")
            .clone()
    }

    /// Brings the organisation at hand up to a snapshot, and gives it as of that snapshot.
    pub(super) fn refresh(&self, loaded: &Loaded) -> Result<AtHand, ServerError> {
        let mut rows = Vec::with_capacity(loaded.organisation.len());
        for (ver, text) in &loaded.organisation {
            let row: Row = serde_json::from_str(text).map_err(|error| {
                StoreError::Corrupt(format!("a row of the organisation: {error}"))
            })?;
            rows.push((*ver, Arc::clone(text), row));
        }
        let mut at_hand = self
            .at_hand
            .lock()
            .expect("no holder of the organisation panics");
        if at_hand.ver < loaded.organisation_ver {
            let shared = Arc::clone(&at_hand.organisation);
            let mut world = World::with_organisation(shared, Holdings::Everything);
            let kept = Arc::make_mut(&mut at_hand.rows);
            for (ver, text, row) in rows {
                world.put(&row);
                kept.insert(row.key(), (ver, text));
            }
            at_hand.organisation = Arc::clone(world.organisation());
            at_hand.ver = loaded.organisation_ver;
        }
        Ok(at_hand.clone())
    }
}

trait FirstRefused {
    fn position_of_refused(self) -> Option<(usize, Outcome)>;
}

impl<I: Iterator<Item = PushResult>> FirstRefused for I {
    fn position_of_refused(self) -> Option<(usize, Outcome)> {
        self.map(|result| result.outcome)
            .enumerate()
            .find(|(_, outcome)| !outcome.is_applied())
    }
}

/// Says whether partitions that were touched but not loaded hold nothing yet.
///
/// One that holds something may have got a row of the same document since the load, so it has to
/// be part of the load itself. The organisation's rows are at hand and its version is compared.
pub(super) fn is_blank(heads: &BTreeMap<PartitionId, Head>) -> bool {
    let mut others = heads
        .iter()
        .filter(|(id, _)| **id != PartitionId::Organisation);
    others.all(|(_, head)| head.head == 0)
}

/// Adds what deciding a command reads, beside the organisation.
pub(super) fn need_for(needs: &mut Needs, made: &MadeCommand, actor: PersonId) {
    needs.documents.extend(made.command.documents());
    match &made.command {
        Command::DraftPlan(args) => {
            needs.plans_in.insert(match args.scope {
                Scope::Unit => PartitionId::Common(args.unit, args.period),
                Scope::Personal => PartitionId::Personal(args.unit, args.period),
            });
        }
        Command::DiscardRefused(args) => need_unapplied(needs, args.refused, actor),
        Command::CloseUnapplied(args) => need_unapplied(needs, args.command, args.person),
        Command::ProposeEntry(args) => need_ledger(needs, args.unit, args.period),
        Command::DecideEntry(args) => need_ledger(needs, args.unit, args.period),
        Command::AnswerEntry(args) => need_ledger(needs, args.unit, args.period),
        Command::ReverseEntry(args) => need_ledger(needs, args.unit, args.period),
        Command::AttachToEntry(args) => need_ledger(needs, args.unit, args.period),
        Command::PublishFund(args) => {
            for unit in &args.units {
                need_ledger(needs, *unit, args.period);
            }
        }
        // Beside a sealed result stands what payroll learns of it; a batch reads all of these.
        Command::SealResult(_) | Command::Payroll(_) => {
            needs.heads.insert(PartitionId::Payroll);
        }
        _ => {}
    }
    if let Some(replaced) = made.supersedes {
        need_unapplied(needs, replaced, actor);
    }
}

/// Adds where a ledger stands, also while it is empty: two entries at once may not miss each other.
fn need_ledger(needs: &mut Needs, unit: UnitId, period: PeriodId) {
    needs.heads.insert(PartitionId::Ledger(unit, period));
}

/// Adds a command that was not applied, where its author has it.
pub(super) fn need_unapplied(needs: &mut Needs, command: CommandId, author: PersonId) {
    let partition = PartitionId::User(author);
    needs.rows.insert((partition, unapplied::key(command)));
    needs.heads.insert(partition);
}

/// SHA-256 of a command's bytes.
pub(super) fn payload_hash(bytes: &str) -> String {
    canonical::digest("jihe/command/1", bytes)
}
