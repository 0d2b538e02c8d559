//! SQLite: one file, one writer, a few readers that see one snapshot each.
//!
//! Every write takes the lock at once (`BEGIN IMMEDIATE`), because a transaction that reads first
//! and writes later is turned away without waiting. A commit returns when the disk has it.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use shared::id::Epoch;
use shared::moment::UtcMillis;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Row as _, SqlSafeStr as _};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::Error;
use crate::chance;

/// Includes a statement by the name of its file.
macro_rules! sql {
    ($name:literal) => {
        include_str!(concat!("sqlite/", $name, ".sql"))
    };
}
pub(crate) use sql;

/// How a commit ends: when the disk has it, or when the system has it.
const FLUSHED: &str = "PRAGMA synchronous = FULL";
const RELAXED: &str = "PRAGMA synchronous = NORMAL";

const READERS: u32 = 4;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// All migrations in order: number, name, statements. A released one is never edited.
const MIGRATIONS: [(i64, &str, &str); 5] = [
    (
        1,
        "begin",
        include_str!("../../migrations/sqlite/0001_begin.sql"),
    ),
    (
        2,
        "keep",
        include_str!("../../migrations/sqlite/0002_keep.sql"),
    ),
    (
        3,
        "gone",
        include_str!("../../migrations/sqlite/0003_gone.sql"),
    ),
    (
        4,
        "attachment",
        include_str!("../../migrations/sqlite/0004_attachment.sql"),
    ),
    (
        5,
        "invitation",
        include_str!("../../migrations/sqlite/0005_invitation.sql"),
    ),
];

/// An open database file.
#[derive(Debug, Clone)]
pub struct Sqlite {
    writer: Arc<Mutex<Writer>>,
    readers: SqlitePool,
    company: Arc<str>,
    epoch: Epoch,
    /// The lock of the data folder, held as long as anything here is.
    held: Option<Arc<File>>,
}

impl Sqlite {
    /// The same store, holding the lock under which it was opened.
    #[must_use]
    pub fn holding(mut self, lock: File) -> Self {
        self.held = Some(Arc::new(lock));
        self
    }

    /// Opens a file, makes it where it is missing, and brings it to the newest form.
    pub async fn open(path: &Path, now: UtcMillis) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .disable_statement_logging();
        let mut writer = options.connect().await?;
        migrate(&mut writer).await?;
        let (company, epoch) = meta(&mut writer, now).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            // A file does not hang up; asking it first would double the way of every read.
            .test_before_acquire(false)
            .connect_with(options.read_only(true))
            .await?;
        let writer = Arc::new(Mutex::new(Writer {
            connection: writer,
            is_open: false,
            is_relaxed: false,
        }));
        Ok(Self {
            writer,
            readers,
            company: company.into(),
            epoch,
            held: None,
        })
    }

    /// The company whose rows these are; every table leads with it.
    pub fn company(&self) -> &str {
        &self.company
    }

    /// This life of the database.
    pub const fn server_epoch(&self) -> Epoch {
        self.epoch
    }

    /// Connections that only read.
    pub(crate) const fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// Waits for the writer and begins a transaction that is on the disk when it is committed.
    pub(crate) async fn begin(&self) -> Result<Writing, Error> {
        self.begin_with(false).await
    }

    /// Begins a transaction that survives the end of this process when it is committed, and the
    /// end of the machine with the next one that is flushed.
    pub(crate) async fn begin_relaxed(&self) -> Result<Writing, Error> {
        self.begin_with(true).await
    }

    async fn begin_with(&self, relaxed: bool) -> Result<Writing, Error> {
        let mut writer = self.writer.clone().lock_owned().await;
        if writer.is_open {
            // The last holder was dropped half-way, for example with its request. Where its commit
            // had gone through already there is nothing to roll back; beginning tells the rest.
            let rolled_back = sqlx::raw_sql("ROLLBACK")
                .execute(&mut writer.connection)
                .await;
            tracing::debug!(?rolled_back, "a dropped transaction was ended");
            writer.is_open = false;
        }
        if writer.is_relaxed != relaxed {
            let pragma = if relaxed { RELAXED } else { FLUSHED };
            sqlx::raw_sql(pragma)
                .execute(&mut writer.connection)
                .await?;
            writer.is_relaxed = relaxed;
        }
        writer.is_open = true;
        sqlx::raw_sql("BEGIN IMMEDIATE")
            .execute(&mut writer.connection)
            .await?;
        Ok(Writing { writer })
    }

    /// Reads the smallest thing there is, to see whether reading works.
    pub async fn probe(&self) -> Result<(), Error> {
        sqlx::query(sql!("meta")).fetch_one(&self.readers).await?;
        Ok(())
    }

    /// Closes the file; what was committed stays.
    pub async fn close(&self) {
        self.readers.close().await;
        let mut writer = self.writer.lock().await;
        if let Err(error) = sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&mut writer.connection)
            .await
        {
            tracing::warn!(%error, "the log file was not folded into the database");
        }
    }
}

/// The one connection that writes.
#[derive(Debug)]
struct Writer {
    connection: SqliteConnection,
    is_open: bool,
    is_relaxed: bool,
}

/// A transaction of the writer; what is not committed is rolled back before the next one begins.
#[derive(Debug)]
pub(crate) struct Writing {
    writer: OwnedMutexGuard<Writer>,
}

impl Writing {
    /// The connection, for statements inside the transaction.
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.writer.connection
    }

    /// Makes everything durable that the transaction wrote.
    pub(crate) async fn commit(mut self) -> Result<(), Error> {
        sqlx::raw_sql("COMMIT")
            .execute(&mut self.writer.connection)
            .await?;
        self.writer.is_open = false;
        Ok(())
    }

    /// Takes back everything that the transaction wrote.
    pub(crate) async fn roll_back(mut self) -> Result<(), Error> {
        sqlx::raw_sql("ROLLBACK")
            .execute(&mut self.writer.connection)
            .await?;
        self.writer.is_open = false;
        Ok(())
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        // Primary result codes: 5 busy, 6 locked, 13 full.
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        let primary = code
            .and_then(|code| code.parse::<u32>().ok())
            .map(|code| code & 0xff);
        let passing =
            matches!(primary, Some(5 | 6 | 13)) || matches!(error, sqlx::Error::PoolTimedOut);
        if passing {
            Self::Passing(error.to_string())
        } else {
            Self::Broken(error.to_string())
        }
    }
}

/// Brings a database to the newest form; one that is newer than this program is refused.
pub(crate) async fn migrate(connection: &mut SqliteConnection) -> Result<(), Error> {
    let migrations = MIGRATIONS.map(|(number, name, statements)| {
        let statements = statements.into_sql_str();
        Migration::new(
            number,
            name.into(),
            MigrationType::Simple,
            statements,
            false,
        )
    });
    let broken = |error: sqlx::migrate::MigrateError| Error::Broken(error.to_string());
    let migrator = Migrator::with_migrations(migrations.into());
    migrator.run(connection).await.map_err(broken)
}

/// Reads who we are, or settles it in a new database.
async fn meta(connection: &mut SqliteConnection, now: UtcMillis) -> Result<(String, Epoch), Error> {
    if let Some(row) = sqlx::query(sql!("meta"))
        .fetch_optional(&mut *connection)
        .await?
    {
        let epoch: String = row.try_get("server_epoch")?;
        let epoch = epoch.parse().map_err(|_| Error::unreadable("epoch"))?;
        return Ok((row.try_get("company")?, epoch));
    }
    let company = format!("{:032x}", chance::bits());
    let epoch = Epoch::from_bits(chance::bits());
    sqlx::query(sql!("begin_meta"))
        .bind(&company)
        .bind(epoch.to_string())
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok((company, epoch))
}
