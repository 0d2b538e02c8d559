//! What was not applied stands with its author until the author settles it, or it is closed.

use shared::change::Change;
use shared::command::Command;
use shared::command::review::{CloseUnapplied, DiscardRefused};
use shared::id::{CommandId, DeviceId, PersonId};
use shared::moment::UtcMillis;
use shared::partition::PartitionId;
use shared::placement::placement;
use shared::refusal::Refusal;
use shared::row::Row;
use shared::sync::message::Outcome;
use shared::unapplied::{self, Recorded, Unapplied};
use shared::world::Stop;

use crate::prelude::*;

const REFUSED: CommandId = CommandId::from_bits(0xfe);

/// A story in which the worker's command was refused.
fn refused() -> Story {
    let mut story = Story::founded();
    let refusal = Refusal::PlanEmpty;
    story.world.put(&Row::Unapplied(Unapplied {
        command: REFUSED,
        person: WORKER,
        device: DeviceId::from_bits(1),
        outcome: Outcome::Rejected { refusal },
        bytes: "{}".into(),
        received: UtcMillis(1),
        recorded: UtcMillis(2),
    }));
    story
}

fn close(person: PersonId, reason: &str) -> Command {
    Command::CloseUnapplied(CloseUnapplied {
        command: REFUSED,
        person,
        reason: reason.into(),
    })
}

fn decided(story: &Story, who: PersonId, command: &Command) -> Result<Vec<Change>, Stop> {
    story.world.decide(command, who, &story.moment)
}

fn gone() -> Vec<Change> {
    let (key, document) = (unapplied::key(REFUSED), None);
    vec![Change::Remove { key, document }]
}

#[test]
fn its_author_gives_it_up_and_nobody_else_does() {
    let mut story = refused();
    let discard = Command::DiscardRefused(DiscardRefused { refused: REFUSED });
    assert_eq!(decided(&story, LINE_HEAD, &discard), Ok(vec![]));
    assert_eq!(story.must(WORKER, discard.clone()), gone());
    assert!(story.world.unapplied().is_empty());
    assert_eq!(
        decided(&story, WORKER, &discard),
        Ok(vec![]),
        "twice is once"
    );
}

#[test]
fn an_administrator_closes_it_with_a_reason() {
    let mut story = refused();
    let decide = |who, command: &Command| decided(&story, who, command);
    let forbidden = Err(Stop::Refused(Refusal::Forbidden));
    for person in [WORKER, LINE_HEAD, MANAGER, PLAN_OFFICE] {
        assert_eq!(decide(person, &close(WORKER, "离职")), forbidden);
    }
    let (item, field) = (None, "reason".to_owned());
    let silent = Err(Stop::Refused(Refusal::FieldMissing { item, field }));
    assert_eq!(decide(ADMINISTRATOR, &close(WORKER, "  ")), silent);
    let unknown = Err(Stop::Refused(Refusal::not_found("unapplied command")));
    let of_another = close(KEEPER, "离职");
    assert_eq!(decide(ADMINISTRATOR, &of_another), unknown);
    assert_eq!(story.must(ADMINISTRATOR, close(WORKER, "离职")), gone());
}

#[test]
fn it_stands_with_its_author_alone() {
    let story = refused();
    let row = Row::Unapplied(story.world.unapplied()[&REFUSED].clone());
    assert_eq!(placement(&row, None), [PartitionId::User(WORKER)]);
}

#[test]
fn what_is_applied_leaves_nothing_and_settles_what_it_replaces() {
    let story = refused();
    let touched = Vec::new();
    let applied = Outcome::Applied { touched };
    let recorded = Recorded {
        command: CommandId::from_bits(0xff),
        person: WORKER,
        device: DeviceId::from_bits(1),
        bytes: "{}",
        outcome: &applied,
        released: false,
        supersedes: None,
        received: UtcMillis(3),
        recorded: UtcMillis(4),
    };
    assert_eq!(unapplied::left(&story.world, &recorded), vec![]);
    let again = Recorded {
        supersedes: Some(REFUSED),
        ..recorded
    };
    assert_eq!(unapplied::left(&story.world, &again), gone());
    let of_another = Recorded {
        person: KEEPER,
        ..again
    };
    assert_eq!(unapplied::left(&story.world, &of_another), vec![]);
    // What replaces it may be refused in its turn, and then that is what stands.
    let refusal = Refusal::Forbidden;
    let rejected = Outcome::Rejected { refusal };
    let refused_again = Recorded {
        outcome: &rejected,
        ..again
    };
    let left = unapplied::left(&story.world, &refused_again);
    assert_eq!(left[..1], gone());
    assert!(matches!(&left[1..], [Change::Put { row }]
        if matches!(&**row, Row::Unapplied(row) if row.outcome == rejected && row.bytes == "{}")));
}
