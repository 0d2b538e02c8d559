//! What an administrator looks at: who can sign in and from where, what was not applied, and how
//! much is kept. Everything here only reads.

use shared::first_steps::Told;
use shared::id::PersonId;
use shared::moment::UtcMillis;
use shared::row::Row;
use shared::sync::server::DeviceRow;
use shared::unapplied::Unapplied;
use sqlx::{Row as _, query};

use super::Error;
use super::device::device_row;
use super::sqlite::{Sqlite, sql};
use super::sync::{named, number};

/// An account without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Whose.
    pub person: PersonId,
    /// What is typed at sign-in.
    pub login: String,
    /// When login or password were given last.
    pub changed_at: UtcMillis,
    /// Since when it is closed.
    pub closed_at: Option<UtcMillis>,
}

/// A session that has not expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveSession {
    /// Whose.
    pub person: PersonId,
    /// When it began.
    pub begun_at: UtcMillis,
    /// When it was last noted to be used.
    pub used_at: UtcMillis,
}

/// How much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Entries of the log.
    pub commands: u64,
    /// Rows that stand.
    pub rows: u64,
    /// Files that were handed in; what several handed in counts once.
    pub attachments: u64,
    /// Their bytes.
    pub attachment_bytes: u64,
}

impl Sqlite {
    /// Everybody's account.
    pub async fn accounts_in_full(&self) -> Result<Vec<Listed>, Error> {
        let rows = query(sql!("accounts_in_full")).bind(self.company());
        let rows = rows.fetch_all(self.readers()).await?;
        let read = |row: &sqlx::sqlite::SqliteRow| {
            let closed_at: i64 = row.try_get("closed_at")?;
            Ok(Listed {
                person: named(row, "person", "account")?,
                login: row.try_get("login")?,
                changed_at: UtcMillis(row.try_get("changed_at")?),
                closed_at: (closed_at != 0).then_some(UtcMillis(closed_at)),
            })
        };
        rows.iter().map(read).collect()
    }

    /// Sessions that were used since a time, the last used first.
    pub async fn sessions_since(&self, since: UtcMillis) -> Result<Vec<LiveSession>, Error> {
        let rows = query(sql!("live_sessions"))
            .bind(self.company())
            .bind(since.0);
        let rows = rows.fetch_all(self.readers()).await?;
        let read = |row: &sqlx::sqlite::SqliteRow| {
            Ok(LiveSession {
                person: named(row, "person", "session")?,
                begun_at: UtcMillis(row.try_get("begun_at")?),
                used_at: UtcMillis(row.try_get("used_at")?),
            })
        };
        rows.iter().map(read).collect()
    }

    /// Every device that ever said how much it holds, the last seen first.
    pub async fn all_devices(&self) -> Result<Vec<DeviceRow>, Error> {
        let rows = query(sql!("all_devices")).bind(self.company());
        let rows = rows.fetch_all(self.readers()).await?;
        rows.iter().map(device_row).collect()
    }

    /// What stands with its authors as not applied.
    pub async fn unapplied(&self) -> Result<Vec<Unapplied>, Error> {
        let rows = query(sql!("unapplied")).bind(self.company());
        let rows = rows.fetch_all(self.readers()).await?;
        let read = |row: &sqlx::sqlite::SqliteRow| match serde_json::from_str(row.try_get("body")?)
        {
            Ok(Row::Unapplied(found)) => Ok(found),
            _ => Err(Error::unreadable("unapplied command")),
        };
        rows.iter().map(read).collect()
    }

    /// How far a new company has come.
    pub async fn first_steps(&self) -> Result<Told, Error> {
        let row = query(sql!("first_steps")).bind(self.company());
        let row = row.fetch_one(self.readers()).await?;
        Ok(Told {
            joined: number(&row, "accounts")? > 1,
            drafted: row.try_get("drafted")?,
            handed_in: row.try_get("handed_in")?,
        })
    }

    /// How much is kept.
    pub async fn sizes(&self) -> Result<Sizes, Error> {
        let sizes = query(sql!("sizes")).bind(self.company());
        let sizes = sizes.fetch_one(self.readers()).await?;
        Ok(Sizes {
            commands: number(&sizes, "commands")?,
            rows: number(&sizes, "rows")?,
            attachments: number(&sizes, "attachments")?,
            attachment_bytes: number(&sizes, "attachment_bytes")?,
        })
    }
}
