//! The cluster: devices, their tabs, the servers, a clock that disagrees, and turns of chance.
//!
//! Everything that happens is drawn from the seed: which waiting operation goes on, what a person
//! does, what breaks. A broken promise ends the run with a sentence.

mod attacks;
mod delivery;
mod devices;
mod faults;
mod quiet;
mod rights;
mod tabs;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use shared::id::{CommandId, Epoch, ItemId, PersonId, PlanId};
use shared::moment::{Day, UtcMillis};
use shared::organisation::Organisation;
use shared::partition::PartitionId;
use shared::row::Row;
use shared::sync::client::Client;
use shared::sync::message::{Outcome, PullResponse};
use shared::sync::server::store::{Head, LoadedRow, Needs};
use shared::sync::server::{Arrival, MemoryStore, Store as _};
use shared::world::{Holdings, World};

use crate::chance::Chance;
use crate::checkers::Verdict;
use crate::checkers::loss_noticed::Announced;
use crate::checkers::monotone::Watch;
use crate::coverage::{Coverage, Fault};
use crate::executor::{Task, at_once};
use crate::network::{DeviceSurroundings, TabPeer, Wire};
use crate::people::{BEGIN, Company};
use crate::servers::Servers;
use crate::storage::Disk;
use crate::storage::{BUILDS, TabStorage};
use crate::weather::Weather;

pub(crate) use tabs::Done;

/// The client that ships, on simulated storage, network, clock and chance.
pub(crate) type TabClient = Client<TabStorage, TabPeer, DeviceSurroundings>;

/// An hour, in milliseconds.
const HOUR: i64 = 3_600_000;

/// By which clocks the devices of a run go; nothing else of the run depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clocks {
    /// As the seed has them.
    AsDrawn,
    /// The same, but none jumps into another day.
    SameDay,
    /// Wrong in another way, and none jumps into another day.
    Others,
}

/// A storage of a person.
struct Device {
    person: PersonId,
    disk: Disk,
    /// The build of the app that the next tab has.
    build: usize,
    /// What the caches have shown, by build.
    watches: [Watch; BUILDS],
    /// Chance of the clock alone, so that another clock changes nothing else.
    clock: Chance,
    /// How far the clock was set wrong, and how far it is wrong now.
    set: i64,
    ahead: Rc<Cell<i64>>,
    tz: i32,
    online: bool,
    /// Commands that were kept here, as their authors were told.
    kept: Vec<CommandId>,
    /// Commands that were written here, in order; a tab may freeze before its author is told.
    written: Vec<CommandId>,
    /// Whether another disk has held the same commands.
    copied: bool,
    /// Old answers, which a cache on the way may give again.
    answers: VecDeque<PullResponse>,
}

/// A tab on a device.
struct Tab {
    device: usize,
    build: usize,
    client: Option<Rc<TabClient>>,
    tasks: Vec<(u64, What, Task<Done>)>,
    alive: bool,
    frozen: bool,
    /// Whether it froze in the middle of a transaction.
    holds: bool,
    /// Tasks whose operations were completed while the tab was frozen, in order.
    thaw: VecDeque<u64>,
}

/// What a task of a tab is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Open,
    Act,
    Sync,
    Reload,
}

/// What has befallen the server in a run.
#[derive(Debug, Clone, Copy, Default)]
struct Past {
    /// It has gone back to a backup.
    restored: bool,
    /// It did so without beginning a new life.
    went_back: bool,
    /// It has forgotten removals.
    pruned: bool,
}

/// One run.
pub(crate) struct Cluster<'a> {
    company: &'a Company,
    chance: Chance,
    now: Rc<Cell<i64>>,
    weather: Weather,
    clocks: Clocks,
    wire: Rc<RefCell<Wire>>,
    next_task: u64,
    devices: Vec<Device>,
    tabs: Vec<Tab>,
    servers: Servers,
    /// Requests that arrive when nobody waits for them any more.
    late: Vec<Arrival>,
    backup: Option<MemoryStore>,
    past: Past,
    /// Whether an answer did not fit what its device holds, so that it asks again.
    restless: bool,
    /// What devices said of their unsent work.
    announced: Announced,
    rumours: Vec<(PlanId, ItemId)>,
    /// When each command was kept.
    kept_at: BTreeMap<CommandId, i64>,
    /// The organisation at the server, as of an epoch and version.
    organisation: (Epoch, u64, Arc<Organisation>),
    pub(crate) coverage: Coverage,
    hash: u64,
    tells: bool,
}

impl<'a> Cluster<'a> {
    /// Begins a run; `tells` prints every step.
    pub(crate) fn new(
        company: &'a Company,
        seed: u64,
        bias: fn(&mut Weather),
        clocks: Clocks,
        tells: bool,
    ) -> Self {
        let mut chance = Chance::new(seed);
        let mut weather = Weather::draw(&mut chance.split());
        bias(&mut weather);
        let epoch = Epoch::from_bits(chance.wide());
        let mut cluster = Self {
            company,
            now: Rc::new(Cell::new(BEGIN.0)),
            weather,
            clocks,
            wire: Rc::default(),
            next_task: 0,
            devices: Vec::new(),
            tabs: Vec::new(),
            servers: Servers::new(company.store.restored(epoch), weather.page as usize),
            late: Vec::new(),
            backup: None,
            past: Past::default(),
            restless: false,
            announced: Announced::default(),
            rumours: company.rumours.clone(),
            kept_at: BTreeMap::new(),
            organisation: (Epoch::from_bits(0), 0, Arc::default()),
            coverage: Coverage::default(),
            hash: seed,
            tells,
            chance,
        };
        cluster.tell(|| format!("{weather:?}"));
        cluster.people_sit_down();
        cluster
    }

    fn people_sit_down(&mut self) {
        let many = 4 + self.chance.below(4);
        let mut people: Vec<PersonId> = self.company.people.clone();
        for _ in 0..many {
            let place = self.chance.below(people.len());
            // One of a few people has two devices.
            let again = self.chance.permille(150);
            let person = if again {
                people[place]
            } else {
                people.swap_remove(place)
            };
            let device = self.add_device(person, Disk::default());
            self.open_tab(device);
        }
    }

    /// Runs to the end: faults first, then quiet; gives the hash of all that happened.
    pub(crate) fn run(&mut self) -> Result<u64, String> {
        if self.chance.permille(800) {
            self.begin_the_day()?;
        }
        let turns = 46 + self.chance.below(64);
        for _ in 0..turns {
            self.turn()?;
        }
        self.calm_down()?;
        self.check_everything()?;
        Ok(self.hash)
    }

    fn turn(&mut self) -> Verdict {
        self.now
            .set(self.now.get() + self.chance.between(10, 20_000));
        for _ in 0..self.chance.below(26) {
            if !self.progress()? {
                break;
            }
        }
        let alive = self.alive();
        let tab = self.chance.pick(&alive).copied().unwrap_or(0);
        match self.chance.below(100) {
            0..38 => self.sync(tab),
            38..98 => self.act(tab),
            _ => Ok(()),
        }?;
        self.disturb()
    }

    fn alive(&self) -> Vec<usize> {
        let tabs = self.tabs.iter().enumerate();
        tabs.filter(|(_, tab)| tab.alive)
            .map(|(place, _)| place)
            .collect()
    }

    /// Lets one waiting operation or request go on; says whether there was one.
    fn progress(&mut self) -> Result<bool, String> {
        let waiting = self.waiting();
        let work = self.servers.work.len();
        let late = self.late.len();
        let choice = self.chance.below(waiting.len() + 2 * work + late);
        if waiting.len() + work + late == 0 {
            return Ok(false);
        }
        if let Some(op) = waiting.get(choice) {
            self.mix(*op);
            self.go_on(*op)?;
        } else if choice < waiting.len() + 2 * work {
            self.serve((choice - waiting.len()) / 2)?;
        } else {
            let arrival = self.late.swap_remove(choice - waiting.len() - 2 * work);
            self.arrive_late(arrival);
        }
        Ok(true)
    }

    fn server_now(&self) -> UtcMillis {
        UtcMillis(self.now.get())
    }

    fn life(&self) -> Epoch {
        at_once(self.servers.memory.epoch()).expect("memory does not fail")
    }

    /// The organisation as the server has it now.
    fn organisation(&mut self) -> Arc<Organisation> {
        let life = self.life();
        let known = if self.organisation.0 == life {
            self.organisation.1
        } else {
            0
        };
        let needs = Needs {
            organisation_after: known,
            ..Needs::default()
        };
        let loaded = at_once(self.servers.memory.load(&needs)).expect("memory does not fail");
        if self.organisation.0 != life {
            self.organisation = (life, 0, Arc::default());
        }
        if self.organisation.1 < loaded.organisation_ver {
            let shared = Arc::clone(&self.organisation.2);
            let mut world = World::with_organisation(shared, Holdings::Everything);
            for (_, text) in loaded.organisation {
                world.put(&serde_json::from_str(&text).expect("the server writes rows"));
            }
            self.organisation = (
                life,
                loaded.organisation_ver,
                Arc::clone(world.organisation()),
            );
        }
        Arc::clone(&self.organisation.2)
    }

    /// The rows of a document that stand at the server.
    fn document(&self, plan: PlanId) -> Vec<Row> {
        let needs = Needs {
            documents: [plan].into(),
            organisation_after: u64::MAX,
            ..Needs::default()
        };
        let loaded = at_once(self.servers.memory.load(&needs)).expect("memory does not fail");
        let read = |row: &LoadedRow| serde_json::from_str(&row.text);
        let rows: Result<Vec<Row>, _> = loaded.rows.iter().map(read).collect();
        rows.expect("the server writes rows")
    }

    fn today(&self) -> Day {
        self.server_now().day(480)
    }

    /// What the server's log says of a command.
    fn outcome(&self, command: CommandId) -> Option<Outcome> {
        let needs = Needs {
            commands: [command].into(),
            organisation_after: u64::MAX,
            ..Needs::default()
        };
        let loaded = at_once(self.servers.memory.load(&needs)).expect("memory does not fail");
        loaded.log.get(&command).map(|entry| entry.outcome.clone())
    }

    fn log(&self) -> BTreeMap<CommandId, Outcome> {
        let log = self.servers.memory.log();
        log.into_iter()
            .map(|entry| (entry.cmd_id, entry.outcome))
            .collect()
    }

    fn note(&mut self, fault: Fault, changed: bool) {
        self.coverage.note(fault, changed);
        self.mix(fault as u64 + 1000);
    }

    /// Mixes what happened into the hash of the run.
    const fn mix(&mut self, bits: u64) {
        let mixed = (self.hash ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.hash = mixed ^ (mixed >> 29);
    }

    fn mix_text(&mut self, text: &str) {
        for chunk in text.as_bytes().chunks(8) {
            let mut bits = [0; 8];
            bits[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(bits));
        }
    }

    fn tell(&self, words: impl FnOnce() -> String) {
        if self.tells {
            eprintln!("{:>10} {}", self.now.get() - BEGIN.0, words());
        }
    }

    /// Where every partition stands.
    fn heads(&self) -> BTreeMap<PartitionId, Head> {
        let ids = at_once(self.servers.memory.partitions()).expect("memory does not fail");
        let ids = ids.into_iter().collect();
        at_once(self.servers.memory.heads(&ids)).expect("memory does not fail")
    }

    /// What stands at the server, for those who compare runs.
    pub(crate) fn memory(&self) -> Arc<MemoryStore> {
        Arc::clone(&self.servers.memory)
    }
}
