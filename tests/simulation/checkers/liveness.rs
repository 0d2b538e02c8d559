//! Liveness (I8): with a healthy network and a signed-in author the outbox drains in bounded time,
//! whatever any single command does.

use shared::sync::client::Replica;

use super::Verdict;

/// How many rounds of push and pull may pass until nothing is left to do.
pub(crate) const MOST_ROUNDS: usize = 30;

/// Says whether a tab has nothing left to do.
pub(crate) fn is_drained(replica: &Replica) -> bool {
    replica.pending().next().is_none()
}

/// Tells what still waits after the last round.
pub(crate) fn broken<'a>(
    waiting: impl Iterator<Item = (usize, std::cell::Ref<'a, Replica>)>,
) -> Verdict {
    let waiting = waiting.map(|(tab, replica)| {
        let ids = replica
            .pending()
            .map(|pending| pending.row.cmd_id.to_string());
        format!("tab {tab}: {:?}", ids.collect::<Vec<_>>())
    });
    let waiting: Vec<String> = waiting.collect();
    Err(format!(
        "liveness: after {MOST_ROUNDS} rounds there still waits {waiting:?}"
    ))
}
