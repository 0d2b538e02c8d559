//! When to sync: the device's state table, every state with every event, decided here and nowhere else.
//!
//! The loop is re-armed from the state "something is unsent", never from events: an event that is
//! lost delays, and does not strand.

/// What the sync loop of a tab is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Reading the device's storage.
    Booting,
    /// Nothing under way.
    Idle,
    /// A push is under way.
    Pushing,
    /// A pull is under way.
    Pulling,
    /// Waiting after a failure.
    Backoff,
    /// The sign-in is no longer valid; work goes on locally.
    NeedsAuth,
    /// This build is too old to pull; it still pushes.
    UpdateNeeded,
    /// The storage does not answer; nothing is promised as kept.
    StorageBroken,
    /// The storage lives only as long as this window.
    Ephemeral,
}

/// What can happen to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A command was kept.
    Enqueued,
    /// A push was answered.
    PushOk,
    /// A push was not answered.
    PushErr,
    /// A pull was applied.
    PullOk,
    /// A pull no longer fitted.
    PullStale,
    /// The server says that something changed.
    Poke,
    /// The waiting time is over.
    Timer,
    /// The page became visible.
    Visible,
    /// The page was hidden.
    Hidden,
    /// The browser says that there is a network.
    Online,
    /// The server says that the sign-in is not valid.
    AuthLost,
    /// The person signed in.
    AuthOk,
    /// The server has begun a new life.
    EpochChanged,
    /// The storage does not answer.
    StorageLost,
    /// The storage answers.
    StorageOk,
}

impl State {
    /// All states.
    pub const ALL: [Self; 9] = [
        Self::Booting,
        Self::Idle,
        Self::Pushing,
        Self::Pulling,
        Self::Backoff,
        Self::NeedsAuth,
        Self::UpdateNeeded,
        Self::StorageBroken,
        Self::Ephemeral,
    ];
}

impl Event {
    /// All events.
    pub const ALL: [Self; 15] = [
        Self::Enqueued,
        Self::PushOk,
        Self::PushErr,
        Self::PullOk,
        Self::PullStale,
        Self::Poke,
        Self::Timer,
        Self::Visible,
        Self::Hidden,
        Self::Online,
        Self::AuthLost,
        Self::AuthOk,
        Self::EpochChanged,
        Self::StorageLost,
        Self::StorageOk,
    ];
}

/// What the loop shall do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Go on with what is under way, or wait for an event.
    Wait,
    /// Push now.
    Push,
    /// Pull now.
    Pull,
    /// Wait with back-off, then a timer event.
    WaitLonger,
    /// Wait until the next regular look, then a timer event.
    WaitRegular,
    /// Probe the storage, then say lost or well.
    Probe,
    /// Ask the person to sign in; keep everything.
    AskSignIn,
}

/// Decides one cell of the table.
///
/// `unsent` says whether the outbox holds something that the server has not confirmed and whose
/// last hand-in did not just fail: after a failure the next regular timer tries again, so that a
/// server which answers pulls but not pushes is not flooded.
pub const fn next(state: State, event: Event, unsent: bool) -> (State, Step) {
    match event {
        Event::StorageLost => (State::StorageBroken, Step::Probe),
        Event::AuthLost => match state {
            State::Booting | State::StorageBroken => (state, Step::Wait),
            _ => (State::NeedsAuth, Step::AskSignIn),
        },
        _ => match state {
            State::Booting => booting(event, unsent),
            State::Idle | State::Ephemeral => idle(state, event, unsent),
            State::Pushing => pushing(event),
            State::Pulling => pulling(event, unsent),
            State::Backoff => backoff(event, unsent),
            State::NeedsAuth => match event {
                Event::AuthOk => start(unsent),
                _ => (State::NeedsAuth, Step::Wait),
            },
            State::UpdateNeeded => update_needed(event, unsent),
            State::StorageBroken => match event {
                Event::StorageOk => start(unsent),
                Event::Visible | Event::Timer => (State::StorageBroken, Step::Probe),
                _ => (State::StorageBroken, Step::Wait),
            },
        },
    }
}

/// Begins a round: what is unsent goes first, then a pull.
const fn start(unsent: bool) -> (State, Step) {
    if unsent {
        (State::Pushing, Step::Push)
    } else {
        (State::Pulling, Step::Pull)
    }
}

const fn booting(event: Event, unsent: bool) -> (State, Step) {
    match event {
        Event::StorageOk => start(unsent),
        _ => (State::Booting, Step::Wait),
    }
}

const fn idle(state: State, event: Event, unsent: bool) -> (State, Step) {
    match event {
        Event::Hidden | Event::StorageOk => (state, Step::Wait),
        _ => start(unsent),
    }
}

const fn pushing(event: Event) -> (State, Step) {
    match event {
        // A pull after each push: the two alternate, so neither starves the other. A failing push
        // never stops pulls; the pull's own failure then leads to back-off.
        Event::PushOk | Event::EpochChanged | Event::PushErr => (State::Pulling, Step::Pull),
        _ => (State::Pushing, Step::Wait),
    }
}

const fn pulling(event: Event, unsent: bool) -> (State, Step) {
    match event {
        Event::PullOk if unsent => (State::Pushing, Step::Push),
        Event::PullOk => (State::Idle, Step::WaitRegular),
        Event::PullStale | Event::EpochChanged => (State::Pulling, Step::Pull),
        Event::PushErr => (State::Backoff, Step::WaitLonger),
        _ => (State::Pulling, Step::Wait),
    }
}

const fn backoff(event: Event, unsent: bool) -> (State, Step) {
    match event {
        Event::Timer
        | Event::Enqueued
        | Event::Online
        | Event::Visible
        | Event::Poke
        | Event::AuthOk => start(unsent),
        _ => (State::Backoff, Step::Wait),
    }
}

const fn update_needed(event: Event, unsent: bool) -> (State, Step) {
    match event {
        Event::Hidden | Event::PushErr | Event::PushOk => (State::UpdateNeeded, Step::WaitRegular),
        _ if unsent => (State::UpdateNeeded, Step::Push),
        _ => (State::UpdateNeeded, Step::WaitRegular),
    }
}
