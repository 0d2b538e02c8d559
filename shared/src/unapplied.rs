//! Unapplied commands: what a person did and the server did not carry out, kept until it is closed.
//!
//! Each is a row in its author's own partition, so that every device of that person shows it, with
//! the words that were written. It stays until the author settles it or an administrator closes it;
//! what is executed later, out of quarantine, stays too, with its later outcome.

use serde::{Deserialize, Serialize};

use crate::change::Change;
use crate::command::MOST_COMMAND_BYTES;
use crate::id::{CommandId, DeviceId, PersonId};
use crate::moment::UtcMillis;
use crate::row::{Row, RowKey, RowKind};
use crate::sync::message::Outcome;
use crate::world::World;

/// A command that was not applied when it came. The row's key is the command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unapplied {
    /// The command.
    pub command: CommandId,
    /// Whose.
    pub person: PersonId,
    /// The device on which it was made.
    pub device: DeviceId,
    /// What became of it; applied where it was executed later.
    pub outcome: Outcome,
    /// The command as it was kept; empty where it is longer than a command can be.
    pub bytes: String,
    /// When the server received it.
    pub received: UtcMillis,
    /// When the server decided so.
    pub recorded: UtcMillis,
}

/// The key of a command's row.
pub const fn key(command: CommandId) -> RowKey {
    RowKey {
        kind: RowKind::Unapplied,
        document: None,
        bits: command.bits(),
    }
}

/// A recorded command, as far as it leaves something with its author.
#[derive(Debug, Clone, Copy)]
pub struct Recorded<'a> {
    /// The command.
    pub command: CommandId,
    /// Its author.
    pub person: PersonId,
    /// The device on which it was made.
    pub device: DeviceId,
    /// Its bytes.
    pub bytes: &'a str,
    /// What became of it.
    pub outcome: &'a Outcome,
    /// Whether it was executed out of quarantine.
    pub released: bool,
    /// The refused command in whose place it stands.
    pub supersedes: Option<CommandId>,
    /// When the server received it.
    pub received: UtcMillis,
    /// When the server decided it.
    pub recorded: UtcMillis,
}

/// What a recorded command changes in its author's own partition, beside its effects: it stands
/// there when it was not applied, and what it replaces is settled.
pub fn left(world: &World, recorded: &Recorded<'_>) -> Vec<Change> {
    let settled = recorded.supersedes;
    let settled = settled.and_then(|replaced| settle(world, replaced, recorded.person));
    let mut changes: Vec<Change> = settled.into_iter().collect();
    let applied = recorded.outcome.is_applied();
    if applied && !recorded.released {
        return changes;
    }
    let outcome = if applied {
        let touched = Vec::new();
        Outcome::Applied { touched }
    } else {
        recorded.outcome.clone()
    };
    let fits = recorded.bytes.len() <= MOST_COMMAND_BYTES;
    let bytes = if fits { recorded.bytes } else { "" };
    changes.push(Change::put(Row::Unapplied(Unapplied {
        command: recorded.command,
        person: recorded.person,
        device: recorded.device,
        outcome,
        bytes: bytes.to_owned(),
        received: recorded.received,
        recorded: recorded.recorded,
    })));
    changes
}

/// Takes an unapplied command of a person away, where it stands.
pub fn settle(world: &World, command: CommandId, person: PersonId) -> Option<Change> {
    let own = world.unapplied().get(&command);
    own.filter(|own| own.person == person)
        .map(|own| Change::Remove {
            key: key(own.command),
            document: None,
        })
}
