//! Examples of what was not applied, and of the act that closes it; each field filled.

use shared::command::Command;
use shared::command::review::CloseUnapplied;
use shared::id::{CommandId, DeviceId, ItemId};
use shared::moment::Times;
use shared::partition::PartitionId;
use shared::refusal::Refusal;
use shared::row::Row;
use shared::sync::message::Outcome;
use shared::unapplied::Unapplied;

use crate::prelude::*;

pub(super) fn commands() -> Vec<Command> {
    vec![Command::CloseUnapplied(CloseUnapplied {
        command: CommandId::from_bits(0xfedc),
        person: WORKER,
        reason: "本人已离职，内容已转告班长".into(),
    })]
}

pub(super) fn rows(times: Times) -> Vec<Row> {
    let row = |command, outcome| {
        Row::Unapplied(Unapplied {
            command: CommandId::from_bits(command),
            person: WORKER,
            device: DeviceId::from_bits(0xd0),
            outcome,
            bytes: "{\"kind\":\"edit_item\"}".into(),
            received: times.received,
            recorded: times.recorded,
        })
    };
    let refusal = Refusal::ChangedMeanwhile {
        item: Some(ItemId::from_bits(101)),
        field: "title".into(),
        current: "别人写的题目".into(),
    };
    let because = CommandId::from_bits(0xfedc);
    let touched = vec![(PartitionId::User(WORKER), 3)];
    vec![
        row(0xfedc, Outcome::Rejected { refusal }),
        row(0xfedd, Outcome::Skipped { because }),
        row(0xfede, Outcome::Applied { touched }),
    ]
}
