//! What the database knows of attachments: who handed each in, and which rows name it.
//!
//! The file itself lies beside the database. It is put in its place and taken away under the
//! writer's lock, so that no two processes do both at once.

use std::collections::BTreeSet;

use shared::command::MadeCommand;
use shared::evidence::{ContentHash, MediaType};
use shared::id::{EvidenceId, PersonId, PlanId};
use shared::moment::UtcMillis;
use shared::partition::PartitionId;
use shared::row::{Row, RowKind};
use sqlx::{Row as _, query};

use super::Error;
use super::sqlite::{Sqlite, sql};
use super::sync::{named, number};

/// A file that somebody hands in.
#[derive(Debug, Clone, Copy)]
pub struct Attachment {
    /// Its digest, which is its name.
    pub hash: ContentHash,
    /// Who hands it in.
    pub person: PersonId,
    /// What its content says that it is.
    pub media: MediaType,
    /// How long it is.
    pub bytes: u64,
}

/// How many bytes may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Of one person.
    pub own: u64,
    /// Of everybody; what several handed in counts once.
    pub whole: u64,
}

/// What became of a file that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenIn {
    /// It is kept.
    Done,
    /// With it its person would have more than one person may.
    PersonFull,
    /// With it everybody would have more than there may be.
    Full,
}

/// A file and when it was handed in last.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// Its digest.
    pub hash: ContentHash,
    /// When it was handed in last.
    pub received: UtcMillis,
}

impl Sqlite {
    /// Takes a file in where there is room for it; `place` puts it where it lies. What is here
    /// already takes no more room.
    pub async fn take_in(
        &self,
        attachment: Attachment,
        room: Room,
        now: UtcMillis,
        place: impl FnOnce() -> std::io::Result<()> + Send + 'static,
    ) -> Result<TakenIn, Error> {
        // Files that come at the same time are counted one after the other.
        let mut writing = self.begin().await?;
        let sums = query(sql!("attachment_sums"))
            .bind(self.company())
            .bind(attachment.person.to_string())
            .bind(attachment.hash.to_string())
            .fetch_one(writing.connection())
            .await?;
        let more = |copies| if copies == 0 { attachment.bytes } else { 0 };
        let full = if number(&sums, "own")? + more(number(&sums, "again")?) > room.own {
            Some(TakenIn::PersonFull)
        } else if number(&sums, "whole")? + more(number(&sums, "copies")?) > room.whole {
            Some(TakenIn::Full)
        } else {
            None
        };
        if let Some(full) = full {
            writing.roll_back().await?;
            return Ok(full);
        }
        on_disk(place).await?;
        query(sql!("put_attachment"))
            .bind(self.company())
            .bind(attachment.hash.to_string())
            .bind(attachment.person.to_string())
            .bind(attachment.media.mime())
            .bind(i64::try_from(attachment.bytes).unwrap_or(i64::MAX))
            .bind(now.0)
            .execute(writing.connection())
            .await?;
        writing.commit().await?;
        Ok(TakenIn::Done)
    }

    /// Forgets a file that nobody handed in since; `remove` takes it away. Says whether it did.
    pub async fn forget_attachment(
        &self,
        hash: ContentHash,
        since: UtcMillis,
        remove: impl FnOnce() -> std::io::Result<()> + Send + 'static,
    ) -> Result<bool, Error> {
        let mut writing = self.begin().await?;
        let done = query(sql!("forget_attachment"))
            .bind(self.company())
            .bind(hash.to_string())
            .bind(since.0)
            .execute(writing.connection())
            .await?;
        if done.rows_affected() == 0 {
            writing.roll_back().await?;
            return Ok(false);
        }
        on_disk(remove).await?;
        writing.commit().await?;
        Ok(true)
    }

    /// What a file is that a person handed in; `None` while that person did not, whoever else did.
    pub async fn attachment(
        &self,
        hash: ContentHash,
        by: PersonId,
    ) -> Result<Option<MediaType>, Error> {
        let row = query(sql!("attachment"))
            .bind(self.company())
            .bind(hash.to_string())
            .bind(by.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| named(&row, "media", "media type"))
            .transpose()
    }

    /// Every file that was handed in.
    pub async fn attachments(&self) -> Result<Vec<Listed>, Error> {
        let rows = query(sql!("attachments"))
            .bind(self.company())
            .fetch_all(self.readers());
        let listed = |row: &_| {
            Ok(Listed {
                hash: named(row, "hash", "digest")?,
                received: UtcMillis(row.try_get("received_at")?),
            })
        };
        rows.await?.iter().map(listed).collect()
    }

    /// A row that names files, with every partition in which it stands: a piece of evidence of a
    /// plan, or an entry of a ledger.
    pub async fn naming_row(
        &self,
        document: PlanId,
        kind: RowKind,
        id: u128,
    ) -> Result<Option<(Row, Vec<PartitionId>)>, Error> {
        let rows = query(sql!("naming_row"))
            .bind(self.company())
            .bind(document.to_string())
            .bind(kind.word())
            .bind(EvidenceId::from_bits(id).to_string())
            .fetch_all(self.readers());
        let mut found: Option<(Row, Vec<PartitionId>)> = None;
        for row in rows.await? {
            let partition = named(&row, "partition", "partition")?;
            if let Some((_, partitions)) = &mut found {
                partitions.push(partition);
            } else {
                found = Some((read(row.try_get("body")?)?, vec![partition]));
            }
        }
        Ok(found)
    }

    /// The digests that any row names: evidence, entries, and commands that may be executed yet.
    pub async fn named_attachments(&self) -> Result<BTreeSet<ContentHash>, Error> {
        let rows = query(sql!("naming"))
            .bind(self.company())
            .fetch_all(self.readers());
        let mut named = BTreeSet::new();
        for row in rows.await? {
            match read(row.try_get("body")?)? {
                Row::Evidence(evidence) => drop(named.insert(evidence.hash)),
                Row::LedgerEntry(entry) => {
                    named.extend(entry.attached.iter().map(|file| file.hash));
                }
                Row::Unapplied(unapplied) => {
                    let made = MadeCommand::read(&unapplied.bytes).ok();
                    named.extend(made.and_then(|made| made.command.attaches()));
                }
                _ => {}
            }
        }
        Ok(named)
    }
}

/// Does something on the disk, where it holds nobody up.
async fn on_disk(act: impl FnOnce() -> std::io::Result<()> + Send + 'static) -> Result<(), Error> {
    let done = tokio::task::spawn_blocking(act).await;
    let done = done.map_err(|error| Error::Broken(error.to_string()))?;
    done.map_err(|error| Error::Passing(format!("an attachment: {error}")))
}

fn read(text: &str) -> Result<Row, Error> {
    serde_json::from_str(text).map_err(|_| Error::unreadable("row"))
}
