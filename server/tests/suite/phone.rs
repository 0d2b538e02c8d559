//! A phone in a test: the client that ships, on storage in memory, asking the real router.

use std::cell::Cell;
use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::moment::UtcMillis;
use shared::refusal::Refusal;
use shared::sync::client::{
    Batch, Client, Database, Durability, MemoryStorage, Op, Peer, PeerError, Pulled, Pushed,
    Storage as _, Store, Surroundings,
};
use shared::sync::message::{PullRequest, PullResponse, PushRequest, PushResponse};

use crate::server::{Device, NOW};

/// The way from a phone to the server: a person's sign-in.
pub(crate) struct Line<'a> {
    device: Device<'a>,
}

/// A phone's clock and chance: ids follow each other, so that a failing test says which.
pub(crate) struct Pocket {
    next: Cell<u128>,
}

/// The client of a person.
pub(crate) type Phone<'a> = Client<MemoryStorage, Line<'a>, Pocket>;

/// What both databases hold, by the names of their stores.
pub(crate) type Kept = BTreeMap<String, Vec<(String, String)>>;

impl<'a> Line<'a> {
    /// The way of a signed-in device.
    pub(crate) const fn of(device: Device<'a>) -> Self {
        Self { device }
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, PeerError> {
        let Device { server, cookie, .. } = &self.device;
        let reply = server.post(path, Some(cookie), body).await;
        match reply.status {
            StatusCode::OK => Ok(reply.read()),
            StatusCode::UNAUTHORIZED => Err(PeerError::AuthLost),
            StatusCode::UPGRADE_REQUIRED => Err(PeerError::UpdateNeeded),
            StatusCode::SERVICE_UNAVAILABLE => Err(PeerError::Busy { after: 1000 }),
            _ => Err(PeerError::Refused(Refusal::Malformed {
                at: reply.json().to_string(),
            })),
        }
    }
}

impl Peer for Line<'_> {
    async fn push(&self, request: &PushRequest) -> Result<PushResponse, PeerError> {
        self.ask("/sync/v1/push", request).await
    }

    async fn pull(&self, request: &PullRequest) -> Result<PullResponse, PeerError> {
        self.ask("/sync/v1/pull", request).await
    }
}

impl Pocket {
    /// Ids begin at `bits`, which tells them apart from those of other phones.
    pub(crate) const fn at(bits: u128) -> Self {
        Self {
            next: Cell::new(bits << 32),
        }
    }
}

impl Surroundings for Pocket {
    fn chance(&self) -> u128 {
        self.next.set(self.next.get() + 1);
        self.next.get()
    }

    fn wall(&self) -> UtcMillis {
        NOW
    }

    fn tz(&self) -> i32 {
        480
    }
}

impl<'a> Device<'a> {
    /// A new phone of this person; `bits` tells its ids apart from those of others.
    pub(crate) async fn phone(self, bits: u128) -> Phone<'a> {
        self.phone_with(bits, &Kept::new()).await
    }

    /// A phone that holds what an earlier one held.
    pub(crate) async fn phone_with(self, bits: u128, kept: &Kept) -> Phone<'a> {
        let storage = holding(kept).await;
        let (person, line) = (self.person, Line::of(self));
        Client::open(storage, line, Pocket::at(bits), person, "test")
            .await
            .unwrap()
    }
}

/// A storage that holds what was kept.
pub(crate) async fn holding(kept: &Kept) -> MemoryStorage {
    let storage = MemoryStorage::default();
    for store in Store::ALL {
        let put = |(key, value): &(String, String)| Op::Put {
            store,
            key: key.clone(),
            value: value.clone(),
        };
        let pairs = kept.get(store.name()).into_iter().flatten();
        let batch = Batch {
            database: store.database(),
            guards: vec![],
            ops: pairs.map(put).collect(),
            durability: Durability::Strict,
        };
        storage.write(batch).await.unwrap();
    }
    storage
}

/// Everything that a storage holds.
pub(crate) async fn contents(storage: &MemoryStorage) -> Kept {
    let mut kept = Kept::new();
    for database in [Database::Outbox, Database::Cache] {
        let held = storage.read(database).await.unwrap();
        kept.extend(
            held.into_iter()
                .map(|(store, pairs)| (store.name().to_owned(), pairs)),
        );
    }
    kept
}

/// Hands in and pulls until nothing is left to do; gives up where that does not come to an end.
pub(crate) async fn settle(phone: &Phone<'_>) {
    for _ in 0..40 {
        let pushed = phone.push().await.unwrap();
        let pulled = phone.pull().await.unwrap();
        if pushed == Pushed::Nothing && pulled == Pulled::Unchanged {
            return;
        }
    }
    panic!("the phone does not come to rest");
}
