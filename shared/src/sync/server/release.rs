//! Releasing: executing what was kept in quarantine, once its cause is mended.

use crate::id::CommandId;
use crate::moment::UtcMillis;
use crate::sync::message::{Outcome, PushedCommand};
use crate::sync::server::arrival::Arrival;
use crate::sync::server::batch::Batch;
use crate::sync::server::core::{MOST_TRIES, Server, ServerError, is_blank, need_unapplied};
use crate::sync::server::store::{Committed, LogWrite, Needs, Store};

impl<S: Store> Server<S> {
    /// Executes a command that was kept unexecuted; gives its outcome, or what still keeps it.
    ///
    /// `None`: there is no such command, or it was executed already.
    pub async fn release(
        &self,
        cmd_id: CommandId,
        now: UtcMillis,
    ) -> Result<Option<Result<Outcome, Outcome>>, ServerError> {
        let mut beside = Needs::default();
        for _ in 0..MOST_TRIES {
            let entry = self.store.entry(cmd_id).await?;
            let quarantined =
                |entry: &LogWrite| matches!(entry.outcome, Outcome::Quarantined { .. });
            let Some(entry) = entry.filter(quarantined) else {
                return Ok(None);
            };
            let arrival = Arrival {
                person: entry.actor,
                device: entry.device,
                build: String::new(),
                unsent: None,
                held: false,
                received: entry.received_at,
                epoch: None,
                commands: vec![PushedCommand {
                    cmd_id,
                    actor: entry.actor,
                    prevs: entry.prevs.clone(),
                    gap: true,
                    bytes: entry.bytes.clone(),
                }],
            };
            let arrivals = std::slice::from_ref(&arrival);
            // What it left with its author is replaced by what becomes of it now.
            need_unapplied(&mut beside, cmd_id, entry.actor);
            let (loaded, at_hand) = self.load_for(arrivals, beside.clone()).await?;
            let mut batch = Batch::new(&loaded, at_hand, now)?;
            let released = batch.release(&entry);
            if released.is_err() {
                return Ok(Some(released));
            }
            let heads = self.store.heads(&batch.touched_unread()).await?;
            if !is_blank(&heads) {
                beside.plans_in.extend(heads.into_keys());
                continue;
            }
            if self.store.commit(&batch.finish(heads).commit).await? == Committed::Done {
                return Ok(Some(released));
            }
        }
        Err(ServerError::Busy)
    }
}
