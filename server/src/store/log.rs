//! The log, read whole: for the replay that proves the rows.

use serde::de::DeserializeOwned;
use shared::id::{CommandId, PersonId};
use shared::moment::UtcMillis;
use shared::sync::server::store::LogWrite;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, query};

use super::Error;
use super::sqlite::{Sqlite, sql};

impl Sqlite {
    /// Reads every entry of the log, in the order in which they were recorded.
    pub async fn log(&self) -> Result<Vec<LogWrite>, Error> {
        let rows = query(sql!("log")).bind(self.company());
        let rows = rows.fetch_all(self.readers()).await?;
        rows.iter().map(entry).collect()
    }

    /// Reads the last turn of one command.
    pub async fn log_entry(&self, command: CommandId) -> Result<Option<LogWrite>, Error> {
        let row = query(sql!("log_entry"))
            .bind(self.company())
            .bind(command.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.as_ref().map(entry).transpose()
    }

    /// Reads the newest commands that were kept unexecuted, or refused for want of rights.
    pub async fn unexecuted(&self) -> Result<Vec<LogWrite>, Error> {
        let rows = query(sql!("unexecuted")).bind(self.company());
        let rows = rows.fetch_all(self.readers()).await?;
        rows.iter().map(entry).collect()
    }

    /// Forgets the arrivals before a time of commands that were never recorded, and says how many.
    pub async fn forget_receipts(&self, before: UtcMillis) -> Result<u64, Error> {
        let mut writing = self.begin().await?;
        let forgotten = query(sql!("forget_receipts"))
            .bind(self.company())
            .bind(before.0)
            .execute(writing.connection())
            .await?;
        writing.commit().await?;
        Ok(forgotten.rows_affected())
    }

    /// Notes that somebody read the content of a command that was not executed.
    pub async fn note_reading(
        &self,
        reader: PersonId,
        command: CommandId,
        now: UtcMillis,
    ) -> Result<(), Error> {
        let mut writing = self.begin().await?;
        query(sql!("note_reading"))
            .bind(self.company())
            .bind(command.to_string())
            .bind(reader.to_string())
            .bind(now.0)
            .execute(writing.connection())
            .await?;
        writing.commit().await
    }
}

fn entry(row: &SqliteRow) -> Result<LogWrite, Error> {
    let time = |column| Ok::<_, Error>(UtcMillis(row.try_get(column)?));
    Ok(LogWrite {
        cmd_id: id(row, "cmd_id")?,
        turn: row.try_get("turn")?,
        payload_hash: row.try_get("payload_hash")?,
        bytes: row.try_get("bytes")?,
        actor: id(row, "actor")?,
        device: id(row, "device")?,
        lanes: json(row, "lanes")?,
        prevs: json(row, "prevs")?,
        outcome: json(row, "outcome")?,
        reads: json(row, "reads")?,
        touched: json(row, "touched")?,
        changes: row.try_get("changes")?,
        places: json(row, "places")?,
        engine: row.try_get("engine")?,
        claimed_at: time("claimed_at")?,
        received_at: time("received_at")?,
        recorded_at: time("recorded_at")?,
    })
}

fn id<T: std::str::FromStr>(row: &SqliteRow, column: &str) -> Result<T, Error> {
    row.try_get::<&str, _>(column)?
        .parse()
        .map_err(|_| Error::unreadable(column))
}

fn json<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<T, Error> {
    serde_json::from_str(row.try_get(column)?).map_err(|_| Error::unreadable(column))
}
