//! Room on the device: what was fetched goes when there is too much of it or it may not be seen any
//! more, one's own goes a while after the server has it; what is to be handed in never goes.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::command::MadeCommand;
use shared::evidence::ContentHash;

use super::Keeper;
use crate::session::Session;
use crate::store::evidence::Held;

/// How much is kept of what was fetched to be looked at, in bytes.
const MOST_FETCHED: u64 = 64 * 1024 * 1024;
/// How far the note of the last use may lag behind, in milliseconds.
const USED_EVERY: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * 60 * 60 * 1000;
/// How long one's own files stay after the server has them, should it lose them.
const OWN_DAYS: i64 = 30;

impl Keeper {
    /// Notes that a fetched file was looked at, so that others go before it.
    pub(super) async fn used(&self, hash: ContentHash) {
        let now = self.session.device().estimated_now();
        let files = untrack(|| self.session.files());
        let fetched = files.iter().find(|held| held.hash == hash && !held.own);
        let old = fetched.filter(|held| now.0.saturating_sub(held.used.0) > USED_EVERY);
        if let Some(held) = old {
            let used = now;
            // Without the note it goes a little earlier.
            let _ = self
                .files
                .note(&Held {
                    used,
                    ..held.clone()
                })
                .await;
        }
    }

    /// Drops what was fetched and is used least, as far as there is too much of it.
    pub(super) async fn make_room(&self) {
        let mut fetched = self.files.held().await.unwrap_or_default();
        fetched.retain(|held| !held.own);
        fetched.sort_unstable_by_key(|held| std::cmp::Reverse(held.used));
        let mut room = MOST_FETCHED;
        let fits = |held: &Held| {
            let left = room.checked_sub(u64::from(held.bytes));
            room = left.unwrap_or(0);
            left.is_some()
        };
        let stays = fetched.iter().map(fits).take_while(|fits| *fits).count();
        let gone: Vec<_> = fetched[stays..].iter().map(|held| held.hash).collect();
        if !gone.is_empty() {
            // What cannot be dropped now is dropped with the next one.
            let _ = self.files.drop(&gone).await;
        }
    }

    /// Drops what need not be here any more, and tries again what was not taken before.
    pub(super) async fn look_through(&self) {
        let now = self.session.device().estimated_now();
        let named = named(self.session);
        let held = self.files.held().await.unwrap_or_default();
        let over = |held: &&Held| {
            let age = now.0.saturating_sub(held.kept.0);
            match (held.own, held.is_unsent()) {
                // Nobody wants it: the server does not take it, and nothing names it any more.
                (true, true) => held.refused.is_some() && age > DAY && !named.contains(&held.hash),
                (true, false) => age > OWN_DAYS * DAY,
                (false, _) => !named.contains(&held.hash),
            }
        };
        let over: Vec<_> = held.iter().filter(over).map(|held| held.hash).collect();
        if !over.is_empty() {
            let _ = self.files.drop(&over).await;
        }
        self.make_room().await;
        self.forgive().await;
        self.show().await;
    }
}

/// Every digest that the person's rows, pending acts or refused acts name.
pub(super) fn named(session: Session) -> BTreeSet<ContentHash> {
    let device = session.device();
    let replica = device.replica();
    let documents = replica.view().documents();
    let evidence = documents.flat_map(|(_, document)| document.evidence.values());
    let open = evidence.filter(|evidence| evidence.may_open(session.person()));
    let mut named: BTreeSet<_> = open.map(|evidence| evidence.hash).collect();
    let ledgers = replica.view().documents();
    let entries = ledgers.flat_map(|(_, document)| document.entries.values());
    named.extend(entries.flat_map(|entry| entry.attached.iter().map(|file| file.hash)));
    let pending = replica.pending().map(|pending| pending.row.bytes.clone());
    let attention = replica.attention();
    let attention = attention.iter().map(|entry| entry.row.bytes.clone());
    for bytes in pending.chain(attention) {
        let made = MadeCommand::read(&bytes).ok();
        named.extend(made.and_then(|made| made.command.attaches()));
    }
    named
}
