//! Making commands: from what a person did to a row of the outbox.

use crate::bug::{self, Bug};
use crate::change::Change;
use crate::command::{Class, Command, MadeCommand};
use crate::id::{CommandId, DeviceId, PlanId};
use crate::lane::Lane;
use crate::moment::Made;
use crate::refusal::Refusal;
use crate::sync::client::folding::{carry_out, decide_one};
use crate::sync::client::kept::{OutboxRow, TAIL, Tail, delete, guard, put, seq_key};
use crate::sync::client::replica::{Fold, Pending, Replica};
use crate::sync::client::storage::{Batch, Database, Durability, Guard, Op, Store};
use crate::sync::message::MOST_LANES;
use crate::world::World;

/// The most commands that wait in the outbox.
pub(super) const MOST_PENDING: usize = 10_000;
/// The most bytes of commands that wait in the outbox.
pub(super) const MOST_PENDING_BYTES: usize = 8 * 1024 * 1024;
/// From so many waiting commands on, the person is told.
pub const MANY_PENDING: usize = 500;

/// A command that was decided on the view.
pub(super) struct Tried {
    /// The state of memory on which it was decided.
    over: u64,
    row: OutboxRow,
    made: MadeCommand,
    decided: (Fold, Vec<Change>),
}

/// What memory shows once a command is kept.
pub(super) struct Shown {
    /// The state of memory for which it holds.
    pub(super) over: u64,
    /// The view with the command.
    pub(super) view: World,
    /// The command as the outbox will hold it.
    pub(super) pending: Pending,
}

impl Replica {
    /// Makes the one strict transaction that keeps a command, or says why the device refuses it.
    ///
    /// `settles` names the refused command that this one replaces or gives up. With the transaction
    /// comes what the command changes, where it could be decided on the view.
    pub(super) fn prepare(
        &self,
        cmd_id: CommandId,
        command: &Command,
        made: Made,
        supersedes: Option<CommandId>,
        settles: Option<CommandId>,
    ) -> Result<(Batch, Option<Tried>), Refusal> {
        if command.class() == Class::Power {
            return Err(Refusal::OnlineOnly);
        }
        let waiting = self.outbox.values().map(|p| p.row.bytes.len());
        let limits = [
            ("pending_commands", self.outbox.len() + 1, MOST_PENDING),
            ("pending_bytes", waiting.sum(), MOST_PENDING_BYTES),
            ("lanes", command.lanes().len(), MOST_LANES),
        ];
        if let Some((limit, _, most)) = limits.into_iter().find(|(_, is, most)| is > most) {
            let (limit, most) = (limit.to_owned(), most as u64);
            return Err(Refusal::LimitPassed { limit, most });
        }
        let made = MadeCommand {
            command: command.clone(),
            made,
            supersedes,
        };
        let bytes = made.write()?;
        let lanes = command.lanes();
        let decided = self.decided(&made, &lanes)?;
        let prevs = self.prevs(command, &lanes);
        let row = OutboxRow {
            fmt: 1,
            cmd_id,
            actor: self.person,
            lanes,
            prevs,
            gap: false,
            bytes,
        };
        let seq = self.tail.map_or(1, |tail| tail.seq + 1);
        let mut guards = vec![self.expected().0];
        let mut ops = vec![
            put(Store::Outbox, seq_key(seq), &row),
            put(Store::Meta, TAIL, &Tail { seq, cmd_id }),
        ];
        if let Some(settled) = settles {
            // One that another device made stands among the rows, and its row goes with the command.
            if let Some(entry) = self.attention.get(&settled) {
                guards.push(guard(Store::Attention, &settled.to_string(), Some(entry)));
                ops.push(delete(Store::Attention, settled.to_string()));
            } else if !self.view().unapplied().contains_key(&settled) {
                return Err(Refusal::not_found("refused command"));
            }
        }
        let relaxed = bug::is(Bug::RelaxedAck);
        let durability = if relaxed {
            Durability::Relaxed
        } else {
            Durability::Strict
        };
        let batch = Batch {
            database: Database::Outbox,
            guards,
            ops,
            durability,
        };
        let over = self.mutations;
        let tried = decided.map(|decided| Tried {
            over,
            row,
            made,
            decided,
        });
        Ok((batch, tried))
    }

    /// Decides a command on the view; `None` where a lane is not folded: what it holds the view does
    /// not show, and the server will check it.
    fn decided(
        &self,
        made: &MadeCommand,
        lanes: &[Lane],
    ) -> Result<Option<(Fold, Vec<Change>)>, Refusal> {
        let barred = self.barred();
        if lanes.iter().any(|lane| barred.contains(lane)) {
            return Ok(None);
        }
        match decide_one(self.view(), made, self.person) {
            (Fold::Refused(refusal), _) => Err(refusal),
            decided => Ok(Some(decided)),
        }
    }

    /// What the view is with a command that was decided on it; `None` where memory has changed since.
    pub(super) fn try_out(&self, tried: Tried) -> Option<Shown> {
        let Tried {
            over,
            row,
            made,
            decided,
        } = tried;
        (over == self.mutations).then(|| {
            let mut view = self.view().clone();
            carry_out(&mut view, &made, self.person, &decided);
            let pending = Pending {
                row,
                made: Some(made),
                ack: None,
                fold: decided.0,
            };
            Shown {
                over,
                view,
                pending,
            }
        })
    }

    /// What keeping a command guards on, and the stores that it writes to, before it is made.
    pub(super) fn expected(&self) -> (Guard, [Store; 2]) {
        let tail = guard(Store::Meta, TAIL, self.tail.as_ref());
        (tail, [Store::Outbox, Store::Meta])
    }

    /// The name that a command would have if its device and its number made it, which a copy of the
    /// storage would give again: only a deliberate bug does so.
    pub(super) fn numbered(&self) -> CommandId {
        let device = self.device.map_or(0, DeviceId::bits);
        let seq = self.tail.map_or(1, |tail| tail.seq + 1);
        CommandId::from_bits(device.wrapping_add(u128::from(seq)))
    }

    /// The last unconfirmed commands on which this one builds: of its lanes, and for a signature
    /// also of the items that it binds.
    fn prevs(&self, command: &Command, lanes: &[Lane]) -> Vec<CommandId> {
        let mut wanted: Vec<Lane> = lanes.to_vec();
        // What another plan gives to this one was read as this device left it.
        let others = command.documents().into_iter().skip(1);
        wanted.extend(others.map(Lane::Plan));
        if command.class() == Class::Sign {
            let items = |plan: PlanId| self.view().document(plan).map(|d| d.items.keys());
            let items = command.document().and_then(items).into_iter().flatten();
            wanted.extend(items.map(|item| Lane::Item(*item)));
        }
        let mut prevs: Vec<CommandId> = wanted
            .into_iter()
            .filter_map(|lane| self.last_unconfirmed(lane))
            .collect();
        prevs.sort_unstable();
        prevs.dedup();
        prevs
    }
}

/// Throws away what a person did: only a deliberate bug does so.
pub(super) fn without_work() -> Batch {
    let stores = [Store::Outbox, Store::Acks, Store::Archive];
    Batch {
        database: Database::Outbox,
        guards: vec![],
        ops: stores.map(|store| Op::Clear { store }).into(),
        durability: Durability::Strict,
    }
}
