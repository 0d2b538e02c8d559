//! The state table of syncing: every cell is decided, and the promises that the table makes.

use std::collections::BTreeSet;

use shared::sync::schedule::{Event, State, Step, next};

/// Every cell as one line; a changed decision shows here as a changed line.
fn table() -> Vec<String> {
    let mut lines = Vec::new();
    for state in State::ALL {
        for event in Event::ALL {
            let quiet = next(state, event, false);
            let unsent = next(state, event, true);
            lines.push(format!(
                "{state:?} {event:?}: {quiet:?} | unsent {unsent:?}"
            ));
        }
    }
    lines
}

#[test]
fn the_table_has_one_decided_cell_for_each_state_and_event() {
    let lines = table();
    assert_eq!(lines.len(), 9 * 15);
    let kept = include_str!("schedule.txt");
    let now = lines.join("\n") + "\n";
    assert_eq!(
        now, kept,
        "the table differs from tests/suite/schedule.txt; if meant, replace it"
    );
}

#[test]
fn unsent_work_is_pushed_from_every_state_once_the_obstacle_is_gone() {
    let obstacle_gone = |state| match state {
        State::Booting | State::StorageBroken => vec![Event::StorageOk],
        State::NeedsAuth => vec![Event::AuthOk],
        State::Pushing => vec![Event::PushErr, Event::PullOk],
        State::Pulling => vec![Event::PullOk],
        _ => vec![Event::Timer],
    };
    for begin in State::ALL {
        let mut state = begin;
        let mut steps = Vec::new();
        for event in obstacle_gone(begin) {
            let (then, step) = next(state, event, true);
            state = then;
            steps.push(step);
        }
        assert!(
            steps.contains(&Step::Push),
            "{begin:?} never pushes: {steps:?}"
        );
    }
}

#[test]
fn every_state_can_be_left_and_none_waits_for_an_event_that_nobody_makes() {
    for state in State::ALL {
        let reached: BTreeSet<State> = Event::ALL
            .into_iter()
            .flat_map(|event| [next(state, event, false).0, next(state, event, true).0])
            .collect();
        assert!(
            reached.iter().any(|then| *then != state),
            "{state:?} is a dead end"
        );
    }
}

#[test]
fn a_failing_push_never_stops_pulls() {
    assert_eq!(
        next(State::Pushing, Event::PushErr, true),
        (State::Pulling, Step::Pull)
    );
}

#[test]
fn nothing_is_sent_while_the_sign_in_is_lost_or_the_storage_is_broken() {
    for state in [State::NeedsAuth, State::StorageBroken, State::Booting] {
        for event in Event::ALL {
            let ends = matches!(
                (state, event),
                (State::NeedsAuth, Event::AuthOk)
                    | (State::StorageBroken | State::Booting, Event::StorageOk)
            );
            let (_, step) = next(state, event, true);
            let sends = matches!(step, Step::Push | Step::Pull);
            assert!(!sends || ends, "{state:?} sends on {event:?}");
        }
    }
}
