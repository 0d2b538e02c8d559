//! Reminders: what asks for a person on a day, and the hours in which a device stays quiet.

use shared::command::Command;
use shared::command::plan::ReturnPlan;
use shared::command::seal::AnswerResult;
use shared::digest;
use shared::id::PlanId;
use shared::moment::UtcMillis;
use shared::reminder::{Quiet, Reminder, minute_of_day, reminders};
use shared::report::ReportKind::{Completion, Progress};
use shared::seal::ResultAnswer;

use crate::prelude::*;

fn of(story: &Story, person: shared::id::PersonId, date: u32) -> Vec<Reminder> {
    reminders(&story.world, person, day(2026, 11, date))
}

#[test]
fn an_item_reminds_its_responsible_person_from_its_due_day_until_it_is_done() {
    let mut story = Story::approved(&[10_000]);
    let item = item_id(1);
    assert_eq!(of(&story, WORKER, 19), []);
    assert_eq!(of(&story, WORKER, 20), [Reminder::DueToday(PLAN, item)]);
    let overdue = Reminder::Overdue(day(2026, 11, 20), PLAN, item);
    assert_eq!(of(&story, WORKER, 21), [overdue]);
    assert_eq!(of(&story, LINE_HEAD, 21), []);
    story.on(21);
    story.must(WORKER, report(1, 1, Progress, 80, day(2026, 11, 21)));
    assert_eq!(of(&story, WORKER, 21), [overdue]);
    story.must(WORKER, report(1, 2, Completion, 100, day(2026, 11, 21)));
    assert_eq!(of(&story, WORKER, 21), []);
}

#[test]
fn a_returned_plan_reminds_who_hands_it_in() {
    let mut story = Story::submitted(&[10_000]);
    let (plan, seen) = (PLAN, story.seen());
    let reason = "权重不合理".to_owned();
    story.must(
        MANAGER,
        Command::ReturnPlan(ReturnPlan { plan, seen, reason }),
    );
    assert_eq!(of(&story, LINE_HEAD, 10), [Reminder::Returned(PLAN)]);
    assert_eq!(of(&story, WORKER, 10), []);
    story.must(LINE_HEAD, story.submit());
    assert_eq!(of(&story, LINE_HEAD, 10), []);
}

#[test]
fn a_published_result_reminds_its_person_until_it_is_answered() {
    let mut story = Story::approved(&[10_000]);
    let judged = score(1, None, Some(carried_out("on_time", "good")));
    story.must(MANAGER, Command::ScoreSuperior(judged));
    story.must(MANAGER, story.publish());
    assert_eq!(of(&story, LINE_HEAD, 10), [Reminder::ToSign(PLAN)]);
    let signed = AnswerResult {
        plan: PLAN,
        version: 1,
        seen: digest::result(story.document().result().unwrap()),
        answer: ResultAnswer::Signed,
    };
    story.must(LINE_HEAD, Command::AnswerResult(signed));
    assert_eq!(of(&story, LINE_HEAD, 10), []);
}

#[test]
fn the_most_pressing_comes_first() {
    let plan = PlanId::from_bits(1);
    let late = |date| Reminder::Overdue(day(2026, 11, date), plan, item_id(1));
    let mut found = vec![
        Reminder::DueToday(plan, item_id(2)),
        late(9),
        Reminder::ToSign(plan),
        late(3),
        Reminder::Returned(plan),
    ];
    found.sort_unstable();
    assert_eq!(
        found,
        [
            Reminder::Returned(plan),
            Reminder::ToSign(plan),
            late(3),
            late(9),
            Reminder::DueToday(plan, item_id(2)),
        ]
    );
}

#[test]
fn quiet_hours_may_pass_midnight() {
    let night = Quiet::default();
    assert_eq!((night.from, night.to), (1200, 420));
    let quiet = [0, 419, 420, 1199, 1200, 1439].map(|minute| night.covers(minute));
    assert_eq!(quiet, [true, true, false, false, true, true]);
    let noon = Quiet { from: 720, to: 780 };
    assert_eq!(
        [719, 720, 779, 780].map(|m| noon.covers(m)),
        [false, true, true, false]
    );
    let never = Quiet { from: 60, to: 60 };
    assert!((0..1440).all(|minute| !never.covers(minute)));
}

#[test]
fn the_minute_of_the_day_is_that_of_the_zone() {
    // 23:30 of the last day before the epoch, in UTC, is 07:30 in Shanghai.
    assert_eq!(minute_of_day(UtcMillis(-30 * 60_000), 480), 450);
    assert_eq!(minute_of_day(UtcMillis(-30 * 60_000), 0), 1410);
}
