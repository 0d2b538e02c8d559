//! The signed-in person's session: what is seen, and the one way to change anything.
//!
//! It opens on what the device holds, with no network; the server is asked later. Everything that
//! a person does goes through [`Session::send`], which returns when the act is on the disk.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::Command;
use shared::id::{CommandId, EntryId, ItemId, PersonId, PlanId};
use shared::moment::{Day, Made, Moment, UtcMillis};
use shared::outlook::Ahead;
use shared::refusal::Refusal;
use shared::sync::client::{Client, PeerError, SendError, StorageError, Surroundings as _};
use shared::sync::message::Outcome;
use shared::world::{PlanDocument, Stop, World};

use crate::chance;
use crate::components::{Light, Toast, Whereabouts};
use crate::i18n::{refusal, work as words};
use crate::store::evidence::Held;
use crate::store::indexed_db::IndexedDb;
use crate::store::spill::{self, Spilled};
use crate::sync::Loop;
use crate::sync::http::Http;
use crate::timer;

mod browser;
pub(crate) mod evidence;
mod lookout;
pub(crate) mod renew;
mod telling;
pub(crate) mod typing;
pub(crate) mod undo;
mod waiting;
pub(crate) mod work;

use browser::Browser;
use evidence::Keeper;
use lookout::Lookout;
use typing::Typing;
use undo::Undoing;
pub(crate) use work::Work;

/// The client over the browser.
pub(crate) type Device = Client<IndexedDb, Http, Browser>;

/// The build's id, for the server's log and the sync centre.
pub(crate) const BUILD: &str = match option_env!("JIHE_BUILD") {
    Some(build) => build,
    None => env!("CARGO_PKG_VERSION"),
};

/// Why an act was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotSent {
    /// A rule refuses it; what was typed stands in its field.
    Refused(Refusal),
    /// The device could not keep it; the person has been told.
    NotSaved,
}

/// What a person is told of an act that was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// The field that it is about.
    pub(crate) field: Option<String>,
    /// What happened, and what to do.
    pub(crate) words: String,
    /// Whether it was not done because it is there already.
    pub(crate) exists: bool,
}

impl Told {
    /// Tells a refusal, at its field.
    pub(crate) fn of(refused: &Refusal) -> Self {
        Self {
            field: refusal::field(refused).map(str::to_owned),
            words: refusal::words(refused),
            exists: matches!(refused, Refusal::AlreadyExists { .. }),
        }
    }

    /// Tells something that is about no field.
    pub(crate) fn words(words: impl Into<String>) -> Self {
        Self {
            field: None,
            words: words.into(),
            exists: false,
        }
    }

    /// What is told at a field.
    pub(crate) fn at(&self, field: &str) -> Option<&str> {
        (self.field.as_deref() == Some(field)).then_some(&*self.words)
    }
}

/// Who keeps the files, and how it is told that the server answered.
///
/// Both come with a later part of the program; the call by its pointer leaves the code there.
type Keeping = (Rc<Keeper>, Rc<dyn Fn()>);

/// What works behind a session.
struct Behind {
    device: Rc<Device>,
    looping: Rc<Loop>,
    typing: Rc<Typing>,
}

/// A person's session in this tab.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    person: PersonId,
    behind: StoredValue<Rc<Behind>, LocalStorage>,
    world: RwSignal<Arc<World>>,
    work: RwSignal<Arc<Work>>,
    now: RwSignal<UtcMillis>,
    storage_broken: RwSignal<bool>,
    toasts: RwSignal<Vec<Toast>>,
    /// `None` until the device was asked.
    files: RwSignal<Option<Arc<Vec<Held>>>>,
    keeper: StoredValue<Option<Keeping>, LocalStorage>,
    /// The message that offers to take a step back, and the number of the step.
    undo: RwSignal<Option<(u64, u64)>>,
    undoing: Undoing,
    lookout: Lookout,
}

impl Session {
    /// Opens a person's session on what this device holds.
    pub(crate) async fn open(person: PersonId) -> Result<Self, StorageError> {
        timer::begins("opening");
        let storage = IndexedDb::of(person);
        storage.connect().await;
        let device = Client::open(
            storage,
            Http::of(person),
            Browser::of(person),
            person,
            BUILD,
        );
        let device = Rc::new(device.await?);
        timer::took("opened", "opening");
        let world = Arc::new(device.replica().view().clone());
        let drafts = device.replica().drafts().clone();
        let (world, now) = (RwSignal::new(world), RwSignal::new(device.estimated_now()));
        let session = Self {
            person,
            lookout: Lookout::near(person, world, now),
            work: RwSignal::new(Arc::new(Work::read(&device))),
            now,
            behind: StoredValue::new_local(Rc::new(Behind {
                looping: Rc::new(Loop::new(Rc::clone(&device), person)),
                typing: Rc::new(Typing::new(Rc::clone(&device), drafts)),
                device,
            })),
            world,
            storage_broken: RwSignal::new(false),
            toasts: RwSignal::new(Vec::new()),
            files: RwSignal::new(None),
            keeper: StoredValue::new_local(None),
            undo: RwSignal::new(None),
            undoing: Undoing::none(),
        };
        session.take_over_spill();
        // What is asked of the server waits until the person sees what the device holds.
        let (looping, device) = (session.looping(), session.device());
        timer::after_paint(move || {
            session.lookout.look_further();
            looping.start(session);
            device.storage().forget_former_caches();
        });
        session.tick();
        Ok(session)
    }

    /// The session in which a component stands.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Whose session it is.
    pub(crate) const fn person(self) -> PersonId {
        self.person
    }

    /// What the person sees: confirmed rows with the pending commands over them. Observed.
    pub(crate) fn world(self) -> Arc<World> {
        self.world.get()
    }

    /// The same, unobserved.
    pub(crate) fn world_untracked(self) -> Arc<World> {
        self.world.get_untracked()
    }

    /// Where each piece of this person's work is. Observed.
    pub(crate) fn work(self) -> Arc<Work> {
        self.work.get()
    }

    /// What lies ahead of this person today. Observed.
    pub(crate) fn ahead(self) -> Memo<Ahead> {
        self.lookout.ahead()
    }

    /// Says whether a first screen looks at a plan by now: what lies further follows once it is
    /// painted. Observed.
    pub(crate) fn looks_at(self, document: &PlanDocument) -> bool {
        self.lookout.covers(document)
    }

    /// The server's time as well as the device can tell. Observed, by the minute.
    pub(crate) fn now(self) -> UtcMillis {
        self.now.get()
    }

    /// The organisation's day. Observed.
    pub(crate) fn today(self) -> Day {
        self.now
            .get()
            .day(self.world.with(|world| world.organisation().utc_offset()))
    }

    /// The organisation's day, unobserved: for what is computed once.
    pub(crate) fn today_untracked(self) -> Day {
        untrack(|| self.today())
    }

    /// Says whether the rules let this person do something, whatever else may still be wrong with
    /// it: the rule itself is asked, so no screen repeats who may do what. Observed.
    pub(crate) fn allows(self, world: &World, command: &Command) -> bool {
        self.refused(world, command) != Some(Refusal::Forbidden)
    }

    /// Says why a command would be refused now. Observed.
    pub(crate) fn refused(self, world: &World, command: &Command) -> Option<Refusal> {
        let now = self.now();
        let made = Made {
            device_wall: now,
            est_server_time: now,
            tz: Browser::of(self.person).tz(),
        };
        let moment = Moment {
            made,
            received: now,
            recorded: now,
            utc_offset: world.organisation().utc_offset(),
        };
        match world.decide(command, self.person, &moment) {
            Err(Stop::Refused(refusal)) => Some(refusal),
            _ => None,
        }
    }

    /// The client, for the sync centre.
    pub(crate) fn device(self) -> Rc<Device> {
        self.behind.with_value(|behind| Rc::clone(&behind.device))
    }

    /// The sync loop.
    pub(crate) fn looping(self) -> Rc<Loop> {
        self.behind.with_value(|behind| Rc::clone(&behind.looping))
    }

    /// What the light in the header says. Observed.
    pub(crate) fn light(self) -> Light {
        let (work, files) = (self.work.get(), self.files());
        self.looping()
            .light(self.storage_broken.get(), &work, &files)
    }

    /// Says whether the server is out of reach. Observed.
    pub(crate) fn is_offline(self) -> bool {
        self.looping().is_offline()
    }

    /// Says whether the device could not keep the last act. Observed.
    pub(crate) fn is_storage_broken(self) -> bool {
        self.storage_broken.get()
    }

    /// Keeps an act; what goes wrong is told in a toast.
    pub(crate) fn send(self, command: Command) {
        self.send_or_complain(command, || ());
    }

    /// Keeps an act and goes on once it is on the disk; what goes wrong is told in a toast.
    pub(crate) fn send_or_complain(self, command: Command, then: impl FnOnce() + 'static) {
        self.send_then(command, move |sent| match sent {
            Ok(()) => then(),
            Err(NotSent::Refused(refused)) => self.complain(refusal::words(&refused)),
            Err(NotSent::NotSaved) => {}
        });
    }

    /// Keeps an act, then tells how that went: `Ok` when it is on the disk.
    pub(crate) fn send_then(
        self,
        command: Command,
        then: impl FnOnce(Result<(), NotSent>) + 'static,
    ) {
        self.undoing.under_way(true);
        let acts = self.typing(|typing| Rc::clone(&typing.acts));
        acts.keep(self, command, Box::new(then));
    }

    /// Keeps an act, when nothing that was done before it waits.
    async fn keep_now(self, command: &Command) -> Result<(), NotSent> {
        timer::begins("keeping");
        let kept = self.device().send(command).await;
        timer::took("kept", "keeping");
        let sent = self.kept(kept, command);
        if sent.is_ok() {
            self.done(command);
        }
        self.undoing.under_way(false);
        sent
    }

    /// Keeps a command in place of a refused one.
    pub(crate) fn reapply(self, refused: CommandId, command: Command) {
        spawn_local(async move {
            let kept = self.device().reapply(refused, &command).await;
            match self.kept(kept, &command) {
                Ok(()) => self.say(words::reapplied()),
                Err(NotSent::Refused(refusal)) => self.complain(refusal::words(&refusal)),
                Err(NotSent::NotSaved) => {}
            }
        });
    }

    /// Gives a refused command up.
    pub(crate) fn discard(self, refused: CommandId) {
        spawn_local(async move {
            match self.device().discard(refused).await {
                Ok(_) => {
                    self.changed();
                    self.say(words::discarded());
                }
                Err(SendError::Refused(refusal)) => self.complain(refusal::words(&refusal)),
                Err(SendError::NotKept(_)) => self.complain(words::not_saved().to_owned()),
            }
        });
    }

    fn kept(self, kept: Result<CommandId, SendError>, command: &Command) -> Result<(), NotSent> {
        match kept {
            Ok(_) => {
                self.storage_broken.set(false);
                self.changed();
                Ok(())
            }
            Err(SendError::Refused(refused)) => Err(NotSent::Refused(refused)),
            Err(SendError::NotKept(_)) => {
                self.spill(command);
                self.storage_broken.set(true);
                self.complain(words::not_saved().to_owned());
                self.looping().storage_lost(self);
                Err(NotSent::NotSaved)
            }
        }
    }

    /// Executes an act at the server at once, for what may not wait on a device.
    pub(crate) fn send_online(
        self,
        command: Command,
        then: impl FnOnce(Result<(), Told>) + 'static,
    ) {
        spawn_local(async move {
            let id = CommandId::from_bits(chance::bits());
            let outcome = self.device().send_online(id, &command).await;
            then(match outcome {
                Ok(Outcome::Applied { .. }) => Ok(()),
                Ok(Outcome::Rejected { refusal } | Outcome::Quarantined { refusal })
                | Err(PeerError::Refused(refusal)) => Err(Told::of(&refusal)),
                Ok(Outcome::WrongPerson) | Err(PeerError::AuthLost) => {
                    Err(Told::words(refusal::signed_out()))
                }
                Ok(_) => Err(Told::words(refusal::internal())),
                Err(_) => Err(Told::words(refusal::online_only())),
            });
            self.looping().poke(self);
        });
    }

    /// Reads the view again after the device's memory changed, and tells the other tabs.
    pub(crate) fn changed(self) {
        self.refresh();
        self.looping().enqueued(self);
    }

    /// Reads the view again.
    pub(crate) fn refresh(self) {
        let device = self.device();
        self.world.set(Arc::new(device.replica().view().clone()));
        self.work.set(Arc::new(Work::read(&device)));
        self.now.set(device.estimated_now());
    }

    fn tick(self) {
        timer::after(60_000, move || {
            // A session that was closed has no signals left, and its clock stops.
            if self.now.try_set(self.device().estimated_now()).is_none() {
                self.tick();
            }
        });
    }

    fn spill(self, command: &Command) {
        use shared::command::MadeCommand;
        let wall = Browser::of(self.person).wall();
        let made = Made {
            device_wall: wall,
            est_server_time: wall,
            tz: Browser::of(self.person).tz(),
        };
        let made = MadeCommand {
            command: command.clone(),
            made,
            supersedes: None,
        };
        if let Ok(bytes) = made.write() {
            let cmd_id = CommandId::from_bits(chance::bits());
            spill::add(self.person, Spilled { cmd_id, bytes });
        }
    }

    /// Takes what an earlier page could not keep over into the outbox.
    fn take_over_spill(self) {
        use shared::command::MadeCommand;
        for spilled in spill::read(self.person) {
            let Ok(made) = MadeCommand::read(&spilled.bytes) else {
                continue;
            };
            self.send_then(made.command, move |sent| match sent {
                // Ids are in the command: one that was kept after all is refused as existing.
                Ok(()) | Err(NotSent::Refused(Refusal::AlreadyExists { .. })) => {
                    spill::settle(self.person, spilled.cmd_id);
                }
                Err(_) => {}
            });
        }
    }
}

/// Where work is, beside what was made.
impl Session {
    /// Beside a plan. Observed.
    pub(crate) fn whereabouts_of_plan(self, plan: PlanId) -> Option<impl IntoView + use<>> {
        let state = self.work.with(|work| work.plans.get(&plan).copied());
        state.map(|state| view! { <Whereabouts state=state /> })
    }

    /// Beside an entry of the ledger. Observed.
    pub(crate) fn whereabouts_of_entry(self, entry: EntryId) -> Option<impl IntoView + use<>> {
        let state = self.work.with(|work| work.entries.get(&entry).copied());
        state.map(|state| view! { <Whereabouts state=state /> })
    }

    /// Beside an item. Observed.
    pub(crate) fn whereabouts_of_item(self, item: ItemId) -> Option<impl IntoView + use<>> {
        let state = self.work.with(|work| work.items.get(&item).copied());
        state.map(|state| view! { <Whereabouts state=state /> })
    }
}

/// Text being typed.
impl Session {
    fn typing<T>(self, ask: impl FnOnce(&Rc<Typing>) -> T) -> T {
        self.behind.with_value(|behind| ask(&behind.typing))
    }

    /// What was typed into a field before, and not accepted yet.
    pub(crate) fn typed(self, field: &str) -> Option<typing::Typed> {
        self.typing(|typing| typing.read(field))
    }

    /// Says whether something of an item is typed and not accepted yet.
    pub(crate) fn is_typed(self, item: ItemId) -> bool {
        self.typing(|typing| typing.any(&format!("item/{item}/")))
    }

    /// Keeps the text of a field, and what the person saw there before.
    pub(crate) fn keep_typed(self, field: &str, seen: &str, text: &str) {
        self.typing(|typing| typing.keep(field, seen, text));
    }

    /// Drops the text of a field.
    pub(crate) fn drop_typed(self, field: &str) {
        self.typing(|typing| typing.drop(field));
    }
}
