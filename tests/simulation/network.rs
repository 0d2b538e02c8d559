//! The network between tabs and server: requests and answers that wait, get lost or come twice.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use shared::moment::UtcMillis;
use shared::sync::client::storage::{Batch, Contents, Database, StorageError, Written};
use shared::sync::client::{Peer, PeerError, Surroundings};
use shared::sync::message::{PullRequest, PullResponse, PushRequest, PushResponse};

use crate::chance::Chance;
use crate::executor::Slot;

/// What a tab waits for.
#[derive(Debug)]
pub(crate) enum Request {
    /// A whole database.
    Read(Database, Slot<Result<Contents, StorageError>>),
    /// A transaction.
    Write(Rc<Batch>, Slot<Result<Written, StorageError>>),
    /// The server's answer to commands.
    Push(PushRequest, Slot<Result<PushResponse, PeerError>>),
    /// The server's answer to what changed.
    Pull(PullRequest, Slot<Result<PullResponse, PeerError>>),
}

/// An answer on its way to a tab.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// To a push.
    Push(Result<PushResponse, PeerError>),
    /// To a pull.
    Pull(Result<PullResponse, PeerError>),
}

impl Answer {
    /// An answer of the same kind that says why there is none.
    pub(crate) fn failed(&self, error: PeerError) -> Self {
        match self {
            Self::Push(_) => Self::Push(Err(error)),
            Self::Pull(_) => Self::Pull(Err(error)),
        }
    }
}

/// Where an operation is.
#[derive(Debug)]
pub(crate) enum Whereabouts {
    /// Asked by the tab.
    Asked,
    /// At the server.
    AtServer,
    /// Answered, and on the way back.
    Answered(Box<Answer>),
}

/// An operation for which a task of a tab waits.
#[derive(Debug)]
pub(crate) struct Op {
    pub(crate) id: u64,
    pub(crate) tab: usize,
    /// The task that waits for it.
    pub(crate) task: u64,
    pub(crate) request: Request,
    pub(crate) whereabouts: Whereabouts,
}

impl Op {
    /// Says whether it is a transaction that has not begun to take effect.
    pub(crate) const fn writes(&self) -> bool {
        matches!(self.request, Request::Write(..))
    }

    /// Gives an answer to the waiting task.
    pub(crate) fn answer(&self, answer: Answer) {
        match (&self.request, answer) {
            (Request::Push(_, slot), Answer::Push(answer)) => slot.fill(answer),
            (Request::Pull(_, slot), Answer::Pull(answer)) => slot.fill(answer),
            _ => unreachable!("an answer is of the kind of its request"),
        }
    }

    /// Tells the waiting task why there is no answer.
    pub(crate) fn fail(&self, error: PeerError) {
        match &self.request {
            Request::Push(_, slot) => slot.fill(Err(error)),
            Request::Pull(_, slot) => slot.fill(Err(error)),
            Request::Read(..) | Request::Write(..) => unreachable!("only requests are answered"),
        }
    }
}

/// All operations under way.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    next: u64,
    /// The task that is being polled, to which new operations belong.
    pub(crate) task: u64,
    pub(crate) ops: Vec<Op>,
}

impl Wire {
    /// Registers an operation of the task that is being polled.
    pub(crate) fn ask(&mut self, tab: usize, request: Request) {
        self.next += 1;
        let (id, task) = (self.next, self.task);
        let whereabouts = Whereabouts::Asked;
        self.ops.push(Op {
            id,
            tab,
            task,
            request,
            whereabouts,
        });
    }

    /// Takes an operation out by its id, if its tab still waits for it.
    pub(crate) fn take(&mut self, id: u64) -> Option<Op> {
        let place = self.ops.iter().position(|op| op.id == id)?;
        Some(self.ops.remove(place))
    }
}

/// The server as a tab sees it.
#[derive(Debug)]
pub(crate) struct TabPeer {
    pub(crate) tab: usize,
    pub(crate) wire: Rc<RefCell<Wire>>,
}

impl Peer for TabPeer {
    async fn push(&self, request: &PushRequest) -> Result<PushResponse, PeerError> {
        let slot = Slot::new();
        self.wire
            .borrow_mut()
            .ask(self.tab, Request::Push(request.clone(), slot.share()));
        slot.await
    }

    async fn pull(&self, request: &PullRequest) -> Result<PullResponse, PeerError> {
        let slot = Slot::new();
        self.wire
            .borrow_mut()
            .ask(self.tab, Request::Pull(request.clone(), slot.share()));
        slot.await
    }
}

/// A device's clock, which disagrees with the server's, and its chance.
#[derive(Debug)]
pub(crate) struct DeviceSurroundings {
    pub(crate) chance: RefCell<Chance>,
    pub(crate) now: Rc<Cell<i64>>,
    /// How far the device's clock is ahead of the server's, in milliseconds.
    pub(crate) ahead: Rc<Cell<i64>>,
    /// The zone that the device is set to, in minutes east of UTC.
    pub(crate) tz: i32,
}

impl Surroundings for DeviceSurroundings {
    fn chance(&self) -> u128 {
        self.chance.borrow_mut().wide()
    }

    fn wall(&self) -> UtcMillis {
        UtcMillis(self.now.get() + self.ahead.get())
    }

    fn tz(&self) -> i32 {
        self.tz
    }
}
