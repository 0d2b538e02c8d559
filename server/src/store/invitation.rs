//! Invitations: who may join by which code. Only a code's digest is kept, and what became of it.

use shared::id::PersonId;
use shared::moment::UtcMillis;
use sqlx::Row as _;

use super::Error;
use super::account::Account;
use super::sqlite::{Sqlite, Writing, sql};
use super::sync::named;

/// An invitation as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Who is invited.
    pub person: PersonId,
    /// Until when.
    pub expires_at: UtcMillis,
    /// Whether somebody joined by it.
    pub is_used: bool,
    /// Whether it was taken back.
    pub is_revoked: bool,
}

/// A code to be kept: its digest, whose it is, who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// Digest of the code.
    pub code_hash: String,
    /// Who is invited.
    pub person: PersonId,
    /// Who invites.
    pub by: PersonId,
    /// Until when.
    pub expires_at: UtcMillis,
}

/// How joining ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// The person has the account.
    Done,
    /// The login is somebody else's; the invitation stays open.
    LoginTaken,
    /// Somebody else was faster, or it is over.
    Gone,
}

impl Sqlite {
    /// Keeps invitations, each in place of the person's earlier ones.
    pub async fn put_invitations(
        &self,
        all: &[NewInvitation],
        now: UtcMillis,
    ) -> Result<(), Error> {
        let mut writer = self.begin().await?;
        for one in all {
            self.end_invitations(&mut writer, one.person, now).await?;
            sqlx::query(sql!("put_invitation"))
                .bind(self.company())
                .bind(&one.code_hash)
                .bind(one.person.to_string())
                .bind(one.by.to_string())
                .bind(now.0)
                .bind(one.expires_at.0)
                .execute(writer.connection())
                .await?;
        }
        writer.commit().await
    }

    /// Takes a person's open invitations back; says whether there was one.
    pub async fn revoke_invitations(
        &self,
        person: PersonId,
        now: UtcMillis,
    ) -> Result<bool, Error> {
        let mut writer = self.begin().await?;
        let revoked = self.end_invitations(&mut writer, person, now).await?;
        writer.commit().await?;
        Ok(revoked)
    }

    /// The same within a transaction, which the caller ends.
    pub(super) async fn end_invitations(
        &self,
        writer: &mut Writing,
        person: PersonId,
        now: UtcMillis,
    ) -> Result<bool, Error> {
        let ended = sqlx::query(sql!("revoke_invitations"))
            .bind(self.company())
            .bind(person.to_string())
            .bind(now.0)
            .execute(writer.connection())
            .await?;
        Ok(ended.rows_affected() > 0)
    }

    /// Gives the invitation of a code's digest.
    pub async fn invitation(&self, code_hash: &str) -> Result<Option<Invitation>, Error> {
        let row = sqlx::query(sql!("invitation"))
            .bind(self.company())
            .bind(code_hash)
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Invitation {
            person: named(&row, "person", "invitation")?,
            expires_at: UtcMillis(row.try_get("expires_at")?),
            is_used: row.try_get::<i64, _>("used_at")? != 0,
            is_revoked: row.try_get::<i64, _>("revoked_at")? != 0,
        }))
    }

    /// Uses an invitation and gives its person the account, both or neither.
    pub async fn join(
        &self,
        code_hash: &str,
        account: &Account,
        now: UtcMillis,
    ) -> Result<Joined, Error> {
        let mut writer = self.begin().await?;
        let used = sqlx::query(sql!("use_invitation"))
            .bind(self.company())
            .bind(code_hash)
            .bind(now.0)
            .execute(writer.connection())
            .await?;
        if used.rows_affected() != 1 {
            writer.roll_back().await?;
            return Ok(Joined::Gone);
        }
        if !self.write_account(&mut writer, account, now).await? {
            writer.roll_back().await?;
            return Ok(Joined::LoginTaken);
        }
        writer.commit().await?;
        Ok(Joined::Done)
    }

    /// Who has an open invitation, and until when.
    pub async fn open_invitations(
        &self,
        now: UtcMillis,
    ) -> Result<Vec<(PersonId, UtcMillis)>, Error> {
        let rows = sqlx::query(sql!("open_invitations"))
            .bind(self.company())
            .bind(now.0)
            .fetch_all(self.readers())
            .await?;
        let read = |row: &sqlx::sqlite::SqliteRow| {
            let person = named(row, "person", "invitation")?;
            Ok((person, UtcMillis(row.try_get("expires_at")?)))
        };
        rows.iter().map(read).collect()
    }

    /// Who has an account, and whether it is closed.
    pub async fn accounts(&self) -> Result<Vec<(PersonId, bool)>, Error> {
        let rows = sqlx::query(sql!("accounts"))
            .bind(self.company())
            .fetch_all(self.readers())
            .await?;
        let read = |row: &sqlx::sqlite::SqliteRow| {
            let person = named(row, "person", "account")?;
            Ok((person, row.try_get::<i64, _>("closed_at")? != 0))
        };
        rows.iter().map(read).collect()
    }
}
