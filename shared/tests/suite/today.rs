//! Today: what a person has to do now, and what comes later.

use shared::id::ItemId;
use shared::item::{Item, Rhythm, Target, TargetKind};
use shared::outlook::{Ahead, Outlook, Reach, is_near};
use shared::plan::PlanState;
use shared::quantity::Quantity;
use shared::reminder::reminders;
use shared::report::ReportKind::{Completion, Progress};
use shared::today::{is_counted, percent, today};

use crate::prelude::*;

/// Items due on the 10th, the 12th and the 13th of November, and one that recurs each working day.
fn week() -> Story {
    let mut story = Story::drafted(&[]);
    for (n, date, rhythm) in [
        (1, 10, None),
        (2, 12, None),
        (3, 13, None),
        (4, 30, Some(Rhythm::Daily)),
    ] {
        let due = Some(day(2026, 11, date));
        let item = Item {
            due,
            rhythm,
            ..item(n, 2_500)
        };
        story.must(LINE_HEAD, add(item));
    }
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story
}

fn now(story: &Story) -> Vec<ItemId> {
    let found = today(&story.world, WORKER, story.moment.recorded);
    found.now.into_iter().map(|task| task.item).collect()
}

#[test]
fn now_is_what_is_due_within_two_working_days_and_what_recurs() {
    let mut story = week();
    // Tuesday the 10th: the 12th is the second working day from it, the 13th the third.
    assert_eq!(now(&story), [item_id(1), item_id(4), item_id(2)]);
    let found = today(&story.world, WORKER, story.moment.recorded);
    assert_eq!((found.later, found.next), (1, Some(day(2026, 11, 13))));
    // 10 November 17:00 in Shanghai.
    let closes = day(2026, 11, 10).and_hms_opt(9, 0, 0).unwrap().and_utc();
    assert_eq!(found.now[0].deadline.at.0, closes.timestamp_millis());
    assert!(!found.now[0].recurs && found.now[1].recurs);
    story.must(WORKER, report(1, 1, Completion, 100, day(2026, 11, 10)));
    assert_eq!(now(&story), [item_id(4), item_id(2)]);
}

#[test]
fn what_recurs_is_done_for_the_day_with_a_report_of_the_day() {
    let mut story = week();
    story.must(WORKER, report(4, 1, Progress, 30, day(2026, 11, 9)));
    assert!(now(&story).contains(&item_id(4)));
    story.must(WORKER, report(4, 2, Progress, 40, day(2026, 11, 10)));
    assert!(!now(&story).contains(&item_id(4)));
    story.on(11);
    assert!(now(&story).contains(&item_id(4)));
    // Saturday the 14th is no working day.
    story.on(14);
    assert!(!now(&story).contains(&item_id(4)));
}

#[test]
fn nothing_of_others_stands_on_ones_day() {
    let story = week();
    for person in [LINE_HEAD, MANAGER, KEEPER, PLAN_OFFICE, STRANGER] {
        let found = today(&story.world, person, story.moment.recorded);
        assert_eq!((found.now.len(), found.later), (0, 0), "{person}");
    }
}

#[test]
fn overdue_stays_and_comes_first() {
    let mut story = week();
    story.on(16);
    assert_eq!(
        now(&story),
        [item_id(1), item_id(2), item_id(3), item_id(4)]
    );
}

#[test]
fn a_value_says_how_far_it_is_where_it_can() {
    let target = |kind, baseline, value| Item {
        target: Target {
            kind,
            baseline,
            value: Some(Quantity(value)),
            measure: "件".into(),
            tolerance: None,
        },
        ..item(1, 100)
    };
    let count = target(TargetKind::Count, None, 5_000_000);
    assert_eq!(percent(&count, Quantity(1_250_000)), Some(25));
    assert_eq!(percent(&count, Quantity(4_999_999)), Some(99));
    assert_eq!(percent(&count, Quantity(6_000_000)), Some(100));
    assert_eq!(percent(&count, Quantity(-5)), Some(0));
    // From 90 to 98: 94 is half of the way.
    let rate = target(TargetKind::Rate, Some(Quantity(900_000)), 980_000);
    assert_eq!(percent(&rate, Quantity(940_000)), Some(50));
    let lower = target(TargetKind::Lower, None, 20_000);
    assert_eq!(percent(&lower, Quantity(10_000)), None);
    // A number is reported even where it does not say how far it is, unless all that counts is done.
    assert!(is_counted(&count) && is_counted(&lower));
    assert!(!is_counted(&target(TargetKind::Done, None, 1)));
    let mut open = count;
    open.target.value = None;
    assert!(!is_counted(&open));
}

#[test]
fn what_is_kept_plan_by_plan_says_what_gathering_everything_says() {
    let mut story = week();
    let mut outlook = Outlook::default();
    let agree = |story: &Story, outlook: &mut Outlook, person| {
        let now = story.moment.recorded;
        let ahead = outlook.read(&story.world, person, now, Reach::Whole);
        let day = now.day(story.world.organisation().utc_offset());
        assert_eq!(ahead.today, today(&story.world, person, now));
        assert_eq!(ahead.reminders, reminders(&story.world, person, day));
        ahead
    };
    let before = agree(&story, &mut outlook, WORKER);
    assert_eq!((before.today.now.len(), before.reminders.len()), (3, 1));
    story.must(WORKER, report(1, 1, Completion, 100, day(2026, 11, 10)));
    let after = agree(&story, &mut outlook, WORKER);
    assert_eq!((after.today.now.len(), after.reminders.len()), (2, 0));
    // Another day and another person are other questions.
    story.on(13);
    agree(&story, &mut outlook, WORKER);
    agree(&story, &mut outlook, LINE_HEAD);
    agree(&story, &mut outlook, WORKER);
}

#[test]
fn the_first_look_leaves_out_what_begins_later_and_what_is_long_over() {
    let story = week();
    let organisation = story.world.organisation();
    // November begins 31 days after the first of October.
    let mut document = story.document().clone();
    let near = |on, document: &_| is_near(organisation, on, document);
    assert!(near(day(2026, 10, 1), &document));
    assert!(!near(day(2026, 9, 30), &document));
    // What is approved may be overdue however long ago it ended; what is sealed asks for nothing 31
    // days after its end.
    assert!(near(day(2028, 1, 1), &document));
    document.plan.as_mut().unwrap().state = PlanState::Sealed;
    assert!(near(day(2026, 12, 31), &document));
    assert!(!near(day(2027, 1, 1), &document));
}

#[test]
fn what_the_first_look_left_out_is_gathered_plan_by_plan() {
    let story = week();
    let september = noon(day(2026, 9, 30)).recorded;
    let mut outlook = Outlook::default();
    let near = outlook.read(&story.world, WORKER, september, Reach::Near);
    assert_eq!(near, Ahead::default());
    assert!(outlook.gather_one(&story.world, WORKER, september));
    assert!(!outlook.gather_one(&story.world, WORKER, september));
    let whole = outlook.read(&story.world, WORKER, september, Reach::Whole);
    assert_eq!(whole.today, today(&story.world, WORKER, september));
    assert_eq!(
        (whole.today.later, whole.today.next),
        (4, Some(day(2026, 11, 10)))
    );
}
