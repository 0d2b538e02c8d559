//! The storage contract of `shared::sync::server` on SQLite.
//!
//! A batch is a handful of statements, however many commands it holds: rows travel to the engine
//! as one JSON array and are taken apart there. A commit checks, inside its transaction, that every
//! partition still stands where the batch was decided.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use shared::id::{CommandId, DeviceId, Epoch, PersonId, PlanId};
use shared::moment::UtcMillis;
use shared::partition::PartitionId;
use shared::row::RowKey;
use shared::sync::server::DeviceRow;
use shared::sync::server::store::{
    Answer, Commit, Committed, Grants, Head, Loaded, LoadedRow, LogWrite, Logged, Needs, Receipt,
    Snapshot, Store, StoreError, Wanted,
};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Row as _, query};

use super::Error;
use super::changes;
use super::device;
use super::sqlite::{Sqlite, sql};
use parameters::{Parameters, json};

pub mod parameters;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match error {
            Error::Passing(why) => Self::Unavailable(why),
            Error::Broken(why) => Self::Corrupt(why),
        }
    }
}

impl Store for Sqlite {
    fn epoch(&self) -> Answer<'_, Epoch> {
        Box::pin(std::future::ready(Ok(self.server_epoch())))
    }

    fn load<'a>(&'a self, needs: &'a Needs) -> Answer<'a, Loaded> {
        Box::pin(async move { Ok(load(self, needs).await?) })
    }

    fn heads<'a>(
        &'a self,
        partitions: &'a BTreeSet<PartitionId>,
    ) -> Answer<'a, BTreeMap<PartitionId, Head>> {
        Box::pin(async move {
            if partitions.is_empty() {
                return Ok(BTreeMap::new());
            }
            let mut reader = self.readers().acquire().await.map_err(Error::from)?;
            let kept = heads(self.company(), &mut reader, partitions).await?;
            let mut heads: BTreeMap<_, _> =
                partitions.iter().map(|id| (*id, Head::default())).collect();
            heads.extend(kept.into_iter().map(|(id, kept)| (id, kept.head)));
            Ok(heads)
        })
    }

    fn receive<'a>(
        &'a self,
        receipts: &'a [Receipt],
        flushed: bool,
    ) -> Answer<'a, BTreeMap<CommandId, UtcMillis>> {
        Box::pin(async move { Ok(receive(self, receipts, flushed).await?) })
    }

    fn commit<'a>(&'a self, commit: &'a Commit) -> Answer<'a, Committed> {
        Box::pin(async move { Ok(write(self, commit).await?) })
    }

    fn prune(&self, before: UtcMillis) -> Answer<'_, u64> {
        Box::pin(async move { Ok(prune(self, before).await?) })
    }

    fn entry(&self, command: CommandId) -> Answer<'_, Option<LogWrite>> {
        Box::pin(async move { Ok(self.log_entry(command).await?) })
    }

    fn device(&self, device: DeviceId, person: PersonId) -> Answer<'_, Option<DeviceRow>> {
        Box::pin(async move { Ok(device::read(self, device, person).await?) })
    }

    fn put_device<'a>(&'a self, row: &'a DeviceRow) -> Answer<'a, ()> {
        Box::pin(async move { Ok(device::put(self, row).await?) })
    }

    fn devices(&self) -> Answer<'_, Vec<DeviceRow>> {
        Box::pin(async move { Ok(device::all(self).await?) })
    }

    fn partitions(&self) -> Answer<'_, Vec<PartitionId>> {
        Box::pin(async move {
            let found = query(sql!("partitions"))
                .bind(self.company())
                .fetch_all(self.readers());
            let found = found.await.map_err(Error::from)?;
            let ids = found.iter().map(|row| named(row, "id", "partition"));
            Ok(ids.collect::<Result<_, Error>>()?)
        })
    }

    fn changes<'a>(&'a self, wanted: &'a [Wanted], most: usize) -> Answer<'a, Snapshot> {
        Box::pin(async move { Ok(changes::read(self, wanted, most).await?) })
    }

    fn grants(&self, person: PersonId) -> Answer<'_, Option<Grants>> {
        Box::pin(async move { Ok(grants(self, person).await?) })
    }

    fn set_grants<'a>(
        &'a self,
        person: PersonId,
        expected: u64,
        grants: &'a Grants,
    ) -> Answer<'a, bool> {
        Box::pin(async move { Ok(set_grants(self, person, expected, grants).await?) })
    }
}

/// A partition's row of the table.
#[derive(Clone)]
pub(super) struct KeptHead {
    pub(super) head: Head,
    pub(super) floor: u64,
}

pub(super) async fn heads(
    company: &str,
    connection: &mut SqliteConnection,
    partitions: &BTreeSet<PartitionId>,
) -> Result<BTreeMap<PartitionId, KeptHead>, Error> {
    let rows = query(sql!("heads"))
        .bind(company)
        .bind(json(partitions))
        .fetch_all(connection);
    let mut heads = BTreeMap::new();
    for row in rows.await? {
        let head = Head {
            head: number(&row, "head")?,
            checksum: row.try_get::<i64, _>("checksum")?.cast_unsigned(),
            chain: row.try_get("chain_hash")?,
        };
        heads.insert(
            named(&row, "id", "partition")?,
            KeptHead {
                head,
                floor: number(&row, "floor")?,
            },
        );
    }
    Ok(heads)
}

async fn load(store: &Sqlite, needs: &Needs) -> Result<Loaded, Error> {
    let mut reader = store.readers().begin().await?;
    let company = store.company();
    let mut loaded = Loaded::default();
    if !needs.commands.is_empty() {
        let rows = query(sql!("log_of"))
            .bind(company)
            .bind(json(&needs.commands));
        for row in rows.fetch_all(&mut *reader).await? {
            let id: CommandId = named(&row, "cmd_id", "command")?;
            loaded.log.insert(id, logged(&row)?);
        }
    }
    let mut found: BTreeMap<RowKey, LoadedRow> = BTreeMap::new();
    if !needs.documents.is_empty() {
        let rows = query(sql!("rows_of_documents"))
            .bind(company)
            .bind(json(&needs.documents));
        gather(&rows.fetch_all(&mut *reader).await?, &mut found)?;
    }
    if !needs.plans_in.is_empty() {
        let rows = query(sql!("plans_in"))
            .bind(company)
            .bind(json(&needs.plans_in));
        gather(&rows.fetch_all(&mut *reader).await?, &mut found)?;
    }
    if !needs.rows.is_empty() {
        let rows = query(sql!("rows_by_key"))
            .bind(company)
            .bind(parameters::keys(&needs.rows));
        gather(&rows.fetch_all(&mut *reader).await?, &mut found)?;
    }
    loaded.rows = found.into_values().collect();
    let copies = loaded
        .rows
        .iter()
        .flat_map(|row| &row.copies)
        .map(|(partition, _)| *partition);
    let asked = needs.plans_in.union(&needs.heads).copied();
    let mut held: BTreeSet<_> = copies.chain(asked).collect();
    held.insert(PartitionId::Organisation);
    let kept = heads(company, &mut reader, &held).await?;
    loaded.heads = held.into_iter().map(|id| (id, Head::default())).collect();
    loaded
        .heads
        .extend(kept.into_iter().map(|(id, kept)| (id, kept.head)));
    loaded.organisation_ver = loaded.heads[&PartitionId::Organisation].head;
    if loaded.organisation_ver > needs.organisation_after {
        let after = signed(needs.organisation_after);
        let rows = query(sql!("organisation_after")).bind(company).bind(after);
        for row in rows.fetch_all(&mut *reader).await? {
            loaded
                .organisation
                .push((number(&row, "ver")?, text(&row)?));
        }
    }
    reader.rollback().await?;
    Ok(loaded)
}

fn logged(row: &SqliteRow) -> Result<Logged, Error> {
    Ok(Logged {
        payload_hash: row.try_get("payload_hash")?,
        actor: named(row, "actor", "actor")?,
        outcome: parsed(row.try_get("outcome")?, "outcome")?,
    })
}

/// Gathers the copies of each row; a copy that was gathered before is not gathered twice.
fn gather(rows: &[SqliteRow], found: &mut BTreeMap<RowKey, LoadedRow>) -> Result<(), Error> {
    for row in rows {
        let key = key(row)?;
        let copy = (named(row, "partition", "partition")?, number(row, "ver")?);
        match found.entry(key) {
            std::collections::btree_map::Entry::Occupied(mut kept) => {
                let copies = &mut kept.get_mut().copies;
                if !copies.contains(&copy) {
                    copies.push(copy);
                }
            }
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(LoadedRow {
                    key,
                    text: text(row)?,
                    copies: vec![copy],
                });
            }
        }
    }
    Ok(())
}

async fn receive(
    store: &Sqlite,
    receipts: &[Receipt],
    flushed: bool,
) -> Result<BTreeMap<CommandId, UtcMillis>, Error> {
    if receipts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut writing = if flushed {
        store.begin().await?
    } else {
        store.begin_relaxed().await?
    };
    let noted = query(sql!("receive"))
        .bind(store.company())
        .bind(parameters::receipts(receipts))
        .fetch_all(writing.connection())
        .await?;
    writing.commit().await?;
    let first = |row: &SqliteRow| {
        let received = UtcMillis(row.try_get("received_at")?);
        Ok((named(row, "cmd_id", "command")?, received))
    };
    noted.iter().map(first).collect()
}

async fn write(store: &Sqlite, commit: &Commit) -> Result<Committed, Error> {
    let company = store.company();
    let mut writing = store.begin().await?;
    let expected: BTreeSet<_> = commit.expected.keys().copied().collect();
    let standing = heads(company, writing.connection(), &expected).await?;
    let stands =
        |(id, ver): (&PartitionId, &u64)| standing.get(id).map_or(0, |kept| kept.head.head) == *ver;
    if !commit.expected.iter().all(stands) {
        writing.roll_back().await?;
        return Ok(Committed::Conflict);
    }
    let parameters = Parameters::of(commit);
    let append = query(sql!("append_log"));
    let append = append.bind(company).bind(&parameters.log);
    match append.execute(writing.connection()).await {
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            writing.roll_back().await?;
            return Ok(Committed::Conflict);
        }
        done => done?,
    };
    let arrived = query(sql!("drop_receipts"));
    let arrived = arrived.bind(company).bind(parameters.log);
    arrived.execute(writing.connection()).await?;
    if !commit.heads.is_empty() {
        let put = query(sql!("put_heads"))
            .bind(company)
            .bind(parameters.heads);
        put.execute(writing.connection()).await?;
    }
    if !commit.rows.is_empty() {
        let put = query(sql!("put_rows")).bind(company).bind(parameters.rows);
        put.execute(writing.connection()).await?;
    }
    writing.commit().await?;
    Ok(Committed::Done)
}

async fn prune(store: &Sqlite, before: UtcMillis) -> Result<u64, Error> {
    let mut writing = store.begin().await?;
    let raise = query(sql!("raise_floors"))
        .bind(store.company())
        .bind(before.0);
    raise.execute(writing.connection()).await?;
    let forget = query(sql!("forget_gone"))
        .bind(store.company())
        .bind(before.0);
    let forgotten = forget.execute(writing.connection()).await?;
    writing.commit().await?;
    Ok(forgotten.rows_affected())
}

async fn grants(store: &Sqlite, person: PersonId) -> Result<Option<Grants>, Error> {
    let row = query(sql!("grants"))
        .bind(store.company())
        .bind(person.to_string())
        .fetch_optional(store.readers())
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Grants {
        ver: number(&row, "grants_ver")?,
        digest: row.try_get("digest")?,
    }))
}

async fn set_grants(
    store: &Sqlite,
    person: PersonId,
    expected: u64,
    grants: &Grants,
) -> Result<bool, Error> {
    let mut writing = store.begin().await?;
    let statement = if expected == 0 {
        sql!("begin_grants")
    } else {
        sql!("replace_grants")
    };
    let mut replace = query(statement)
        .bind(store.company())
        .bind(person.to_string())
        .bind(signed(grants.ver))
        .bind(&grants.digest);
    if expected != 0 {
        replace = replace.bind(signed(expected));
    }
    let done = replace.execute(writing.connection()).await?;
    writing.commit().await?;
    Ok(done.rows_affected() == 1)
}

fn parsed<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|_| Error::unreadable(what))
}

pub(super) fn named<T: std::str::FromStr>(
    row: &SqliteRow,
    column: &str,
    what: &str,
) -> Result<T, Error> {
    row.try_get::<&str, _>(column)?
        .parse()
        .map_err(|_| Error::unreadable(what))
}

pub(super) fn number(row: &SqliteRow, column: &str) -> Result<u64, Error> {
    let number: i64 = row.try_get(column)?;
    u64::try_from(number).map_err(|_| Error::unreadable(column))
}

/// Versions count commands; they never reach the sign bit.
pub(super) fn signed(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}

pub(super) fn text(row: &SqliteRow) -> Result<Arc<str>, Error> {
    Ok(row.try_get::<&str, _>("body")?.into())
}

pub(super) fn key(row: &SqliteRow) -> Result<RowKey, Error> {
    let (kind, id): (&str, &str) = (row.try_get("kind")?, row.try_get("id")?);
    let document: &str = row.try_get("document")?;
    let at = if document.is_empty() { "" } else { "@" };
    format!("{kind}:{id}{at}{document}")
        .parse()
        .map_err(|_| Error::unreadable("row key"))
}

pub(super) fn document(row: &SqliteRow) -> Result<Option<PlanId>, Error> {
    let document: &str = row.try_get("document")?;
    if document.is_empty() {
        return Ok(None);
    }
    document
        .parse()
        .map(Some)
        .map_err(|_| Error::unreadable("document"))
}
