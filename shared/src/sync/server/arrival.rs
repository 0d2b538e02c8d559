//! An arrival: commands that came together under one sign-in, taken apart and within their limits.

use crate::id::{DeviceId, Epoch, PersonId};
use crate::moment::UtcMillis;
use crate::sync::message::{
    MOST_COMMANDS, MOST_PREVS, PROTOCOL_VERSION, PushRequest, PushedCommand, Unsent,
};
use crate::sync::server::core::{ServerError, payload_hash};
use crate::sync::server::store::Receipt;

/// Commands that arrived together under one sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Who is signed in.
    pub person: PersonId,
    /// On which device.
    pub device: DeviceId,
    /// Build of the app there.
    pub build: String,
    /// What the device announces as not handed in yet.
    pub unsent: Option<Unsent>,
    /// Whether the commands are kept unexecuted: the person's account is closed.
    pub held: bool,
    /// When the first byte came.
    pub received: UtcMillis,
    /// The server's life that the device knows; `None` while it knows of none.
    pub epoch: Option<Epoch>,
    /// The commands, in the order in which they were made.
    pub commands: Vec<PushedCommand>,
}

impl Arrival {
    /// Takes a push apart; refuses what no honest device sends.
    pub fn of(
        person: PersonId,
        received: UtcMillis,
        request: PushRequest,
    ) -> Result<Self, ServerError> {
        if request.proto != PROTOCOL_VERSION {
            return Err(ServerError::BadRequest("unknown protocol version"));
        }
        if request.commands.len() > MOST_COMMANDS {
            return Err(ServerError::LimitPassed("commands_per_push", MOST_COMMANDS));
        }
        if request
            .commands
            .iter()
            .any(|command| command.prevs.len() > MOST_PREVS)
        {
            return Err(ServerError::LimitPassed("predecessors", MOST_PREVS));
        }
        Ok(Self {
            person,
            device: request.device,
            build: request.app_build,
            unsent: request.unsent,
            held: false,
            received,
            epoch: request.server_epoch,
            commands: request.commands,
        })
    }

    /// The arrivals of commands that their own author hands in; a forged one has no arrival.
    pub(super) fn receipts(&self) -> impl Iterator<Item = Receipt> {
        let own = self.commands.iter();
        let own = own.filter(|command| command.actor == self.person);
        own.map(|command| Receipt {
            cmd_id: command.cmd_id,
            payload_hash: payload_hash(&command.bytes),
            actor: command.actor,
            received: self.received,
        })
    }
}
