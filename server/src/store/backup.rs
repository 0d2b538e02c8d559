//! Copies of a database file, and whether a file is a sound database of this program.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use shared::evidence::ContentHash;
use shared::id::Epoch;
use shared::moment::UtcMillis;
use shared::partition::PartitionId;
use shared::sync::checksum;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, Row as _, query};

use super::Error;
use super::sqlite::{Sqlite, sql};
use super::sync::{key, named, number, text};
use crate::chance;

/// What a sound database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    /// Entries of the log.
    pub commands: u64,
    /// Rows that stand.
    pub rows: u64,
}

async fn connect(file: &Path) -> Result<SqliteConnection, Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(Duration::from_secs(30))
        .disable_statement_logging();
    Ok(options.connect().await?)
}

/// Copies a database to a new file, as it stands at one moment, while others may write to it.
pub async fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let mut connection = connect(from).await?;
    let to = to.to_str().ok_or_else(|| Error::unreadable("file name"))?;
    query(sql!("copy_into"))
        .bind(to)
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

/// Checks a file: the engine finds no fault, and every partition's rows add up to its checksum.
pub async fn sound(file: &Path) -> Result<Sound, Error> {
    let mut connection = connect(file).await?;
    let found = query(sql!("integrity")).fetch_all(&mut connection).await?;
    for row in found {
        let word: &str = row.try_get(0)?;
        if word != "ok" {
            return Err(Error::Broken(format!("{}: {word}", file.display())));
        }
    }
    let company = query(sql!("meta")).fetch_one(&mut connection).await?;
    let company: String = company.try_get("company")?;
    let mut sums: BTreeMap<PartitionId, u64> = BTreeMap::new();
    let mut rows = query(sql!("standing"))
        .bind(&company)
        .fetch(&mut connection);
    let mut counted = 0;
    while let Some(row) = rows.try_next().await? {
        let (ver, text) = (number(&row, "ver")?, text(&row)?);
        let sum = sums
            .entry(named(&row, "partition", "partition")?)
            .or_default();
        *sum = sum.wrapping_add(checksum::of_row(key(&row)?, ver, &text));
        counted += 1;
    }
    drop(rows);
    let heads = query(sql!("sums"))
        .bind(&company)
        .fetch_all(&mut connection);
    for row in heads.await? {
        let id: PartitionId = named(&row, "id", "partition")?;
        let sum = row.try_get::<i64, _>("checksum")?.cast_unsigned();
        if sums.get(&id).copied().unwrap_or(0) != sum {
            return Err(Error::Broken(format!("the rows of {id} do not add up")));
        }
    }
    let log = query(sql!("count_log")).bind(&company);
    let commands = number(&log.fetch_one(&mut connection).await?, "commands")?;
    connection.close().await?;
    Ok(Sound {
        commands,
        rows: counted,
    })
}

/// The attachments that a copy names; none where it was made before there were any.
pub async fn attachments(file: &Path) -> Result<Vec<ContentHash>, Error> {
    let mut connection = connect(file).await?;
    let tables = query(sql!("knows_attachments"))
        .fetch_one(&mut connection)
        .await?;
    if number(&tables, "tables")? == 0 {
        return Ok(Vec::new());
    }
    let company = query(sql!("meta")).fetch_one(&mut connection).await?;
    let company: String = company.try_get("company")?;
    let rows = query(sql!("attachments"))
        .bind(&company)
        .fetch_all(&mut connection);
    let rows = rows.await?;
    let listed = rows.iter().map(|row| named(row, "hash", "digest"));
    let listed = listed.collect::<Result<_, Error>>()?;
    connection.close().await?;
    Ok(listed)
}

impl Sqlite {
    /// Begins a new life of a restored database: a new epoch, nobody is signed in, and no code works:
    /// one may have been used or taken back since.
    pub async fn begin_life(&self, now: UtcMillis) -> Result<Epoch, Error> {
        let epoch = Epoch::from_bits(chance::bits());
        let mut writing = self.begin().await?;
        query(sql!("begin_life"))
            .bind(self.company())
            .bind(epoch.to_string())
            .bind(now.0)
            .execute(writing.connection())
            .await?;
        query(sql!("forget_sessions"))
            .bind(self.company())
            .execute(writing.connection())
            .await?;
        query(sql!("end_open_invitations"))
            .bind(self.company())
            .bind(now.0)
            .execute(writing.connection())
            .await?;
        writing.commit().await?;
        Ok(epoch)
    }
}
