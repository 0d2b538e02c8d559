//! Handing in: what to push next, and what to make of the answers.

use crate::bug::{self, Bug};
use crate::id::{CommandId, Epoch};
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::sync::client::kept::{
    Ack, Archived, Attention, OutboxRow, delete, guard, put, seq_key, value,
};
use crate::sync::client::replica::Replica;
use crate::sync::client::storage::{Batch, Database, Durability, Guard, Op, Store};
use crate::sync::message::{
    MOST_COMMANDS, MOST_PUSH_BYTES, Outcome, PushResponse, PushResult, PushedCommand, Unsent,
};

/// How long a settled command is kept in the archive, in milliseconds: 90 days.
const ARCHIVE_FOR: i64 = 90 * 24 * 60 * 60 * 1000;
/// The most settled commands in the archive.
const MOST_ARCHIVED: usize = 20_000;
/// Room for the frame of a push around its commands.
const FRAME_BYTES: usize = 1024;

/// Operations and what must still stand for them.
#[derive(Default)]
struct Writes {
    guards: Vec<Guard>,
    ops: Vec<Op>,
}

impl Writes {
    /// Takes a row out of the outbox, if it is still there as this memory knows it.
    fn take_out(&mut self, seq: u64, row: &OutboxRow) {
        self.guards
            .push(guard(Store::Outbox, &seq_key(seq), Some(row)));
        self.ops.push(delete(Store::Outbox, seq_key(seq)));
    }

    /// Puts an archived row back into the outbox, if it is still there as this memory knows it.
    fn revive(&mut self, key: &str, text: &str, row: &OutboxRow) {
        let (store, key) = (Store::Archive, key.to_owned());
        let expected = Some(text.to_owned());
        self.guards.push(Guard {
            store,
            key: key.clone(),
            expected,
        });
        self.ops.push(delete(Store::Archive, key.clone()));
        self.ops.push(put(Store::Outbox, key, row));
    }

    fn batch(self) -> Option<Batch> {
        let Self { guards, ops } = self;
        let (database, durability) = (Database::Outbox, Durability::Strict);
        (!ops.is_empty()).then_some(Batch {
            database,
            guards,
            ops,
            durability,
        })
    }
}

impl Replica {
    /// Says whether something waits to be handed in.
    pub fn has_unsent(&self) -> bool {
        self.outbox.values().any(|pending| pending.ack.is_none())
    }

    /// Picks the oldest commands that the server has not confirmed, within the limits of a push.
    pub(super) fn unsent(&self) -> Vec<PushedCommand> {
        let mut bytes = FRAME_BYTES;
        let unsent = self.outbox.values().filter(|pending| pending.ack.is_none());
        let unsent = unsent.map(|pending| &pending.row).take(MOST_COMMANDS);
        let fitting = unsent.take_while(|row| {
            let before = bytes;
            bytes += escaped_len(&row.bytes) + row.prevs.len() * 36 + 200;
            // One command is always sent, so that a long one cannot block the queue.
            bytes <= MOST_PUSH_BYTES || before == FRAME_BYTES
        });
        let pushed = |row: &OutboxRow| PushedCommand {
            cmd_id: row.cmd_id,
            actor: row.actor,
            prevs: row.prevs.clone(),
            gap: row.gap,
            bytes: row.bytes.clone(),
        };
        fitting.map(pushed).collect()
    }

    /// Says what is not handed in yet, for the server to notice should it never come.
    pub(super) fn announced(&self) -> Unsent {
        let mut unsent = self.outbox.iter().filter(|(_, p)| p.ack.is_none());
        let Some((oldest, first)) = unsent.next() else {
            return Unsent::default();
        };
        let (mut count, mut newest) = (1, (oldest, first));
        for pending in unsent {
            count += 1;
            newest = pending;
        }
        let made = newest.1.made.as_ref();
        Unsent {
            count,
            newest: Some(newest.1.row.cmd_id),
            newest_place: *newest.0,
            oldest_place: *oldest,
            newest_at: made.map_or(self.last_contact, |made| made.made.est_server_time),
        }
    }

    /// Makes the write that a push's answers ask for; `None` when they ask for nothing.
    ///
    /// `turn` is the one in which they were asked for.
    pub(super) fn answer(&self, response: &PushResponse, turn: i64) -> Option<Batch> {
        if self.life() != Some(response.server_epoch) {
            // Another tab has heard of a later life, in which this counts for nothing.
            return None;
        }
        let now = response.server_time;
        let mut writes = Writes::default();
        for result in &response.results {
            let found = self
                .outbox
                .iter()
                .find(|(_, p)| p.row.cmd_id == result.cmd_id);
            let Some((seq, pending)) = found else {
                self.unrefuse(&mut writes, result, response.server_epoch, turn);
                continue;
            };
            let (seq, row) = (*seq, &pending.row);
            // Another tab may have learned more since this memory was read.
            let ack = self.acks.get(&row.cmd_id);
            writes
                .guards
                .push(guard(Store::Acks, &row.cmd_id.to_string(), ack));
            match &result.outcome {
                Outcome::Applied { .. } => {
                    let epoch = response.server_epoch;
                    let ack = Ack {
                        epoch,
                        outcome: result.outcome.clone(),
                        turn,
                    };
                    writes
                        .guards
                        .push(guard(Store::Outbox, &seq_key(seq), Some(row)));
                    writes
                        .ops
                        .push(put(Store::Acks, row.cmd_id.to_string(), &ack));
                }
                Outcome::Rejected { .. }
                | Outcome::Skipped { .. }
                | Outcome::Quarantined { .. }
                | Outcome::IdReuse => {
                    refuse(&mut writes, seq, row, result.outcome.clone(), now);
                    if bug::is(Bug::RejectWipesQueue) {
                        let all = self.outbox.keys();
                        writes
                            .ops
                            .extend(all.map(|seq| delete(Store::Outbox, seq_key(*seq))));
                    }
                }
                Outcome::Need { .. } if pending.ack.is_some() => {}
                Outcome::Need { cmd } => self.repair(&mut writes, seq, row, *cmd, now),
                Outcome::Retry { .. } | Outcome::WrongPerson => {}
            }
        }
        writes.batch()
    }

    /// Takes a command back from where its author deals with it: a restored server forgot that it
    /// had refused it, got it from another tab, and applied it.
    fn unrefuse(&self, writes: &mut Writes, result: &PushResult, epoch: Epoch, turn: i64) {
        let Some(entry) = self.attention.get(&result.cmd_id) else {
            return;
        };
        if result.outcome.is_applied() {
            let key = result.cmd_id.to_string();
            writes
                .guards
                .push(guard(Store::Attention, &key, Some(entry)));
            writes.ops.push(delete(Store::Attention, key.clone()));
            writes
                .ops
                .push(put(Store::Outbox, seq_key(entry.seq), &entry.row));
            let ack = Ack {
                epoch,
                outcome: result.outcome.clone(),
                turn,
            };
            writes.ops.push(put(Store::Acks, key, &ack));
        }
    }

    /// The server does not know a predecessor: hand that in again, or say that it is lost.
    fn repair(
        &self,
        writes: &mut Writes,
        seq: u64,
        row: &OutboxRow,
        need: CommandId,
        now: UtcMillis,
    ) {
        if self.attention.contains_key(&need) {
            let outcome = Outcome::Skipped { because: need };
            refuse(writes, seq, row, outcome, now);
            return;
        }
        if self.acks.contains_key(&need) {
            writes.ops.push(delete(Store::Acks, need.to_string()));
            return;
        }
        if self
            .outbox
            .values()
            .any(|pending| pending.row.cmd_id == need)
        {
            return;
        }
        let wanted = need.to_string();
        let archived = self
            .archive
            .iter()
            .filter(|(_, text)| text.contains(&wanted));
        for (key, text) in archived {
            if let Ok(entry) = value::<Archived>(text)
                && entry.row.cmd_id == need
            {
                writes.revive(key, text, &entry.row);
                return;
            }
        }
        let repaired = OutboxRow {
            gap: !bug::is(Bug::NoGapRepair),
            ..row.clone()
        };
        writes
            .guards
            .push(guard(Store::Outbox, &seq_key(seq), Some(row)));
        writes.ops.push(put(Store::Outbox, seq_key(seq), &repaired));
    }

    /// The server's life that counts for what is handed in: the one last heard of, or that of the
    /// rows; where no row is held, that in which the server last settled something.
    pub(super) fn life(&self) -> Option<Epoch> {
        let acked = || {
            let mut last = self.outbox.values().rev();
            last.find_map(|pending| self.acks.get(&pending.row.cmd_id))
        };
        let archived = || value::<Archived>(self.archive.last_key_value()?.1).ok();
        let settled = || {
            let acked = acked().map(|ack| ack.epoch);
            acked.or_else(|| archived().map(|entry| entry.epoch))
        };
        self.heard.or(self.epoch()).or_else(settled)
    }

    /// Which turn of the server's life this is; see [`State::turn`].
    pub(super) fn turn(&self) -> i64 {
        let state = self.state.as_ref();
        let state = state.filter(|state| self.heard.is_none_or(|heard| heard == state.epoch));
        state.map_or(0, |state| state.turn)
    }

    /// Lists the commands that the server acknowledged and whose effect has not come yet.
    pub(super) fn awaited(&self) -> Vec<CommandId> {
        let acked = self.outbox.values().filter(|pending| {
            let ack = pending.ack.as_ref();
            ack.is_some_and(|ack| Some(ack.epoch) == self.epoch() && !self.is_visible(ack))
        });
        acked.map(|pending| pending.row.cmd_id).collect()
    }

    /// Makes the clean-up that follows from acknowledgements, cursors and the server's life.
    ///
    /// It is derived from what is kept, so it can be cut short and done again at any time. What was
    /// `awaited` when the server was asked, and still is not visible after its answer, it has lost:
    /// that is handed in again. The archive's age is told by the server's times alone.
    pub(super) fn tidy(&self, awaited: &[CommandId]) -> Option<Batch> {
        let (epoch, now) = (self.life()?, self.last_contact);
        let mut writes = Writes::default();
        for (seq, pending) in &self.outbox {
            let Some(ack) = &pending.ack else { continue };
            if !self.is_visible(ack) {
                if awaited.contains(&pending.row.cmd_id) {
                    let key = pending.row.cmd_id.to_string();
                    writes.guards.push(guard(Store::Acks, &key, Some(ack)));
                    writes.ops.push(delete(Store::Acks, key));
                }
                continue;
            }
            writes.take_out(*seq, &pending.row);
            writes
                .ops
                .push(delete(Store::Acks, pending.row.cmd_id.to_string()));
            let entry = Archived {
                row: pending.row.clone(),
                epoch: ack.epoch,
                at: now,
                turn: ack.turn,
            };
            if !bug::is(Bug::NoArchive) {
                writes.ops.push(put(Store::Archive, seq_key(*seq), &entry));
            }
        }
        if self.epoch() == Some(epoch) {
            self.follow_unapplied(&mut writes, epoch, now);
        }
        self.revive(&mut writes, epoch);
        self.prune(&mut writes, now);
        writes.batch()
    }

    /// Follows what became later of commands that were not applied: some are executed out of
    /// quarantine, some are settled on another device or closed by an administrator.
    fn follow_unapplied(&self, writes: &mut Writes, epoch: Epoch, now: UtcMillis) {
        let own = self.partitions.get(&PartitionId::User(self.person));
        let here = (epoch, self.turn(), own.map_or(0, |own| own.ver));
        let since = |(in_epoch, in_turn, ver): (Epoch, i64, u64)| {
            (in_epoch, in_turn) == (here.0, here.1) && ver < here.2
        };
        let archive = |writes: &mut Writes, entry: &Attention| {
            let archived = Archived {
                row: entry.row.clone(),
                epoch,
                at: now,
                turn: here.1,
            };
            let (place, key) = (seq_key(entry.seq), entry.row.cmd_id.to_string());
            writes.ops.push(put(Store::Archive, place, &archived));
            writes.ops.push(delete(Store::Attention, key));
        };
        for (id, entry) in &self.attention {
            let mut next = entry.clone();
            let key = id.to_string();
            match self.confirmed.unapplied().get(id) {
                Some(row) if row.outcome.is_applied() => archive(writes, entry),
                Some(row) => {
                    next.outcome = row.outcome.clone();
                    let counts = entry.seen.is_some_and(since);
                    next.seen = entry.seen.filter(|_| counts).or(Some(here));
                    if next == *entry {
                        continue;
                    }
                    writes.ops.push(put(Store::Attention, key.clone(), &next));
                }
                // Its words stay: a server that went back looks the same as one that closed it.
                None if entry.seen.is_some_and(since) => archive(writes, entry),
                None => continue,
            }
            let guarded = guard(Store::Attention, &key, Some(entry));
            writes.guards.push(guarded);
        }
    }

    /// Takes commands out of the archive that another life of the server settled, or this one in
    /// an earlier turn: a restored server may have lost them, and knows them by their ids if it has
    /// not.
    fn revive(&self, writes: &mut Writes, epoch: Epoch) {
        let (current, turn) = (epoch.to_string(), self.turn());
        // Texts are looked into before they are read: there may be thousands. Within a command's
        // own bytes the quotes are escaped, so this finds the entry's own field alone.
        let of_turn = |text: &str| match turn {
            0 => !text.contains("\"turn\":"),
            turn => text.contains(&format!("\"turn\":{turn}")),
        };
        let other = self
            .archive
            .iter()
            .filter(|(_, text)| !text.contains(&current) || !of_turn(text));
        for (key, text) in other {
            if let Ok(entry) = value::<Archived>(text)
                && (entry.epoch != epoch || entry.turn != turn)
            {
                writes.revive(key, text, &entry.row);
            }
        }
    }

    /// Drops what has been in the archive long enough; the oldest come first.
    fn prune(&self, writes: &mut Writes, now: UtcMillis) {
        let over = self.archive.len().saturating_sub(MOST_ARCHIVED);
        for (place, (key, text)) in self.archive.iter().enumerate() {
            let old = value::<Archived>(text).is_ok_and(|e| now.0 - e.at.0 > ARCHIVE_FOR);
            if place >= over && !old {
                break;
            }
            writes.ops.push(delete(Store::Archive, key.clone()));
        }
    }
}

/// Moves a command from the outbox to where its author deals with it.
fn refuse(writes: &mut Writes, seq: u64, row: &OutboxRow, outcome: Outcome, at: UtcMillis) {
    writes.take_out(seq, row);
    writes.ops.push(delete(Store::Acks, row.cmd_id.to_string()));
    let entry = Attention {
        seq,
        row: row.clone(),
        outcome,
        at,
        seen: None,
    };
    writes
        .ops
        .push(put(Store::Attention, row.cmd_id.to_string(), &entry));
}

/// The length of a text within JSON: quotes and backslashes take two bytes, controls up to six.
fn escaped_len(text: &str) -> usize {
    let of = |byte: u8| match byte {
        b'"' | b'\\' => 2,
        0..=0x1f => 6,
        _ => 1,
    };
    text.bytes().map(of).sum()
}
