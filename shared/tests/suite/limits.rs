//! Limits on the work that one command may cause.

use shared::command::Command;
use shared::command::organisation::{AddPerson, DrawLine};
use shared::id::{CommandId, DeviceId, PersonId, ReportingLineId};
use shared::organisation::Line;
use shared::refusal::Refusal;
use shared::sync::message::Outcome;

use crate::server::{factory, pushed, ready};
use crate::story::{day, noon};

/// How many people stand in the chain.
const CHAIN: u128 = 1_100;

fn person(n: u128) -> PersonId {
    PersonId::from_bits(500_000 + n)
}

/// The n-th person of a chain reports to the one after.
fn line(n: u128) -> Command {
    Command::DrawLine(DrawLine {
        id: ReportingLineId::from_bits(600_000 + n),
        person: person(n),
        superior: person(n + 1),
        line: Line::Administrative,
        from: day(2026, 11, 10),
    })
}

/// To see that nobody judges his own superior, the walk goes up the chain and looks at all ties on
/// each step: 1,100 people above, with 1,099 lines, cost more than 1,100 x 1,099 = 1,208,900 steps,
/// above the million; 700 people cost 700 x 1,099 = 769,300 and some for the factory's own ties.
#[test]
fn a_command_that_takes_too_many_steps_is_kept_unexecuted_and_holds_nobody_up() {
    let factory = factory();
    let administrator = factory.person("zhouwenbo");
    let now = noon(day(2026, 11, 10)).recorded;
    let people = (0..=CHAIN).map(|n| {
        Command::AddPerson(AddPerson {
            person: person(n),
            name: format!("第{n}人"),
        })
    });
    // Drawn from the bottom, each new line begins below nobody, and costs little.
    let lines = (1..CHAIN).map(line);
    let commands: Vec<_> = (700_000..)
        .map(CommandId::from_bits)
        .zip(people.chain(lines))
        .collect();
    let device = DeviceId::from_bits(1);
    let done = factory
        .server
        .execute_all(administrator, device, &commands, now);
    assert_eq!(ready(done).unwrap(), Ok(()));
    let push = |id, command| {
        let command = pushed(id, administrator, &[], command);
        factory.push(administrator, &[command]).remove(0)
    };
    let refusal = Refusal::Malformed {
        at: "deciding takes too many steps".to_owned(),
    };
    // The lowest of all reports to the lowest of the chain.
    assert_eq!(push(800_001, line(0)), Outcome::Quarantined { refusal });
    // The lowest of all may report to somebody who has four hundred fewer above.
    let higher = Command::DrawLine(DrawLine {
        id: ReportingLineId::from_bits(600_000),
        person: person(0),
        superior: person(401),
        line: Line::Administrative,
        from: day(2026, 11, 10),
    });
    let outcome = push(800_002, higher);
    assert!(outcome.is_applied(), "{outcome:?}");
}
