//! The sync loop of a tab: carries out what the shared table decides.
//!
//! Events only wake it; that something is unsent is read from the outbox each time. One request is
//! under way at most. A failing server is asked again after a jittered, growing wait.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::PersonId;
use shared::moment::UtcMillis;
use shared::sync::client::{PeerError, Pulled, SyncError};
use shared::sync::schedule::{Event, State, Step, next};

use crate::chance;
use crate::components::Light;
use crate::session::work::Work;
use crate::session::{Device, Session};
use crate::store::evidence::Held;
use crate::timer;

pub(crate) mod http;
pub(crate) mod live;

use live::Live;

/// The shortest and the longest wait after a failure, in milliseconds.
const LEAST_WAIT: u32 = 1_000;
const MOST_WAIT: u32 = 300_000;
/// How often one looks when nothing calls, in milliseconds.
const REGULAR_WAIT: u32 = 60_000;
/// The least time between two requests, in milliseconds.
const BREATH: u32 = 250;

/// What the screen shows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Status {
    /// Where the loop is.
    pub(crate) state: State,
    /// Whether the last request was answered.
    pub(crate) reached: bool,
    /// When the server answered last.
    pub(crate) contact: Option<UtcMillis>,
}

/// The loop.
pub(crate) struct Loop {
    device: Rc<Device>,
    person: PersonId,
    state: Cell<State>,
    busy: Cell<bool>,
    /// A poke came during a request, whose answer may be older than what was poked for.
    poked: Cell<bool>,
    push_failed: Cell<bool>,
    failures: Cell<u32>,
    /// Tells timers apart: only the newest one counts.
    timer: Cell<u64>,
    asked_to_wait: Cell<u32>,
    live: RefCell<Option<Live>>,
    status: RwSignal<Status>,
}

impl Loop {
    /// Makes the loop of a person's device; it does nothing before it is started.
    pub(crate) fn new(device: Rc<Device>, person: PersonId) -> Self {
        Self {
            device,
            person,
            state: Cell::new(State::Booting),
            busy: Cell::new(false),
            poked: Cell::new(false),
            push_failed: Cell::new(false),
            failures: Cell::new(0),
            timer: Cell::new(0),
            asked_to_wait: Cell::new(0),
            live: RefCell::default(),
            status: RwSignal::new(Status {
                state: State::Booting,
                reached: true,
                contact: None,
            }),
        }
    }

    /// Starts, unless it was stopped before; the storage has just been read.
    pub(crate) fn start(self: &Rc<Self>, session: Session) {
        if self.state.get() != State::Booting {
            return;
        }
        self.live.replace(Some(Live::listen(self.person, session)));
        self.dispatch(session, Event::StorageOk);
    }

    /// Stops listening; a request that is under way ends by itself.
    pub(crate) fn stop(&self) {
        self.live.take();
        self.timer.set(self.timer.get() + 1);
        self.state.set(State::NeedsAuth);
    }

    /// What the screen shows. Observed.
    pub(crate) fn status(&self) -> Status {
        self.status.get()
    }

    /// What the light says. Observed.
    pub(crate) fn light(&self, storage_broken: bool, work: &Work, files: &[Held]) -> Light {
        let status = self.status.get();
        let unsent = files.iter().filter(|held| held.is_unsent()).count() + work.unsent();
        let not_taken = files.iter().filter(|held| held.refused.is_some()).count();
        if storage_broken || status.state == State::StorageBroken {
            return Light::Broken;
        }
        let attention = work.refused.len() + not_taken;
        if attention > 0 {
            return Light::Attention(attention);
        }
        match status.state {
            State::NeedsAuth => Light::SignedOut,
            _ if !status.reached => Light::Offline(unsent),
            _ if unsent > 0 => Light::Pending(unsent),
            State::Booting | State::Pushing => Light::Working,
            // Pages of the first pull stand nowhere before the last has come.
            State::Pulling if status.contact.is_none() || !self.holds_data() => Light::Working,
            _ => Light::Synced,
        }
    }

    /// Says whether the device was ever given what this person may see.
    pub(crate) fn holds_data(&self) -> bool {
        self.device.replica().epoch().is_some()
    }

    /// Says whether the server is out of reach. Observed.
    pub(crate) fn is_offline(&self) -> bool {
        !self.status.get().reached
    }

    /// Something was kept.
    pub(crate) fn enqueued(self: &Rc<Self>, session: Session) {
        self.tell_tabs();
        self.push_failed.set(false);
        self.dispatch(session, Event::Enqueued);
    }

    /// Something may have changed at the server.
    pub(crate) fn poke(self: &Rc<Self>, session: Session) {
        self.poked.set(self.busy.get());
        self.dispatch(session, Event::Poke);
    }

    /// The storage did not keep what it was given.
    pub(crate) fn storage_lost(self: &Rc<Self>, session: Session) {
        self.dispatch(session, Event::StorageLost);
    }

    /// The person signed in again.
    pub(crate) fn signed_in(self: &Rc<Self>, session: Session) {
        if let Some(live) = self.live.borrow().as_ref() {
            live.reconnect();
        }
        self.begin_again();
        self.dispatch(session, Event::AuthOk);
    }

    /// What failed before says nothing any more.
    fn begin_again(&self) {
        self.push_failed.set(false);
        self.failures.set(0);
    }

    /// The person signed in again, in another tab.
    pub(crate) fn signed_in_elsewhere(self: &Rc<Self>, session: Session) {
        if self.state.get() == State::NeedsAuth {
            self.begin_again();
            self.dispatch(session, Event::AuthOk);
        }
    }

    /// Somebody else signed in, in another tab.
    pub(crate) fn signed_out(self: &Rc<Self>, session: Session) {
        self.dispatch(session, Event::AuthLost);
    }

    /// The person asks for it.
    pub(crate) fn now(self: &Rc<Self>, session: Session) {
        self.begin_again();
        self.dispatch(session, Event::Online);
    }

    /// The browser says that something happened to the page or the network.
    pub(crate) fn browser(self: &Rc<Self>, session: Session, event: Event) {
        self.begin_again();
        self.dispatch(session, event);
    }

    fn dispatch(self: &Rc<Self>, session: Session, event: Event) {
        let unsent = self.device.wants_push() && !self.push_failed.get();
        let (state, step) = next(self.state.get(), event, unsent);
        self.enter(state);
        self.carry_out(session, step);
    }

    fn enter(&self, state: State) {
        self.state.set(state);
        let contact = self
            .status
            .try_with_untracked(|status| status.contact)
            .flatten();
        let reached = match state {
            State::Backoff => false,
            State::Idle | State::NeedsAuth | State::UpdateNeeded => true,
            _ => self
                .status
                .try_with_untracked(|status| status.reached)
                .unwrap_or(true),
        };
        self.show(Status {
            state,
            reached,
            contact,
        });
    }

    fn show(&self, status: Status) {
        if self.status.try_with_untracked(|shown| *shown != status) == Some(true) {
            self.status.set(status);
        }
    }

    fn answered(&self) {
        let contact = Some(self.device.estimated_now());
        self.show(Status {
            state: self.state.get(),
            reached: true,
            contact,
        });
    }

    fn carry_out(self: &Rc<Self>, session: Session, step: Step) {
        match step {
            Step::Wait | Step::AskSignIn => {}
            Step::Push | Step::Pull if self.busy.get() => {}
            Step::Push => self.request(session, true),
            Step::Pull => self.request(session, false),
            Step::WaitLonger => self.wait(session, self.longer()),
            Step::WaitRegular => self.wait(session, REGULAR_WAIT),
            Step::Probe => self.probe(session),
        }
    }

    fn request(self: &Rc<Self>, session: Session, push: bool) {
        self.busy.set(true);
        if !push {
            self.poked.set(false);
        }
        let looping = Rc::clone(self);
        spawn_local(async move {
            let event = if push {
                looping.push(session).await
            } else {
                looping.pull(session).await
            };
            timer::sleep(BREATH).await;
            looping.busy.set(false);
            if let Some(event) = event {
                looping.dispatch(session, event);
            }
            if !looping.busy.get() && looping.poked.replace(false) {
                looping.dispatch(session, Event::Poke);
            }
        });
    }

    async fn push(&self, session: Session) -> Option<Event> {
        let event = match self.device.push().await {
            Ok(_) => {
                self.push_failed.set(false);
                self.answered();
                Event::PushOk
            }
            Err(error) => {
                self.push_failed.set(true);
                self.failed(error)
            }
        };
        self.show_changes(session);
        Some(event)
    }

    async fn pull(&self, session: Session) -> Option<Event> {
        let pulled = loop {
            match self.device.pull().await {
                // The next page needs no breath: together they are one attempt.
                Ok(Pulled::More) => self.answered(),
                pulled => break pulled,
            }
        };
        match pulled {
            Ok(pulled) => {
                self.failures.set(0);
                self.answered();
                session.reached();
                if pulled == Pulled::Changed {
                    timer::took("filled", http::ANSWERED);
                }
                if pulled == Pulled::Unchanged {
                    session.refresh();
                } else {
                    self.show_changes(session);
                }
                Some(if pulled == Pulled::Stale {
                    Event::PullStale
                } else {
                    Event::PullOk
                })
            }
            Err(SyncError::Peer(PeerError::UpdateNeeded)) => {
                self.enter(State::UpdateNeeded);
                Some(Event::PushOk)
            }
            Err(error) => Some(self.failed(error)),
        }
    }

    /// What a failure means for the loop.
    fn failed(&self, error: SyncError) -> Event {
        match error {
            SyncError::Storage(_) => Event::StorageLost,
            SyncError::Peer(PeerError::AuthLost) => Event::AuthLost,
            SyncError::Peer(PeerError::Busy { after }) => {
                self.asked_to_wait
                    .set(u32::try_from(after).unwrap_or(MOST_WAIT));
                Event::PushErr
            }
            SyncError::Peer(_) => Event::PushErr,
        }
    }

    /// Shows what a request changed, here and in the other tabs.
    fn show_changes(&self, session: Session) {
        session.refresh();
        self.tell_tabs();
    }

    fn tell_tabs(&self) {
        if let Some(live) = self.live.borrow().as_ref() {
            live.tell_tabs();
        }
    }

    /// A wait that grows with each failure, jittered over its whole length.
    fn longer(&self) -> u32 {
        let failures = self.failures.get();
        self.failures.set(failures.saturating_add(1));
        let most = LEAST_WAIT
            .saturating_mul(1 << failures.min(9))
            .min(MOST_WAIT);
        let share = u32::try_from(chance::bits() % u128::from(most)).unwrap_or(most);
        share.max(BREATH).max(self.asked_to_wait.replace(0))
    }

    fn wait(self: &Rc<Self>, session: Session, milliseconds: u32) {
        let mine = self.timer.get() + 1;
        self.timer.set(mine);
        let looping = Rc::clone(self);
        timer::after(milliseconds, move || {
            if looping.timer.get() == mine {
                looping.push_failed.set(false);
                looping.dispatch(session, Event::Timer);
            }
        });
    }

    /// Reads the storage again; while it does not answer, tries now and then.
    fn probe(self: &Rc<Self>, session: Session) {
        let looping = Rc::clone(self);
        spawn_local(async move {
            if looping.device.reload().await.is_ok() {
                session.refresh();
                looping.dispatch(session, Event::StorageOk);
            } else {
                let wait = looping.longer();
                looping.wait(session, wait);
            }
        });
    }

    /// Another tab changed the storage, or the page is seen again: memory is read again.
    pub(crate) fn reread(self: &Rc<Self>, session: Session, then: Option<Event>) {
        let looping = Rc::clone(self);
        spawn_local(async move {
            let event = match looping.device.reload().await {
                Ok(()) => {
                    session.refresh();
                    then
                }
                Err(_) => Some(Event::StorageLost),
            };
            if let Some(event) = event {
                looping.browser(session, event);
            }
        });
    }
}
