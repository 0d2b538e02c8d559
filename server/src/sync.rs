//! Sync on the server: one writer that commits in groups, readers beside it, and pokes.
//!
//! Pushes of all requests queue for one task; it takes whatever waits, decides it in one go, and
//! answers after the commit. So a busy server writes fewer, larger transactions. A poke says only
//! "pull again", never what changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::command::Command;
use shared::id::{CommandId, DeviceId, PeriodId, PersonId, PlanId};
use shared::import::{Choices, wanted_periods};
use shared::moment::{Made, UtcMillis};
use shared::organisation::Organisation;
use shared::partition::PartitionId;
use shared::refusal::Refusal;
use shared::row::Row;
use shared::sync::message::{Outcome, PullRequest, PullResponse, PushRequest, PushResponse};
use shared::sync::server::store::{Needs, Store as _, Wanted};
use shared::sync::server::{Arrival, DeviceRow, Server, ServerError, StoreError};
use shared::world::{Holdings, World};
use tokio::sync::{Mutex, MutexGuard, broadcast, mpsc, oneshot, watch};

use crate::chance;
use crate::clock::Clock;
use crate::error::ApiError;
use crate::jobs;
use crate::store::{self, sqlite::Sqlite};
use crate::whatif;

/// The most requests that share a commit.
const MOST_TOGETHER: usize = 64;

/// The most requests that wait for the writer; sync requests are limited before they come here.
const MOST_WAITING: usize = 256;

/// Pokes that a slow listener may miss before they are told as one.
const POKES_KEPT: usize = 16;

/// The most listeners for pokes.
pub const MOST_LISTENERS: usize = 4096;

/// A question that needs no row of the organisation, which is at hand.
const WITHOUT_ORGANISATION: Needs = Needs {
    commands: BTreeSet::new(),
    documents: BTreeSet::new(),
    rows: BTreeSet::new(),
    plans_in: BTreeSet::new(),
    heads: BTreeSet::new(),
    organisation_after: u64::MAX,
};

/// The server's side of the protocol; cloning shares it.
#[derive(Clone)]
pub struct Sync {
    core: Arc<Core>,
    waiting: mpsc::Sender<Waiting>,
}

struct Core {
    server: Server<Sqlite>,
    clock: Arc<dyn Clock>,
    /// Whoever decides holds it, so that no two batches of this process race.
    deciding: Mutex<()>,
    pokes: broadcast::Sender<()>,
    stopping: watch::Sender<bool>,
}

/// A push that waits for the writer.
struct Waiting {
    arrival: Arrival,
    answer: oneshot::Sender<Result<PushResponse, ServerError>>,
}

impl From<ServerError> for ApiError {
    fn from(error: ServerError) -> Self {
        match error {
            ServerError::Store(StoreError::Unavailable(why)) => {
                Self::Store(store::Error::Passing(why))
            }
            ServerError::Store(StoreError::Corrupt(why)) => Self::Store(store::Error::Broken(why)),
            ServerError::UpdateNeeded => Self::UpdateNeeded,
            ServerError::Busy => Self::Busy { after: 1 },
            ServerError::LimitPassed(limit, most) => Self::Refused(Refusal::LimitPassed {
                limit: limit.to_owned(),
                most: most as u64,
            }),
            ServerError::BadRequest(why) => Self::Malformed { at: why.to_owned() },
        }
    }
}

impl Sync {
    /// Starts the writer; it ends when the last clone is gone.
    pub fn start(store: Sqlite, clock: Arc<dyn Clock>) -> Self {
        let core = Arc::new(Core {
            server: Server::new(store),
            clock,
            deciding: Mutex::default(),
            pokes: broadcast::channel(POKES_KEPT).0,
            stopping: watch::channel(false).0,
        });
        let (waiting, queue) = mpsc::channel(MOST_WAITING);
        tokio::spawn(write(Arc::clone(&core), queue));
        Self { core, waiting }
    }

    /// Executes a push and answers after the commit; where it is `held`, only keeps it.
    pub async fn push(
        &self,
        person: PersonId,
        request: PushRequest,
        held: bool,
    ) -> Result<PushResponse, ApiError> {
        let arrival = Arrival {
            held,
            ..Arrival::of(person, self.core.clock.now(), request)?
        };
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting { arrival, answer };
        self.waiting
            .send(waiting)
            .await
            .map_err(|_| ApiError::Busy { after: 1 })?;
        Ok(answered.await.map_err(|_| ApiError::Busy { after: 1 })??)
    }

    /// Answers a pull from one snapshot.
    pub async fn pull(
        &self,
        person: PersonId,
        request: &PullRequest,
    ) -> Result<PullResponse, ApiError> {
        let now = self.core.clock.now();
        let response = self.core.server.pull(person, request, now).await?;
        if request.server_epoch == Some(response.server_epoch) {
            for part in &response.parts {
                let asked = request.reset.contains(&part.id);
                if part.reset && part.base >= part.to && part.base > 0 && !asked {
                    tracing::error!(
                        partition = %part.id, device = %request.device, device_has = part.base,
                        server_has = part.to,
                        "a device knows more than this database: it went back to a backup and \
                         kept its epoch; restore backups with `jihe restore`"
                    );
                }
            }
        }
        Ok(response)
    }

    /// The devices that announced work which did not come.
    pub async fn missed(&self) -> Result<Vec<DeviceRow>, ApiError> {
        Ok(self.core.server.missed().await?)
    }

    /// Executes a command that was kept unexecuted; see [`Server::release`].
    pub async fn release(
        &self,
        command: CommandId,
    ) -> Result<Option<Result<Outcome, Outcome>>, ApiError> {
        let _alone = self.core.deciding.lock().await;
        let now = self.core.clock.now();
        let released = self.core.server.release(command, now).await?;
        self.core.poke();
        Ok(released)
    }

    /// The organisation as it stands.
    pub async fn organisation(&self) -> Result<Arc<Organisation>, ApiError> {
        Ok(self.core.server.organisation().await?)
    }

    /// The plans of a period that stand in partitions which the caller picks; nobody is held up.
    pub async fn plans_in(
        &self,
        is_in: impl Fn(PartitionId) -> bool,
        period: PeriodId,
    ) -> Result<Vec<PlanId>, ApiError> {
        let store = self.core.server.store();
        let partitions = store.partitions().await.map_err(ServerError::from)?;
        let needs = Needs {
            plans_in: partitions.into_iter().filter(|id| is_in(*id)).collect(),
            ..WITHOUT_ORGANISATION
        };
        let loaded = store.load(&needs).await.map_err(ServerError::from)?;
        let mut plans = Vec::new();
        for row in loaded.rows {
            let row = serde_json::from_str(&row.text);
            match row.map_err(|_| store::Error::unreadable("row"))? {
                Row::Plan(plan) if plan.period == period => plans.push(plan.id),
                _ => {}
            }
        }
        Ok(whatif::once(plans))
    }

    /// Plans with all that hangs on them, beside an organisation; nobody is held up.
    pub async fn documents(
        &self,
        organisation: &Arc<Organisation>,
        plans: &[PlanId],
    ) -> Result<World, ApiError> {
        let needs = Needs {
            documents: plans.iter().copied().collect(),
            ..WITHOUT_ORGANISATION
        };
        let store = self.core.server.store();
        let loaded = store.load(&needs).await.map_err(ServerError::from)?;
        let mut world = World::with_organisation(Arc::clone(organisation), Holdings::Everything);
        for row in loaded.rows {
            let row = serde_json::from_str(&row.text);
            world.take(row.map_err(|_| store::Error::unreadable("row"))?);
        }
        Ok(world)
    }

    /// Lets the caller decide alone until the guard is dropped, for acts that look before they act.
    pub async fn deciding(&self) -> Deciding<'_> {
        Deciding {
            core: &self.core,
            _alone: self.core.deciding.lock().await,
        }
    }

    /// Listens for pokes; `None` when too many listen already.
    pub fn listen(&self) -> Option<Listener> {
        let full = self.core.pokes.receiver_count() >= MOST_LISTENERS;
        (!full).then(|| Listener {
            pokes: self.core.pokes.subscribe(),
            stopping: self.core.stopping.subscribe(),
        })
    }

    /// Ends all listening, so that the process can stop.
    pub fn stop(&self) {
        self.core.stopping.send_replace(true);
    }
}

/// The right to decide alone.
pub struct Deciding<'a> {
    core: &'a Core,
    _alone: MutexGuard<'a, ()>,
}

impl Deciding<'_> {
    /// Gives the unit plans of the periods into which an import may go, with all that hangs on
    /// them, beside the organisation.
    pub async fn unit_plans(&self, choices: &Choices) -> Result<World, ApiError> {
        let server = &self.core.server;
        let mut world =
            World::with_organisation(server.organisation().await?, Holdings::Everything);
        let periods = wanted_periods(world.organisation(), choices);
        let mut partitions = server
            .store()
            .partitions()
            .await
            .map_err(ServerError::from)?;
        partitions.retain(|id| matches!(id, PartitionId::Common(_, of) if periods.contains(of)));
        let wanted = |partition| Wanted {
            partition,
            after: None,
            sum: None,
            floor: None,
        };
        let wanted: Vec<_> = partitions.into_iter().map(wanted).collect();
        let snapshot = server
            .store()
            .changes(&wanted, usize::MAX)
            .await
            .map_err(ServerError::from)?;
        for (_, text) in snapshot.changed.iter().flat_map(|changed| &changed.rows) {
            let row = serde_json::from_str(text).map_err(|_| store::Error::unreadable("row"))?;
            world.put(&row);
        }
        Ok(world)
    }

    /// Gives every plan of a period with all that hangs on it, beside the organisation.
    pub async fn plans_of(&self, period: PeriodId) -> Result<World, ApiError> {
        let server = &self.core.server;
        let store = server.store();
        let organisation = server.organisation().await?;
        let mut world = World::with_organisation(organisation, Holdings::Everything);
        let partitions = store.partitions().await.map_err(ServerError::from)?;
        let plans_in = partitions.into_iter().filter(|id| jobs::is_of(*id, period));
        let mut needs = Needs {
            plans_in: plans_in.collect(),
            ..Needs::default()
        };
        let plans = store.load(&needs).await.map_err(ServerError::from)?;
        needs.documents = plans
            .rows
            .iter()
            .filter_map(|row| row.key.document)
            .collect();
        let loaded = store.load(&needs).await.map_err(ServerError::from)?;
        for row in loaded.rows {
            let row = serde_json::from_str(&row.text);
            world.put(&row.map_err(|_| store::Error::unreadable("row"))?);
        }
        Ok(world)
    }

    /// Executes commands all or none, on a person's behalf; refuses with the first refusal.
    pub async fn execute_all(
        &self,
        person: PersonId,
        commands: &[Command],
    ) -> Result<(), ApiError> {
        let now = self.core.clock.now();
        let made = Made {
            device_wall: now,
            est_server_time: now,
            tz: 0,
        };
        self.execute_all_at(person, commands, (made, now)).await
    }

    /// Executes commands all or none, as made and executed at a moment of the past; see
    /// [`Server::execute_all_at`].
    pub async fn execute_all_at(
        &self,
        person: PersonId,
        commands: &[Command],
        at: (Made, UtcMillis),
    ) -> Result<(), ApiError> {
        let device = DeviceId::from_bits(chance::bits());
        let fresh = |command: &Command| (CommandId::from_bits(chance::bits()), command.clone());
        let commands: Vec<_> = commands.iter().map(fresh).collect();
        match self
            .core
            .server
            .execute_all_at(person, device, &commands, at)
            .await?
        {
            Ok(()) => {
                self.core.poke();
                Ok(())
            }
            Err((_, Outcome::Rejected { refusal } | Outcome::Quarantined { refusal })) => {
                Err(ApiError::Refused(refusal))
            }
            Err((place, outcome)) => {
                let how = format!("command {place} of the server's own ended as {outcome:?}");
                Err(store::Error::Broken(how).into())
            }
        }
    }
}

/// Somebody who wants to know when to pull again.
pub struct Listener {
    pokes: broadcast::Receiver<()>,
    stopping: watch::Receiver<bool>,
}

impl Listener {
    /// Waits for the next poke; says `false` when the server stops.
    pub async fn poked(&mut self) -> bool {
        if *self.stopping.borrow() {
            return false;
        }
        tokio::select! {
            poke = self.pokes.recv() => !matches!(poke, Err(broadcast::error::RecvError::Closed)),
            _ = self.stopping.changed() => false,
        }
    }
}

impl Core {
    fn poke(&self) {
        // Nobody listening is no failure: pokes only hasten what pulling does anyway.
        let _ = self.pokes.send(());
    }
}

async fn write(core: Arc<Core>, mut queue: mpsc::Receiver<Waiting>) {
    let mut together = Vec::with_capacity(MOST_TOGETHER);
    while queue.recv_many(&mut together, MOST_TOGETHER).await > 0 {
        let (arrivals, answers): (Vec<_>, Vec<_>) = together
            .drain(..)
            .map(|waiting| (waiting.arrival, waiting.answer))
            .unzip();
        let deciding = core.deciding.lock().await;
        let done = core.server.push(&arrivals, core.clock.now()).await;
        drop(deciding);
        match done {
            Ok(responses) => {
                let mut results = responses.iter().flat_map(|response| &response.results);
                if results.any(|result| result.outcome.is_recorded()) {
                    core.poke();
                }
                for (answer, response) in answers.into_iter().zip(responses) {
                    // Whoever has gone away asks again and gets the recorded outcome.
                    let _ = answer.send(Ok(response));
                }
            }
            Err(error) => {
                tracing::error!(%error, "a group of pushes was not written");
                for answer in answers {
                    let _ = answer.send(Err(error.clone()));
                }
            }
        }
    }
}
