//! Accounts and sessions: what lets a person sign in. They are the server's alone and never synced.

use shared::id::PersonId;
use shared::moment::UtcMillis;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::Error;
use super::sqlite::{Sqlite, Writing, sql};
use super::sync::named;

/// How a person signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// The word typed at sign-in, in lower case.
    pub login: String,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Whether nobody can sign in with it any more.
    pub is_closed: bool,
}

/// A session that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub person: PersonId,
    /// When it was last noted to be used.
    pub used_at: UtcMillis,
    /// Whether the account is closed: the session hands work in, and nothing else.
    pub is_closed: bool,
}

impl Sqlite {
    /// Gives the account of a login.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, Error> {
        let row = sqlx::query(sql!("account_by_login"))
            .bind(self.company())
            .bind(login)
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| account(&row)).transpose()
    }

    /// Gives the account of a person.
    pub async fn account_of(&self, person: PersonId) -> Result<Option<Account>, Error> {
        let row = sqlx::query(sql!("account_of"))
            .bind(self.company())
            .bind(person.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| account(&row)).transpose()
    }

    /// Gives a person a login and password, in place of earlier ones, and ends that person's
    /// sessions and open invitations: whoever made one knows its code. Says `false`, and changes
    /// nothing, when the login is somebody else's.
    pub async fn put_account(&self, account: &Account, now: UtcMillis) -> Result<bool, Error> {
        let mut writer = self.begin().await?;
        if self.write_account(&mut writer, account, now).await? {
            writer.commit().await?;
            Ok(true)
        } else {
            writer.roll_back().await?;
            Ok(false)
        }
    }

    /// The same within a transaction, which the caller ends.
    pub(super) async fn write_account(
        &self,
        writer: &mut Writing,
        account: &Account,
        now: UtcMillis,
    ) -> Result<bool, Error> {
        let held = sqlx::query(sql!("account_by_login"))
            .bind(self.company())
            .bind(&account.login)
            .fetch_optional(writer.connection())
            .await?;
        let person = account.person.to_string();
        if let Some(row) = held
            && row.try_get::<String, _>("person")? != person
        {
            return Ok(false);
        }
        sqlx::query(sql!("put_account"))
            .bind(self.company())
            .bind(&person)
            .bind(&account.login)
            .bind(&account.password_hash)
            .bind(now.0)
            .execute(writer.connection())
            .await?;
        sqlx::query(sql!("end_sessions_of"))
            .bind(self.company())
            .bind(&person)
            .execute(writer.connection())
            .await?;
        self.end_invitations(writer, account.person, now).await?;
        Ok(true)
    }

    /// Closes a person's account, and ends invitations; says whether there was one. Sessions stay,
    /// to hand in work.
    pub async fn close_account(&self, person: PersonId, now: UtcMillis) -> Result<bool, Error> {
        let mut writer = self.begin().await?;
        let closed = sqlx::query(sql!("close_account"))
            .bind(self.company())
            .bind(person.to_string())
            .bind(now.0)
            .execute(writer.connection())
            .await?;
        self.end_invitations(&mut writer, person, now).await?;
        writer.commit().await?;
        Ok(closed.rows_affected() == 1)
    }

    /// Forgets all accounts and sessions and keeps these accounts instead; for the first run only.
    pub async fn replace_accounts(
        &self,
        accounts: &[Account],
        now: UtcMillis,
    ) -> Result<(), Error> {
        let mut writer = self.begin().await?;
        for statement in [sql!("forget_sessions"), sql!("forget_accounts")] {
            sqlx::query(statement)
                .bind(self.company())
                .execute(writer.connection())
                .await?;
        }
        for account in accounts {
            sqlx::query(sql!("put_account"))
                .bind(self.company())
                .bind(account.person.to_string())
                .bind(&account.login)
                .bind(&account.password_hash)
                .bind(now.0)
                .execute(writer.connection())
                .await?;
        }
        writer.commit().await
    }

    /// Begins a session under the digest of its token, and forgets those last used before a time.
    pub async fn begin_session(
        &self,
        token_hash: &str,
        person: PersonId,
        now: UtcMillis,
        expired: UtcMillis,
    ) -> Result<(), Error> {
        let mut writer = self.begin().await?;
        sqlx::query(sql!("forget_expired"))
            .bind(self.company())
            .bind(expired.0)
            .execute(writer.connection())
            .await?;
        sqlx::query(sql!("begin_session"))
            .bind(self.company())
            .bind(token_hash)
            .bind(person.to_string())
            .bind(now.0)
            .bind(now.0)
            .execute(writer.connection())
            .await?;
        writer.commit().await
    }

    /// Gives the session of a token's digest.
    pub async fn session(&self, token_hash: &str) -> Result<Option<Session>, Error> {
        let row = sqlx::query(sql!("session"))
            .bind(self.company())
            .bind(token_hash)
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let person = named(&row, "person", "session")?;
        let used_at = UtcMillis(row.try_get("used_at")?);
        let is_closed = row.try_get::<i64, _>("closed_at")? != 0;
        Ok(Some(Session {
            person,
            used_at,
            is_closed,
        }))
    }

    /// Notes that a session was used.
    pub async fn use_session(&self, token_hash: &str, now: UtcMillis) -> Result<(), Error> {
        let mut writer = self.begin().await?;
        sqlx::query(sql!("use_session"))
            .bind(self.company())
            .bind(token_hash)
            .bind(now.0)
            .execute(writer.connection())
            .await?;
        writer.commit().await
    }

    /// Ends all sessions of a person.
    pub async fn end_sessions_of(&self, person: PersonId) -> Result<(), Error> {
        let mut writer = self.begin().await?;
        sqlx::query(sql!("end_sessions_of"))
            .bind(self.company())
            .bind(person.to_string())
            .execute(writer.connection())
            .await?;
        writer.commit().await
    }

    /// Ends a session.
    pub async fn end_session(&self, token_hash: &str) -> Result<(), Error> {
        let mut writer = self.begin().await?;
        sqlx::query(sql!("end_session"))
            .bind(self.company())
            .bind(token_hash)
            .execute(writer.connection())
            .await?;
        writer.commit().await
    }
}

fn account(row: &SqliteRow) -> Result<Account, Error> {
    Ok(Account {
        person: named(row, "person", "account")?,
        login: row.try_get("login")?,
        password_hash: row.try_get("password_hash")?,
        is_closed: row.try_get::<i64, _>("closed_at")? != 0,
    })
}
