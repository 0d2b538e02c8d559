//! Evidence on its way: files that were attached here are kept first and handed in apart from
//! commands, whenever the server can be reached; what is looked at is fetched and kept for a while.
//!
//! What is unsent is read from the device's notes each time, so a closed tab goes on where it was.
//! A failure waits and is tried again; it holds no command up.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::evidence::{ContentHash, MediaType};
use shared::id::{Epoch, EvidenceId};
use shared::sync::client::StorageError;

use super::{NotSent, Session};
use crate::chance;
use crate::fetch::{self, FetchError};
use crate::i18n::{evidence as words, refusal};
use crate::store::evidence::{Files, Held};
use crate::timer;

mod ahead;
mod piece;
mod room;

pub(crate) use piece::{Piece, Place};

/// The shortest and the longest wait after a failure, in milliseconds.
const LEAST_WAIT: u32 = 2_000;
const MOST_WAIT: u32 = 300_000;
/// After so many failures in a row an answer to something else is no reason to try at once.
const PATIENT_FROM: u32 = 3;
/// How many files are fetched at the same time, and how often one looks for a place.
const MOST_FETCHES: u32 = 2;
const TURN: u32 = 60;

/// A file that was chosen, as it will be kept.
pub(crate) struct Chosen {
    /// Its name.
    pub(crate) name: String,
    /// What kind of file its content is.
    pub(crate) media: MediaType,
    /// The file.
    pub(crate) bytes: Uint8Array,
}

/// Why a file cannot be shown now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotHere {
    /// It is not on this device and the server is out of reach.
    Offline,
    /// It has not reached the server yet.
    OnItsWay,
    /// Something else, in words.
    Told(String),
}

/// The files of a session.
pub(crate) struct Keeper {
    session: Session,
    files: Files,
    busy: Cell<bool>,
    failures: Cell<u32>,
    fetching: Cell<u32>,
    /// Tells timers apart: only the newest one counts.
    timer: Cell<u64>,
    /// The server was out of reach when a file was handed in last.
    offline: Cell<bool>,
    /// Whether files are being brought ahead, and which were while the tab lives.
    ahead: Cell<bool>,
    brought: RefCell<BTreeSet<ContentHash>>,
    stopped: Cell<bool>,
}

/// Begins to keep a session's files; a second call does nothing.
pub(crate) fn begin(session: Session) {
    if session.keeper().is_some() {
        return;
    }
    let keeper = Rc::new(Keeper {
        session,
        files: Files::of(session.person()),
        busy: Cell::default(),
        failures: Cell::default(),
        fetching: Cell::default(),
        timer: Cell::default(),
        offline: Cell::default(),
        ahead: Cell::default(),
        brought: RefCell::default(),
        stopped: Cell::default(),
    });
    let wake = {
        let keeper = Rc::clone(&keeper);
        Rc::new(move || keeper.reached())
    };
    session.keep_files_with(Rc::clone(&keeper), wake);
    spawn_local(async move {
        keeper.look_through().await;
        keeper.wake();
    });
}

/// Files of evidence.
impl Session {
    /// What this device holds of them. Observed.
    pub(crate) fn files(self) -> Arc<Vec<Held>> {
        self.files.get().unwrap_or_default()
    }

    /// Says whether it is known what this device holds of them, and that all of it was received.
    pub(crate) fn are_files_received(self) -> bool {
        let files = self.files.get_untracked();
        files.is_some_and(|files| !files.iter().any(Held::is_unsent))
    }

    /// Who keeps them, once that part of the program is here.
    pub(crate) fn keeper(self) -> Option<Rc<Keeper>> {
        let keeping = self.keeper.get_value();
        keeping.map(|(keeper, _)| keeper)
    }

    /// Leaves files to their keeper, which is woken whenever the server answered.
    pub(crate) fn keep_files_with(self, keeper: Rc<Keeper>, wake: Rc<dyn Fn()>) {
        self.keeper.set_value(Some((keeper, wake)));
    }

    /// Shows what this device holds of them.
    pub(crate) fn show_files(self, files: Arc<Vec<Held>>) {
        let other = |shown: &Option<Arc<Vec<Held>>>| shown.as_ref() != Some(&files);
        if self.files.try_with_untracked(other) == Some(true) {
            self.files.set(Some(files));
        }
    }

    /// The server answered.
    pub(crate) fn reached(self) {
        if let Some(Some((_, wake))) = self.keeper.try_get_value() {
            wake();
        }
    }

    /// How many acts and files have not reached the server. Observed.
    pub(crate) fn unsent(self) -> usize {
        let files = self.files();
        let files = files.iter().filter(|held| held.is_unsent()).count();
        self.work.get().unsent() + files
    }
}

impl Keeper {
    /// Stops handing in; what is unsent stays on this device.
    pub(crate) fn stop(&self) {
        self.stopped.set(true);
        self.files.close();
    }

    /// The server answered: what waited for the network need not wait longer. What fails while
    /// everything else gets through waits for its time.
    fn reached(self: &Rc<Self>) {
        if self.offline.replace(false) {
            self.failures.set(0);
            self.wake();
        } else if self.failures.get() < PATIENT_FROM {
            self.wake();
        }
    }

    /// Hands in what is unsent, now.
    pub(crate) fn wake(self: &Rc<Self>) {
        if self.stopped.get() || self.busy.replace(true) {
            return;
        }
        self.timer.set(self.timer.get() + 1);
        let keeper = Rc::clone(self);
        spawn_local(async move {
            let done = keeper.hand_in().await;
            keeper.busy.set(false);
            keeper.show().await;
            match done {
                Ok(()) => {
                    keeper.failures.set(0);
                    keeper.bring_ahead().await;
                }
                Err(FetchError::Told(told)) if told.status == 401 => {}
                Err(error) => keeper.failed(&error),
            }
        });
    }

    /// Waits for the next try; where no answer came, the loop is to find out whether any comes.
    fn failed(self: &Rc<Self>, error: &FetchError) {
        let looping = self.session.looping();
        if untrack(|| looping.is_offline()) {
            self.offline.set(true);
        } else if *error == FetchError::Unreachable && self.failures.get() == 0 {
            looping.poke(self.session);
        }
        self.wait();
    }

    /// Tries again what the server did not take.
    pub(crate) fn retry(self: &Rc<Self>) {
        let keeper = Rc::clone(self);
        spawn_local(async move {
            keeper.forgive().await;
            keeper.wake();
        });
    }

    /// Forgets why files were not taken, so that they are tried again.
    async fn forgive(&self) {
        for held in self.files.held().await.unwrap_or_default() {
            if held.refused.is_some() {
                let refused = None;
                // A note that cannot be written leaves the old one, which says what is so.
                let _ = self.files.note(&Held { refused, ..held }).await;
            }
        }
    }

    fn wait(self: &Rc<Self>) {
        let failures = self.failures.get();
        self.failures.set(failures.saturating_add(1));
        let most = LEAST_WAIT
            .saturating_mul(1 << failures.min(8))
            .min(MOST_WAIT);
        let share = u32::try_from(chance::bits() % u128::from(most)).unwrap_or(most);
        let mine = self.timer.get() + 1;
        self.timer.set(mine);
        let keeper = Rc::clone(self);
        timer::after(share.max(LEAST_WAIT / 2), move || {
            if keeper.timer.get() == mine {
                keeper.wake();
            }
        });
    }

    fn epoch(&self) -> Option<Epoch> {
        self.session.device().replica().epoch()
    }

    /// Hands in one file after the other; ends with the first failure that may pass.
    async fn hand_in(&self) -> Result<(), FetchError> {
        let epoch = self.epoch();
        let mine = self.session.person();
        for held in self.files.held().await.unwrap_or_default() {
            // Another life of the server may lack what the former one had.
            let lost = epoch.is_some() && held.received.is_some() && held.received != epoch;
            let unsent = held.own && held.person == mine && (held.is_unsent() || lost);
            if !unsent || held.refused.is_some() || self.stopped.get() {
                continue;
            }
            let Ok(Some(bytes)) = self.files.read(held.hash).await else {
                continue;
            };
            let path = format!("/api/v1/attachments/{}", held.hash);
            let sent = fetch::hand_in(mine, &path, held.media.mime(), &bytes).await;
            let received = Some(epoch.unwrap_or(Epoch::from_bits(0)));
            let next = match sent {
                Ok(()) => Held { received, ..held },
                Err(FetchError::Told(told)) if is_final(&told.code) => {
                    let refused = Some(format!("{}:{}", told.code, told.fact("limit")));
                    Held { refused, ..held }
                }
                Err(error) => return Err(error),
            };
            // What cannot be noted is handed in once more, which changes nothing.
            let _ = self.files.note(&next).await;
            self.show().await;
        }
        Ok(())
    }

    /// Shows the person what is held.
    async fn show(&self) {
        if let Ok(held) = self.files.held().await {
            self.session.show_files(Arc::new(held));
        }
    }

    /// Keeps a file and attaches it, then tells how that went.
    pub(crate) async fn attach(
        self: &Rc<Self>,
        chosen: Chosen,
        place: Place,
        then: impl FnOnce(Result<(), String>) + 'static,
    ) {
        let session = self.session;
        let hash = ContentHash::of(&chosen.bytes.to_vec());
        let now = session.device().estimated_now();
        let held = Held {
            hash,
            person: session.person(),
            evidence: EvidenceId::from_bits(chance::bits()),
            name: chosen.name,
            media: chosen.media,
            bytes: chosen.bytes.length(),
            own: true,
            received: None,
            refused: None,
            kept: now,
            used: now,
        };
        if self.keep(&held, &chosen.bytes).await.is_err() {
            return then(Err(words::not_kept().to_owned()));
        }
        let command = place.attach(&held);
        self.show().await;
        let keeper = Rc::clone(self);
        session.send_then(command, move |sent| {
            match sent {
                Ok(()) => then(Ok(())),
                Err(NotSent::Refused(refused)) => {
                    keeper.let_go(hash);
                    then(Err(refusal::words(&refused)));
                }
                Err(NotSent::NotSaved) => then(Err(words::not_kept().to_owned())),
            }
            keeper.wake();
        });
    }

    /// Drops a file that was not attached after all, unless something else names it.
    fn let_go(self: &Rc<Self>, hash: ContentHash) {
        if !room::named(self.session).contains(&hash) {
            let keeper = Rc::clone(self);
            spawn_local(async move {
                // What stays is handed in, and forgotten like anything that nothing names.
                let _ = keeper.files.drop(&[hash]).await;
                keeper.show().await;
            });
        }
    }

    /// Keeps a file; where the device is full, what was only fetched makes room.
    async fn keep(&self, held: &Held, bytes: &Uint8Array) -> Result<(), StorageError> {
        match self.files.keep(held, bytes).await {
            Err(StorageError::Full) => {
                let others = self.files.held().await?.into_iter();
                let others = others.filter(|held| !held.is_unsent());
                let others: Vec<_> = others.map(|held| held.hash).collect();
                self.files.drop(&others).await?;
                self.files.keep(held, bytes).await
            }
            kept => kept,
        }
    }

    /// Gives a file that is on this device.
    pub(crate) async fn here(&self, hash: ContentHash) -> Option<Uint8Array> {
        self.files.read(hash).await.ok().flatten()
    }

    /// Gives a file that somebody attached: from this device, else from the server.
    pub(crate) async fn file(&self, piece: &Piece) -> Result<Uint8Array, NotHere> {
        if let Ok(Some(bytes)) = self.files.read(piece.hash).await {
            self.used(piece.hash).await;
            return Ok(bytes);
        }
        while self.fetching.get() >= MOST_FETCHES {
            timer::sleep(TURN).await;
        }
        self.fetching.set(self.fetching.get() + 1);
        let fetched = self.fetch(piece).await;
        self.fetching.set(self.fetching.get() - 1);
        fetched
    }

    async fn fetch(&self, piece: &Piece) -> Result<Uint8Array, NotHere> {
        let person = self.session.person();
        let bytes = match fetch::file(person, &piece.path()).await {
            Ok(bytes) => bytes,
            Err(FetchError::Told(told)) if told.fact("what") == "attachment" => {
                return Err(NotHere::OnItsWay);
            }
            Err(error @ FetchError::Told(_)) => return Err(NotHere::Told(error.words())),
            Err(_) => return Err(NotHere::Offline),
        };
        // What lies between may answer with anything: the digest tells.
        if ContentHash::of(&bytes.to_vec()) != piece.hash {
            return Err(NotHere::Offline);
        }
        let now = self.session.device().estimated_now();
        let held = Held {
            hash: piece.hash,
            person,
            evidence: piece.id,
            name: piece.name.clone(),
            media: piece.media,
            bytes: piece.bytes,
            own: false,
            received: self.epoch(),
            refused: None,
            kept: now,
            used: now,
        };
        // A device without room shows it all the same, and fetches it again the next time.
        let _ = self.files.keep(&held, &bytes).await;
        self.make_room().await;
        Ok(bytes)
    }
}

/// Says whether trying again will not help.
fn is_final(code: &str) -> bool {
    matches!(code, "attachment_kind" | "limit_passed" | "malformed")
}
