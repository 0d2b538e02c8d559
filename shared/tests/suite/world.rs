//! What a device does not hold: it never counts as absent.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::command::Command;
use shared::command::plan::DraftPlan;
use shared::id::{PersonId, PlanId};
use shared::partition::PartitionId;
use shared::placement::placement;
use shared::plan::Scope;
use shared::refusal::Refusal;
use shared::report::ReportKind::Progress;
use shared::row::Row;
use shared::world::{Held, Holdings, Stop, World};

use crate::laws::rows;
use crate::prelude::*;

/// A device of a person that holds exactly these partitions of the story's world.
fn device(story: &Story, person: PersonId, held: &[PartitionId]) -> World {
    let partitions: BTreeSet<PartitionId> = held.iter().copied().collect();
    let here = |row: &Row| {
        let document = row.document().and_then(|plan| story.world.document(plan));
        placement(row, document)
            .iter()
            .any(|partition| partitions.contains(partition))
    };
    let kept: Vec<Row> = rows(&story.world).into_iter().filter(here).collect();
    let mut world = World::new(Holdings::Granted {
        person,
        partitions: Arc::new(partitions),
    });
    for row in &kept {
        world.put(row);
    }
    world
}

#[test]
fn a_device_that_does_not_hold_the_plan_leaves_it_to_the_server() {
    let story = Story::drafted(&[10_000]);
    let device = device(&story, PLAN_OFFICE, &[PartitionId::Organisation]);
    assert_eq!(device.plan(PLAN), Held::NotHeld);
    let decided = device.decide(&add(item(2, 0)), PLAN_OFFICE, &story.moment);
    assert_eq!(decided, Err(Stop::NotHeld));
    let submitted = device.decide(&story.submit(), LINE_HEAD, &story.moment);
    assert_eq!(submitted, Err(Stop::NotHeld));
}

#[test]
fn a_device_that_has_pulled_nothing_says_nothing() {
    let story = Story::founded();
    let device = device(&story, LINE_HEAD, &[]);
    let draft = Command::DraftPlan(line_plan());
    assert_eq!(
        device.decide(&draft, LINE_HEAD, &story.moment),
        Err(Stop::NotHeld)
    );
}

#[test]
fn what_a_device_holds_it_decides_as_the_server_does() {
    let mut story = Story::approved(&[10_000]);
    let common = PartitionId::Common(LINE, NOVEMBER);
    let device = device(&story, WORKER, &[PartitionId::Organisation, common]);
    let command = report(1, 1, Progress, 10, day(2026, 11, 9));
    let there = device.decide(&command, WORKER, &story.moment);
    assert_eq!(there, Ok(story.must(WORKER, command)));
    let forbidden = device.decide(&story.approve(), WORKER, &story.moment);
    assert_eq!(forbidden, Err(Stop::Refused(Refusal::Forbidden)));
}

#[test]
fn a_new_plan_is_new_where_its_home_is_held() {
    let story = Story::founded();
    let common = PartitionId::Common(LINE, NOVEMBER);
    let device = device(&story, LINE_HEAD, &[PartitionId::Organisation, common]);
    let draft = Command::DraftPlan(line_plan());
    assert!(device.decide(&draft, LINE_HEAD, &story.moment).is_ok());
    let (plan, scope) = (PlanId::from_bits(33), Scope::Personal);
    let own = DraftPlan {
        plan,
        scope,
        owner: LINE_HEAD,
        ..line_plan()
    };
    assert!(
        device
            .decide(&Command::DraftPlan(own), LINE_HEAD, &story.moment)
            .is_ok()
    );
}

#[test]
fn a_discarded_refusal_changes_nothing_and_needs_nothing() {
    let story = Story::founded();
    let device = device(&story, LINE_HEAD, &[]);
    let refused = shared::id::CommandId::from_bits(1);
    let discard = shared::command::review::DiscardRefused { refused };
    let decided = device.decide(&Command::DiscardRefused(discard), LINE_HEAD, &story.moment);
    assert_eq!(decided, Ok(vec![]));
}
