//! Who may say how a unit works, what a calendar must say, and what a later one leaves alone.

use shared::calendar::{Hours, WorkCalendar, published};
use shared::command::Command;
use shared::command::organisation::{AddCalendar, AdoptNotice, UseCalendar};
use shared::id::{CalendarId, CalendarUseId, NoticeId, UnitId};
use shared::moment::Day;
use shared::refusal::Refusal;
use shared::regime::Name;

use crate::prelude::*;

fn six_days() -> WorkCalendar {
    WorkCalendar {
        id: CalendarId::from_bits(81),
        anchor: day(2026, 11, 2),
        cycle: vec![true, true, true, true, true, true, false],
        ..WorkCalendar::house()
    }
}

fn added(calendar: WorkCalendar) -> Command {
    Command::AddCalendar(AddCalendar {
        calendar: Box::new(calendar),
    })
}

fn used(id: u128, unit: UnitId, from: Day) -> Command {
    Command::UseCalendar(UseCalendar {
        id: CalendarUseId::from_bits(id),
        unit,
        calendar: six_days().id,
        from,
    })
}

fn adopted(id: u128, year: i32, change: fn(&mut AdoptNotice)) -> Command {
    let notice = published(year).unwrap();
    let mut args = AdoptNotice {
        id: NoticeId::from_bits(id),
        year,
        source: notice.source,
        off: notice.off,
        work: notice.work,
    };
    change(&mut args);
    Command::AdoptNotice(args)
}

#[test]
fn only_the_plan_office_and_administrators_say_how_units_work() {
    let mut story = Story::founded();
    let commands = [
        added(six_days()),
        used(82, LINE, day(2026, 11, 1)),
        adopted(83, 2026, |_| {}),
    ];
    for command in &commands {
        for actor in [MANAGER, LINE_HEAD, WORKER, STRANGER] {
            assert_eq!(story.refused(actor, command.clone()), Refusal::Forbidden);
        }
    }
    for (actor, command) in [PLAN_OFFICE, ADMINISTRATOR, PLAN_OFFICE]
        .into_iter()
        .zip(commands)
    {
        story.must(actor, command);
    }
    // None of them is said twice under one id.
    let exists = |what| Refusal::already_exists(what);
    assert_eq!(
        story.refused(PLAN_OFFICE, added(six_days())),
        exists("calendar")
    );
    let again = used(82, STORE, day(2026, 11, 1));
    assert_eq!(story.refused(PLAN_OFFICE, again), exists("calendar_use"));
    let again = adopted(83, 2025, |_| {});
    assert_eq!(story.refused(PLAN_OFFICE, again), exists("notice"));
}

#[test]
fn a_calendar_has_a_name_a_cycle_and_hours_in_order() {
    let story = Story::founded();
    let refused = |change: fn(&mut WorkCalendar)| {
        let mut calendar = six_days();
        change(&mut calendar);
        match story.refused(PLAN_OFFICE, added(calendar)) {
            Refusal::FieldMissing { field, .. }
            | Refusal::OutOfRange { field, .. }
            | Refusal::TextTooLong { field, .. }
            | Refusal::UnknownValue { field, .. } => field,
            other => panic!("{other:?}"),
        }
    };
    let span = |from, to| Hours { from, to };
    assert_eq!(refused(|c| c.name.zh = " ".into()), "name");
    assert_eq!(
        refused(|c| c.name = Name {
            zh: "六".into(),
            en: "x".repeat(121)
        }),
        "name_en"
    );
    assert_eq!(refused(|c| c.cycle = vec![]), "cycle");
    assert_eq!(refused(|c| c.cycle = vec![true; 57]), "cycle");
    assert_eq!(refused(|c| c.cycle = vec![false; 7]), "cycle");
    assert_eq!(refused(|c| c.hours = vec![]), "hours");
    assert_eq!(refused(|c| c.hours[0].to = 480), "hours");
    assert_eq!(refused(|c| c.hours[1].to = 1_441), "hours");
    assert_eq!(refused(|c| c.hours[1].from = 700), "hours");
    assert_eq!(refused(|c| c.hours.reverse()), "hours");
    assert_eq!(refused(|c| c.off = vec![day(2026, 11, 11); 2]), "work");
    assert_eq!(refused(|c| c.off = vec![day(2026, 11, 11); 367]), "off");
    let both = |c: &mut WorkCalendar| {
        c.off = vec![day(2026, 11, 11)];
        c.work = vec![day(2026, 11, 11)];
    };
    assert_eq!(refused(both), "work");
    // A night shift and eight spans are fine.
    let mut story = Story::founded();
    let night = WorkCalendar {
        hours: vec![span(0, 480), span(1_200, 1_440)],
        ..six_days()
    };
    story.must(PLAN_OFFICE, added(night));
}

#[test]
fn units_below_inherit_until_they_have_their_own_and_days_before_keep_theirs() {
    let mut story = Story::founded();
    story.must(PLAN_OFFICE, added(six_days()));
    // A Saturday.
    let saturday = day(2026, 11, 7);
    let works =
        |story: &Story, unit, day| story.world.organisation().work_days(unit).is_working(day);
    assert!(!works(&story, LINE, saturday));
    story.must(PLAN_OFFICE, used(82, ROOT, day(2025, 1, 1)));
    assert!(works(&story, LINE, saturday) && works(&story, STORE, saturday));
    let five = WorkCalendar {
        id: CalendarId::from_bits(90),
        ..WorkCalendar::house()
    };
    story.must(PLAN_OFFICE, added(five));
    let own = UseCalendar {
        id: CalendarUseId::from_bits(91),
        unit: LINE,
        calendar: CalendarId::from_bits(90),
        from: day(2026, 11, 14),
    };
    story.must(PLAN_OFFICE, Command::UseCalendar(own));
    assert!(works(&story, LINE, saturday) && !works(&story, LINE, day(2026, 11, 14)));
    assert!(works(&story, STORE, day(2026, 11, 14)));
    // The next use ends the one before it; a use from the same day stands in its place.
    story.must(PLAN_OFFICE, used(92, LINE, day(2026, 11, 28)));
    let uses = &story.world.organisation().calendar_uses;
    let before = &uses[&CalendarUseId::from_bits(91)];
    assert_eq!(before.in_force.to, Some(day(2026, 11, 27)));
    story.must(PLAN_OFFICE, used(93, LINE, day(2026, 11, 28)));
    let uses = &story.world.organisation().calendar_uses;
    assert!(
        !uses[&CalendarUseId::from_bits(92)]
            .in_force
            .covers(day(2026, 11, 28))
    );
    assert!(works(&story, LINE, day(2026, 11, 28)));
}

#[test]
fn a_calendar_is_changed_back_to_the_first_of_last_month_and_no_further() {
    let mut story = Story::founded();
    story.must(PLAN_OFFICE, added(six_days()));
    let nowhere = used(82, UnitId::from_bits(999), day(2026, 11, 1));
    assert_eq!(
        story.refused(PLAN_OFFICE, nowhere),
        Refusal::not_found("unit")
    );
    let early = story.refused(PLAN_OFFICE, used(82, LINE, day(2024, 12, 31)));
    assert!(matches!(early, Refusal::OutOfRange { field, .. } if field == "from"));
    story.must(PLAN_OFFICE, used(82, LINE, day(2025, 1, 1)));
    let least = day(2026, 10, 1);
    let field = "from".to_owned();
    let refusal = story.refused(PLAN_OFFICE, used(83, LINE, day(2026, 9, 30)));
    assert_eq!(refusal, Refusal::Retroactive { field, least });
    story.must(PLAN_OFFICE, used(83, LINE, least));
}

#[test]
fn a_notice_says_who_published_it_and_names_days_of_its_year() {
    let story = Story::founded();
    let refused = |change: fn(&mut AdoptNotice)| match story
        .refused(PLAN_OFFICE, adopted(83, 2026, change))
    {
        Refusal::FieldMissing { field, .. }
        | Refusal::OutOfRange { field, .. }
        | Refusal::UnknownValue { field, .. } => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(|n| n.source = "  ".into()), "source");
    assert_eq!(refused(|n| n.off.clear()), "off");
    assert_eq!(refused(|n| n.year = 1999), "year");
    assert_eq!(refused(|n| n.off.push(day(2027, 1, 1))), "off");
    assert_eq!(refused(|n| n.work.push(day(2025, 12, 24))), "work");
    assert_eq!(refused(|n| n.work.push(day(2026, 10, 1))), "work");
}

#[test]
fn a_corrected_notice_leaves_finished_months_alone() {
    let mut story = Story::founded();
    story.must(PLAN_OFFICE, adopted(83, 2026, |_| {}));
    let works = |story: &Story, day| story.world.organisation().work_days(LINE).is_working(day);
    assert!(works(&story, day(2026, 10, 10)) && works(&story, day(2026, 5, 9)));
    // The make-up day in May is over and done with; the one in October is still being judged.
    let may = adopted(84, 2026, |n| {
        n.work.retain(|worked| *worked != day(2026, 5, 9));
    });
    let (field, least) = ("off".to_owned(), day(2026, 10, 1));
    assert_eq!(
        story.refused(PLAN_OFFICE, may),
        Refusal::Retroactive { field, least }
    );
    let october = adopted(84, 2026, |n| {
        n.work.retain(|worked| *worked != day(2026, 10, 10));
    });
    story.moment = noon(day(2026, 11, 11));
    story.must(PLAN_OFFICE, october);
    assert!(!works(&story, day(2026, 10, 10)) && works(&story, day(2026, 5, 9)));
    // A year's first notice may be said late.
    story.must(PLAN_OFFICE, adopted(85, 2025, |_| {}));
    assert!(!works(&story, day(2025, 10, 8)));
}
