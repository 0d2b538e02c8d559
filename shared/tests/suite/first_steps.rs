//! First steps: each is done by what it is about, and all are over with the first submission.

use shared::command::Command;
use shared::first_steps::{FIRST_STEPS, FirstStep, Told, first_steps};

use crate::prelude::*;

fn done(story: &Story) -> Vec<FirstStep> {
    let steps = first_steps(
        &story.world,
        ADMINISTRATOR,
        story.moment.today(),
        Told::default(),
    );
    let steps = steps.expect("the administrator has not got there yet");
    assert_eq!(steps.len(), FIRST_STEPS.len());
    let done = steps.into_iter().filter(|(_, done)| *done);
    done.map(|(step, _)| step).collect()
}

#[test]
fn an_empty_company_has_everything_before_it() {
    let mut story = Story::empty();
    assert_eq!(
        first_steps(
            &story.world,
            ADMINISTRATOR,
            story.moment.today(),
            Told::default()
        ),
        None
    );
    story.must(ADMINISTRATOR, found_company());
    assert_eq!(done(&story), []);
}

#[test]
fn steps_are_done_by_what_is_there_and_over_with_the_first_submission() {
    let mut story = Story::founded();
    let organisation = [
        FirstStep::Units,
        FirstStep::People,
        FirstStep::Heads,
        FirstStep::Period,
    ];
    assert_eq!(done(&story), organisation);
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    assert_eq!(
        done(&story),
        organisation,
        "a plan without items is none yet"
    );
    story.must(LINE_HEAD, add(item(1, 10_000)));
    assert_eq!(done(&story).last(), Some(&FirstStep::Plan));
    story.must(LINE_HEAD, story.submit());
    let today = story.moment.today();
    assert_eq!(
        first_steps(&story.world, ADMINISTRATOR, today, Told::default()),
        None
    );
}

#[test]
fn what_the_administrator_does_not_see_is_told() {
    let story = Story::founded();
    let today = story.moment.today();
    let told = Told {
        joined: true,
        drafted: true,
        handed_in: false,
    };
    let steps = first_steps(&story.world, ADMINISTRATOR, today, told).expect("not over yet");
    let open: Vec<_> = steps.into_iter().filter(|(_, done)| !done).collect();
    assert_eq!(open, [(FirstStep::Submission, false)]);
    let told = Told {
        handed_in: true,
        ..told
    };
    assert_eq!(first_steps(&story.world, ADMINISTRATOR, today, told), None);
}

#[test]
fn nobody_but_the_administrator_is_led() {
    let story = Story::founded();
    for person in [PLAN_OFFICE, MANAGER, WORKER, STRANGER] {
        assert_eq!(
            first_steps(&story.world, person, story.moment.today(), Told::default()),
            None
        );
    }
}
