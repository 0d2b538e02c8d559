//! Notes what the product asks of its store, so that the raw side can run the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use server::store::sqlite::Sqlite;
use server::store::sync::parameters::{self, Parameters, json};
use shared::id::{CommandId, DeviceId, Epoch, PersonId};
use shared::moment::UtcMillis;
use shared::partition::PartitionId;
use shared::sync::server::store::{
    Answer, Commit, Committed, Grants, Head, Loaded, LogWrite, Needs, Receipt, Snapshot, Store,
    Wanted,
};
use shared::sync::server::{DeviceRow, Server};

use crate::factory::Factory;
use crate::{Failure, product};

/// One call of the store, with what its statements are given.
pub(crate) enum Call {
    Load {
        commands: String,
        documents: String,
        held: String,
    },
    Receive {
        receipts: String,
    },
    Heads {
        partitions: String,
    },
    Commit {
        expected: String,
        parameters: Parameters,
    },
}

/// Runs the reports once over a store that takes notes.
pub(crate) async fn record(factory: &Factory, batch: usize) -> Result<Vec<Call>, Failure> {
    let path = factory.copy("recorded.db")?;
    let store = Sqlite::open(&path, factory.now()).await?;
    let server = Server::new(Recorder {
        store,
        calls: Mutex::default(),
    });
    // The organisation is read once per process, before anything is measured.
    server.organisation().await?;
    server.store().calls().clear();
    product::hand_in(&server, factory, batch).await?;
    let calls = std::mem::take(&mut *server.store().calls());
    server.store().store.close().await;
    Ok(calls)
}

struct Recorder {
    store: Sqlite,
    calls: Mutex<Vec<Call>>,
}

impl Recorder {
    fn calls(&self) -> std::sync::MutexGuard<'_, Vec<Call>> {
        self.calls.lock().expect("no holder of the lock panics")
    }
}

impl Store for Recorder {
    fn epoch(&self) -> Answer<'_, Epoch> {
        Store::epoch(&self.store)
    }

    fn load<'a>(&'a self, needs: &'a Needs) -> Answer<'a, Loaded> {
        Box::pin(async move {
            let loaded = self.store.load(needs).await?;
            let held: BTreeSet<_> = loaded.heads.keys().copied().collect();
            let (commands, documents) = (json(&needs.commands), json(&needs.documents));
            self.calls().push(Call::Load {
                commands,
                documents,
                held: json(&held),
            });
            Ok(loaded)
        })
    }

    fn heads<'a>(
        &'a self,
        partitions: &'a BTreeSet<PartitionId>,
    ) -> Answer<'a, BTreeMap<PartitionId, Head>> {
        self.calls().push(Call::Heads {
            partitions: json(partitions),
        });
        self.store.heads(partitions)
    }

    fn receive<'a>(
        &'a self,
        receipts: &'a [Receipt],
        flushed: bool,
    ) -> Answer<'a, BTreeMap<CommandId, UtcMillis>> {
        let receipts_json = parameters::receipts(receipts);
        self.calls().push(Call::Receive {
            receipts: receipts_json,
        });
        self.store.receive(receipts, flushed)
    }

    fn commit<'a>(&'a self, commit: &'a Commit) -> Answer<'a, Committed> {
        let expected: BTreeSet<_> = commit.expected.keys().copied().collect();
        let parameters = Parameters::of(commit);
        self.calls().push(Call::Commit {
            expected: json(&expected),
            parameters,
        });
        self.store.commit(commit)
    }

    fn prune(&self, before: UtcMillis) -> Answer<'_, u64> {
        self.store.prune(before)
    }

    fn entry(&self, command: CommandId) -> Answer<'_, Option<LogWrite>> {
        self.store.entry(command)
    }

    fn device(&self, device: DeviceId, person: PersonId) -> Answer<'_, Option<DeviceRow>> {
        self.store.device(device, person)
    }

    fn put_device<'a>(&'a self, row: &'a DeviceRow) -> Answer<'a, ()> {
        self.store.put_device(row)
    }

    fn devices(&self) -> Answer<'_, Vec<DeviceRow>> {
        self.store.devices()
    }

    fn partitions(&self) -> Answer<'_, Vec<PartitionId>> {
        self.store.partitions()
    }

    fn changes<'a>(&'a self, wanted: &'a [Wanted], most: usize) -> Answer<'a, Snapshot> {
        self.store.changes(wanted, most)
    }

    fn grants(&self, person: PersonId) -> Answer<'_, Option<Grants>> {
        self.store.grants(person)
    }

    fn set_grants<'a>(
        &'a self,
        person: PersonId,
        expected: u64,
        grants: &'a Grants,
    ) -> Answer<'a, bool> {
        self.store.set_grants(person, expected, grants)
    }
}
