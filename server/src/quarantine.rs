//! Commands that were kept unexecuted, at the terminal: which they are, and releasing one.
//!
//! Their content is not shown here: reading it is an administrator's act and is noted.

use std::fmt;
use std::path::Path;

use shared::id::CommandId;
use shared::organisation::Organisation;
use shared::refusal::Refusal;
use shared::sync::message::Outcome;
use shared::sync::server::Server;
use shared::sync::server::store::LogWrite;

use crate::clock::Clock;
use crate::error::ApiError;
use crate::serve;
use crate::words;

/// The commands that wait, in words.
#[derive(Debug)]
pub struct Listed(Vec<String>);

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("没有未执行的更改。 Nothing was kept unexecuted.");
        }
        f.write_str(&self.0.join("\n"))
    }
}

/// Lists what was kept unexecuted in a data folder, the newest first; it may be served meanwhile.
pub async fn list(data: &Path, clock: &dyn Clock) -> Result<Listed, ApiError> {
    let store = serve::open_store(data, clock).await?;
    let entries = store.unexecuted().await?;
    let server = Server::new(store);
    let organisation = server.organisation().await?;
    let kept = entries.iter().filter_map(|entry| match &entry.outcome {
        Outcome::Quarantined { refusal } => Some(line(&organisation, entry, refusal)),
        _ => None,
    });
    Ok(Listed(kept.collect()))
}

fn line(organisation: &Organisation, entry: &LogWrite, refusal: &Refusal) -> String {
    let who = organisation.people.get(&entry.actor);
    let who = who.map_or("?", |person| person.name.as_str());
    let at = entry.received_at.day(organisation.utc_offset());
    let why = words::of(&ApiError::Refused(refusal.clone()));
    format!("{}  {at}  {who}  {why}", entry.cmd_id)
}

/// What came of a release.
#[derive(Debug)]
pub struct Released(Result<Outcome, Outcome>);

impl fmt::Display for Released {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refused = |refusal: &Refusal| words::of(&ApiError::Refused(refusal.clone()));
        match &self.0 {
            Ok(Outcome::Rejected { refusal }) => write!(
                f,
                "已放行，但未被接受；原因已告知本人。 Released and refused; its author is told why: {}",
                refused(refusal)
            ),
            Ok(_) => f.write_str("已放行并执行。 Released and executed."),
            Err(Outcome::Need { cmd } | Outcome::Skipped { because: cmd }) => write!(
                f,
                "没有放行：它建立在 {cmd} 之上，请先处理那一项。 Not released: it was built on {cmd}, \
                 which comes first."
            ),
            Err(Outcome::Quarantined { refusal }) => write!(
                f,
                "没有放行：原因仍在。 Not released, its cause is still there: {}",
                refused(refusal)
            ),
            Err(outcome) => write!(f, "没有放行。 Not released: {}", outcome.word()),
        }
    }
}

/// Executes a command that was kept unexecuted, as its author and under today's rights.
pub async fn release(data: &Path, command: &str, clock: &dyn Clock) -> Result<Released, ApiError> {
    let unknown = || ApiError::Refused(Refusal::not_found("unexecuted command"));
    let command: CommandId = command.parse().map_err(|_| unknown())?;
    let server = Server::new(serve::open_store(data, clock).await?);
    let released = server.release(command, clock.now()).await?;
    released.map(Released).ok_or_else(unknown)
}
