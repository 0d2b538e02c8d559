//! The raw side: the statements that the product ran, on the same driver, with the same flush.
//!
//! What they are given was written before the clock starts, and what they answer is not looked at.

use std::time::{Duration, Instant};

use server::store::sqlite::Sqlite;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, query, raw_sql};

use crate::Failure;
use crate::factory::Factory;
use crate::recorder::Call;

const LOG_OF: &str = include_str!("../../store/sqlite/log_of.sql");
const ROWS_OF_DOCUMENTS: &str = include_str!("../../store/sqlite/rows_of_documents.sql");
const HEADS: &str = include_str!("../../store/sqlite/heads.sql");
const RECEIVE: &str = include_str!("../../store/sqlite/receive.sql");
const DROP_RECEIPTS: &str = include_str!("../../store/sqlite/drop_receipts.sql");
const APPEND_LOG: &str = include_str!("../../store/sqlite/append_log.sql");
const PUT_HEADS: &str = include_str!("../../store/sqlite/put_heads.sql");
const PUT_ROWS: &str = include_str!("../../store/sqlite/put_rows.sql");

/// Runs the recorded calls on a copy of the same database.
pub(crate) async fn run(factory: &Factory, calls: &[Call]) -> Result<Duration, Failure> {
    let path = factory.copy("raw.db")?;
    let store = Sqlite::open(&path, factory.now()).await?;
    let company = store.company().to_owned();
    store.close().await;
    drop(store);
    let mut connection = SqliteConnectOptions::new()
        .filename(&path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .disable_statement_logging()
        .connect()
        .await?;
    let began = Instant::now();
    for call in calls {
        run_one(&mut connection, &company, call).await?;
    }
    let took = began.elapsed();
    connection.close().await?;
    Ok(took)
}

async fn run_one(
    connection: &mut SqliteConnection,
    company: &str,
    call: &Call,
) -> Result<(), Failure> {
    let read = async |connection: &mut SqliteConnection, text: &'static str, given: &str| {
        query(text)
            .bind(company)
            .bind(given)
            .fetch_all(connection)
            .await
            .map(drop)
    };
    match call {
        Call::Load {
            commands,
            documents,
            held,
        } => {
            raw_sql("BEGIN").execute(&mut *connection).await?;
            read(connection, LOG_OF, commands).await?;
            read(connection, ROWS_OF_DOCUMENTS, documents).await?;
            read(connection, HEADS, held).await?;
            raw_sql("ROLLBACK").execute(&mut *connection).await?;
        }
        Call::Receive { receipts } => {
            let relaxed = raw_sql("PRAGMA synchronous = NORMAL");
            relaxed.execute(&mut *connection).await?;
            raw_sql("BEGIN IMMEDIATE").execute(&mut *connection).await?;
            read(connection, RECEIVE, receipts).await?;
            raw_sql("COMMIT").execute(&mut *connection).await?;
            let flushed = raw_sql("PRAGMA synchronous = FULL");
            flushed.execute(&mut *connection).await?;
        }
        Call::Heads { partitions } => read(connection, HEADS, partitions).await?,
        Call::Commit {
            expected,
            parameters,
        } => {
            raw_sql("BEGIN IMMEDIATE").execute(&mut *connection).await?;
            read(connection, HEADS, expected).await?;
            let given = [
                (APPEND_LOG, &parameters.log),
                (DROP_RECEIPTS, &parameters.log),
                (PUT_HEADS, &parameters.heads),
                (PUT_ROWS, &parameters.rows),
            ];
            for (text, given) in given {
                query(text)
                    .bind(company)
                    .bind(given)
                    .execute(&mut *connection)
                    .await?;
            }
            raw_sql("COMMIT").execute(&mut *connection).await?;
        }
    }
    Ok(())
}
