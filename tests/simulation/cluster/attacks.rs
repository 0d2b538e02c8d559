//! Attacks: what somebody who means harm sends, and what must come of it.

use shared::command::plan::EditItem;
use shared::command::{Command, MadeCommand};
use shared::id::{CommandId, DeviceId, PersonId};
use shared::item::{Edit, ItemEdit};
use shared::moment::Made;
use shared::sync::message::{Outcome, PROTOCOL_VERSION, PullRequest, PushedCommand, ROW_FORM};
use shared::sync::server::{Arrival, Store as _};

use super::Cluster;
use crate::checkers::Verdict;
use crate::coverage::Fault;
use crate::executor::at_once;
use crate::servers::{Expected, Purpose};

impl Cluster<'_> {
    pub(super) fn somebody(&mut self) -> PersonId {
        self.chance
            .pick(&self.company.people)
            .copied()
            .expect("there are people")
    }

    /// Somebody sends what no honest device sends.
    pub(super) fn attack(&mut self) {
        let (sender, victim) = (self.somebody(), self.somebody());
        let cmd_id = CommandId::from_bits(self.chance.wide());
        let foreign = |actor, cmd_id, bytes| PushedCommand {
            cmd_id,
            actor,
            prevs: vec![],
            gap: false,
            bytes,
        };
        let (sender, command, expected) = match self.chance.below(5) {
            0 if sender != victim => {
                let bytes = self.edit_of_anything();
                (
                    sender,
                    foreign(victim, cmd_id, bytes),
                    Expected::WrongPerson,
                )
            }
            1 => {
                let log = self.servers.memory.log();
                let Some(entry) = self.chance.pick(&log) else {
                    return;
                };
                let bytes = self.edit_of_anything();
                (
                    entry.actor,
                    foreign(entry.actor, entry.cmd_id, bytes),
                    Expected::IdReuse,
                )
            }
            2 => {
                let bytes = [
                    "{",
                    "",
                    "{\"kind\":\"drop_table\",\"kind_ver\":1,\"args\":{},\"made\":{\"device_wall\":0,\"est_server_time\":0,\"tz\":0}}",
                ];
                let bytes = bytes[self.chance.below(3)].to_owned();
                (
                    sender,
                    foreign(sender, cmd_id, bytes),
                    Expected::Quarantined,
                )
            }
            3 => return self.greedy_pull(sender),
            _ => {
                let bytes = self.edit_of_anything();
                (sender, foreign(sender, cmd_id, bytes), Expected::Anything)
            }
        };
        let now = self.server_now();
        let purpose = Purpose::Attack(command.cmd_id, expected);
        let device = DeviceId::from_bits(u128::MAX);
        let arrival = Arrival {
            build: String::new(),
            held: false,
            unsent: None,
            epoch: None,
            person: sender,
            device,
            received: now,
            commands: vec![command],
        };
        let process = self.chance.below(self.servers.count());
        self.servers.push(process, purpose, vec![arrival], now);
    }

    fn edit_of_anything(&mut self) -> String {
        let (plan, item) = self
            .chance
            .pick(&self.rumours)
            .copied()
            .expect("there are plans");
        // No two are alike, or a reused id would stand for the same content.
        let new = format!("Mine {}", self.chance.bits());
        let old = "Work 0".to_owned();
        let edits = vec![ItemEdit::Title(Edit { old, new })];
        let command = Command::EditItem(EditItem { plan, item, edits });
        let made = Made {
            tz: i32::try_from(self.chance.below(9)).unwrap_or(0),
            ..Made::default()
        };
        let made = MadeCommand {
            command,
            made,
            supersedes: None,
        };
        made.write().expect("a small command can be written")
    }

    /// Asks for every partition there is, from made-up versions.
    fn greedy_pull(&mut self, person: PersonId) {
        let all = at_once(self.servers.memory.partitions()).expect("memory does not fail");
        let have = all
            .iter()
            .map(|id| (*id, self.chance.bits() % 20))
            .collect();
        let reset = all
            .into_iter()
            .filter(|_| self.chance.permille(300))
            .collect();
        let request = PullRequest {
            proto: PROTOCOL_VERSION,
            app_build: String::new(),
            server_epoch: Some(self.life()),
            device: DeviceId::from_bits(u128::MAX),
            rows: ROW_FORM,
            unsent: None,
            grants_ver: self.chance.bits() % 5,
            have,
            sums: vec![],
            reset,
            cut: vec![],
            page: self.chance.permille(500).then_some(0),
        };
        let process = self.chance.below(self.servers.count());
        let now = self.server_now();
        self.servers.pull(process, None, person, request, now);
    }

    /// Checks what an attack was answered.
    pub(super) fn attacked(&mut self, expected: Expected, outcome: Option<&Outcome>) -> Verdict {
        let (fault, held) = match expected {
            Expected::WrongPerson => (Fault::ForgedActor, outcome == Some(&Outcome::WrongPerson)),
            Expected::IdReuse => (Fault::ReusedId, outcome == Some(&Outcome::IdReuse)),
            Expected::Quarantined => (
                Fault::Unreadable,
                matches!(outcome, Some(Outcome::Quarantined { .. })),
            ),
            Expected::Anything => (Fault::ForeignPlan, true),
        };
        self.note(fault, true);
        if held {
            Ok(())
        } else {
            Err(format!("attack: {expected:?} was answered {outcome:?}"))
        }
    }
}
