//! Jobs on SQLite: what is staged, how far it is, and what became of each step.

use serde::Serialize;
use shared::id::{CommandId, PersonId};
use shared::moment::UtcMillis;
use shared::sync::message::Outcome;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, query};

use super::Error;
use super::sqlite::{Sqlite, sql};
use super::sync::named;
use super::sync::parameters::json;

/// An act on many documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id: that of its first command.
    pub id: CommandId,
    /// What it does, as a word.
    pub kind: String,
    /// Who asked for it; its commands are that person's.
    pub made_by: PersonId,
    /// What it is about, as JSON.
    pub args: String,
    /// Digest of what was shown.
    pub digest: String,
    /// `staged`, `running`, `done`, `failed` or `cancelled`.
    pub state: String,
    /// When it was staged.
    pub staged_at: UtcMillis,
}

/// One command of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its place, from 0.
    pub place: u32,
    /// The command's id, the same however often it is tried.
    pub cmd_id: CommandId,
    /// The command's bytes.
    pub bytes: String,
    /// What the preview said of it, as JSON; empty for the marks around the job.
    pub expected: String,
    /// What became of it; `None` before.
    #[serde(skip)]
    pub outcome: Option<Outcome>,
}

impl Sqlite {
    /// Stages a job with its steps.
    pub async fn begin_job(&self, job: &Job, steps: &[Step]) -> Result<(), Error> {
        let mut writing = self.begin().await?;
        query(sql!("begin_job"))
            .bind(self.company())
            .bind(job.id.to_string())
            .bind(&job.kind)
            .bind(job.made_by.to_string())
            .bind(&job.args)
            .bind(&job.digest)
            .bind(job.staged_at.0)
            .execute(writing.connection())
            .await?;
        query(sql!("begin_steps"))
            .bind(self.company())
            .bind(job.id.to_string())
            .bind(json(&steps))
            .execute(writing.connection())
            .await?;
        writing.commit().await
    }

    /// Gives a job.
    pub async fn job(&self, id: CommandId) -> Result<Option<Job>, Error> {
        let row = query(sql!("job"))
            .bind(self.company())
            .bind(id.to_string())
            .fetch_optional(self.readers())
            .await?;
        let job = |row: SqliteRow| {
            Ok(Job {
                id: named(&row, "id", "job")?,
                kind: row.try_get("kind")?,
                made_by: named(&row, "made_by", "job")?,
                args: row.try_get("args")?,
                digest: row.try_get("digest")?,
                state: row.try_get("state")?,
                staged_at: UtcMillis(row.try_get("staged_at")?),
            })
        };
        row.map(job).transpose()
    }

    /// Lists the jobs that are under way.
    pub async fn running_jobs(&self) -> Result<Vec<CommandId>, Error> {
        let rows = query(sql!("running_jobs")).bind(self.company());
        let rows = rows.fetch_all(self.readers()).await?;
        rows.iter().map(|row| named(row, "id", "job")).collect()
    }

    /// Gives the steps of a job in order.
    pub async fn job_steps(&self, id: CommandId) -> Result<Vec<Step>, Error> {
        let rows = query(sql!("job_steps"))
            .bind(self.company())
            .bind(id.to_string());
        let step = |row: &SqliteRow| {
            let outcome: &str = row.try_get("outcome")?;
            let read = |text| serde_json::from_str(text).map_err(|_| Error::unreadable("outcome"));
            Ok(Step {
                place: row.try_get("place")?,
                cmd_id: named(row, "cmd_id", "step")?,
                bytes: row.try_get("bytes")?,
                expected: row.try_get("expected")?,
                outcome: (!outcome.is_empty()).then(|| read(outcome)).transpose()?,
            })
        };
        rows.fetch_all(self.readers())
            .await?
            .iter()
            .map(step)
            .collect()
    }

    /// Moves a job from one state to another; says `false` when it was not in the first.
    pub async fn move_job(
        &self,
        id: CommandId,
        from: &str,
        to: &str,
        now: UtcMillis,
    ) -> Result<bool, Error> {
        let mut writing = self.begin().await?;
        let moved = query(sql!("move_job"))
            .bind(self.company())
            .bind(id.to_string())
            .bind(from)
            .bind(to)
            .bind(now.0)
            .execute(writing.connection())
            .await?;
        writing.commit().await?;
        Ok(moved.rows_affected() == 1)
    }

    /// Notes what became of steps.
    pub async fn note_steps(
        &self,
        id: CommandId,
        outcomes: &[(u32, Outcome)],
    ) -> Result<(), Error> {
        let mut writing = self.begin().await?;
        for (place, outcome) in outcomes {
            query(sql!("note_step"))
                .bind(self.company())
                .bind(id.to_string())
                .bind(*place)
                .bind(json(outcome))
                .execute(writing.connection())
                .await?;
        }
        writing.commit().await
    }
}
